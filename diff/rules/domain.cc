#include "catalog/kinds/domain.h"

#include <algorithm>

#include "diff/rules/relation.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Domain;
using catalog::ConstraintType;

namespace {

std::vector<const Constraint*> constraints_of(const Domain& domain, const Catalog& catalog) {
  auto found = catalog.children_of<Constraint>(domain.oid);
  std::sort(found.begin(), found.end(), [](const Constraint* a, const Constraint* b) { return a->name < b->name; });
  return found;
}

std::string domain_not_null_clause(const Domain& domain, const SqlNames& names) {
  if (!domain.not_null) return {};
  for (const Constraint* constraint : constraints_of(domain, names.catalog()))
    if (constraint->type == ConstraintType::not_null &&
        constraint->name != Name(catalog::make_object_name(domain.name.view(), "", "not_null")))
      return " CONSTRAINT " + quoted(constraint->name) + " NOT NULL";
  return " NOT NULL";
}

void create_domain(const Domain& domain, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = "CREATE DOMAIN " + names.qualified(domain) + " AS " + names.type(domain.base) +
                    collate_clause(domain.base, domain.collation, names);
  if (!domain.default_expression.empty()) sql += " DEFAULT " + as_source(domain.default_expression.text);
  sql += domain_not_null_clause(domain, names);
  for (const Constraint* constraint : constraints_of(domain, names.catalog()))
    if (constraint->type == ConstraintType::check && creation.absorbs(constraint->oid))
      sql += "\n    CONSTRAINT " + quoted(constraint->name) + " " + constraint_definition(*constraint, names);
  creation.out.add(std::move(sql));
}

void alter_default(const Domain&, const Domain& to, Alteration& alteration) {
  alteration.out.add(alter_head(alteration.to, to), to.default_expression.empty()
                                                        ? "DROP DEFAULT"
                                                        : "SET DEFAULT " + as_source(to.default_expression.text));
}

void alter_domain_not_null(const Domain&, const Domain& to, Alteration& alteration) {
  alteration.out.add(alter_head(alteration.to, to), to.not_null ? "SET NOT NULL" : "DROP NOT NULL");
}

bool domain_absorbs(const Object&, const Object& contained, const SqlNames&) {
  return contained.kind == Kind::constraint && static_cast<const Constraint&>(contained).validated;
}

constexpr auto domain_fields = field_rules(replace<&Domain::base>(), replace<&Domain::collation>(),
                                      alter<&Domain::not_null, alter_domain_not_null>(),
                                      alter<&Domain::default_expression, alter_default>());

}  // namespace

constinit const KindRules domain_rules = {
    .stage = stage::type,
    .create = create_with<create_domain>,
    .drop = drop_by_address,
    .fields = domain_fields,
    .absorbs = domain_absorbs,
};

}  // namespace pgplumb::diff
