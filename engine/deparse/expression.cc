// The plain expression nodes: the greater part of get_rule_expr.
#include <fmt/format.h>

#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace types = catalog::types;

void Printer::print(const expr::NamedArgExpr& n, bool show_implicit) {
  identifier(n.name);
  text(" => ");
  node(n.arg, show_implicit);
}

void Printer::print(const expr::BoolExpr& n, bool) {
  if (n.op == expr::BoolOp::not_op) {
    text("(NOT ");
    node(n.args.front(), false);
    return text(")");
  }
  std::string_view separator = "(";
  for (const NodePtr& arg : n.args) {
    text(separator);
    node(arg, false);
    separator = n.op == expr::BoolOp::and_op ? " AND " : " OR ";
  }
  text(")");
}

void Printer::print(const expr::CollateExpr& n, bool show_implicit) {
  text("(");
  node(n.arg, show_implicit);
  text(" COLLATE ");
  text(collation_name(cache_, n.collation));
  text(")");
}

namespace {

// WHEN clauses of CASE with an argument compare it as "CaseTestExpr = value": only the value was written.
NodePtr when_value(const expr::CaseExpr& n, const expr::CaseWhen& when) {
  const auto* compare = expr::as<expr::OpExpr>(when.condition);
  if (!n.arg || !compare || compare->args.size() != 2) return when.condition;
  const Node* left = without_implicit_coercions(compare->args[0].get());
  return left && left->is<expr::CaseTestExpr>() ? compare->args[1] : when.condition;
}

}  // namespace

void Printer::print(const expr::CaseExpr& n, bool) {
  const std::string_view space = context_.line_breaks ? "" : " ";
  keyword("CASE", 0, indent_part, 0);
  if (n.arg) {
    text(" ");
    node(n.arg, true);
  }
  for (const expr::CaseWhen& when : n.whens) {
    text(space);
    keyword("WHEN ", 0, 0, 0);
    node(when_value(n, when), false);
    text(" THEN ");
    node(when.result, true);
  }
  text(space);
  keyword("ELSE ", 0, 0, 0);
  node(n.otherwise, true);
  text(space);
  keyword("END", -indent_part, 0, 0);
}

void Printer::print(const expr::CaseTestExpr&, bool) { text("CASE_TEST_EXPR"); }

void Printer::print(const expr::ArrayExpr& n, bool) {
  text("ARRAY[");
  list(n.elements, true);
  text("]");
  if (!n.elements.empty()) return;
  text("::");
  type(n.array_type, -1);
}

void Printer::print(const expr::RowExpr& n, bool) {
  // A row of a named type follows the type: what it has lost is left out, what it has gained is NULL.
  const std::vector<analyze::ColumnRow>* columns = nullptr;
  if (n.type != types::record)
    if (Oid relation = analyze::type_or_domain_relation(cache_, n.type)) columns = &cache_.columns(relation);
  auto dropped = [&](std::size_t i) { return columns && i < columns->size() && (*columns)[i].dropped; };
  text("ROW(");
  std::string_view separator = "";
  for (std::size_t i = 0; i < n.args.size(); ++i) {
    if (dropped(i)) continue;
    text(separator);
    toplevel(n.args[i], true);
    separator = ", ";
  }
  for (std::size_t i = n.args.size(); columns && i < columns->size(); ++i) {
    if (dropped(i)) continue;
    text(separator);
    text("NULL");
    separator = ", ";
  }
  text(")");
  if (n.form != expr::CoercionForm::explicit_cast) return;
  text("::");
  type(n.type, -1);
}

void Printer::print(const expr::RowCompareExpr& n, bool) {
  text("(ROW(");
  toplevel_list(n.left, true);
  text(") ");
  text(operator_name(cache_, n.ops.front()));
  text(" ROW(");
  toplevel_list(n.right, true);
  text("))");
}

void Printer::print(const expr::CoalesceExpr& n, bool) {
  text("COALESCE(");
  list(n.args, true);
  text(")");
}

void Printer::print(const expr::MinMaxExpr& n, bool) {
  text(n.op == expr::MinMaxOp::greatest ? "GREATEST(" : "LEAST(");
  list(n.args, true);
  text(")");
}

void Printer::print(const expr::SQLValueFunction& n, bool) {
  using Op = expr::SqlValueOp;
  auto with_precision = [&](std::string_view name) { out_ += fmt::format("{}({})", name, n.typmod); };
  switch (n.op) {
    case Op::current_date: return text("CURRENT_DATE");
    case Op::current_time: return text("CURRENT_TIME");
    case Op::current_time_n: return with_precision("CURRENT_TIME");
    case Op::current_timestamp: return text("CURRENT_TIMESTAMP");
    case Op::current_timestamp_n: return with_precision("CURRENT_TIMESTAMP");
    case Op::localtime: return text("LOCALTIME");
    case Op::localtime_n: return with_precision("LOCALTIME");
    case Op::localtimestamp: return text("LOCALTIMESTAMP");
    case Op::localtimestamp_n: return with_precision("LOCALTIMESTAMP");
    case Op::current_role: return text("CURRENT_ROLE");
    case Op::current_user: return text("CURRENT_USER");
    case Op::user: return text("USER");
    case Op::session_user: return text("SESSION_USER");
    case Op::current_catalog: return text("CURRENT_CATALOG");
    case Op::current_schema: return text("CURRENT_SCHEMA");
  }
}

namespace {

bool is_row_type(const Syscache& cache, Oid type) {
  return type == types::record || analyze::type_or_domain_relation(cache, type) != invalid_oid;
}

}  // namespace

void Printer::print(const expr::NullTest& n, bool) {
  text("(");
  node(n.arg, true);
  // IS NULL of a row asks about its fields; a test of the row itself has to be written otherwise.
  if (n.arg_is_row || !is_row_type(cache_, expr::type_of(*n.arg)))
    text(n.is_null ? " IS NULL)" : " IS NOT NULL)");
  else
    text(n.is_null ? " IS NOT DISTINCT FROM NULL)" : " IS DISTINCT FROM NULL)");
}

void Printer::print(const expr::BooleanTest& n, bool) {
  using Kind = expr::BoolTestKind;
  text("(");
  node(n.arg, false);
  switch (n.kind) {
    case Kind::is_true: return text(" IS TRUE)");
    case Kind::is_not_true: return text(" IS NOT TRUE)");
    case Kind::is_false: return text(" IS FALSE)");
    case Kind::is_not_false: return text(" IS NOT FALSE)");
    case Kind::is_unknown: return text(" IS UNKNOWN)");
    case Kind::is_not_unknown: return text(" IS NOT UNKNOWN)");
  }
}

void Printer::print(const expr::CoerceToDomainValue&, bool) { text("VALUE"); }

void Printer::print(const expr::SetToDefault&, bool) { text("DEFAULT"); }

void Printer::print(const expr::MergeSupportFunc&, bool) { text("MERGE_ACTION()"); }

void Printer::print(const expr::NextValueExpr& n, bool) {
  text("nextval(");
  text(string_literal(relation_name(cache_, n.sequence)));
  text(")");
}

void Printer::print(const expr::CurrentOfExpr& n, bool) {
  text("CURRENT OF ");
  identifier(n.cursor);
}

// Only within a SubLink's test, of which just the left-hand side is printed.
void Printer::print(const expr::SubLinkParam& n, bool) { out_ += fmt::format("${}", n.id); }

}  // namespace pgplumb::engine::deparse
