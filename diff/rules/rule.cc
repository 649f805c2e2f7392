#include "catalog/kinds/rule.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Rule;

namespace {

std::string rule_head_of(const Rule& rule, const SqlNames& names) {
  const catalog::Object* relation = names.catalog().find(rule.parent.oid);
  return relation && relation->kind == Kind::view ? "ALTER TABLE " + names.parent(rule) : alter_head(names, rule.parent);
}

void alter_rule_enabled(const Rule&, const Rule& to, Alteration& alteration) {
  alteration.out.add(rule_head_of(to, alteration.to), std::string(enable_word(to.enabled)) + " RULE " + quoted(to.name));
}

void create_rule(const Rule& rule, Creation& creation) {
  creation.out.add(without_semicolon(rule.definition.text));
  Alteration alteration{creation.names, creation.names, creation.out};
  if (rule.enabled != catalog::Enabled::origin) alter_rule_enabled(rule, rule, alteration);
}

void alter_rule_definition(const Rule&, const Rule& to, Alteration& alteration) {
  std::string sql = without_semicolon(to.definition.text);
  constexpr std::string_view create = "CREATE ";
  if (sql.rfind(create, 0) == 0) sql.insert(create.size(), "OR REPLACE ");
  alteration.out.add(std::move(sql));
}

constexpr auto rule_fields =
    field_rules(alter<&Rule::event, alter_rule_definition>(), alter<&Rule::instead, alter_rule_definition>(),
                alter<&Rule::enabled, alter_rule_enabled>(), alter<&Rule::definition, alter_rule_definition>());

}  // namespace

constinit const KindRules rule_rules = {
    .stage = stage::rule,
    .create = create_with<create_rule>,
    .drop = drop_by_address,
    .fields = rule_fields,
};

}  // namespace pgplumb::diff
