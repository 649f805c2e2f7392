#include "engine/ddl/index.h"

#include <algorithm>

#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/tablespace.h"
#include "engine/analyze/typcache.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/index_columns.h"
#include "engine/ddl/message.h"
#include "engine/ddl/names.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/partition.h"
#include "engine/ddl/partition_overlap.h"
#include "engine/ddl/reloptions.h"
#include "engine/ddl/storage.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Table;

constexpr std::size_t max_index_keys = 32;

[[noreturn]] void refuse_method(const IndexMethod& method, const char* what) {
  throw SqlError("0A000", "access method \"" + method.name + "\" does not support " + what);
}

class IndexDefinition {
 public:
  IndexDefinition(Interpreter& interpreter, Oid relation, IndexSpec spec, const DefineIndex& how)
      : interpreter_(interpreter), catalog_(interpreter.catalog()), relation_(relation), spec_(std::move(spec)), how_(how) {}

  Ref<Index> run() {
    // Before anything is asked of the index, or of what it shall be of.
    analyze_index_expressions(interpreter_, relation_, spec_);
    check_size();
    check_relation();
    index_.tablespace =
        resolve_tablespace(interpreter_, spec_.tablespace, spec_.default_tablespace, is_partitioned_, is_temporary());
    const std::vector<Name> names = choose_index_column_names(spec_, interpreter_.major());
    choose_name(names);
    check_method();
    if (spec_.raw_predicate || spec_.predicate)
      index_.predicate = resolve_index_predicate(interpreter_, relation_, spec_);
    index_.options = spec_.options;
    if (!spec_.option_list.empty())
      index_.options = index_reloptions(method_.name, spec_.option_list, interpreter_.major());
    IndexColumns columns = resolve_index_columns(interpreter_, relation_, spec_, method_, names);
    index_.columns = std::move(columns.keys);
    index_.included = std::move(columns.included);
    exclusion_operators_ = std::move(columns.exclusion_operators);
    has_system_column_ = columns.has_system_column;
    if (spec_.primary) check_primary_key();
    if (is_partitioned_ && (spec_.unique || spec_.primary || has_exclusion())) check_partition_key();
    check_system_columns();
    return store();
  }

 private:
  bool has_exclusion() const { return !spec_.exclusion_names.empty() || !spec_.exclusion_operators.empty(); }

  const Object& relation() const { return *catalog_.find(relation_); }

  bool is_temporary() const {
    const auto* table = catalog_.find_as<Table>(relation_);
    return table && table->persistence == Persistence::temporary;
  }

  void check_size() const {
    if (spec_.elements.empty()) throw SqlError("42P17", "must specify at least one column");
    if (spec_.elements.size() + spec_.included.size() > max_index_keys)
      throw SqlError("54011", "cannot use more than " + std::to_string(max_index_keys) + " columns in an index");
  }

  void check_relation() {
    const Object& object = relation();
    const auto* table = catalog_.find_as<Table>(relation_);
    if (!table && object.kind != Kind::materialized_view) refuse_relation(object);
    is_partitioned_ = table && table->partition_strategy != catalog::PartitionStrategy::none;
    if (!is_partitioned_) return;
    if (spec_.concurrently)
      throw SqlError("0A000", "cannot create index on partitioned table " + quoted(object.name) + " concurrently");
    if (has_exclusion() && interpreter_.major() < 17)
      throw SqlError("0A000", "cannot create exclusion constraints on partitioned table " + quoted(object.name));
  }

  [[noreturn]] void refuse_relation(const Object& object) const {
    if (interpreter_.major() >= 14)
      throw SqlError("42809", "cannot create index on relation " + quoted(object.name), not_supported_for(object));
    if (object.kind == Kind::foreign_table)
      throw SqlError("42809", "cannot create index on foreign table " + quoted(object.name));
    throw SqlError("42809", quoted(object.name) + " is not a table or materialized view");
  }

  void choose_name(const std::vector<Name>& columns) {
    const Oid schema = relation().parent.oid;
    index_.name = spec_.name;
    if (!index_.name.empty()) return;
    IndexNaming naming = IndexNaming::plain;
    if (spec_.primary)
      naming = IndexNaming::primary_key;
    else if (has_exclusion())
      naming = IndexNaming::exclusion;
    else if (spec_.is_constraint)
      naming = IndexNaming::unique_constraint;
    index_.name = choose_index_name(catalog_, relation().name.view(), schema, columns, naming);
  }

  void check_method() {
    method_ = index_method(interpreter_, spec_.method);
    index_.method = AnyRef{Kind::access_method, method_.oid};
    if (spec_.unique && !spec_.without_overlaps && !method_.can_unique) refuse_method(method_, "unique indexes");
    if (!spec_.included.empty() && !method_.can_include) refuse_method(method_, "included columns");
    if (spec_.elements.size() > 1 && !method_.can_multi_column) refuse_method(method_, "multicolumn indexes");
    if (has_exclusion() && !method_.can_exclude) refuse_method(method_, "exclusion constraints");
  }

  void check_primary_key() {
    const auto* table = catalog_.find_as<Table>(relation_);
    if ((how_.is_alter_table || (table && table->partition_of)) && primary_key_of(catalog_, relation_))
      throw SqlError("42P16", "multiple primary keys for table " + quoted(relation().name) + " are not allowed");
    for (const catalog::IndexColumn& column : index_.columns) {
      if (!column.column && column.expression.empty()) continue;  // no system column is ever null
      if (!column.column) throw SqlError("0A000", "primary keys cannot be expressions");
      if (how_.is_alter_table && has_not_null_constraints(interpreter_) && !catalog_.get(column.column).not_null)
        throw SqlError("42P16", "primary key column " + quoted(catalog_.get(column.column).name) + " is not marked NOT NULL");
      require_not_null(interpreter_, relation_, column.column);
    }
  }

  /// A unique key of a partitioned table must hold the partition key, or it could not be enforced within partitions.
  void check_partition_key() const {
    const Table& table = *catalog_.find_as<Table>(relation_);
    const char* kind = spec_.primary ? "PRIMARY KEY" : has_exclusion() ? "EXCLUDE" : "UNIQUE";
    for (std::size_t position = 0; position < table.partition_key_parts.size(); ++position) {
      const catalog::PartitionKeyPart& part = table.partition_key_parts[position];
      if (!part.column)
        throw SqlError("0A000", std::string("unsupported ") + kind + " constraint with partition key definition",
                       std::string(kind) + " constraints cannot be used when partition keys include expressions.");
      if (const auto at = key_column_of(part)) {
        if (!exclusion_operators_.empty()) require_equality(table, position, exclusion_operators_[*at].oid);
        continue;
      }
      const std::string message = interpreter_.major() >= 14
                                      ? "unique constraint on partitioned table must include all partitioning columns"
                                      : std::string("insufficient columns in ") + kind + " constraint definition";
      throw SqlError("0A000", message,
                     std::string(kind) + " constraint on table " + quoted(table.name) + " lacks column " +
                         quoted(catalog_.get(part.column).name) + " which is part of the partition key.");
    }
  }

  /// What rows of different partitions can't have in common, an exclusion constraint must compare by the partition key's own
  /// equality.
  void require_equality(const Table& table, std::size_t position, Oid op) const {
    const analyze::Syscache& cache = interpreter_.cache();
    const analyze::OpclassRow opclass = partition_operator_class(interpreter_, table, position);
    const bool hashed = table.partition_strategy == catalog::PartitionStrategy::hash;
    const int strategy = hashed ? analyze::hash_equal : analyze::btree_equal;
    if (cache.family_operator(opclass.family, opclass.input_type, opclass.input_type, strategy) == op) return;
    const Column& column = catalog_.get(table.partition_key_parts[position].column);
    throw SqlError("0A000", "cannot match partition key to index on column " + quoted(column.name) +
                                " using non-equal operator \"" + std::string(cache.op(op)->name) + "\"");
  }

  /// Which of the index's columns is that of the partition key, with its collation.
  std::optional<std::size_t> key_column_of(const catalog::PartitionKeyPart& part) const {
    const Oid collation = part.collation ? part.collation.oid : catalog_.get(part.column).collation.oid;
    for (std::size_t at = 0; at < index_.columns.size(); ++at)
      if (index_.columns[at].column == part.column && index_.columns[at].collation.oid == collation) return at;
    return std::nullopt;
  }

  void check_system_columns() const {
    if (has_system_column_ || uses_system_column(index_.predicate)) refuse_system_column();
    for (const catalog::IndexColumn& column : index_.columns)
      if (uses_system_column(column.expression)) refuse_system_column();
  }

  [[noreturn]] static void refuse_system_column() {
    throw SqlError("0A000", "index creation on system columns is not supported");
  }

  Ref<Index> store() {
    const Oid schema = relation().parent.oid;
    if (find_relation_in_schema(interpreter_, schema, index_.name) != invalid_oid) {
      if (!spec_.if_not_exists) throw SqlError("42P07", "relation " + quoted(index_.name) + " already exists");
      interpreter_.notice("relation " + quoted(index_.name) + " already exists, skipping");
      return {};
    }
    if (spec_.is_constraint && constraint_name_is_used(catalog_, relation_, index_.name))
      throw SqlError("42710", "constraint " + quoted(index_.name) + " for relation " + quoted(relation().name) +
                                  " already exists");
    index_.parent = AnyRef{relation().kind, relation_};
    index_.unique = spec_.unique;
    index_.nulls_not_distinct = spec_.nulls_not_distinct;
    index_.partition_of = how_.parent;
    index_.comment = spec_.comment;
    index_.valid = !(is_partitioned_ && how_.invalid && partitions_of(catalog_, relation_).size() > 0);
    const Ref<Index> created = catalog_.insert(index_);
    Ref<Constraint> constraint;
    if (spec_.is_constraint) {
      IndexSpec resolved = spec_;
      resolved.exclusion_operators = exclusion_operators_;
      constraint = create_index_constraint(interpreter_, created, resolved, how_);
    }
    if (is_partitioned_ && how_.recurse && !how_.invalid) index_partitions(interpreter_, created, constraint);
    return created;
  }

  Interpreter& interpreter_;
  Catalog& catalog_;
  Oid relation_;
  IndexSpec spec_;
  const DefineIndex& how_;
  IndexMethod method_;
  Index index_;
  std::vector<AnyRef> exclusion_operators_;
  bool is_partitioned_ = false;
  bool has_system_column_ = false;
};

catalog::ConstraintType constraint_type(const IndexSpec& spec) {
  if (spec.primary) return catalog::ConstraintType::primary_key;
  if (!spec.exclusion_names.empty() || !spec.exclusion_operators.empty()) return catalog::ConstraintType::exclusion;
  return catalog::ConstraintType::unique;
}

/// `name`, or `name1`, `name2`, … where an earlier column has it.
Name unused_name(const std::vector<Name>& taken, std::string_view wanted) {
  Name name = wanted;
  for (int number = 1; std::find(taken.begin(), taken.end(), name) != taken.end(); ++number) {
    const std::string digits = std::to_string(number);
    name = std::string(catalog::clip_utf8(wanted, catalog::max_identifier_length - digits.size())) + digits;
  }
  return name;
}

}  // namespace

std::vector<Name> choose_index_column_names(const IndexSpec& spec, int major) {
  std::vector<Name> names;
  for (const auto* elements : {&spec.elements, &spec.included}) {
    for (const IndexElementSpec& element : *elements) {
      std::string wanted = "expr";
      if (!element.given_name.empty())
        wanted = element.given_name.str();
      else if (!element.column.empty())
        wanted = element.column.str();
      else if (element.raw)
        wanted = index_expression_name(element.raw, major);
      names.push_back(unused_name(names, wanted));
    }
  }
  return names;
}

void analyze_index_expressions(Interpreter& interpreter, Oid relation, IndexSpec& spec) {
  if (interpreter.catalog().find(relation)->kind == Kind::index) return;
  if (spec.raw_predicate && !spec.predicate) spec.predicate = analyze_index_predicate(interpreter, relation, spec.raw_predicate);
  for (IndexElementSpec& element : spec.elements)
    if (element.raw && !element.cooked) element.cooked = analyze_index_expression(interpreter, relation, element.raw);
}

Ref<Index> define_index(Interpreter& interpreter, Oid relation, const IndexSpec& spec, const DefineIndex& how) {
  return IndexDefinition(interpreter, relation, spec, how).run();
}

Ref<Constraint> create_index_constraint(Interpreter& interpreter, Ref<Index> ref, const IndexSpec& spec,
                                        const DefineIndex& how) {
  Catalog& catalog = interpreter.catalog();
  const Index& index = catalog.get(ref);
  Constraint constraint;
  constraint.type = constraint_type(spec);
  constraint.name = index.name;
  constraint.parent = index.parent;
  constraint.columns = key_columns(index);
  std::erase_if(constraint.columns, [](Ref<Column> column) { return !column; });
  constraint.operators = spec.exclusion_operators;
  constraint.deferrable = spec.deferrable;
  constraint.initially_deferred = spec.initially_deferred;
  constraint.period = spec.without_overlaps;
  constraint.local = !how.parent_constraint;
  constraint.inherited_from = how.parent_constraint ? 1 : 0;
  constraint.partition_of = how.parent_constraint;
  constraint.index = ref;
  const Ref<Constraint> created = catalog.insert(std::move(constraint));
  catalog.edit(ref).set<&Index::constraint>(created);
  return created;
}

bool is_primary(const catalog::Catalog& catalog, const Index& index) {
  const auto* constraint = catalog.find_as<Constraint>(index.constraint.oid);
  return constraint && constraint->type == catalog::ConstraintType::primary_key;
}

const Index* primary_key_of(const catalog::Catalog& catalog, Oid relation) {
  for (const Index* index : catalog.children_of<Index>(relation))
    if (is_primary(catalog, *index)) return index;
  return nullptr;
}

std::vector<Ref<catalog::Column>> key_columns(const Index& index) {
  std::vector<Ref<catalog::Column>> columns;
  for (const catalog::IndexColumn& column : index.columns) columns.push_back(column.column);
  return columns;
}

}  // namespace pgplumb::engine::ddl
