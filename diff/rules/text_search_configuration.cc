#include "catalog/kinds/text_search_configuration.h"

#include <map>

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::TextSearchConfiguration;
using catalog::TokenMapping;

namespace {

/// The dictionaries of each type of token.
std::map<std::string, std::string> mappings(const TextSearchConfiguration& configuration, const SqlNames& names) {
  std::map<std::string, std::string> out;
  for (const TokenMapping& mapping : configuration.mappings) {
    std::vector<std::string> dictionaries;
    for (AnyRef dictionary : mapping.dictionaries) dictionaries.push_back(names.qualified(dictionary));
    out.emplace(catalog::quote_identifier(mapping.token), join(dictionaries));
  }
  return out;
}

/// One statement for all types of token that go through the same dictionaries.
void change_mappings(const std::string& verb, const std::map<std::string, std::string>& mappings, Script& out) {
  std::map<std::string, std::vector<std::string>> tokens_by_dictionaries;
  for (const auto& [token, dictionaries] : mappings) tokens_by_dictionaries[dictionaries].push_back(token);
  for (const auto& [dictionaries, tokens] : tokens_by_dictionaries)
    out.add(verb + " MAPPING FOR " + join(tokens) + " WITH " + dictionaries);
}

void create_configuration(const TextSearchConfiguration& configuration, Creation& creation) {
  const SqlNames& names = creation.names;
  creation.out.add("CREATE " + names.address(configuration) + " (PARSER = " + names.qualified(configuration.parser) + ")");
  change_mappings("ALTER " + names.address(configuration) + " ADD", mappings(configuration, names), creation.out);
}

void alter_mappings(const TextSearchConfiguration& from, const TextSearchConfiguration& to, Alteration& alteration) {
  const auto before = mappings(from, alteration.from), after = mappings(to, alteration.to);
  std::vector<std::string> dropped;
  std::map<std::string, std::string> added, altered;
  for (const auto& [token, dictionaries] : before)
    if (!after.count(token)) dropped.push_back(token);
  for (const auto& [token, dictionaries] : after) {
    const auto known = before.find(token);
    if (known == before.end())
      added.emplace(token, dictionaries);
    else if (known->second != dictionaries)
      altered.emplace(token, dictionaries);
  }
  const std::string head = "ALTER " + alteration.to.address(to);
  if (!dropped.empty()) alteration.out.add(head + " DROP MAPPING FOR " + join(dropped));
  change_mappings(head + " ADD", added, alteration.out);
  change_mappings(head + " ALTER", altered, alteration.out);
}

constexpr auto text_search_configuration_fields = field_rules(replace<&TextSearchConfiguration::parser>(),
                                      alter<&TextSearchConfiguration::mappings, alter_mappings>());

}  // namespace

constinit const KindRules text_search_configuration_rules = {
    .stage = stage::text_search,
    .create = create_with<create_configuration>,
    .drop = drop_by_address,
    .fields = text_search_configuration_fields,
};

}  // namespace pgplumb::diff
