// Statements: proc_stmt of pl_gram.y.
#include <algorithm>
#include <iterator>

#include "engine/plpgsql/reader.h"

namespace pgplumb::engine::plpgsql {

namespace {

constexpr std::string_view diagnostics_items[] = {
    "row_count",  "pg_context",      "pg_exception_detail", "pg_exception_hint", "pg_exception_context", "column_name",
    "table_name", "constraint_name", "pg_datatype_name",    "message_text",      "returned_sqlstate",    "schema_name"};

bool is_diagnostics_item(std::string_view item, int major) {
  if (item == "pg_routine_oid") return major >= 16;
  return std::find(std::begin(diagnostics_items), std::end(diagnostics_items), item) != std::end(diagnostics_items);
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

}  // namespace

Body Reader::read_body() {
  Body body;
  while (!at("end") && !at("else") && !at("elsif") && !at("elseif") && !at("when") && !at("exception"))
    read_statement(body);
  return body;
}

void Reader::read_statement(Body& body) {
  if (peek().kind == TokenKind::end) syntax_error();
  if (accept("null")) return expect_symbol(";");
  const int at_line = line();
  Statement statement;
  // A variable may be named like one of the words that are not reserved.
  if (const auto datum = datum_here();
      datum && (at_assignment(datum->tokens) || at_symbol("[", datum->tokens) || at_symbol(".", datum->tokens)))
    statement = read_assignment();
  else if (at_symbol("<<"))
    statement = read_labelled_statement();
  else if (auto known = read_keyword_statement())
    statement = std::move(*known);
  else if (peek().is_name())
    statement = read_sql_statement();
  else
    syntax_error();
  statement.line = at_line;
  body.push_back(std::move(statement));
}

std::optional<Statement> Reader::read_keyword_statement() {
  Statement statement;
  const auto done = [&](auto what) {
    statement.what = std::move(what);
    return statement;
  };
  if (at("declare") || at("begin")) {
    Block block = read_block();
    expect_symbol(";");
    return done(std::move(block));
  }
  if (at("loop") || at("while") || at("for") || at("foreach")) return read_loop({});
  if (accept("if")) return done(read_if());
  if (accept("case")) return done(read_case());
  if (accept("execute")) return done(read_execute());
  if (peek().kind == TokenKind::reserved) syntax_error();
  if (accept("exit")) return done(read_exit(true));
  if (accept("continue")) return done(read_exit(false));
  if (accept("return")) return read_return();
  if (accept("raise")) return done(read_raise());
  if (accept("assert")) return done(read_assert());
  if (accept("get")) return done(read_get_diagnostics());
  if (accept("open")) return done(read_open());
  if (accept("fetch")) return done(read_fetch(false));
  if (accept("move")) return done(read_fetch(true));
  if (accept("close")) return done(read_close());
  if (accept("commit")) return done(read_end_transaction(true));
  if (accept("rollback")) return done(read_end_transaction(false));
  if (accept("perform")) return done(Perform{read_expression(";")});
  if (at("call") || at("do")) {
    Call call{read_sql({";"}, ";", SqlForm::statement)};
    next();
    return done(std::move(call));
  }
  return std::nullopt;
}

Statement Reader::read_assignment() {
  // A slice's ends with the colon.
  const auto read_subscript = [&] {
    Sql subscript;
    if (!at_symbol(":")) subscript = read_sql({"]", ":"}, "]", SqlForm::expression);
    if (!accept_symbol(":")) return subscript;
    if (!at_symbol("]")) read_sql({"]"}, "]", SqlForm::expression);
    subscript.text += ":";
    return subscript;
  };
  Assign assign;
  assign.place = read_place();
  while (accept_symbol("[")) {
    assign.place.subscripts.push_back(read_subscript());
    next();
  }
  check_assignable(assign.place);
  if (!at_assignment()) syntax_error();
  next();
  assign.value = read_expression(";");
  Statement statement;
  statement.what = std::move(assign);
  return statement;
}

If Reader::read_if() {
  If result;
  do {
    Branch branch;
    branch.condition = read_expression("then");
    branch.body = read_body();
    result.branches.push_back(std::move(branch));
  } while (accept("elsif") || accept("elseif"));
  if (accept("else")) result.otherwise = read_body();
  expect("end");
  expect("if");
  expect_symbol(";");
  return result;
}

// With a subject, each WHEN lists values that are compared with it: make_case.
Case Reader::read_case() {
  Case result;
  if (!at("when")) result.subject = read_sql({"when"}, "WHEN", SqlForm::expression);
  if (!at("when")) syntax_error();
  if (result.subject) {
    result.subject_variable = add_variable("__Case__Variable_" + std::to_string(function_.variables.size()) + "__",
                                           {catalog::types::int4, -1});
    add_name(variable(result.subject_variable).name, result.subject_variable);
  }
  while (accept("when")) {
    Branch branch;
    branch.condition = read_expression("then");
    if (result.subject) {
      const std::string& name = variable(result.subject_variable).name;
      branch.condition =
          make_sql("\"" + name + "\" IN (" + branch.condition.text + ")", SqlForm::expression, branch.condition.offset);
    }
    branch.body = read_body();
    result.branches.push_back(std::move(branch));
  }
  result.has_else = accept("else");
  if (result.has_else) result.otherwise = read_body();
  expect("end");
  expect("case");
  expect_symbol(";");
  return result;
}

Exit Reader::read_exit(bool is_exit) {
  Exit result;
  result.is_exit = is_exit;
  const char* word = is_exit ? "EXIT" : "CONTINUE";
  if (peek().is_name() && !at("when")) {
    result.label = any_identifier();
    const Name* label = find_label(names_, result.label);
    if (!label)
      throw SqlError(
          "42601", "there is no label \"" + result.label + "\" attached to any block or loop enclosing this statement");
    if (label->kind != Name::Kind::loop && !is_exit)
      throw SqlError("42601", "block label \"" + result.label + "\" cannot be used in CONTINUE");
  } else if (!nearest_loop(names_)) {
    throw SqlError("42601", std::string(word) + (is_exit ? " cannot be used outside a loop, unless it has a label"
                                                         : " cannot be used outside a loop"));
  }
  if (accept("when"))
    result.condition = read_expression(";");
  else
    expect_symbol(";");
  return result;
}

Statement Reader::read_return() {
  Statement statement;
  if (at("next"))
    statement.what = read_return_next();
  else if (at("query"))
    statement.what = read_return_query();
  else
    statement.what = read_plain_return();
  return statement;
}

Return Reader::read_plain_return() {
  const ReturnShape& shape = function_.returns;
  const char* refusal = shape.procedure && !shape.out_parameters   ? "a procedure"
                        : shape.set                                ? "function returning set"
                        : shape.out_parameters                     ? "function with OUT parameters"
                        : shape.type.type == catalog::types::void_ ? "function returning void"
                                                                   : nullptr;
  if (!refusal) return {read_expression(";")};
  if (!at_symbol(";")) {
    const bool is_procedure = shape.procedure && !shape.out_parameters;
    throw SqlError(is_procedure ? "42601" : "42804", std::string("RETURN cannot have a parameter in ") + refusal, {},
                   shape.set ? "Use RETURN NEXT or RETURN QUERY." : "");
  }
  next();
  return {};
}

ReturnNext Reader::read_return_next() {
  next();
  if (!function_.returns.set) throw SqlError("42804", "cannot use RETURN NEXT in a non-SETOF function");
  if (!function_.returns.out_parameters) return {read_expression(";")};
  if (!at_symbol(";")) throw SqlError("42804", "RETURN NEXT cannot have a parameter in function with OUT parameters");
  next();
  return {};
}

ReturnQuery Reader::read_return_query() {
  next();
  if (!function_.returns.set) throw SqlError("42804", "cannot use RETURN QUERY in a non-SETOF function");
  ReturnQuery result;
  result.dynamic = accept("execute");
  if (!result.dynamic) {
    result.query = read_sql({";"}, ";", SqlForm::statement);
    next();
    return result;
  }
  result.query = read_sql({";", "using"}, "; or USING", SqlForm::expression);
  if (accept("using")) result.arguments = read_arguments({";"});
  next();
  return result;
}

Execute Reader::read_execute() {
  Execute result;
  result.query = read_sql({"into", "using", ";"}, "INTO or USING or ;", SqlForm::expression);
  while (!at_symbol(";")) {
    if (at("into") && !result.target) {
      next();
      result.target = read_into();
    } else if (at("using") && result.arguments.empty()) {
      next();
      result.arguments = read_arguments({";", "into"});
    } else {
      syntax_error();
    }
  }
  next();
  return result;
}

GetDiagnostics Reader::read_get_diagnostics() {
  GetDiagnostics result;
  result.stacked = accept("stacked");
  if (!result.stacked) accept("current");
  expect("diagnostics");
  do {
    Place place = read_place();
    if (place.field.empty() && variable(place.variable).composite)
      throw SqlError("42601", "\"" + variable(place.variable).name + "\" is not a scalar variable");
    check_assignable(place);
    if (!at_assignment()) syntax_error();
    next();
    std::string item = any_identifier();
    if (!is_diagnostics_item(item, interpreter_.major()))
      throw SqlError("42601", "unrecognized GET DIAGNOSTICS item at or near \"" + item + "\"");
    const bool is_current = item == "row_count" || item == "pg_routine_oid" || item == "pg_context";
    if (is_current == result.stacked)
      throw SqlError("42601", "diagnostics item " + upper(item) + " is not allowed in GET " +
                                  (result.stacked ? "STACKED" : "CURRENT") + " DIAGNOSTICS");
    result.items.emplace_back(std::move(place), std::move(item));
  } while (accept_symbol(","));
  expect_symbol(";");
  return result;
}

Open Reader::read_open() {
  Open result;
  result.cursor = read_cursor_variable();
  if (variable(result.cursor).cursor_query) {
    result.cursor_arguments = read_cursor_arguments(result.cursor);
    expect_symbol(";");
    return result;
  }
  if (at("no")) next();
  accept("scroll");
  expect("for");
  result.dynamic = accept("execute");
  if (!result.dynamic) {
    result.query = read_sql({";"}, ";", SqlForm::statement);
    next();
    return result;
  }
  result.query = read_sql({"using", ";"}, "USING or ;", SqlForm::expression);
  if (accept("using")) result.arguments = read_arguments({";"});
  next();
  return result;
}

Fetch Reader::read_fetch(bool is_move) {
  Fetch result;
  while (!at_symbol(";") && peek().kind != TokenKind::end) {
    if (accept("from") || accept("in")) break;
    const auto datum = datum_here();
    if (datum && (at("into", datum->tokens) || at_symbol(";", datum->tokens))) break;
    result.direction +=
        (result.direction.empty() ? "" : " ") + (peek().word.empty() ? std::string(peek().text) : peek().word);
    next();
  }
  result.cursor = read_cursor_variable();
  if (!is_move) {
    expect("into");
    result.target = read_target(false);
  }
  expect_symbol(";");
  return result;
}

Close Reader::read_close() {
  Close result;
  result.cursor = read_cursor_variable();
  expect_symbol(";");
  return result;
}

EndTransaction Reader::read_end_transaction(bool commit) {
  if (accept("and")) {
    accept("no");
    expect("chain");
  }
  expect_symbol(";");
  return {commit};
}

Assert Reader::read_assert() {
  Assert result;
  result.condition = read_sql({",", ";"}, ", or ;", SqlForm::expression);
  if (accept_symbol(",")) result.message = read_sql({";"}, ";", SqlForm::expression);
  next();
  return result;
}

}  // namespace pgplumb::engine::plpgsql
