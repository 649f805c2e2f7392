#include "engine/seal.h"

#include "catalog/kinds/index.h"
#include "catalog/kinds/publication_table.h"
#include "catalog/kinds/routine.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/statistics.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/trigger.h"
#include "engine/deparse/deparse.h"

namespace pgplumb::engine {

namespace {

using catalog::Catalog;
using catalog::Expr;
using catalog::FieldInfo;
using catalog::Kind;
using catalog::Object;
using catalog::Oid;
using catalog::Query;
using catalog::tag_of;
using deparse::Scope;

/// The relation whose columns the object's expressions name; invalid_oid where they name none.
Oid relation_seen_by(const Catalog& catalog, const Object& object) {
  if (object.kind == Kind::statistics) return static_cast<const catalog::Statistics&>(object).table.oid;
  if (object.kind == Kind::publication_table) return static_cast<const catalog::PublicationTable&>(object).table.oid;
  for (const Object* at = &object; at; at = catalog.find(at->parent.oid))
    if (catalog::kind_info(at->kind).name_space == catalog::NameSpace::relation && at->kind != Kind::index) return at->oid;
  return catalog::invalid_oid;
}

class Sealer {
 public:
  explicit Sealer(Catalog& catalog)
      : catalog_(catalog), cache_(catalog.major(), &catalog, {catalog::builtin::pg_catalog_namespace}) {}

  void seal(const Object& object);

 private:
  std::string print(const FieldInfo& field, const Object& object, const Expr& expr) const;
  std::string print(const Object& object, const Query& query) const;
  std::string print_rule(const catalog::Rule& rule) const;
  void read_texts(const Object& object);
  void write_texts(Object& object) const;

  Catalog& catalog_;
  deparse::Syscache cache_;
  std::vector<std::string> texts_;  // of the object at hand, in the order of its fields
  bool changed_ = false;
};

std::string Sealer::print(const FieldInfo& field, const Object& object, const Expr& expr) const {
  const Oid relation = relation_seen_by(catalog_, object);
  if (field.tag == tag_of<&catalog::Index::columns>() || field.tag == tag_of<&catalog::Table::partition_key_parts>())
    return deparse::print_key_expression(cache_, *expr.tree, relation);
  if (field.tag == tag_of<&catalog::Routine::arguments>()) return deparse::print_argument_default(cache_, *expr.tree);
  if (field.tag == tag_of<&catalog::Trigger::when>())
    return deparse::print_trigger_condition(cache_, *expr.tree, relation);
  return deparse::print_expression(cache_, *expr.tree,
                                   relation == catalog::invalid_oid ? Scope::nothing() : Scope::of_relation(relation));
}

std::string Sealer::print_rule(const catalog::Rule& rule) const {
  deparse::RuleHead head{rule.name.view(), "", rule.parent.oid, rule.instead};
  switch (rule.event) {
    case catalog::RuleEvent::select: head.event = "SELECT"; break;
    case catalog::RuleEvent::update: head.event = "UPDATE"; break;
    case catalog::RuleEvent::insert: head.event = "INSERT"; break;
    case catalog::RuleEvent::delete_: head.event = "DELETE"; break;
  }
  return deparse::print_rule(cache_, head, *rule.definition.tree);
}

std::string Sealer::print(const Object& object, const Query& query) const {
  switch (object.kind) {
    case Kind::rule: return print_rule(static_cast<const catalog::Rule&>(object));
    case Kind::view:
    case Kind::materialized_view: return deparse::print_view(cache_, *query.tree, object.oid);
    default: return deparse::print_function_body(cache_, *query.tree, object.oid);
  }
}

void Sealer::read_texts(const Object& object) {
  auto add = [&](const std::string& before, std::string text) {
    changed_ = changed_ || text != before;
    texts_.push_back(std::move(text));
  };
  for (const FieldInfo& field : catalog::kind_info(object.kind).fields) {
    if (field.ops->is_query) {
      const auto& query = *static_cast<const Query*>(field.get(&object));
      if (query.tree) add(query.text, print(object, query));
      continue;
    }
    // The visitor only reads here, so that most objects need no copy.
    field.ops->visit_exprs(const_cast<void*>(field.get(&object)), [&](Expr& expr) {
      if (expr.tree) add(expr.text, print(field, object, expr));
    });
  }
}

void Sealer::write_texts(Object& object) const {
  std::size_t next = 0;
  for (const FieldInfo& field : catalog::kind_info(object.kind).fields) {
    if (field.ops->is_query) {
      auto& query = *static_cast<Query*>(field.get_mutable(&object));
      if (query.tree) query.text = texts_[next++];
      continue;
    }
    field.ops->visit_exprs(field.get_mutable(&object), [&](Expr& expr) {
      if (expr.tree) expr.text = texts_[next++];
    });
  }
}

void Sealer::seal(const Object& object) {
  texts_.clear();
  changed_ = false;
  read_texts(object);
  const auto* table = object.kind == Kind::table ? static_cast<const catalog::Table*>(&object) : nullptr;
  const bool partitioned = table && !table->partition_key_parts.empty();
  if (!changed_ && !partitioned) return;
  std::shared_ptr<Object> copy = catalog::kind_info(object.kind).clone(object);
  write_texts(*copy);
  if (partitioned) {
    auto& sealed = static_cast<catalog::Table&>(*copy);
    sealed.partition_key.text = deparse::print_partition_key(cache_, sealed);
  }
  catalog_.set_texts(std::move(copy));
}

}  // namespace

void seal(Catalog& catalog) {
  Sealer sealer(catalog);
  std::vector<Oid> oids;
  catalog.for_each([&](const Object& object) { oids.push_back(object.oid); });
  for (Oid oid : oids) sealer.seal(*catalog.find(oid));
}

}  // namespace pgplumb::engine
