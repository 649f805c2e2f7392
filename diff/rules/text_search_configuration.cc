#include "catalog/kinds/text_search_configuration.h"

#include <map>

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::TextSearchConfiguration;
using catalog::TokenMapping;

namespace {

std::string mapping(const TokenMapping& token, const SqlNames& names) {
  std::vector<std::string> dictionaries;
  for (AnyRef dictionary : token.dictionaries) dictionaries.push_back(names.qualified(dictionary));
  return "MAPPING FOR " + catalog::quote_identifier(token.token) + " WITH " + join(dictionaries);
}

std::map<std::string, std::string> mappings(const TextSearchConfiguration& configuration, const SqlNames& names) {
  std::map<std::string, std::string> out;
  for (const TokenMapping& token : configuration.mappings) out.emplace(token.token, mapping(token, names));
  return out;
}

void create_configuration(const TextSearchConfiguration& configuration, Creation& creation) {
  const SqlNames& names = creation.names;
  creation.out.add("CREATE " + names.address(configuration) + " (PARSER = " + names.qualified(configuration.parser) + ")");
  for (const auto& [token, clause] : mappings(configuration, names))
    creation.out.add("ALTER " + names.address(configuration) + " ADD " + clause);
}

void alter_mappings(const TextSearchConfiguration& from, const TextSearchConfiguration& to, Alteration& alteration) {
  const auto before = mappings(from, alteration.from), after = mappings(to, alteration.to);
  const std::string head = "ALTER " + alteration.to.address(to);
  for (const auto& [token, clause] : before)
    if (!after.count(token)) alteration.out.add(head + " DROP MAPPING FOR " + catalog::quote_identifier(token));
  for (const auto& [token, clause] : after) {
    const auto known = before.find(token);
    if (known == before.end())
      alteration.out.add(head + " ADD " + clause);
    else if (known->second != clause)
      alteration.out.add(head + " ALTER " + clause);
  }
}

constexpr auto by_field = field_rules(replace<&TextSearchConfiguration::parser>(),
                                      alter<&TextSearchConfiguration::mappings, alter_mappings>());

}  // namespace

constinit const KindRules text_search_configuration_rules = {
    .stage = stage::text_search,
    .create = create_with<create_configuration>,
    .drop = drop_by_address,
    .fields = by_field,
};

}  // namespace pgplumb::diff
