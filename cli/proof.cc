#include "cli/proof.h"

#include <fmt/format.h>

#include "cli/equivalence.h"
#include "engine/live_trees.h"
#include "engine/prove.h"

namespace pgplumb::cli {

namespace {

std::string whole_sql(diff::Plan plan) {
  for (diff::PlannedStatement& statement : plan.statements) statement.withheld = false;
  return diff::render_sql(plan);
}

std::string describe(const diff::Change& change) {
  switch (change.type) {
    case diff::ChangeType::missing:
      return change.key.text() + " is still missing";
    case diff::ChangeType::unexpected:
      return change.key.text() + " is still there";
    case diff::ChangeType::altered:
      break;
  }
  std::vector<std::string> fields;
  for (const diff::FieldChange& field : change.fields) fields.emplace_back(field.field->name);
  return fmt::format("{} still differs in {}", change.key.text(), fmt::join(fields, ", "));
}

}  // namespace

Proof prove(const diff::Plan& plan, const LoadedSource& from, const LoadedSource& to,
            const diff::CompareOptions& compare) {
  engine::Trial trial = engine::try_out(*from.catalog, whole_sql(plan));
  Proof proof;
  for (const std::string& refused : trial.refused)
    proof.failures.push_back("run in memory, the plan fails: " + refused);
  for (catalog::Oid oid : trial.opaque)
    if (const catalog::SealedObject* object = from.sealed->find(oid)) proof.opaque.push_back(object->key.text());
  LoadedSource reached;
  reached.major = to.major;
  reached.catalog = std::make_shared<const catalog::Catalog>(std::move(trial.result));
  reached.sealed = catalog::freeze(reached.catalog);
  if (!proof.failures.empty() || reached.sealed->root() == to.sealed->root()) return proof;
  AnalysedEquivalence equivalence(to, reached);
  for (const diff::Change& change : diff::compare(*to.sealed, *reached.sealed, compare, &equivalence).changes)
    proof.failures.push_back("run in memory, the plan leaves a difference: " + describe(change));
  return proof;
}

void analyse_snapshot(LoadedSource& source) {
  if (source.spec.kind != SourceKind::snapshot) return;
  catalog::Catalog catalog = *source.catalog;
  engine::attach_trees(catalog);
  source.catalog = std::make_shared<const catalog::Catalog>(std::move(catalog));
  source.sealed = catalog::freeze(source.catalog);
}

}  // namespace pgplumb::cli
