// Loops: stmt_loop, stmt_while, stmt_for and stmt_foreach_a of pl_gram.y.
#include "engine/plpgsql/reader.h"

namespace pgplumb::engine::plpgsql {

Statement Reader::read_labelled() {
  next();
  const std::string label = any_identifier();
  expect_symbol(">>");
  if (!at("declare") && !at("begin")) return read_loop(label);
  Statement statement;
  statement.what = read_labelled_block(label);
  return statement;
}

Statement Reader::read_labelled_statement() {
  Statement statement = read_labelled();
  if (std::holds_alternative<Block>(statement.what)) expect_symbol(";");
  return statement;
}

Statement Reader::read_loop(const std::string& label) {
  ScopeGuard scope(*this, Name::Kind::loop, label);
  Statement statement;
  if (accept("loop"))
    statement.what = read_plain_loop(label);
  else if (accept("while"))
    statement.what = read_while(label);
  else if (accept("for"))
    statement = read_for(label);
  else if (accept("foreach"))
    statement.what = read_foreach(label);
  else
    syntax_error();
  return statement;
}

Body Reader::read_loop_body(const std::string& label) {
  Body body = read_body();
  expect("end");
  expect("loop");
  read_end_label(label);
  expect_symbol(";");
  return body;
}

Loop Reader::read_plain_loop(const std::string& label) { return {label, read_loop_body(label)}; }

While Reader::read_while(const std::string& label) {
  While result;
  result.label = label;
  result.condition = read_expression("loop");
  result.body = read_loop_body(label);
  return result;
}

/// The loop's variables, which stand from that token on to IN.
Target Reader::loop_target(std::size_t from) {
  const std::size_t after = position_;
  position_ = from;
  if (!datum_here())
    throw SqlError("42601", "loop variable of loop over rows must be a record variable or list of scalar variables");
  Target target = read_target(false);
  position_ = after;
  return target;
}

Statement Reader::read_for(const std::string& label) {
  const std::size_t target_at = position_;
  const std::string name = peek().word;
  while (!at("in")) {
    if (!peek().is_name() && !at_symbol(".") && !at_symbol(",")) syntax_error();
    next();
  }
  const bool simple = position_ == target_at + 1;
  next();
  Statement statement;
  if (accept("execute")) {
    ForRows loop = read_for_execute(loop_target(target_at));
    loop.label = label;
    loop.body = read_loop_body(label);
    statement.what = std::move(loop);
    return statement;
  }
  if (const auto datum = datum_here(); datum && datum->field.empty() && variable(datum->variable).cursor_query) {
    ForRows loop = read_for_cursor(name);
    loop.label = label;
    loop.body = read_loop_body(label);
    statement.what = std::move(loop);
    return statement;
  }
  const bool reverse = at("reverse") && !datum_here();
  if (reverse) next();
  Sql first;
  {
    // Whether it is an expression or a query shows where it ends.
    const std::size_t start = position_;
    const bool checks = check_sql_;
    check_sql_ = false;
    first = read_sql({"..", "loop"}, "LOOP", SqlForm::statement);
    check_sql_ = checks;
    const bool integers = peek().kind == TokenKind::dot_dot;
    if (integers && !simple) throw SqlError("42601", "integer FOR loop must have only one target variable");
    position_ = start;
    first = read_sql({"..", "loop"}, "LOOP", integers ? SqlForm::expression : SqlForm::statement);
  }
  if (peek().kind == TokenKind::dot_dot) {
    ForInteger loop = read_for_integer(name, reverse, std::move(first));
    loop.label = label;
    loop.body = read_loop_body(label);
    statement.what = std::move(loop);
    return statement;
  }
  if (reverse) throw SqlError("42601", "cannot specify REVERSE in query FOR loop");
  ForRows loop;
  loop.label = label;
  loop.query = std::move(first);
  loop.target = loop_target(target_at);
  expect("loop");
  loop.body = read_loop_body(label);
  statement.what = std::move(loop);
  return statement;
}

ForInteger Reader::read_for_integer(const std::string& name, bool reverse, Sql lower) {
  next();
  ForInteger loop;
  loop.reverse = reverse;
  loop.lower = std::move(lower);
  loop.upper = read_sql({"loop", "by"}, "LOOP", SqlForm::expression);
  if (accept("by")) loop.step = read_sql({"loop"}, "LOOP", SqlForm::expression);
  expect("loop");
  loop.variable = add_variable(name, {catalog::types::int4, -1});
  add_name(name, loop.variable);
  return loop;
}

ForRows Reader::read_for_execute(Target target) {
  ForRows loop;
  loop.dynamic = true;
  loop.target = std::move(target);
  loop.query = read_sql({"loop", "using"}, "LOOP or USING", SqlForm::expression);
  if (accept("using")) {
    do {
      loop.arguments.push_back(read_sql({",", "loop"}, ", or LOOP", SqlForm::expression));
    } while (accept_symbol(","));
  }
  expect("loop");
  return loop;
}

ForRows Reader::read_for_cursor(const std::string& name) {
  ForRows loop;
  loop.cursor = read_cursor_variable();
  loop.cursor_arguments = read_cursor_arguments(loop.cursor);
  expect("loop");
  const int row = add_variable(name, {catalog::types::record, -1});
  add_name(name, row);
  loop.target.places.push_back({row, {}, {}});
  loop.target.whole_row = true;
  return loop;
}

ForEach Reader::read_foreach(const std::string& label) {
  ForEach loop;
  loop.label = label;
  if (!datum_here()) throw SqlError("42601", "loop variable of FOREACH must be a known variable or list of variables");
  loop.target = read_target(false);
  if (accept("slice")) loop.slice = std::stoi(std::string(next().text));
  expect("in");
  expect("array");
  loop.array = read_expression("loop");
  loop.body = read_loop_body(label);
  return loop;
}

}  // namespace pgplumb::engine::plpgsql
