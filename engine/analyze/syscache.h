#pragma once
// The one place through which analysis and printing see types, functions, operators, casts, collations and relations:
// the built-in catalogs of a major version together with the objects of one Catalog, along one search_path.
// Row structs are named after the catalogs of PostgreSQL, as utils/cache/syscache.c's callers see them.
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/base/ids.h"
#include "catalog/builtin/builtin.h"
#include "catalog/ref.h"

namespace pgplumb::catalog {
class Catalog;
}

namespace pgplumb::engine::analyze {

using catalog::invalid_oid;
using catalog::Oid;
using catalog::TypeRef;

/// How a type answers to `value[…]`: pg_type.typsubscript.
enum class Subscripting : std::uint8_t { none, array, fixed_array, own };

/// pg_type.
struct TypeRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  char kind = 'b';      // typtype: b base, c composite, d domain, e enum, m multirange, p pseudo, r range
  char category = 'U';  // typcategory
  bool preferred = false;
  bool defined = true;  // false for a shell type
  char delimiter = ',';
  Oid relation = invalid_oid;  // of a row type
  Oid element = invalid_oid;
  Oid array = invalid_oid;
  Oid base_type = invalid_oid;  // of a domain
  std::int32_t base_typmod = -1;
  Oid collation = invalid_oid;
  Oid input = invalid_oid;
  Oid modifier_input = invalid_oid;  // 0: the type takes no modifier
  Subscripting subscripting = Subscripting::none;
  bool variable_length = true;  // typlen is -1
};

enum class ArgMode : char { in = 'i', out = 'o', in_out = 'b', variadic = 'v', table = 't' };

struct ArgRow {
  std::string_view name;  // empty where it has none
  Oid type = invalid_oid;
  ArgMode mode = ArgMode::in;
};

/// pg_proc. `args` are the input arguments' types; it points into what the catalogs hold.
struct ProcRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  char kind = 'f';  // f function, p procedure, a aggregate, w window
  bool returns_set = false;
  bool strict = false;
  char volatility = 'v';
  Oid result = invalid_oid;
  Oid variadic = invalid_oid;  // element type of the VARIADIC argument
  std::span<const Oid> args;
  int default_count = 0;
};

/// pg_aggregate.
struct AggregateRow {
  char kind = 'n';  // n normal, o ordered-set, h hypothetical-set
  int direct_args = 0;
};

/// pg_operator.
struct OperatorRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  Oid left = invalid_oid;  // 0 for a prefix operator
  Oid right = invalid_oid;
  Oid result = invalid_oid;
  Oid function = invalid_oid;
  Oid commutator = invalid_oid;
  Oid negator = invalid_oid;
  bool can_merge = false;
  bool can_hash = false;
};

/// pg_cast.
struct CastRow {
  Oid function = invalid_oid;
  char context = 'e';  // e explicit, a assignment, i implicit
  char method = 'f';   // f function, b binary-coercible, i through text
};

/// pg_collation.
struct CollationRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  bool deterministic = true;
};

/// pg_range.
struct RangeRow {
  Oid range = invalid_oid;
  Oid subtype = invalid_oid;
  Oid multirange = invalid_oid;
  Oid collation = invalid_oid;
  Oid canonical = invalid_oid;
};

/// pg_class.
struct RelationRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  char kind = 'r';  // relkind: r table, p partitioned, v view, m materialized view, f foreign, S sequence, c composite, i index
  Oid row_type = invalid_oid;
};

/// pg_attribute.
struct ColumnRow {
  int number = 0;  // attnum
  std::string_view name;
  TypeRef type;
  Oid collation = invalid_oid;
  Oid column = invalid_oid;  // the Catalog's column; 0 in a built-in relation
  bool not_null = false;
  bool dropped = false;
  bool generated = false;
  bool identity_always = false;
};

/// pg_opclass.
struct OpclassRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  Oid access_method = invalid_oid;
  Oid family = invalid_oid;
  Oid input_type = invalid_oid;
  bool is_default = false;
};

/// pg_amop, search operators only.
struct AmopRow {
  Oid family = invalid_oid;
  Oid access_method = invalid_oid;
  Oid left = invalid_oid;
  Oid right = invalid_oid;
  int strategy = 0;  // btree: 1 <, 2 <=, 3 =, 4 >=, 5 >
  Oid op = invalid_oid;
};

/// What typcache.h finds out about a type once.
struct TypeOperators {
  Oid equal = invalid_oid;
  Oid less = invalid_oid;
  Oid greater = invalid_oid;
  bool hashable = false;
};

/// Finds rows. Cheap to make; not thread-safe; valid while the Catalog does not change.
class Syscache {
 public:
  /// `search_path` is the effective one: schemas in order, pg_catalog in its place, a temporary schema first if there is
  /// one (fetch_search_path with implicit schemas). `objects` may be null: built-in objects only. `earlier`: one of the
  /// same major and thread, which has met built-in rows already.
  Syscache(int major, const catalog::Catalog* objects, std::vector<Oid> search_path, const Syscache* earlier = nullptr);

  int major() const { return builtin_.major(); }
  const catalog::Catalog* objects() const { return objects_; }
  const catalog::builtin::Builtin& builtin() const { return builtin_; }
  const std::vector<Oid>& search_path() const { return search_path_; }
  /// Where functions and operators are looked for: temporary ones must be named with their schema.
  const std::vector<Oid>& routine_path() const { return routine_path_; }

  Oid schema_by_name(std::string_view name) const;
  std::string_view schema_name(Oid schema) const;

  /// Rows by oid; null where there is none.
  const TypeRow* type(Oid oid) const;
  const ProcRow* proc(Oid oid) const;
  const OperatorRow* op(Oid oid) const;
  const CollationRow* collation(Oid oid) const;
  const RelationRow* relation(Oid oid) const;
  const AggregateRow* aggregate(Oid proc) const;
  const RangeRow* range(Oid range_type) const;
  Oid range_of_multirange(Oid multirange_type) const;
  std::optional<CastRow> cast(Oid source, Oid target) const;

  /// All of that name in the schema.
  std::vector<Oid> procs_named(Oid schema, std::string_view name) const;
  std::vector<Oid> operators_named(Oid schema, std::string_view name) const;
  /// The one with these operand types, `left` invalid for a prefix operator; else invalid.
  Oid operator_named(Oid schema, std::string_view name, Oid left, Oid right) const;
  Oid type_named(Oid schema, std::string_view name) const;
  Oid relation_named(Oid schema, std::string_view name) const;
  Oid collation_named(Oid schema, std::string_view name) const;

  /// The first along search_path; invalid_oid where there is none.
  Oid find_type(std::string_view name) const;
  Oid find_relation(std::string_view name) const;
  Oid find_collation(std::string_view name) const;
  /// Whether the unqualified name means this very object: TypeIsVisible and its kin.
  bool type_is_visible(const TypeRow& row) const { return find_type(row.name) == row.oid; }
  bool relation_is_visible(const RelationRow& row) const { return find_relation(row.name) == row.oid; }
  /// Position of the schema in search_path, or -1.
  int path_position(Oid schema) const;

  std::vector<ArgRow> proc_args(Oid proc) const;  // all modes, in order
  /// All columns in attribute order, dropped ones included, so that columns()[n - 1] is attribute n.
  const std::vector<ColumnRow>& columns(Oid relation) const;
  bool has_enum_label(Oid enum_type, std::string_view label) const;
  /// Whether nobody may use it before the transaction that added it commits.
  bool is_uncommitted_label(Oid enum_type, std::string_view label) const;
  bool inherits(Oid child_relation, Oid ancestor_relation) const;
  /// Columns (by attribute number) of the primary key, and the constraint's oid; none where there is no primary key.
  struct PrimaryKey {
    Oid constraint = invalid_oid;
    std::vector<int> columns;
  };
  std::optional<PrimaryKey> primary_key(Oid relation) const;

  std::vector<OpclassRow> opclasses_of(Oid access_method) const;
  std::optional<OpclassRow> opclass(Oid oid) const;
  Oid opclass_named(Oid access_method, Oid schema, std::string_view name) const;
  std::vector<AmopRow> amops_of_operator(Oid op) const;
  /// get_opfamily_member
  Oid family_operator(Oid family, Oid left, Oid right, int strategy) const;

  /// Whether no cast or operator class of the Catalog has a say in what is done with values of built-in types.
  bool built_in_types_are_as_shipped() const;
  /// A place for typcache.h to keep what it found about a type.
  std::unordered_map<Oid, TypeOperators>& type_operator_memory(Oid type) const;
  /// A place for parse_oper.h to keep which operator of pg_catalog is meant (0: not yet known); null where objects of the
  /// Catalog have a say too. PostgreSQL's is OprCacheHash.
  Oid* operator_memory(std::string_view name, Oid left, Oid right) const;

 private:
  template <class T>
  using RowMap = std::unordered_map<Oid, std::optional<T>>;
  struct Rows {
    RowMap<TypeRow> types;
    RowMap<ProcRow> procs;
    RowMap<OperatorRow> operators;
    RowMap<CollationRow> collations;
    RowMap<RelationRow> relations;
    RowMap<AggregateRow> aggregates;
    RowMap<RangeRow> ranges;
    std::unordered_map<Oid, TypeOperators> type_operators;
    std::unordered_map<std::string, std::unordered_map<std::uint64_t, Oid>> chosen_operators;  // by name, then operands
  };
  Rows& rows(Oid oid) const { return catalog::is_builtin(oid) ? *builtin_rows_ : own_rows_; }

  std::optional<TypeRow> load_type(Oid oid) const;
  std::optional<ProcRow> load_proc(Oid oid) const;
  std::optional<OperatorRow> load_operator(Oid oid) const;
  std::optional<CollationRow> load_collation(Oid oid) const;
  std::optional<RelationRow> load_relation(Oid oid) const;
  std::optional<RangeRow> load_range(Oid oid) const;

  // From the Catalog: syscache_objects.cc.
  std::optional<TypeRow> object_type(Oid oid) const;
  std::optional<ProcRow> object_proc(Oid oid) const;
  std::optional<OperatorRow> object_operator(Oid oid) const;
  std::optional<CollationRow> object_collation(Oid oid) const;
  std::optional<RelationRow> object_relation(Oid oid) const;
  std::optional<AggregateRow> object_aggregate(Oid proc) const;
  std::optional<RangeRow> object_range(Oid oid) const;
  std::optional<CastRow> object_cast(Oid source, Oid target) const;
  Oid object_schema(std::string_view name) const;
  void object_procs(Oid schema, std::string_view name, std::vector<Oid>& out) const;
  void object_operators(Oid schema, std::string_view name, std::vector<Oid>& out) const;
  Oid object_type_named(Oid schema, std::string_view name) const;
  Oid object_relation_named(Oid schema, std::string_view name) const;
  Oid object_collation_named(Oid schema, std::string_view name) const;
  std::vector<ColumnRow> object_columns(Oid relation) const;
  std::vector<ArgRow> object_args(Oid proc) const;
  void object_opclasses(Oid access_method, std::vector<OpclassRow>& out) const;
  void object_amops(std::vector<AmopRow>& out, const std::function<bool(const AmopRow&)>& wanted) const;

  /// The function that makes a multirange of one range.
  Oid multirange_constructor(Oid range) const;
  const std::vector<OpclassRow>& own_opclasses() const;
  const std::vector<AmopRow>& own_amops() const;

  const catalog::builtin::Builtin& builtin_;
  const catalog::Catalog* objects_;
  std::vector<Oid> search_path_, routine_path_;
  Oid temporary_schema_ = invalid_oid;

  std::shared_ptr<Rows> builtin_rows_;
  mutable Rows own_rows_;
  mutable std::unordered_map<Oid, std::vector<ColumnRow>> columns_;
  mutable std::unordered_map<Oid, TypeOperators> own_type_operators_;
  mutable std::optional<bool> as_shipped_;
  mutable std::optional<std::unordered_map<std::uint64_t, CastRow>> casts_;
  mutable std::optional<std::vector<OpclassRow>> opclasses_;
  mutable std::optional<std::vector<AmopRow>> amops_;
  mutable std::deque<std::vector<Oid>> argument_lists_;  // what ProcRow::args of the Catalog's routines point into
};

}  // namespace pgplumb::engine::analyze
