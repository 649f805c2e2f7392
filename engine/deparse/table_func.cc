// XMLTABLE and JSON_TABLE: get_tablefunc.
#include "engine/analyze/lsyscache.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::table_func(const expr::TableFunc& table, bool show_implicit) {
  if (table.kind == expr::TableFuncKind::xmltable) return xml_table(table, show_implicit);
  json_table(table, show_implicit);
}

void Printer::xml_namespaces(const expr::TableFunc& table, bool show_implicit) {
  if (table.namespace_uris.empty()) return;
  std::string_view separator = "XMLNAMESPACES (";
  for (std::size_t i = 0; i < table.namespace_uris.size(); ++i) {
    text(separator);
    separator = ", ";
    const std::string& name = table.namespace_names[i];
    if (name.empty()) text("DEFAULT ");
    node(table.namespace_uris[i], show_implicit);
    if (name.empty()) continue;
    text(" AS ");
    identifier(name);
  }
  text("), ");
}

void Printer::xml_table_columns(const expr::TableFunc& table, bool show_implicit) {
  for (std::size_t i = 0; i < table.column_exprs.size(); ++i) {
    text(i == 0 ? " COLUMNS " : ", ");
    identifier(table.columns.names[i]);
    text(" ");
    if (static_cast<int>(i) == table.ordinality_column) {
      text("FOR ORDINALITY");
      continue;
    }
    type(table.columns.types[i], table.columns.typmods[i]);
    if (table.column_defaults[i]) {
      text(" DEFAULT (");
      node(table.column_defaults[i], show_implicit);
      text(")");
    }
    if (table.column_exprs[i]) {
      text(" PATH (");
      node(table.column_exprs[i], show_implicit);
      text(")");
    }
    if (i < table.not_null.size() && table.not_null[i]) text(" NOT NULL");
  }
}

void Printer::xml_table(const expr::TableFunc& table, bool show_implicit) {
  text("XMLTABLE(");
  xml_namespaces(table, show_implicit);
  text("(");
  node(table.row_expr, show_implicit);
  text(") PASSING (");
  node(table.document, show_implicit);
  text(")");
  xml_table_columns(table, show_implicit);
  text(")");
}

void Printer::json_table_passing(const expr::TableFunc& table) {
  if (table.passing_values.empty()) return;
  text(" ");
  keyword("PASSING ", 0, 0, 0);
  context_.indentation += indent_part;
  for (std::size_t i = 0; i < table.passing_values.size(); ++i) {
    if (i > 0) text(", ");
    keyword("", 0, 0, 0);
    node(table.passing_values[i], false);
    text(" AS ");
    identifier(table.passing_names[i]);
  }
  context_.indentation -= indent_part;
}

void Printer::json_table_column(const expr::TableFunc& table, std::size_t column, bool show_implicit) {
  keyword("", 0, 0, 0);
  identifier(table.columns.names[column]);
  text(" ");
  const auto* value = expr::as<expr::JsonExpr>(table.column_values[column]);
  if (!value) return text("FOR ORDINALITY");
  const Oid column_type = table.columns.types[column];
  type(column_type, table.columns.typmods[column]);
  const bool exists = value->op == expr::JsonExprOp::exists;
  if (exists) text(" EXISTS");
  if (value->op == expr::JsonExprOp::query && analyze::type_category(cache_, column_type) == 'S')
    text(value->format.kind == expr::JsonFormatKind::jsonb ? " FORMAT JSONB" : " FORMAT JSON");
  text(" PATH ");
  json_path(value->path, show_implicit);
  json_options(*value, exists ? expr::JsonBehaviorKind::false_value : expr::JsonBehaviorKind::null);
}

void Printer::json_table_nested(const expr::TableFunc& table, const expr::JsonTablePlan& plan, bool show_implicit,
                                bool comma) {
  if (plan.sibling_join) {
    for (const expr::JsonTablePlan& side : plan.children) {
      json_table_nested(table, side, show_implicit, comma);
      comma = true;
    }
    return;
  }
  if (comma) text(",");
  text(" ");
  keyword("NESTED PATH ", 0, 0, 0);
  text(string_literal(plan.path));
  text(" AS ");
  identifier(plan.path_name);
  json_table_columns(table, plan, show_implicit);
}

void Printer::json_table_columns(const expr::TableFunc& table, const expr::JsonTablePlan& scan, bool show_implicit) {
  text(" ");
  keyword("COLUMNS (", 0, 0, 0);
  context_.indentation += indent_part;
  for (int column = scan.column_min; column >= 0 && column <= scan.column_max; ++column) {
    if (column > scan.column_min) text(", ");
    json_table_column(table, static_cast<std::size_t>(column), show_implicit);
  }
  bool comma = scan.column_min >= 0;
  for (const expr::JsonTablePlan& child : scan.children) {
    json_table_nested(table, child, show_implicit, comma);
    comma = true;
  }
  context_.indentation -= indent_part;
  keyword(")", 0, 0, 0);
}

void Printer::json_table(const expr::TableFunc& table, bool show_implicit) {
  text("JSON_TABLE(");
  context_.indentation += indent_part;
  keyword("", 0, 0, 0);
  node(expr::as<expr::JsonExpr>(table.document)->formatted, show_implicit);
  text(", ");
  text(string_literal(table.plan->path));
  text(" AS ");
  identifier(table.plan->path_name);
  json_table_passing(table);
  json_table_columns(table, *table.plan, show_implicit);
  if (table.plan->error_on_error) text(" ERROR ON ERROR");
  context_.indentation -= indent_part;
  keyword(")", 0, 0, 0);
}

}  // namespace pgplumb::engine::deparse
