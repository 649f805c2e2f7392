#include "engine/ddl/dangling.h"

#include <algorithm>

#include "catalog/kinds/operator_.h"
#include "catalog/kinds/operator_family.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// The changed copy is stored without a stamp: that the object's partner has gone is nothing that was said of it.
template <class T>
void store_changed(Catalog& catalog, const T& changed) {
  catalog.store(std::make_shared<T>(changed));
}

void unlink(Catalog& catalog, Oid partner, AnyRef Operator::*link, Oid gone) {
  const auto* known = catalog.find_as<Operator>(partner);
  if (!known || partner == gone || (known->*link).oid != gone) return;
  Operator changed = *known;
  changed.*link = {};
  store_changed(catalog, changed);
}

void unlink_partners(Catalog& catalog, const Operator& gone) {
  const Oid oid = gone.oid, commutator = gone.commutator.oid, negator = gone.negator.oid;
  unlink(catalog, commutator, &Operator::commutator, oid);
  unlink(catalog, negator, &Operator::negator, oid);
}

bool name_texts(const FamilyOperator& member, Oid gone) {
  return member.op.oid == gone || owner_of_type(member.left.type) == gone || owner_of_type(member.right.type) == gone;
}
bool name_texts(const FamilyFunction& member, Oid gone) {
  return member.function.oid == gone || owner_of_type(member.left.type) == gone ||
         owner_of_type(member.right.type) == gone;
}

void leave_family(Catalog& catalog, Oid family, Oid gone) {
  const auto* known = catalog.find_as<OperatorFamily>(family);
  if (!known || family == gone) return;
  OperatorFamily changed = *known;
  const auto is_gone = [gone](const auto& member) { return name_texts(member, gone); };
  if (std::erase_if(changed.operators, is_gone) + std::erase_if(changed.functions, is_gone) > 0)
    store_changed(catalog, changed);
}

}  // namespace

void remove_mentions(Catalog& catalog, Oid object) {
  if (const auto* gone = catalog.find_as<Operator>(object)) unlink_partners(catalog, Operator(*gone));
  for (const Dependent& dependent : catalog.dependents(object)) leave_family(catalog, dependent.oid, object);
}

}  // namespace pgplumb::engine::ddl
