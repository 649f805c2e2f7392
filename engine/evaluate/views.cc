#include "engine/evaluate/views.h"

#include "catalog/kinds/view.h"

namespace pgplumb::engine::evaluate {

const expr::Query* subquery_of(Executor& executor, const expr::RangeTblEntry& entry) {
  if (entry.kind == expr::RteKind::subquery) return entry.subquery.get();
  if (entry.kind != expr::RteKind::relation) return nullptr;
  const auto* view = executor.interpreter().catalog().find_as<catalog::View>(entry.relation);
  if (!view) return nullptr;
  if (!view->query.tree) throw NotSimulated("reads view " + view->name.str() + ", whose query is not understood");
  return view->query.tree.get();
}

}  // namespace pgplumb::engine::evaluate
