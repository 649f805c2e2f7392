#pragma once
// An event trigger of the database (pg_event_trigger).
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

struct EventTrigger : Object {
  std::string event;
  AnyRef function;
  Enabled enabled = Enabled::origin;
  std::vector<std::string> tags;  // WHEN TAG IN
};

inline constexpr auto event_trigger_fields =
    fields(field<&Object::name>("name", identity, "e.evtname"), field<&EventTrigger::event>("event", attribute, "e.evtevent"),
           field<&EventTrigger::function>("function", attribute, "'1255/' || e.evtfoid"),
           field<&EventTrigger::enabled>("enabled", attribute, "e.evtenabled"),
           field<&EventTrigger::tags>("tags", attribute | set, "to_json(e.evttags)"));

}  // namespace pgplumb::catalog
