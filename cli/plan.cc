#include "cli/plan.h"

#include <fmt/format.h>

#include "catalog/base/diagnostic.h"
#include "engine/bootstrap.h"

namespace pgplumb::cli {

std::string schema_as_sql(const LoadedSource& source) {
  const catalog::SealedCatalog empty =
      catalog::freeze(std::make_shared<const catalog::Catalog>(engine::fresh_database(source.major)));
  const diff::Plan plan = diff::make_plan(empty, *source.sealed, {});
  if (!plan.impossible.empty())
    throw catalog::UsageError(fmt::format("this schema can't be written as SQL: {}", plan.impossible.front()));
  return diff::render_sql(plan);
}

}  // namespace pgplumb::cli
