// RAISE: stmt_raise and check_raise_parameters of pl_gram.y.
#include "engine/plpgsql/conditions.h"
#include "engine/plpgsql/reader.h"

namespace pgplumb::engine::plpgsql {

namespace {

using RaiseLevel = Raise::Level;

struct LevelName {
  std::string_view word;
  RaiseLevel level;
};
constexpr LevelName levels[] = {{"exception", RaiseLevel::exception}, {"warning", RaiseLevel::warning}, {"notice", RaiseLevel::notice},
                                {"info", RaiseLevel::info},           {"log", RaiseLevel::log},         {"debug", RaiseLevel::debug}};

struct OptionName {
  std::string_view word;
  RaiseOption option;
};
constexpr OptionName options[] = {
    {"errcode", RaiseOption::errcode},   {"message", RaiseOption::message}, {"detail", RaiseOption::detail},
    {"hint", RaiseOption::hint},         {"column", RaiseOption::column},   {"constraint", RaiseOption::constraint},
    {"datatype", RaiseOption::datatype}, {"table", RaiseOption::table},     {"schema", RaiseOption::schema}};

std::size_t count_placeholders(std::string_view format) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    if (i + 1 < format.size() && format[i + 1] == '%')
      ++i;
    else
      ++count;
  }
  return count;
}

}  // namespace

Raise Reader::read_raise() {
  Raise raise;
  if (at_symbol(";")) {
    next();
    raise.rethrow = true;
    return raise;
  }
  for (const LevelName& known : levels)
    if (at(known.word)) {
      next();
      raise.level = known.level;
      break;
    }
  if (at_symbol(";")) {
    // RAISE EXCEPTION alone raises again, too.
    next();
    raise.rethrow = true;
    return raise;
  }
  if (peek().kind == TokenKind::string)
    read_raise_format(raise);
  else if (!at("using"))
    read_raise_condition(raise);
  if (accept("using")) read_raise_options(raise);
  expect_symbol(";");
  const std::size_t wanted = count_placeholders(raise.format);
  if (raise.arguments.size() > wanted) throw SqlError("42601", "too many parameters specified for RAISE");
  if (raise.arguments.size() < wanted) throw SqlError("42601", "too few parameters specified for RAISE");
  return raise;
}

void Reader::read_raise_format(Raise& raise) {
  raise.format = string_value(next());
  raise.has_format = true;
  while (accept_symbol(","))
    raise.arguments.push_back(read_sql({",", ";", "using"}, ", or ; or USING", SqlForm::expression));
  if (!at_symbol(";") && !at("using")) syntax_error();
}

void Reader::read_raise_condition(Raise& raise) {
  if (!accept("sqlstate")) {
    raise.condition = any_identifier();
    if (sqlstates_named(raise.condition).empty())
      throw SqlError("42704", "unrecognized exception condition \"" + raise.condition + "\"");
    return;
  }
  if (peek().kind != TokenKind::string) syntax_error();
  raise.condition = string_value(peek());
  if (!is_sqlstate(raise.condition)) fail_here("invalid SQLSTATE code");
  next();
}

void Reader::read_raise_options(Raise& raise) {
  do {
    const OptionName* found = nullptr;
    for (const OptionName& known : options)
      if (at(known.word)) found = &known;
    if (!found) fail_here("unrecognized RAISE statement option");
    next();
    if (!at_assignment()) fail_here("syntax error, expected \"=\"");
    next();
    raise.options.emplace_back(found->option, read_sql({",", ";"}, ", or ;", SqlForm::expression));
  } while (accept_symbol(","));
}

}  // namespace pgplumb::engine::plpgsql
