#pragma once
// Expressions of tables and indexes as the catalog holds them: from what a statement says, or from one table's columns to
// another's. The analysis itself is engine/analyze's.
#include <functional>

#include "catalog/expr_nodes.h"
#include "catalog/kinds/column.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

using catalog::Column;
using catalog::Expr;
using catalog::TypeRef;
using catalog::expr::NodePtr;

/// An expression and what it refers to.
Expr make_expression(NodePtr tree);

/// DEFAULT for a column (cookDefault).
Expr analyze_column_default(Interpreter& interpreter, const Column& column, ast::Node raw);
/// GENERATED ALWAYS AS of a column of the relation; `type` is what the column has.
Expr analyze_generation(Interpreter& interpreter, Oid relation, const Column& column, ast::Node raw);
/// CHECK over the relation's columns (cookConstraint).
Expr analyze_check(Interpreter& interpreter, Oid relation, ast::Node raw);
Expr analyze_index_expression(Interpreter& interpreter, Oid relation, ast::Node raw);
Expr analyze_index_predicate(Interpreter& interpreter, Oid relation, ast::Node raw);
Expr analyze_partition_key(Interpreter& interpreter, Oid relation, ast::Node raw);
/// The column in an expression over its relation alone.
NodePtr column_variable(const Column& column);
/// The conditions as one, which is the first where it is the only one.
NodePtr combined(catalog::expr::BoolOp op, std::vector<NodePtr> conditions);

/// USING of ALTER COLUMN … TYPE
NodePtr analyze_column_transform(Interpreter& interpreter, Oid relation, ast::Node raw);
/// What makes a value of the new type of the old one: that USING's expression or, where there is none, the column, coerced.
/// Throws 42804 where it can't be.
NodePtr coerce_column_transform(Interpreter& interpreter, const Column& column, NodePtr tree, TypeRef target);

/// What a value in a partition's bound is compared with.
struct BoundKey {
  std::string name;  // of the column, or the expression's text, for messages
  TypeRef type;
  catalog::Oid collation = catalog::invalid_oid;
};
/// The value as a constant of that type. Throws NotSimulated where it would have to be computed.
NodePtr analyze_bound_value(Interpreter& interpreter, ast::Node raw, const BoundKey& key);
/// Casts of constants carried out, as far as they need no evaluation; null where they do.
NodePtr fold_constant(Interpreter& interpreter, const NodePtr& tree);

/// Throws what the analysis of an expression that reads no columns throws.
void check_expression(Interpreter& interpreter, ast::Node raw);

/// Columns that the expression reads, in the order of their numbers, each once; user columns only.
std::vector<Oid> columns_used(const Expr& expression);
/// Whether the expression reads the relation's whole row.
bool uses_whole_row(const Expr& expression);

/// The expression with each column of `source` replaced by the column of the same name of `target`
/// (map_variable_attnos). Throws `whole_row` where the whole row is used, which has no counterpart.
Expr map_columns(const catalog::Catalog& catalog, const Expr& expression, Oid source, Oid target,
                 const std::function<void()>& whole_row);

/// Whether two expressions over different tables mean the same, columns paired by name.
bool same_expression(const catalog::Catalog& catalog, const Expr& a, Oid table_a, const Expr& b, Oid table_b);

/// Whether the result may differ between calls with equal arguments (contain_mutable_functions, contain_volatile_functions).
bool contains_mutable(const Interpreter& interpreter, const Expr& expression);
bool contains_volatile(const Interpreter& interpreter, const Expr& expression);

}  // namespace pgplumb::engine::ddl
