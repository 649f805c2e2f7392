#include "catalog/kinds/constraint.h"

#include "catalog/kinds/table.h"
#include "diff/rules/constraint_triggers.h"
#include "diff/rules/relation.h"
#include "diff/rules/settings.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::ConstraintType;

namespace {

bool is_key(ConstraintType type) {
  return type == ConstraintType::primary_key || type == ConstraintType::unique || type == ConstraintType::exclusion;
}

bool of_domain(const Constraint& constraint, const Catalog& catalog) {
  const Object* parent = catalog.find(constraint.parent.oid);
  return parent && parent->kind == Kind::domain;
}

/// Keys of a partitioned table are made alone: those of its partitions have their own names, and are attached. A check
/// or foreign key goes to all children at once.
std::string constraint_head_of(const Constraint& constraint, const SqlNames& names) {
  return is_key(constraint.type) ? alter_only_head(names, constraint.parent) : alter_head(names, constraint.parent);
}

bool plain_not_null(const Constraint& constraint, const Catalog& catalog) {
  return constraint.type == ConstraintType::not_null && !of_domain(constraint, catalog) && constraint.validated &&
         !constraint.no_inherit && default_not_null_name(constraint, catalog);
}

/// In words that every major knows, and every grammar: the name that the server gives is changed afterwards.
void set_not_null(const Constraint& constraint, Creation& creation) {
  const SqlNames& names = creation.names;
  const std::string head = constraint_head_of(constraint, names);
  creation.out.add(head, "ALTER COLUMN " + names.columns(constraint.columns) + " SET NOT NULL");
  const Name given = *default_not_null_name(constraint, names.catalog());
  if (given != constraint.name)
    creation.out.add(head + " RENAME CONSTRAINT " + quoted(given) + " TO " + quoted(constraint.name));
}

void create_constraint(const Constraint& constraint, Creation& creation) {
  const SqlNames& names = creation.names;
  if (plain_not_null(constraint, names.catalog())) return set_not_null(constraint, creation);
  creation.out.add(constraint_head_of(constraint, names),
                   "ADD CONSTRAINT " + quoted(constraint.name) + " " + constraint_definition(constraint, names));
  if (const Index* index = is_key(constraint.type) ? index_of(names.catalog(), constraint) : nullptr)
    index_settings(*index, names, creation.out);
  disable_triggers(constraint, names, creation.out);
}

void drop_constraint(const Constraint& constraint, Removal& removal) {
  const SqlNames& names = removal.names;
  if (constraint.type == ConstraintType::not_null && !of_domain(constraint, names.catalog()))
    removal.out.add(constraint_head_of(constraint, names), "ALTER COLUMN " + names.columns(constraint.columns) + " DROP NOT NULL");
  else
    removal.out.add(alter_head(names, constraint.parent), "DROP CONSTRAINT " + quoted(constraint.name));
}

// Inherited checks come with the parent's, and a foreign key of a partition with that of its root.
bool constraint_comes_along(const Object& object, const SqlNames& names) {
  const auto& constraint = static_cast<const Constraint&>(object);
  if (of_domain(constraint, names.catalog())) return constraint.type == ConstraintType::not_null;
  if (constraint.type == ConstraintType::foreign_key) return static_cast<bool>(constraint.partition_of);
  return !is_key(constraint.type) && !constraint.local;
}

void alter_deferral(const Constraint&, const Constraint& to, Alteration& alteration) {
  if (to.type != ConstraintType::foreign_key) return alteration.replace();
  const std::string_view words = to.initially_deferred ? "DEFERRABLE INITIALLY DEFERRED"
                                 : to.deferrable       ? "DEFERRABLE INITIALLY IMMEDIATE"
                                                       : "NOT DEFERRABLE";
  alteration.out.add(alter_head(alteration.to, to.parent),
                     "ALTER CONSTRAINT " + quoted(to.name) + " " + std::string(words));
}

void alter_validated(const Constraint& from, const Constraint& to, Alteration& alteration) {
  if (!to.validated || from.enforced != to.enforced) return alteration.replace();
  alteration.out.add(alter_head(alteration.to, to.parent), "VALIDATE CONSTRAINT " + quoted(to.name));
}

/// A constraint that is made anew has triggers that are enabled.
void alter_triggers(const Constraint& to, catalog::AnyRef relation, bool disabled, Alteration& alteration) {
  if (set_all_triggers(relation, disabled, alteration.to, alteration.out)) return;
  if (disabled)
    disable_triggers(to, alteration.to, alteration.out);
  else
    alteration.replace();
}

void alter_triggers_disabled(const Constraint&, const Constraint& to, Alteration& alteration) {
  alter_triggers(to, to.parent, to.triggers_disabled, alteration);
}

void alter_actions_disabled(const Constraint&, const Constraint& to, Alteration& alteration) {
  alter_triggers(to, to.foreign_key->table, to.actions_disabled, alteration);
}

/// Attaching and detaching change it; what was declared and only then inherited stays declared.
void alter_constraint_local(const Constraint&, const Constraint& to, Alteration& alteration) {
  const auto* table = alteration.to.catalog().find_as<catalog::Table>(to.parent.oid);
  if (!to.local && (!table || !table->partition_of))
    alteration.out.impossible("constraint " + alteration.to.parent(to) + "." + quoted(to.name) +
                              ": it was declared here and can't become one that is only inherited");
}

bool constraint_absorbs(const Object&, const Object& contained, const SqlNames&) { return contained.kind == Kind::index; }

/// A foreign key leans on a key of the other table.
void needs(const Object& object, const Catalog& catalog, const catalog::RefVisitor& visit) {
  const auto& constraint = static_cast<const Constraint&>(object);
  if (!constraint.foreign_key || !constraint.foreign_key->index) return;
  const auto* index = catalog.find_as<Index>(constraint.foreign_key->index.oid);
  if (index) visit(index->constraint ? index->constraint.oid : index->oid);
}

void visit_partitions(Oid table, const Catalog& catalog, const catalog::RefVisitor& visit) {
  for (const catalog::Dependent& dependent : catalog.dependents(table)) {
    const auto* partition = catalog.find_as<catalog::Table>(dependent.oid);
    if (!partition || partition->partition_of.oid != table) continue;
    visit(partition->oid);
    visit_partitions(partition->oid, catalog, visit);
  }
}

/// A foreign key to a partitioned table has a share in each of its partitions.
void comes_after(const Object& object, const Catalog& catalog, const catalog::RefVisitor& visit) {
  const auto& constraint = static_cast<const Constraint&>(object);
  if (constraint.foreign_key) visit_partitions(constraint.foreign_key->table.oid, catalog, visit);
}

constexpr auto constraint_fields = field_rules(
    replace<&Constraint::type>(), replace<&Constraint::columns>(), replace<&Constraint::expression>(),
    replace<&Constraint::foreign_key>(), replace<&Constraint::operators>(),
    alter<&Constraint::deferrable, alter_deferral>(), alter<&Constraint::initially_deferred, alter_deferral>(),
    alter<&Constraint::validated, alter_validated>(), replace<&Constraint::enforced>(),
    replace<&Constraint::no_inherit>(), replace<&Constraint::period>(),
    alter<&Constraint::triggers_disabled, alter_triggers_disabled>(),
    alter<&Constraint::actions_disabled, alter_actions_disabled>(), alter<&Constraint::local, alter_constraint_local>(),
    follows<&Constraint::partition_of>().late());

}  // namespace

constinit const KindRules constraint_rules = {
    .stage = stage::table,
    .create = create_with<create_constraint>,
    .drop = drop_with<drop_constraint>,
    .fields = constraint_fields,
    .absorbs = constraint_absorbs,
    .implied = constraint_comes_along,
    .needs = needs,
    .comes_after = comes_after,
};

}  // namespace pgplumb::diff
