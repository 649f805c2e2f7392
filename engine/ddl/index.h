#pragma once
// Indexes: commands/indexcmds.c and catalog/index.c. An IndexSpec is PostgreSQL's IndexStmt: written by a user, asked for
// by a constraint, or copied from another index.
#include <optional>
#include <string>
#include <vector>

#include "catalog/kinds/constraint.h"
#include "catalog/kinds/index.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

using catalog::Constraint;
using catalog::Expr;
using catalog::Index;

/// One column of an index (IndexElem).
struct IndexElementSpec {
  Name column;                // of the table; empty for an expression
  ast::Node raw;              // an expression as written,
  std::optional<Expr> cooked;  // or analysed already
  Name given_name;            // of the index's attribute, where it is not to be chosen
  ast::List<ast::Node> collation_name;
  Oid collation = invalid_oid;  // where it is known already
  ast::List<ast::Node> operator_class_name;
  Oid operator_class = invalid_oid;
  catalog::Options operator_class_options;
  bool has_direction = false, descending = false;
  bool has_nulls = false, nulls_first = false;
  std::int32_t statistics = -1;
};

struct IndexSpec {
  Name name;  // empty: to be chosen
  std::string_view method = "btree";
  std::vector<IndexElementSpec> elements;
  std::vector<IndexElementSpec> included;
  ast::List<ast::Node> option_list;
  catalog::Options options;
  Name tablespace;
  bool default_tablespace = true;  // look at the parameter where none is named
  ast::Node raw_predicate;
  std::optional<Expr> predicate;
  ast::List<ast::Node> exclusions;                    // pairs of an element and an operator, as written
  std::vector<ast::List<ast::Node>> exclusion_names;  // the operators
  std::vector<AnyRef> exclusion_operators;            // or known already
  std::string comment;
  bool unique = false;
  bool primary = false;
  bool nulls_not_distinct = false;
  bool is_constraint = false;
  bool deferrable = false;
  bool initially_deferred = false;
  bool concurrently = false;
  bool if_not_exists = false;
  bool without_overlaps = false;
  Oid existing_index = invalid_oid;  // ADD CONSTRAINT … USING INDEX
};

/// How DefineIndex is called.
struct DefineIndex {
  bool is_alter_table = false;    // a second primary key has to be looked for
  bool recurse = true;            // to partitions
  bool invalid = false;           // on a partitioned table, by ON ONLY
  Ref<Index> parent;              // the partitioned index that it is attached to
  Ref<Constraint> parent_constraint;
};

/// Analyses its predicate and expressions, unless that has been done (transformIndexStmt of parser/parse_utilcmd.c).
void analyze_index_expressions(Interpreter& interpreter, Oid relation, IndexSpec& spec);

/// Computes what is constant in the expression; throws 42P17 where the rest calls what is not immutable. `what`: of the index,
/// for the message.
void require_immutable(Interpreter& interpreter, const Expr& expression, const char* what);

/// Makes the index, the constraint that it is for, and theirs on all partitions. Gives an empty reference where IF NOT
/// EXISTS found one.
Ref<Index> define_index(Interpreter& interpreter, Oid relation, const IndexSpec& spec, const DefineIndex& how = {});

/// The same index for another table, whose columns are found by name (generateClonedIndexStmt). Constraints are copied
/// with it.
IndexSpec clone_index(Interpreter& interpreter, const Index& source, Oid target);

/// The columns of an index by their own names: dups are numbered (ChooseIndexColumnNames).
std::vector<Name> choose_index_column_names(const IndexSpec& spec, int major);

/// A key or exclusion constraint over an index that exists (index_constraint_create).
Ref<Constraint> create_index_constraint(Interpreter& interpreter, Ref<Index> index, const IndexSpec& spec,
                                        const DefineIndex& how);

/// The table's primary key; null where it has none.
const Index* primary_key_of(const catalog::Catalog& catalog, Oid relation);
bool is_primary(const catalog::Catalog& catalog, const Index& index);
/// Names of the key's columns; an expression's is empty.
std::vector<Ref<catalog::Column>> key_columns(const Index& index);

}  // namespace pgplumb::engine::ddl
