#pragma once
// JSON_EXISTS, JSON_QUERY and JSON_VALUE, by themselves and as the columns of JSON_TABLE: transformJsonFuncExpr.
#include <optional>
#include <string>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// A call, wherever it was written.
struct JsonFunction {
  expr::JsonExprOp op = expr::JsonExprOp::exists;
  std::string column;   // of JSON_TABLE; empty for a call
  NodePtr item;         // the context item, analysed
  ast::JsonFormat item_format;
  NodePtr path;         // analysed, not yet a jsonpath
  ast::List<ast::Node> passing;
  ast::TypeName type;   // RETURNING; empty where there is none
  ast::JsonFormat format;
  ast::JsonBehavior on_empty;
  ast::JsonBehavior on_error;
  ast::JsonWrapper wrapper = ast::JsonWrapper::JSW_UNSPEC;
  ast::JsonQuotes quotes = ast::JsonQuotes::JS_QUOTES_UNSPEC;
  int location = -1;
};

NodePtr transform_json_func(ParseState& state, ast::JsonFuncExpr node);
NodePtr transform_json_func(ParseState& state, const JsonFunction& function);

}  // namespace pgplumb::engine::analyze
