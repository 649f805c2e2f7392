#include "catalog/kinds/statistics.h"

#include <algorithm>

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Statistics;
using catalog::StatisticsKind;

namespace {

std::string kind_list(const Statistics& statistics) {
  std::vector<std::string> kinds;
  for (StatisticsKind kind : statistics.kinds)
    kinds.emplace_back(catalog::detail::enum_word(catalog::statistics_kind_entries, static_cast<int>(kind)));
  std::sort(kinds.begin(), kinds.end());
  constexpr std::size_t all = std::size(catalog::statistics_kind_entries);
  return kinds.empty() || kinds.size() == all ? "" : " (" + join(kinds) + ")";
}

void alter_target(const Statistics&, const Statistics& to, Alteration& alteration) {
  alteration.out.add("ALTER " + alteration.to.address(to) + " SET STATISTICS " + std::to_string(to.target));
}

void create_statistics(const Statistics& statistics, Creation& creation) {
  const SqlNames& names = creation.names;
  std::vector<std::string> parts;
  for (auto column : statistics.columns) parts.push_back(names.qualified(column));
  for (const catalog::Expr& expression : statistics.expressions) parts.push_back(parenthesized(expression.text));
  creation.out.add("CREATE " + names.address(statistics) + kind_list(statistics) + " ON " + join(parts) + " FROM " +
                   names.qualified(statistics.table));
  Alteration alteration{names, names, creation.out};
  if (statistics.target >= 0) alter_target(statistics, statistics, alteration);
}

constexpr auto statistics_fields =
    field_rules(replace<&Statistics::table>(), replace<&Statistics::columns>(), replace<&Statistics::expressions>(),
                replace<&Statistics::kinds>(), alter<&Statistics::target, alter_target>());

}  // namespace

constinit const KindRules statistics_rules = {
    .stage = stage::statistics,
    .create = create_with<create_statistics>,
    .drop = drop_by_address,
    .fields = statistics_fields,
};

}  // namespace pgplumb::diff
