// INSERT … ON CONFLICT: transformOnConflictClause and transformOnConflictArbiter.
#include <fmt/format.h>

#include "catalog/catalog.h"
#include "catalog/kinds/constraint.h"
#include "engine/analyze/dml.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/typcache.h"

namespace pgplumb::engine::analyze {

namespace {

Oid arbiter_opclass(ParseState& state, ast::List<ast::Node> names) {
  QualifiedName name = deconstruct_qualified_name(names);
  if (!name.schema.empty()) {
    return state.cache.opclass_named(btree_access_method, lookup_explicit_namespace(state.cache, name.schema), name.name);
  }
  for (Oid schema : state.cache.search_path()) {
    if (Oid found = state.cache.opclass_named(btree_access_method, schema, name.name); found != invalid_oid) return found;
  }
  fail(errcode::undefined_object,
       fmt::format("operator class \"{}\" does not exist for access method \"btree\"", name.name));
}

expr::InferenceElem arbiter(ParseState& state, ast::IndexElem element) {
  expr::InferenceElem result;
  if (element.name().empty()) {
    result.expr = transform_expr(state, element.expr(), ExprKind::index_expression);
  } else {
    result.expr = find_column(state, element.name(), true, -1);
    if (!result.expr) missing_column(state, {}, element.name(), -1);
  }
  if (!element.collation().empty()) result.collation = lookup_collation(state.cache, element.collation());
  if (!element.opclass().empty()) result.op_class = arbiter_opclass(state, element.opclass());
  return result;
}

Oid constraint_named(ParseState& state, std::string_view name) {
  Oid relation = state.target->entry->relation;
  const auto* objects = state.cache.objects();
  const auto* found = objects ? objects->find_named<catalog::Constraint>(relation, name) : nullptr;
  if (found) return found->oid;
  fail(errcode::undefined_object, fmt::format("constraint \"{}\" for table \"{}\" does not exist", name,
                                              state.cache.relation(relation)->name));
}

void inference(ParseState& state, ast::InferClause infer, expr::OnConflict& out) {
  // Names of the target alone, unqualified or not.
  std::vector<NamespaceItemPtr> saved = std::move(state.names);
  state.names.clear();
  add_item_to_query(state, state.target, false, false, true);
  for (ast::Node element : infer.index_elems()) out.arbiters.push_back(arbiter(state, element.as<ast::IndexElem>()));
  out.arbiter_where = transform_where_clause(state, infer.where_clause(), ExprKind::index_predicate, "WHERE");
  state.names = std::move(saved);
  state.target->relation_visible = true;
  if (!infer.conname().empty()) out.constraint = constraint_named(state, infer.conname());
}

}  // namespace

void transform_on_conflict(ParseState& state, ast::OnConflictClause clause, expr::OnConflict& out) {
  bool update = clause.action() == ast::OnConflictAction::ONCONFLICT_UPDATE;
  out.action = update ? expr::OnConflictAction::update : expr::OnConflictAction::nothing;
  if (update && !clause.infer()) {
    fail(errcode::syntax_error, "ON CONFLICT DO UPDATE requires inference specification or constraint name",
         clause.location(), {}, "For example, ON CONFLICT (column_name).");
  }
  if (clause.infer()) inference(state, clause.infer(), out);
  if (!update) return;
  state.is_insert = false;
  expr::Alias alias;
  alias.name = "excluded";
  NamespaceItemPtr excluded = add_relation(state, state.target->entry->relation, alias, false, false);
  out.excluded_rt_index = excluded->rt_index;
  std::vector<NamespaceItemPtr> saved = state.names;
  add_item_to_query(state, excluded, false, true, true);
  out.set = transform_update_targets(state, clause.target_list());
  out.where = transform_where_clause(state, clause.where_clause(), ExprKind::where, "WHERE");
  state.names = std::move(saved);
}

}  // namespace pgplumb::engine::analyze
