#include "catalog/kinds/event_trigger.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::EventTrigger;

namespace {

void alter_event_trigger_enabled(const EventTrigger&, const EventTrigger& to, Alteration& alteration) {
  alteration.out.add("ALTER " + alteration.to.address(to) + " " + std::string(enable_word(to.enabled)));
}

void create_event_trigger(const EventTrigger& trigger, Creation& creation) {
  const SqlNames& names = creation.names;
  std::vector<std::string> tags;
  for (const std::string& tag : trigger.tags) tags.push_back(catalog::quote_literal(tag));
  std::string sql = "CREATE " + names.address(trigger) + " ON " + trigger.event;
  if (!tags.empty()) sql += "\n    WHEN TAG IN (" + join(tags) + ")";
  creation.out.add(sql + "\n    EXECUTE FUNCTION " + names.qualified(trigger.function) + "()");
  Alteration alteration{names, names, creation.out};
  if (trigger.enabled != catalog::Enabled::origin) alter_event_trigger_enabled(trigger, trigger, alteration);
}

constexpr auto event_trigger_fields =
    field_rules(replace<&EventTrigger::event>(), replace<&EventTrigger::function>(),
                alter<&EventTrigger::enabled, alter_event_trigger_enabled>(), replace<&EventTrigger::tags>());

}  // namespace

constinit const KindRules event_trigger_rules = {
    .stage = stage::event_trigger,
    .create = create_with<create_event_trigger>,
    .drop = drop_by_address,
    .fields = event_trigger_fields,
};

}  // namespace pgplumb::diff
