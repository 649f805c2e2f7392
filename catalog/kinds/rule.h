#pragma once
// A rewrite rule (pg_rewrite); a view's own ON SELECT rule is the view's query.
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

/// pg_rewrite.ev_type
enum class RuleEvent : std::uint8_t { select, update, insert, delete_ };
inline constexpr EnumEntry rule_event_entries[] = {
    {0, "1", "select"}, {1, "2", "update"}, {2, "3", "insert"}, {3, "4", "delete"}};
constexpr std::span<const EnumEntry> enum_entries(RuleEvent) { return rule_event_entries; }

struct Rule : Object {
  RuleEvent event = RuleEvent::insert;
  bool instead = false;
  Enabled enabled = Enabled::origin;
  Query definition;  // CREATE RULE …, whole; its tree is a compound query
};

inline constexpr auto rule_fields = fields(
    field<&Object::parent>("relation", parent, "'1259/' || r.ev_class"),
    field<&Object::name>("name", identity, "r.rulename"), field<&Rule::event>("event", attribute, "r.ev_type"),
    field<&Rule::instead>("instead", attribute, "r.is_instead"),
    field<&Rule::enabled>("enabled", attribute, "r.ev_enabled"),
    field<&Rule::definition>("definition", attribute, "pg_get_ruledef(r.oid)").sees(ExprScope::query));

}  // namespace pgplumb::catalog
