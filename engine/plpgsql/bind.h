#pragma once
// Analysis of SQL that sees variables: plpgsql_parser_setup and resolve_column_ref of pl_comp.c. Each variable that the
// text reads becomes a Param.
#include <string>
#include <string_view>
#include <vector>

#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"
#include "engine/evaluate/evaluate.h"
#include "engine/plpgsql/frame.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::plpgsql {

struct Bound {
  catalog::expr::QueryPtr query;
  std::vector<Value> parameters;
};

/// The names that a text sees, and what they hold.
struct Scope {
  const Function* function = nullptr;
  const Frame* frame = nullptr;
  const Name* names = nullptr;
};

/// A SELECT, VALUES, INSERT, UPDATE, DELETE or MERGE. Errors as the server's analysis.
Bound bind(Interpreter& interpreter, parser::ast::Node statement, const Scope& scope);

/// A SELECT that sees no variables.
Bound bind_select(Interpreter& interpreter, parser::ast::SelectStmt select);

/// Likewise, with $1, $2 … alone: EXECUTE … USING.
Bound bind_numbered(Interpreter& interpreter, parser::ast::Node statement, const std::vector<Value>& arguments);

/// Likewise, with the arguments of an SQL function by name and number.
Bound bind_arguments(Interpreter& interpreter, parser::ast::Node statement, std::string_view function,
                     const std::vector<std::string>& names, const std::vector<Value>& arguments);

/// A CALL: the procedure that it means, and the arguments of its input parameters by position.
struct BoundCall {
  Oid procedure = invalid_oid;
  std::vector<catalog::expr::NodePtr> arguments;
  std::vector<Value> parameters;
};
BoundCall bind_call(Interpreter& interpreter, parser::ast::CallStmt call, const Scope& scope);
/// Likewise, within an SQL function or with numbered arguments alone.
BoundCall bind_call(Interpreter& interpreter, parser::ast::CallStmt call, std::string_view function,
                    const std::vector<std::string>& names, const std::vector<Value>& arguments);

/// What the query's rows consist of.
std::vector<ResultColumn> columns_of(const catalog::expr::Query& query);

}  // namespace pgplumb::engine::plpgsql
