#include "catalog/kinds/language.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Language;

namespace {

void create_language(const Language& language, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = std::string(language.trusted ? "CREATE TRUSTED LANGUAGE " : "CREATE LANGUAGE ") + names.qualified(language);
  if (language.handler) sql += " HANDLER " + names.qualified(language.handler);
  if (language.inline_handler) sql += " INLINE " + names.qualified(language.inline_handler);
  if (language.validator) sql += " VALIDATOR " + names.qualified(language.validator);
  creation.out.add(std::move(sql));
}

constexpr auto language_fields = field_rules(replace<&Language::trusted>(), replace<&Language::handler>(),
                                      replace<&Language::inline_handler>(), replace<&Language::validator>());

}  // namespace

constinit const KindRules language_rules = {
    .stage = stage::language,
    .create = create_with<create_language>,
    .drop = drop_by_address,
    .fields = language_fields,
};

}  // namespace pgplumb::diff
