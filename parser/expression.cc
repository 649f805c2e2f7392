#include "parser/expression.h"

#include <string>

namespace pgplumb::parser {

namespace {

struct Wrapped {
  ParseResult result;
  ast::ResTarget target;
};

/// Parses `before text after` as a SELECT of one thing, so that nothing of the text can be anything else.
Wrapped parse_within(std::string_view before, std::string_view text, std::string_view after) {
  Wrapped wrapped{parse(std::string(before).append(text).append(after)), {}};
  if (wrapped.result.error) {
    int& offset = wrapped.result.error->offset;
    const int inside = offset - static_cast<int>(before.size());
    offset = inside < 0 || inside > static_cast<int>(text.size()) ? -1 : inside;
    return wrapped;
  }
  const auto select = wrapped.result.tree.statement().as<ast::SelectStmt>();
  if (wrapped.result.tree.size() == 1 && select.target_list().size() == 1)
    wrapped.target = select.target_list()[0].as<ast::ResTarget>();
  return wrapped;
}

ParseError not_one(const char* what) { return {std::string("not one ") + what, -1, "42601"}; }

}  // namespace

// The line end before the closing parenthesis ends a comment that the text may end with.
ParsedExpression parse_expression(std::string_view text) {
  constexpr std::string_view before = "SELECT (";
  Wrapped wrapped = parse_within(before, text, "\n)");
  ParsedExpression parsed{std::move(wrapped.result.tree), {}, static_cast<int>(before.size()), wrapped.result.error};
  if (parsed.error) return parsed;
  parsed.node = wrapped.target.val();
  if (!parsed.node) parsed.error = not_one("expression");
  return parsed;
}

ParsedTypeName parse_type_name(std::string_view text) {
  constexpr std::string_view before = "SELECT CAST(NULL AS ";
  Wrapped wrapped = parse_within(before, text, "\n)");
  ParsedTypeName parsed{std::move(wrapped.result.tree), {}, static_cast<int>(before.size()), wrapped.result.error};
  if (parsed.error) return parsed;
  parsed.type = wrapped.target.val().as<ast::TypeCast>().type_name();
  if (!parsed.type) parsed.error = not_one("type name");
  return parsed;
}

}  // namespace pgplumb::parser
