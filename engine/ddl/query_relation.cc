#include "engine/ddl/query_relation.h"

#include "catalog/kinds/sequence.h"
#include "catalog/query_nodes.h"
#include "engine/ddl/analyzer.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/table_persistence.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

/// The relation's base relation can take rows: a table, partitioned or foreign, or a view.
bool is_updatable_kind(const Interpreter& interpreter, Oid relation) {
  const Object* object = interpreter.catalog().find(relation);
  return object && (object->kind == Kind::table || object->kind == Kind::view || object->kind == Kind::foreign_table);
}

bool has_updatable_column(const expr::Query& query, int rt_index) {
  for (const expr::TargetEntry& target : query.targets) {
    const auto* variable = expr::as<expr::Var>(target.expr);
    if (!target.junk && variable && variable->rt_index == rt_index && variable->levels_up == 0 &&
        variable->attribute > 0)
      return true;
  }
  return false;
}

}  // namespace

analyze::AnalyzedQuery analyze_relation_query(Interpreter& interpreter, ast::Node query,
                                              ast::List<ast::Node> column_names, const char* too_many_names) {
  analyze::AnalyzedQuery analyzed = analyzer_of(interpreter).query(query, true);
  name_columns(analyzed, column_names, too_many_names);
  return analyzed;
}

void name_columns(analyze::AnalyzedQuery& analyzed, ast::List<ast::Node> names, const char* too_many_names) {
  if (names.size() > analyzed.columns.size()) throw SqlError("42601", too_many_names);
  std::size_t at = 0;
  for (ast::Node name : names) analyzed.columns[at++].name = std::string(name.str());
}

std::vector<ColumnSpec> columns_of_query(const analyze::AnalyzedQuery& analyzed) {
  std::vector<ColumnSpec> columns;
  for (const analyze::QueryColumn& output : analyzed.columns) {
    ColumnSpec column;
    column.name = Name(output.name);
    column.type = output.type;
    column.collation = collation_ref(output.collation);
    columns.push_back(std::move(column));
  }
  return columns;
}

void check_query_columns(Interpreter& interpreter, const std::vector<ColumnSpec>& columns) {
  for (std::size_t at = 0; at < columns.size(); ++at)
    for (std::size_t other = 0; other < at; ++other)
      if (columns[at].name == columns[other].name)
        throw SqlError("42701", "column \"" + columns[at].name.str() + "\" specified more than once");
  for (const ColumnSpec& column : columns)
    check_column_type(interpreter, column.name, column.type, column.collation, catalog::invalid_oid);
}

void insert_query_columns(Interpreter& interpreter, Oid relation, const std::vector<ColumnSpec>& columns) {
  int number = 0;
  for (const ColumnSpec& column : columns) insert_column(interpreter, relation, column, ++number);
}

bool uses_temporary_relation(const Interpreter& interpreter, const catalog::Query& query) {
  const Oid schema = interpreter.session().temporary_schema();
  if (schema == invalid_oid) return false;
  const Catalog& catalog = interpreter.catalog();
  for (Oid oid : query.refs) {
    const Object* object = catalog.find(oid);
    if (object && object->kind == Kind::column) object = catalog.find(object->parent.oid);
    if (object && is_relation(object->kind) && object->parent.oid == schema) return true;
  }
  return false;
}

std::string not_updatable_reason(const Interpreter& interpreter, const catalog::Query& view, bool need_column) {
  if (!view.tree) throw NotSimulated("whether a view of unknown query is updatable");
  const expr::Query& query = *view.tree;
  const char* single = "Views that do not select from a single table or view are not automatically updatable.";
  if (!query.distinct.empty()) return "Views containing DISTINCT are not automatically updatable.";
  if (!query.group.empty() || !query.grouping_sets.empty())
    return "Views containing GROUP BY are not automatically updatable.";
  if (query.having) return "Views containing HAVING are not automatically updatable.";
  if (query.set_operation)
    return "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable.";
  if (!query.ctes.empty()) return "Views containing WITH are not automatically updatable.";
  if (query.limit_offset || query.limit_count)
    return "Views containing LIMIT or OFFSET are not automatically updatable.";
  if (query.has_aggs) return "Views that return aggregate functions are not automatically updatable.";
  if (query.has_window_funcs) return "Views that return window functions are not automatically updatable.";
  if (query.has_target_srfs) return "Views that return set-returning functions are not automatically updatable.";
  if (query.join_tree.from.size() != 1) return single;
  const auto* only = std::get_if<expr::RangeTblRef>(&query.join_tree.from.front().value);
  if (!only) return single;
  const expr::RangeTblEntry& entry = query.range_table[static_cast<std::size_t>(only->rt_index) - 1];
  if (entry.kind != expr::RteKind::relation || !is_updatable_kind(interpreter, entry.relation)) return single;
  if (entry.sample) return "Views containing TABLESAMPLE are not automatically updatable.";
  if (need_column && !has_updatable_column(query, only->rt_index))
    return "Views that have no updatable columns are not automatically updatable.";
  return {};
}

}  // namespace pgplumb::engine::ddl
