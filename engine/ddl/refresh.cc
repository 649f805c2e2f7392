// REFRESH MATERIALIZED VIEW: RefreshMatViewByOid of commands/matview.c.
#include <algorithm>

#include "catalog/expr_walk.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/maintenance.h"
#include "engine/ddl/query_access.h"
#include "engine/ddl/routine_effects.h"
#include "engine/ddl/toast.h"
#include "engine/evaluate/evaluate.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Index;
using catalog::IndexColumn;
using catalog::MaterializedView;

/// A predicate that is true of whatever row is none. What a function does that is not known here, nobody would have
/// written a predicate with if it weren't.
bool has_predicate(Interpreter& interpreter, const Index& index) {
  if (index.predicate.empty() || !index.predicate.tree) return !index.predicate.empty();
  const catalog::expr::NodePtr tree(index.predicate.tree);
  if (catalog::expr::any_node(tree, [](const catalog::expr::Node& node) { return node.is<catalog::expr::Var>(); }))
    return true;
  try {
    const evaluate::Value value = evaluate::evaluate(interpreter, tree);
    return value.is_known() && value.text != "t";
  } catch (const NotSimulated&) {
    return false;
  }
}

/// is_usable_unique_index
bool tells_rows_apart(Interpreter& interpreter, const Index& index) {
  const auto is_column = [](const IndexColumn& column) { return static_cast<bool>(column.column); };
  return index.unique && index.valid && !has_predicate(interpreter, index) &&
         std::all_of(index.columns.begin(), index.columns.end(), is_column);
}

void require_concurrent_refresh(Interpreter& interpreter, const MaterializedView& view) {
  const std::vector<const Index*> indexes = interpreter.catalog().children_of<Index>(view.oid);
  if (std::any_of(indexes.begin(), indexes.end(),
                  [&](const Index* index) { return tells_rows_apart(interpreter, *index); }))
    return;
  const std::string schema = interpreter.catalog().find(view.parent.oid)->name.str();
  throw SqlError("55000", "cannot refresh materialized view \"" + schema + "." + view.name.str() + "\" concurrently",
                 {}, "Create a unique index with no WHERE clause on one or more columns of the materialized view.");
}

void check_concurrent_refresh(Interpreter& interpreter, const MaterializedView& view,
                              ast::RefreshMatViewStmt statement) {
  if (!statement.concurrent()) return;
  if (!view.populated)
    throw SqlError("0A000", "CONCURRENTLY cannot be used when the materialized view is not populated");
  if (statement.skip_data()) throw SqlError("42601", "CONCURRENTLY and WITH NO DATA options cannot be used together");
  require_concurrent_refresh(interpreter, view);
}

}  // namespace

void refresh_materialized_view(Interpreter& interpreter, ast::RefreshMatViewStmt statement) {
  const Object& relation = require_relation(interpreter, statement.relation());
  require_maintained_table(interpreter, relation);
  const auto* view = interpreter.catalog().find_as<MaterializedView>(relation.oid);
  if (!view) throw SqlError("0A000", "\"" + relation.name.str() + "\" is not a materialized view");
  check_concurrent_refresh(interpreter, *view, statement);
  if (!statement.skip_data()) {
    require_readable(interpreter, view->query, view->owner);
    if (const auto reason = effect_of_refs(interpreter, view->query.refs)) throw NotSimulated(*reason);
  }
  interpreter.catalog()
      .edit(Ref<MaterializedView>{relation.oid})
      .set<&MaterializedView::populated>(!statement.skip_data());
  if (!statement.concurrent()) rewrite_toast_table(interpreter, relation.oid);
}

}  // namespace pgplumb::engine::ddl
