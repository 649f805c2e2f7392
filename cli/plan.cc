#include "cli/plan.h"

#include <fmt/format.h>

#include "catalog/base/diagnostic.h"
#include "cli/equivalence.h"
#include "cli/proof.h"
#include "diff/render/render.h"
#include "engine/bootstrap.h"

namespace pgplumb::cli {

namespace {

diff::CompareOptions compare_options(const diff::PlanOptions& options) {
  diff::CompareOptions compare;
  compare.owners = options.owners;
  compare.grants = options.grants;
  compare.roles = options.roles;
  return compare;
}

LoadedSource empty_source(int major) {
  LoadedSource empty;
  empty.major = major;
  empty.catalog = std::make_shared<const catalog::Catalog>(engine::fresh_database(major));
  empty.sealed = catalog::freeze(empty.catalog);
  return empty;
}

}  // namespace

ProvenPlan proven_plan(const LoadedSource& from, const LoadedSource& to, const diff::PlanOptions& options) {
  AnalysedEquivalence equivalence(to, from);
  ProvenPlan proven;
  proven.plan = diff::make_plan(*from.sealed, *to.sealed, options, &equivalence);
  if (!proven.plan.impossible.empty()) return proven;
  Proof proof = prove(proven.plan, from, to, compare_options(options));
  proven.plan.unproven = std::move(proof.failures);
  proven.opaque = std::move(proof.opaque);
  return proven;
}

ProvenPlan schema_plan(const LoadedSource& source) {
  ProvenPlan proven = proven_plan(empty_source(source.major), source, {});
  if (!proven.plan.impossible.empty())
    throw catalog::UsageError(fmt::format("this schema can't be written as SQL: {}", proven.plan.impossible.front()));
  return proven;
}

bool report_plan(const ProvenPlan& proven) {
  const auto print = [](const char* title, const std::vector<std::string>& lines) {
    for (const std::string& line : lines) fmt::print(stderr, "{}: {}\n", title, diff::visible(line));
  };
  print("cannot be done by SQL", proven.plan.impossible);
  print("not proven", proven.plan.unproven);
  print("the proof is partial, since this is only known as text", proven.opaque);
  return !proven.plan.impossible.empty() || !proven.plan.unproven.empty();
}

}  // namespace pgplumb::cli
