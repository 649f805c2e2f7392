// Blocks, declarations and exception handlers: pl_block of pl_gram.y.
#include <algorithm>

#include "engine/analyze/lsyscache.h"
#include "engine/plpgsql/conditions.h"
#include "engine/plpgsql/reader.h"

namespace pgplumb::engine::plpgsql {

namespace {

constexpr std::string_view option_names[] = {"option", "print_strict_params", "variable_conflict"};

Conflict conflict_named(const Token& word) {
  return word.is("use_variable") ? Conflict::use_variable
         : word.is("use_column") ? Conflict::use_column
                                 : Conflict::error;
}

}  // namespace

void Reader::read_function() {
  while (at_symbol("#")) {
    next();
    const Token option = next();
    const Token value = next();
    bool known = false;
    for (std::string_view name : option_names) known = known || option.is(name);
    if (!known) syntax_error();
    if (option.is("variable_conflict")) function_.conflict = conflict_named(value);
  }
  function_.body = at_symbol("<<") ? std::get<Block>(read_labelled().what) : read_block();
  accept_symbol(";");
  if (peek().kind != TokenKind::end) syntax_error();
}

Block Reader::read_block() { return read_labelled_block({}); }

Block Reader::read_labelled_block(std::string label) {
  ScopeGuard scope(*this, Name::Kind::block, label);
  Block block;
  block.label = label;
  while (at("declare")) read_declarations(block);
  expect("begin");
  block.body = read_body();
  if (accept("exception")) block.handlers = read_handlers(block);
  expect("end");
  read_end_label(label);
  return block;
}

void Reader::read_end_label(const std::string& label) {
  if (peek().is_name()) check_end_label(label);
}

void Reader::check_end_label(const std::string& label) {
  const std::string given = peek().word;
  if (!find_label(names_, given)) fail_here("label does not exist");
  if (label.empty()) throw SqlError("42601", "end label \"" + given + "\" specified for unlabeled block");
  if (given != label)
    throw SqlError("42601", "end label \"" + given + "\" differs from block's label \"" + label + "\"");
  next();
}

void Reader::read_declarations(Block& block) {
  expect("declare");
  while (!at("begin") && !at("declare")) {
    if (at_symbol("<<")) throw SqlError("42601", "block label must be placed before DECLARE, not after");
    read_declaration(block);
  }
}

namespace {

/// plpgsql.extra_errors, which only functions are held to when they are made.
bool refuses_shadowing(const Session& session, const Function& function) {
  if (function.name == "inline_code_block") return false;
  const auto checks = split_identifiers(session.parameter("plpgsql.extra_errors").value_or(""));
  if (!checks) return false;
  return std::any_of(checks->begin(), checks->end(),
                     [](const std::string& check) { return check == "all" || check == "shadowed_variables"; });
}

}  // namespace

void Reader::read_declaration(Block& block) {
  if (peek().is_name() && is_declared_here(names_, peek().word)) fail_here("duplicate declaration");
  if (check_sql_ && peek().is_name() && find_variable(function_, names_, peek().word, {}) &&
      refuses_shadowing(interpreter_.session(), function_))
    throw SqlError("42712", "variable \"" + peek().word + "\" shadows a previously defined variable");
  const int at_line = line();
  const std::string name = any_identifier();
  if (at("alias")) return read_alias(name);
  const std::size_t cursor_at = at("no") && at("scroll", 1) ? 2 : at("scroll") ? 1 : 0;
  if (at("cursor", cursor_at)) return read_cursor(block, name);
  Variable variable;
  variable.name = name;
  variable.line = at_line;
  variable.constant = accept("constant");
  variable.type = read_type();
  variable.composite = is_composite(variable.type.type);
  if (accept("collate")) {
    while (!at_assignment() && !at_symbol(";") && !at("not") && !at("default")) next();
  }
  if (at("not")) {
    next();
    expect("null");
    variable.not_null = true;
  }
  if (at_assignment() || at("default")) {
    next();
    variable.initial = read_expression(";");
  } else {
    expect_symbol(";");
  }
  if (variable.not_null && !variable.initial)
    throw SqlError("22004", "variable \"" + name + "\" must have a default value, since it's declared NOT NULL");
  declare(block, std::move(variable));
}

void Reader::declare(Block& block, Variable variable) {
  variable.collation = analyze::type_collation(interpreter_.cache(), variable.type.type);
  std::string name = variable.name;
  function_.variables.push_back(std::move(variable));
  const int number = static_cast<int>(function_.variables.size()) - 1;
  block.variables.push_back(number);
  add_name(std::move(name), number);
}

void Reader::read_alias(const std::string& name) {
  next();
  expect("for");
  std::string target;
  if (at_symbol("$1") || (peek().kind == TokenKind::symbol && peek().text[0] == '$'))
    target = std::string(next().text);
  else
    target = any_identifier();
  std::string second;
  if (accept_symbol(".")) second = any_identifier();
  const FoundName found = find_variable(function_, names_, target, second);
  if (!found) throw SqlError("42704", "variable \"" + target + "\" does not exist");
  expect_symbol(";");
  add_name(name, found.variable);
}

void Reader::read_cursor(Block& block, const std::string& name) {
  while (!at("cursor")) next();
  next();
  Variable cursor;
  cursor.name = name;
  cursor.type = {catalog::types::refcursor, -1};
  {
    ScopeGuard arguments(*this, Name::Kind::block, {});
    if (accept_symbol("(")) {
      do {
        Variable argument;
        argument.name = any_identifier();
        argument.type = read_type();
        argument.composite = is_composite(argument.type.type);
        declare(block, std::move(argument));
        cursor.cursor_arguments.push_back(block.variables.back());
      } while (accept_symbol(","));
      expect_symbol(")");
    }
    if (!accept("is")) expect("for");
    cursor.cursor_query = read_sql({";"}, ";", SqlForm::statement);
    next();
  }
  declare(block, std::move(cursor));
}

std::vector<Handler> Reader::read_handlers(Block& block) {
  block.sqlstate_variable = add_variable("sqlstate", {catalog::types::text, -1});
  add_name("sqlstate", block.sqlstate_variable);
  block.sqlerrm_variable = add_variable("sqlerrm", {catalog::types::text, -1});
  add_name("sqlerrm", block.sqlerrm_variable);
  for (int number : {block.sqlstate_variable, block.sqlerrm_variable})
    function_.variables[static_cast<std::size_t>(number)].constant = true;
  std::vector<Handler> handlers;
  do {
    expect("when");
    Handler handler;
    do {
      read_condition(handler.sqlstates);
    } while (accept("or"));
    expect("then");
    handler.body = read_body();
    handlers.push_back(std::move(handler));
  } while (at("when"));
  return handlers;
}

void Reader::read_condition(std::vector<std::string>& sqlstates) {
  const std::string name = any_identifier();
  if (name == "sqlstate") {
    if (peek().kind != TokenKind::string) syntax_error();
    std::string code = string_value(peek());
    if (!is_sqlstate(code)) fail_here("invalid SQLSTATE code");
    next();
    sqlstates.push_back(std::move(code));
    return;
  }
  if (name == "others") {
    sqlstates.emplace_back();
    return;
  }
  const auto known = sqlstates_named(name);
  if (known.empty()) throw SqlError("42704", "unrecognized exception condition \"" + name + "\"");
  for (std::string_view code : known) sqlstates.emplace_back(code);
}

}  // namespace pgplumb::engine::plpgsql
