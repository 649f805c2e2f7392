#include "catalog/kinds/collation.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Collation;
using catalog::CollationProvider;

namespace {

std::string_view provider_word(CollationProvider provider) {
  switch (provider) {
    case CollationProvider::default_: return "default";
    case CollationProvider::builtin: return "builtin";
    case CollationProvider::libc: return "libc";
    case CollationProvider::icu: return "icu";
  }
  return "libc";
}

void create_collation(const Collation& collation, Creation& creation) {
  std::vector<std::string> parts = {"PROVIDER = " + std::string(provider_word(collation.provider))};
  const auto text = [&](std::string_view word, const std::string& value) {
    if (!value.empty()) parts.push_back(std::string(word) + " = " + catalog::quote_literal(value));
  };
  text("LOCALE", collation.locale);
  text("LC_COLLATE", collation.lc_collate);
  text("LC_CTYPE", collation.lc_ctype);
  text("RULES", collation.rules);
  if (!collation.deterministic) parts.emplace_back("DETERMINISTIC = false");
  creation.out.add("CREATE " + creation.names.address(collation) + " (" + join(parts) + ")");
}

constexpr auto collation_fields = field_rules(replace<&Collation::provider>(), replace<&Collation::deterministic>(),
                                      replace<&Collation::lc_collate>(), replace<&Collation::lc_ctype>(),
                                      replace<&Collation::locale>(), replace<&Collation::rules>());

}  // namespace

constinit const KindRules collation_rules = {
    .stage = stage::collation,
    .create = create_with<create_collation>,
    .drop = drop_by_address,
    .fields = collation_fields,
};

}  // namespace pgplumb::diff
