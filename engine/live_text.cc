#include "engine/live_text.h"

#include "catalog/base/diagnostic.h"
#include "catalog/builtin/builtin.h"
#include "catalog/kinds/domain.h"
#include "engine/analyze/api.h"
#include "engine/deparse/deparse.h"

namespace pgplumb::engine {

namespace {

using analyze::Analyzer;
using catalog::Catalog;
using catalog::ExprScope;
using catalog::FieldInfo;
using catalog::Kind;
using catalog::Object;

/// The nearest relation that contains the object: a column default's is the parent of its parent.
catalog::Oid relation_of(const Catalog& catalog, const Object& owner) {
  for (const Object* at = catalog.find(owner.parent.oid); at; at = catalog.find(at->parent.oid))
    if (catalog::kind_info(at->kind).traits.has_row_type) return at->oid;
  return catalog::invalid_oid;
}

Analyzer::LiveScope scope_of(const Catalog& catalog, const Object& owner, const FieldInfo& field) {
  Analyzer::LiveScope scope;
  scope.scope = field.scope;
  if (const auto* domain = catalog.find_as<catalog::Domain>(owner.parent.oid)) {
    scope.scope = ExprScope::domain;
    scope.value = domain->base;
    scope.value_collation = domain->collation.oid;
    return scope;
  }
  scope.relation = relation_of(catalog, owner);
  return scope;
}

std::string print(const analyze::Syscache& cache, const Object& owner, const FieldInfo& field,
                  const Analyzer::LiveScope& scope, const catalog::expr::Node& tree) {
  using deparse::Scope;
  if (owner.kind == Kind::index && !field.ops->is_expr) return deparse::print_key_expression(cache, tree, scope.relation);
  switch (scope.scope) {
    case ExprScope::relation: return deparse::print_expression(cache, tree, Scope::of_relation(scope.relation));
    case ExprScope::old_new: return deparse::print_trigger_condition(cache, tree, scope.relation);
    default: return deparse::print_expression(cache, tree, Scope::nothing());
  }
}

}  // namespace

std::optional<LiveTree> analyze_live_text(const Catalog& catalog, const Object& owner, const FieldInfo& field,
                                          const std::string& text) {
  const Analyzer analyzer(catalog.major(), &catalog, {catalog::builtin::pg_catalog_namespace});
  try {
    LiveTree live;
    if (field.ops->is_query) {
      live.query = analyzer.live_query(text).query.tree;
      if (!live.query) return std::nullopt;
      live.printed = deparse::print_view(analyzer.cache(), *live.query, owner.oid);
      live.fixpoint = live.printed == text;
      return live;
    }
    const Analyzer::LiveScope scope = scope_of(catalog, owner, field);
    live.expression = analyzer.live_expression(text, scope).tree;
    if (!live.expression) return std::nullopt;
    live.printed = print(analyzer.cache(), owner, field, scope, *live.expression);
    live.fixpoint = live.printed == text;
    return live;
  } catch (const catalog::SqlError&) {
    return std::nullopt;
  } catch (const catalog::NotSimulated&) {
    return std::nullopt;
  }
}

}  // namespace pgplumb::engine
