#include "engine/field_text.h"

#include "catalog/kinds/index.h"
#include "catalog/kinds/publication_table.h"
#include "catalog/kinds/routine.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/statistics.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/trigger.h"

namespace pgplumb::engine {

using catalog::Kind;
using catalog::Oid;
using catalog::tag_of;
using deparse::Scope;

namespace {

std::string_view event_word(catalog::RuleEvent event) {
  switch (event) {
    case catalog::RuleEvent::select: return "SELECT";
    case catalog::RuleEvent::update: return "UPDATE";
    case catalog::RuleEvent::insert: return "INSERT";
    case catalog::RuleEvent::delete_: return "DELETE";
  }
  return "";
}

}  // namespace

Oid relation_seen_by(const catalog::Catalog& catalog, const catalog::Object& owner) {
  if (owner.kind == Kind::statistics) return static_cast<const catalog::Statistics&>(owner).table.oid;
  if (owner.kind == Kind::publication_table) return static_cast<const catalog::PublicationTable&>(owner).table.oid;
  for (const catalog::Object* at = &owner; at; at = catalog.find(at->parent.oid))
    if (catalog::kind_info(at->kind).name_space == catalog::NameSpace::relation && at->kind != Kind::index) return at->oid;
  return catalog::invalid_oid;
}

std::string print_field(const deparse::Syscache& cache, const catalog::Object& owner, const catalog::FieldInfo& field,
                        const catalog::expr::Node& tree) {
  const Oid relation = relation_seen_by(*cache.objects(), owner);
  if (field.tag == tag_of<&catalog::Index::columns>() || field.tag == tag_of<&catalog::Table::partition_key_parts>())
    return deparse::print_key_expression(cache, tree, relation);
  if (field.tag == tag_of<&catalog::Routine::arguments>()) return deparse::print_argument_default(cache, tree);
  if (field.tag == tag_of<&catalog::Trigger::when>()) return deparse::print_trigger_condition(cache, tree, relation);
  return deparse::print_expression(cache, tree,
                                   relation == catalog::invalid_oid ? Scope::nothing() : Scope::of_relation(relation));
}

std::string print_field(const deparse::Syscache& cache, const catalog::Object& owner, const catalog::expr::Query& query) {
  switch (owner.kind) {
    case Kind::rule: {
      const auto& rule = static_cast<const catalog::Rule&>(owner);
      return deparse::print_rule(cache, {rule.name.view(), event_word(rule.event), rule.parent.oid, rule.instead}, query);
    }
    case Kind::view:
    case Kind::materialized_view: return deparse::print_view(cache, query, owner.oid);
    default: return deparse::print_function_body(cache, query, owner.oid);
  }
}

}  // namespace pgplumb::engine
