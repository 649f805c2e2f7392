#include "catalog/kinds/text_search_dictionary.h"

#include <algorithm>

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::TextSearchDictionary;

namespace {

void create_dictionary(const TextSearchDictionary& dictionary, Creation& creation) {
  const SqlNames& names = creation.names;
  creation.out.add("CREATE " + names.address(dictionary) + " (TEMPLATE = " + names.qualified(dictionary.template_) +
                   (dictionary.options.empty() ? "" : ", " + dictionary.options) + ")");
}

/// The names of the options in "language = 'english', stopwords = 'english'".
std::vector<std::string> option_names(const std::string& options) {
  std::vector<std::string> names;
  std::string name;
  bool in_name = true, in_text = false;
  for (char c : options) {
    if (c == '\'') in_text = !in_text;
    if (in_text) continue;
    if (c == ',') {
      in_name = true;
    } else if (c == '=') {
      names.push_back(std::exchange(name, {}));
      in_name = false;
    } else if (in_name && c != ' ') {
      name += c;
    }
  }
  return names;
}

/// An option that is named without a value goes.
void alter_text_search_dictionary_options(const TextSearchDictionary& from, const TextSearchDictionary& to, Alteration& alteration) {
  const std::vector<std::string> kept = option_names(to.options);
  std::vector<std::string> parts;
  for (const std::string& name : option_names(from.options))
    if (std::find(kept.begin(), kept.end(), name) == kept.end()) parts.push_back(name);
  if (!to.options.empty()) parts.push_back(to.options);
  alteration.out.add("ALTER " + alteration.to.address(to) + " (" + join(parts) + ")");
}

constexpr auto text_search_dictionary_fields = field_rules(replace<&TextSearchDictionary::template_>(),
                                      alter<&TextSearchDictionary::options, alter_text_search_dictionary_options>());

}  // namespace

constinit const KindRules text_search_dictionary_rules = {
    .stage = stage::text_search,
    .create = create_with<create_dictionary>,
    .drop = drop_by_address,
    .fields = text_search_dictionary_fields,
};

}  // namespace pgplumb::diff
