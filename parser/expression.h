#pragma once
// Expressions and type names by themselves, as the server's functions print them (pg_get_expr, format_type).
#include <optional>
#include <string_view>

#include "parser/ast/ast.h"
#include "parser/pg_query.h"

namespace pgplumb::parser {

/// Locations within `node` count from `base` bytes before the text.
struct ParsedExpression {
  ParseTree tree;
  ast::Node node;
  int base = 0;
  std::optional<ParseError> error;
};
ParsedExpression parse_expression(std::string_view text);

struct ParsedTypeName {
  ParseTree tree;
  ast::TypeName type;
  int base = 0;
  std::optional<ParseError> error;
};
ParsedTypeName parse_type_name(std::string_view text);

}  // namespace pgplumb::parser
