// Calls that SQL writes with key words between the arguments, printed so from 14 on: get_func_sql_syntax.
#include "catalog/type_oids.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace types = catalog::types;

namespace {

std::string_view text_of(const NodePtr& node) {
  const auto* constant = expr::as<expr::Const>(node);
  return constant && constant->value ? std::string_view(*constant->value) : std::string_view();
}

bool has_type(const NodePtr& node, Oid type) { return expr::type_of(*node) == type; }

}  // namespace

void Printer::trim_syntax(std::string_view side, const Nodes& args) {
  text("TRIM(");
  text(side);
  if (args.size() == 2) {
    text(" ");
    node(args[1], false);
  }
  text(" FROM ");
  node(args[0], false);
  text(")");
}

bool Printer::string_syntax(const expr::FuncExpr& call, std::string_view name) {
  const Nodes& args = call.args;
  auto part = [&](std::string_view word, std::size_t i) {
    text(word);
    node(args[i], false);
  };
  if (name == "overlay") {
    part("OVERLAY(", 0);
    part(" PLACING ", 1);
    part(" FROM ", 2);
    if (args.size() == 4) part(" FOR ", 3);
  } else if (name == "position") {
    part("POSITION((", 1);
    part(") IN (", 0);
    text(")");
  } else if (name == "substring" && has_type(args[1], types::int4)) {
    part("SUBSTRING(", 0);
    part(" FROM ", 1);
    if (args.size() == 3) part(" FOR ", 2);
  } else if (name == "substring" && args.size() == 3) {
    part("SUBSTRING(", 0);
    part(" SIMILAR ", 1);
    part(" ESCAPE ", 2);
  } else if (name == "normalize") {
    part("NORMALIZE(", 0);
    if (args.size() == 2) (out_ += ", ") += text_of(args[1]);
  } else {
    return false;
  }
  text(")");
  return true;
}

bool Printer::sql_syntax(const expr::FuncExpr& call, std::string_view name) {
  const Nodes& args = call.args;
  auto part = [&](std::string_view word, std::size_t i) {
    text(word);
    node(args[i], false);
  };
  if (name == "timezone" && args.size() == 2) {
    part("(", 1);
    part(" AT TIME ZONE ", 0);
    text(")");
  } else if (name == "timezone") {
    part("(", 0);
    text(" AT LOCAL)");
  } else if (name == "overlaps") {
    part("((", 0);
    part(", ", 1);
    part(") OVERLAPS (", 2);
    part(", ", 3);
    text("))");
  } else if (name == "extract") {
    (out_ += "EXTRACT(") += text_of(args[0]);
    part(" FROM ", 1);
    text(")");
  } else if (name == "is_normalized") {
    part("(", 0);
    text(" IS");
    if (args.size() == 2) (out_ += ' ') += text_of(args[1]);
    text(" NORMALIZED)");
  } else if (name == "pg_collation_for") {
    part("COLLATION FOR (", 0);
    text(")");
  } else if (name == "btrim") {
    trim_syntax("BOTH", args);
  } else if (name == "ltrim") {
    trim_syntax("LEADING", args);
  } else if (name == "rtrim") {
    trim_syntax("TRAILING", args);
  } else if (name == "system_user") {
    text("SYSTEM_USER");
  } else if (name == "xmlexists") {
    part("XMLEXISTS((", 0);
    part(") PASSING (", 1);
    text("))");
  } else {
    return string_syntax(call, name);
  }
  return true;
}

}  // namespace pgplumb::engine::deparse
