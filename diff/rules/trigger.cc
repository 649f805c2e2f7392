#include "catalog/kinds/trigger.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Trigger;
using catalog::TriggerTiming;

namespace {

std::string events(const Trigger& trigger, const SqlNames& names) {
  std::vector<std::string> parts;
  if (trigger.on_insert) parts.emplace_back("INSERT");
  if (trigger.on_delete) parts.emplace_back("DELETE");
  if (trigger.on_update)
    parts.push_back(trigger.update_columns.empty() ? "UPDATE" : "UPDATE OF " + names.columns(trigger.update_columns));
  if (trigger.on_truncate) parts.emplace_back("TRUNCATE");
  return join(parts, " OR ");
}

std::string transition_tables(const Trigger& trigger) {
  std::string out;
  if (!trigger.old_table.empty()) out += " OLD TABLE AS " + quoted(trigger.old_table);
  if (!trigger.new_table.empty()) out += " NEW TABLE AS " + quoted(trigger.new_table);
  return out.empty() ? "" : "\n    REFERENCING" + out;
}

std::string deferral(const Trigger& trigger) {
  if (trigger.initially_deferred) return " DEFERRABLE INITIALLY DEFERRED";
  return trigger.deferrable ? " DEFERRABLE" : "";
}

std::string trigger_definition(const Trigger& trigger, const SqlNames& names) {
  const std::string_view timing = trigger.timing == TriggerTiming::before       ? " BEFORE "
                                  : trigger.timing == TriggerTiming::instead_of ? " INSTEAD OF "
                                                                                : " AFTER ";
  std::string sql = trigger.is_constraint ? "CONSTRAINT TRIGGER " : "TRIGGER ";
  sql += quoted(trigger.name) + std::string(timing) + events(trigger, names) + " ON " + names.parent(trigger);
  if (trigger.constraint_relation) sql += " FROM " + names.qualified(trigger.constraint_relation);
  sql += deferral(trigger) + transition_tables(trigger);
  if (trigger.for_each_row) sql += "\n    FOR EACH ROW";
  if (!trigger.when.empty()) sql += "\n    WHEN " + parenthesized(trigger.when.text);
  std::vector<std::string> arguments;
  for (const std::string& argument : trigger.arguments) arguments.push_back(catalog::quote_literal(argument));
  return sql + "\n    EXECUTE FUNCTION " + names.qualified(trigger.function) + "(" + join(arguments) + ")";
}

std::string trigger_head_of(const Trigger& trigger, const SqlNames& names) {
  const catalog::Object* relation = names.catalog().find(trigger.parent.oid);
  return relation && relation->kind == Kind::view ? "ALTER TABLE " + names.parent(trigger)
                                                  : alter_head(names, trigger.parent);
}

void alter_trigger_enabled(const Trigger&, const Trigger& to, Alteration& alteration) {
  alteration.out.add(trigger_head_of(to, alteration.to), std::string(enable_word(to.enabled)) + " TRIGGER " + quoted(to.name));
}

void create_trigger(const Trigger& trigger, Creation& creation) {
  creation.out.add("CREATE " + trigger_definition(trigger, creation.names));
  Alteration alteration{creation.names, creation.names, creation.out};
  if (trigger.enabled != catalog::Enabled::origin) alter_trigger_enabled(trigger, trigger, alteration);
}

constexpr auto trigger_fields = field_rules(
    replace<&Trigger::function>(), replace<&Trigger::timing>(), replace<&Trigger::for_each_row>(),
    replace<&Trigger::on_insert>(), replace<&Trigger::on_update>(), replace<&Trigger::on_delete>(),
    replace<&Trigger::on_truncate>(), replace<&Trigger::update_columns>(), replace<&Trigger::when>(),
    replace<&Trigger::arguments>(), replace<&Trigger::old_table>(), replace<&Trigger::new_table>(),
    replace<&Trigger::is_constraint>(), replace<&Trigger::deferrable>(), replace<&Trigger::initially_deferred>(),
    replace<&Trigger::constraint_relation>(), alter<&Trigger::enabled, alter_trigger_enabled>());

}  // namespace

constinit const KindRules trigger_rules = {
    .stage = stage::trigger,
    .create = create_with<create_trigger>,
    .drop = drop_by_address,
    .fields = trigger_fields,
};

}  // namespace pgplumb::diff
