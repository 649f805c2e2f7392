// Variables as statements name them: plpgsql_parse_word and its kin of pl_comp.c, read_into_target of pl_gram.y.
#include "engine/plpgsql/reader.h"

namespace pgplumb::engine::plpgsql {

std::optional<Reader::Datum> Reader::datum_here(std::size_t ahead) const {
  const Token& first = peek(ahead);
  if (first.kind == TokenKind::symbol && first.text.size() > 1 && first.text[0] == '$') {
    const FoundName found = find_variable(function_, names_, first.text, {});
    if (!found) return std::nullopt;
    return Datum{found.variable, {}, 1};
  }
  if (!first.is_name()) return std::nullopt;
  const auto part = [&](std::size_t number) -> const Token* {
    const Token& token = peek(ahead + 2 * number);
    const bool follows = at_symbol(".", ahead + 2 * number - 1) && !token.word.empty();
    return follows ? &token : nullptr;
  };
  const Token* second = part(1);
  const Token* third = second ? part(2) : nullptr;
  const FoundName found = find_variable(function_, names_, first.word, second ? second->word : "");
  if (!found) return std::nullopt;
  if (!second) return Datum{found.variable, {}, 1};
  if (found.names_used == 1) return Datum{found.variable, second->word, 3};
  if (third && variable(found.variable).composite) return Datum{found.variable, third->word, 5};
  return Datum{found.variable, {}, 3};
}

void Reader::not_a_variable() const {
  if (peek().is_name()) throw SqlError("42601", "\"" + peek().word + "\" is not a known variable");
  syntax_error();
}

Place Reader::read_place() {
  const auto datum = datum_here();
  if (!datum) not_a_variable();
  for (std::size_t i = 0; i < datum->tokens; ++i) next();
  Place place;
  place.variable = datum->variable;
  place.field = datum->field;
  return place;
}

void Reader::check_assignable(const Place& place) const {
  if (variable(place.variable).constant)
    throw SqlError("22005", "variable \"" + variable(place.variable).name + "\" is declared CONSTANT");
}

Target Reader::read_into() {
  const bool strict = accept("strict");
  return read_target(strict);
}

Target Reader::read_target(bool strict) {
  Target target;
  target.strict = strict;
  target.places.push_back(read_place());
  check_assignable(target.places.back());
  const Place& first = target.places.front();
  target.whole_row = first.field.empty() && variable(first.variable).composite;
  if (target.whole_row && at_symbol(","))
    throw SqlError("42601", "record variable cannot be part of multiple-item INTO list");
  while (accept_symbol(",")) {
    target.places.push_back(read_place());
    const Place& place = target.places.back();
    check_assignable(place);
    if (place.field.empty() && variable(place.variable).composite)
      throw SqlError("42601", "\"" + variable(place.variable).name + "\" is not a scalar variable");
  }
  return target;
}

int Reader::read_cursor_variable() {
  const Place place = read_place();
  if (!place.field.empty() || variable(place.variable).composite)
    throw SqlError("42804", "cursor variable must be a simple variable");
  if (variable(place.variable).type.type != catalog::types::refcursor)
    throw SqlError("42804", "variable \"" + variable(place.variable).name + "\" must be of type cursor or refcursor");
  return place.variable;
}

std::size_t Reader::cursor_argument_named(int cursor, const std::string& name) const {
  const std::vector<int>& declared = variable(cursor).cursor_arguments;
  for (std::size_t i = 0; i < declared.size(); ++i)
    if (variable(declared[i]).name == name) return i;
  throw SqlError("42601", "cursor \"" + variable(cursor).name + "\" has no argument named \"" + name + "\"");
}

/// The values of a bound cursor's arguments, by position: read_cursor_args.
std::vector<Sql> Reader::read_cursor_arguments(int cursor) {
  const std::string name = variable(cursor).name;
  std::vector<Sql> arguments(variable(cursor).cursor_arguments.size());
  const bool given = accept_symbol("(");
  if (given && arguments.empty()) throw SqlError("42601", "cursor \"" + name + "\" has no arguments");
  if (!given && !arguments.empty()) throw SqlError("42601", "cursor \"" + name + "\" has arguments");
  if (!given) return arguments;
  std::size_t number = 0;
  do {
    std::size_t at = number++;
    if (peek().is_name() && (peek(1).kind == TokenKind::assign || at_symbol("=>", 1))) {
      at = cursor_argument_named(cursor, next().word);
      next();
    }
    if (at >= arguments.size()) throw SqlError("42601", "too many arguments for cursor \"" + name + "\"");
    if (arguments[at])
      throw SqlError("42601", "value for parameter \"" + variable(variable(cursor).cursor_arguments[at]).name +
                                  "\" of cursor \"" + name + "\" specified more than once");
    arguments[at] = read_sql({",", ")"}, ",\" or \")", SqlForm::expression);
  } while (accept_symbol(","));
  if (number < arguments.size()) throw SqlError("42601", "not enough arguments for cursor \"" + name + "\"");
  next();
  return arguments;
}

}  // namespace pgplumb::engine::plpgsql
