#include "engine/evaluate/views.h"

#include <map>
#include <mutex>

#include "catalog/builtin/view_definitions.h"
#include "catalog/kinds/view.h"
#include "engine/analyze/api.h"

namespace pgplumb::engine::evaluate {

namespace {

using Tree = std::shared_ptr<const expr::Query>;

Tree analyzed(int major, Oid view) {
  const auto text = catalog::builtin::view_definition(major, view);
  if (!text) return nullptr;
  const analyze::Analyzer analyzer(major, nullptr, {catalog::builtin::pg_catalog_namespace});
  return analyzer.live_query(*text).query.tree;
}

/// A system view's query, analysed when first asked for: it is the same in every database of a major.
const expr::Query* system_view(int major, Oid view) {
  static std::mutex mutex;
  static std::map<std::pair<int, Oid>, Tree> known;
  const std::lock_guard lock(mutex);
  auto [found, fresh] = known.try_emplace({major, view});
  if (fresh) found->second = analyzed(major, view);
  return found->second.get();
}

}  // namespace

const expr::Query* subquery_of(Executor& executor, const expr::RangeTblEntry& entry) {
  if (entry.kind == expr::RteKind::subquery) return entry.subquery.get();
  if (entry.kind != expr::RteKind::relation) return nullptr;
  if (catalog::is_builtin(entry.relation)) {
    const analyze::RelationRow* row = executor.cache().relation(entry.relation);
    return row && row->kind == 'v' ? system_view(executor.cache().major(), entry.relation) : nullptr;
  }
  const auto* view = executor.interpreter().catalog().find_as<catalog::View>(entry.relation);
  if (!view) return nullptr;
  if (!view->query.tree) throw NotSimulated("reads view " + view->name.str() + ", whose query is not understood");
  return view->query.tree.get();
}

}  // namespace pgplumb::engine::evaluate
