#pragma once
// What CREATE TABLE and ALTER TABLE say of columns and constraints, taken apart: parser/parse_utilcmd.c. Nothing here is
// in the catalog yet, but for the sequences of serial and identity columns.
#include <optional>
#include <string>
#include <vector>

#include "catalog/kinds/column.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/sequence.h"
#include "engine/ddl/constraint_attributes.h"
#include "engine/ddl/index.h"
#include "engine/ddl/resolve.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

using catalog::Expr;
using catalog::Generated;
using catalog::Identity;
using catalog::Storage;
using catalog::TypeRef;

/// A column to be made (ColumnDef).
struct ColumnSpec {
  Name name;
  TypeRef type;
  AnyRef collation;
  bool not_null = false;
  bool local = true;
  int inherited_from = 0;
  bool from_type = false;   // of a typed table: from its type
  bool is_options = false;  // of a typed table or partition: only WITH OPTIONS
  ast::Node raw_default;    // DEFAULT's or GENERATED's expression
  std::optional<Expr> cooked_default;  // an analysed one: inherited, copied, or nextval() of its own sequence
  Oid default_source = invalid_oid;    // whose columns an analysed generation expression reads: its parent's
  bool conflicting_default = false;    // parents disagree: the column must have one of its own
  Identity identity = Identity::none;
  Generated generated = Generated::none;
  std::optional<Storage> storage;
  std::string compression;  // as pg_attribute has it
  std::string_view storage_word, compression_word;  // as written, until apply_column_storage
  catalog::Options foreign_options;
  Ref<catalog::Sequence> sequence;  // that the column is to own
  std::string comment;
  int location = -1;
};

/// A CHECK constraint to be made.
struct CheckSpec {
  Name name;  // empty: to be chosen
  ast::Node raw;
  std::optional<Expr> cooked;
  Oid source = invalid_oid;  // whose columns `cooked` reads, where it is another relation
  bool no_inherit = false;
  bool validated = true;
  bool enforced = true;
  bool local = true;
  int inherited_from = 0;
  int location = -1;
};

/// A NOT NULL constraint to be made; PostgreSQL 18 has them as objects.
struct NotNullSpec {
  Name name;
  Name column;
  bool no_inherit = false;
  bool validated = true;
  int location = -1;
  bool generated = false;  // the name is what the server chose for the constraint that this one follows
};

struct ForeignKeySpec {
  Name name;
  ast::Constraint node;
  std::vector<Name> columns;
  bool deferrable = false;
  bool initially_deferred = false;
  bool skip_validation = false;
  bool validated = true;
  bool enforced = true;
};

/// LIKE relation, with the options that wait until the table exists.
struct LikeSpec {
  Oid source = invalid_oid;
  std::uint32_t options = 0;
};

struct TableElements {
  std::vector<ColumnSpec> columns;
  std::vector<CheckSpec> checks;
  std::vector<NotNullSpec> not_nulls;
  std::vector<IndexSpec> indexes;
  std::vector<ForeignKeySpec> foreign_keys;
  std::vector<LikeSpec> likes;
};

/// The table that elements are for (CreateStmtContext).
struct ElementContext {
  Name table;
  Oid schema = invalid_oid;
  catalog::Persistence persistence = catalog::Persistence::permanent;
  Name owner;
  Oid relation = invalid_oid;  // of ALTER TABLE: the table
  bool is_foreign = false;
  bool is_partitioned = false;
  bool is_partition = false;   // CREATE TABLE … PARTITION OF
  bool is_typed = false;       // CREATE TABLE … OF
  std::function<std::vector<Oid>()> parents;  // INHERITS, or the table that it becomes a partition of
};

/// Takes elements one after another, in the order in which they were written.
class ElementTransformer {
 public:
  ElementTransformer(Interpreter& interpreter, ElementContext context)
      : interpreter_(interpreter), context_(std::move(context)) {}

  void add(ast::Node element);
  void add_columns_of_type(ast::TypeName type);
  ColumnSpec& add_column(ast::ColumnDef column);
  void add_constraint(ast::Constraint constraint);
  void add_like(ast::TableLikeClause clause);

  /// After the last element: what primary keys and UNIQUE ask for becomes indexes, and identity columns get sequences,
  /// which may be refused only when all else that was written has been found right.
  TableElements finish();
  const TableElements& elements() const { return elements_; }

 private:
  /// A PRIMARY KEY, UNIQUE or EXCLUDE, with attributes that followed it.
  struct KeyConstraint {
    ast::Constraint node;
    std::vector<Name> keys;
    bool deferrable = false;
    bool initially_deferred = false;
  };

  /// An identity column by its place among the elements, and what its sequence is to be.
  struct IdentityOptions {
    std::size_t column = 0;
    ast::List<ast::Node> options;
  };

  struct ColumnState;
  void apply_column_constraint(ast::Constraint constraint, const ConstraintAttributes& attributes, ColumnSpec& column,
                               ColumnState& state);
  void add_not_null(ast::Constraint constraint, Name column, ColumnState& state);
  void declare_not_null(Name column);
  void make_sequence(ColumnSpec& column, ast::List<ast::Node> options, bool for_identity);
  void note_chosen(const ColumnSpec& column);
  IndexSpec index_for(KeyConstraint& key);
  void refuse_second(const KeyConstraint& key, const IndexSpec& index, Name name);
  void resolve_key_column(const KeyConstraint& key, IndexSpec& index, Name name, bool included);
  bool key_column_exists(const KeyConstraint& key, Name name);
  void use_existing_index(const KeyConstraint& key, IndexSpec& index);
  void like_columns(const Object& source, const LikeSpec& like);
  void require_table_constraints_allowed(ast::Constraint constraint) const;

  Interpreter& interpreter_;
  ElementContext context_;
  TableElements elements_;
  std::vector<KeyConstraint> keys_;
  std::vector<IdentityOptions> identities_;
  std::vector<Name> chosen_;  // of serial columns' sequences
  Name chosen_twice_;
};

/// Whether two constraints ask for the same index, so that one is enough.
bool same_key(const IndexSpec& a, const IndexSpec& b);

/// The expression nextval('sequence'::regclass).
Expr nextval_of(const Interpreter& interpreter, Oid sequence);

}  // namespace pgplumb::engine::ddl
