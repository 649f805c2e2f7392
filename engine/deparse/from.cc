// FROM: get_from_clause, get_from_clause_item.
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::from(const expr::Query& query, std::string_view prefix) {
  bool first = true;
  for (const expr::JoinTreeItem& item : query.join_tree.from) {
    const auto* ref = std::get_if<expr::RangeTblRef>(&item.value);
    if (ref && !context_.level->entry(ref->rt_index).in_from_clause) continue;  // OLD and NEW, a command's target
    if (first) {
      clause(prefix, 2);
      first = false;
      from_item(item, query);
      continue;
    }
    text(", ");
    wrapped(captured([&] { from_item(item, query); }), true);
  }
}

void Printer::from_item(const expr::JoinTreeItem& item, const expr::Query& query) {
  if (const auto* joined = std::get_if<expr::JoinExpr>(&item.value)) return join(*joined, query);
  const int rt_index = std::get<expr::RangeTblRef>(item.value).rt_index;
  from_entry(rt_index, context_.level->entry(rt_index));
}

std::string Printer::relation(const Entry& entry) const {
  const analyze::RelationRow* row = cache_.relation(entry.relation);
  std::string only = entry.inherit ? "" : "ONLY ";
  if (!row) return only + "???";
  // A WITH item of the same name would hide it.
  for (const Level* level = context_.level; level; level = level->outer) {
    if (!level->ctes) continue;
    for (const expr::CommonTableExpr& each : *level->ctes)
      if (each.name == row->name) return only + always_qualified_name(cache_, row->schema, row->name);
  }
  return only + relation_name(cache_, row->oid);
}

bool Printer::alias(const Entry& entry, int rt_index, std::string_view before) {
  const std::string name = context_.level->name_of(rt_index).value_or("");
  bool printed = entry.alias || context_.level->columns_of(rt_index).print_aliases;
  switch (entry.kind) {
    case expr::RteKind::relation: {
      const analyze::RelationRow* row = cache_.relation(entry.relation);
      printed = printed || !row || row->name != name;
      break;
    }
    case expr::RteKind::function:
    case expr::RteKind::subquery:
    case expr::RteKind::values: printed = true; break;
    case expr::RteKind::cte: printed = printed || entry.cte_name != name; break;
    default: break;
  }
  if (!printed) return false;
  text(before);
  identifier(name);
  return true;
}

void Printer::column_aliases(const ColumnNames& columns) {
  if (!columns.print_aliases) return;
  std::string_view separator = "(";
  for (const ColumnNames::Current& column : columns.current) {
    text(separator);
    identifier(column.name);
    separator = ", ";
  }
  if (!columns.current.empty()) text(")");
}

void Printer::from_entry(int rt_index, const Entry& entry) {
  bool definition_follows = false;
  if (entry.lateral) text("LATERAL ");
  switch (entry.kind) {
    case expr::RteKind::relation: text(relation(entry)); break;
    case expr::RteKind::subquery:
      text("(");
      query(*entry.subquery, {});
      text(")");
      break;
    case expr::RteKind::function: definition_follows = range_function(entry); break;
    case expr::RteKind::table_func: table_func(entry.table_func, true); break;
    case expr::RteKind::values:
      text("(");
      values(entry.values);
      text(")");
      break;
    case expr::RteKind::cte: identifier(entry.cte_name); break;
    case expr::RteKind::join:
    case expr::RteKind::result: break;
  }
  alias(entry, rt_index, " ");
  const ColumnNames& columns = context_.level->columns_of(rt_index);
  if (definition_follows)
    column_definitions(entry.functions.front(), &columns);
  else
    column_aliases(columns);
  if (entry.sample) table_sample(*entry.sample);
}

void Printer::table_sample(const expr::TableSample& sample) {
  text(" TABLESAMPLE ");
  text(function_name(cache_, sample.method));
  text(" (");
  list(sample.args, false);
  text(")");
  if (!sample.repeatable) return;
  text(" REPEATABLE (");
  node(sample.repeatable, false);
  text(")");
}

namespace {

std::string_view join_words(const expr::JoinExpr& join) {
  switch (join.kind) {
    case expr::JoinKind::inner: return join.on || !join.using_columns.empty() ? " JOIN " : " CROSS JOIN ";
    case expr::JoinKind::left: return " LEFT JOIN ";
    case expr::JoinKind::full: return " FULL JOIN ";
    case expr::JoinKind::right: return " RIGHT JOIN ";
  }
  return "";
}

}  // namespace

void Printer::join(const expr::JoinExpr& joined, const expr::Query& query) {
  const ColumnNames& columns = context_.level->columns_of(joined.rt_index);
  text("(");
  from_item(joined.sides[0], query);
  keyword(join_words(joined), -indent_clause, indent_clause, indent_join);
  from_item(joined.sides[1], query);
  join_condition(joined, columns);
  text(")");
  if (!joined.alias) return;
  text(" ");
  identifier(context_.level->name_of(joined.rt_index).value_or(""));
  column_aliases(columns);
}

void Printer::join_condition(const expr::JoinExpr& joined, const ColumnNames& columns) {
  if (!joined.using_columns.empty()) {
    text(" USING (");
    identifiers(columns.using_names);
    text(")");
    if (!joined.join_using_alias) return;
    text(" AS ");
    identifier(joined.join_using_alias->name);
  } else if (joined.on) {
    text(" ON (");
    node(joined.on, false);
    text(")");
  } else if (joined.kind != expr::JoinKind::inner) {
    text(" ON TRUE");
  }
}

}  // namespace pgplumb::engine::deparse
