#pragma once
// What the SQL/JSON expressions share: values with a FORMAT clause, RETURNING clauses (parse_expr.c).
#include <string>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// How a construct takes a value.
struct JsonUse {
  expr::JsonFormatKind format = expr::JsonFormatKind::unspecified;  // where the value has no FORMAT clause
  Oid target = invalid_oid;                                        // that it is cast to; 0: json or jsonb, by the format
  bool passing = false;                                            // a PASSING argument
};

/// transformJsonValueExpr
NodePtr transform_json_value(ParseState& state, ast::JsonValueExpr value, const JsonUse& use);
/// Likewise, of an expression that is analysed already.
NodePtr json_value_of(ParseState& state, const NodePtr& given, ast::JsonFormat format, const JsonUse& use);
/// The text within a bytea: makeJsonByteaToTextConversion.
NodePtr json_text_of_bytea(ParseState& state, const NodePtr& value, ast::JsonFormat format);
expr::JsonFormat json_format_of(ast::JsonFormat format);

/// transformJsonOutput; no type where there is no clause.
expr::JsonReturning transform_json_output(ParseState& state, ast::JsonOutput output, bool allow_format);
/// Of a type and format that were not written as one clause: the columns of JSON_TABLE.
expr::JsonReturning json_returning_of(ParseState& state, ast::TypeName type, ast::JsonFormat format, bool allow_format);

/// The built-in function of that name; the one with these arguments where they are given.
Oid builtin_function(const Syscache& cache, std::string_view name);

/// Coerces what a constructor makes: coerceJsonFuncExpr, with errors.
NodePtr coerce_json_result(ParseState& state, const NodePtr& made, const expr::JsonReturning& returning);

}  // namespace pgplumb::engine::analyze
