// pg_get_triggerdef(): ruleutils.c.
#include "catalog/kinds/column.h"
#include "catalog/kinds/trigger.h"
#include "engine/deparse/deparse.h"
#include "engine/deparse/names.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/object_names.h"

namespace pgplumb::engine::evaluate {

namespace {

using catalog::Trigger;

std::string qualified_relation(const Call& call, Oid relation) {
  const analyze::RelationRow* row = call.cache().relation(relation);
  return row ? qualified(call.cache(), row->schema, row->name) : "???";
}

std::string events(const Call& call, const Trigger& trigger) {
  std::string text;
  const auto add = [&](bool wanted, std::string_view word) {
    if (wanted) text += (text.empty() ? "" : " OR ") + std::string(word);
  };
  add(trigger.on_insert, "INSERT");
  add(trigger.on_delete, "DELETE");
  add(trigger.on_update, "UPDATE");
  std::string columns;
  for (const auto& column : trigger.update_columns)
    if (const auto* found = call.interpreter().catalog().find_as<catalog::Column>(column.oid))
      columns += (columns.empty() ? " OF " : ", ") + deparse::quote_identifier(call.cache(), found->name.view());
  text += columns;
  add(trigger.on_truncate, "TRUNCATE");
  return text;
}

std::string arguments(const Trigger& trigger) {
  std::string text;
  for (const std::string& argument : trigger.arguments)
    text += (text.empty() ? "" : ", ") + catalog::quote_literal(argument);
  return text;
}

std::string transition_tables(const Call& call, const Trigger& trigger) {
  if (trigger.old_table.empty() && trigger.new_table.empty()) return {};
  std::string text = "REFERENCING ";
  const auto name = [&](Name table) { return deparse::quote_identifier(call.cache(), table.view()) + " "; };
  if (!trigger.old_table.empty()) text += "OLD TABLE AS " + name(trigger.old_table);
  if (!trigger.new_table.empty()) text += "NEW TABLE AS " + name(trigger.new_table);
  return text;
}

std::string constraint_words(const Call& call, const Trigger& trigger) {
  if (!trigger.is_constraint) return {};
  std::string text;
  if (trigger.constraint_relation) text += "FROM " + qualified_relation(call, trigger.constraint_relation.oid) + " ";
  text += trigger.deferrable ? "DEFERRABLE INITIALLY " : "NOT DEFERRABLE INITIALLY ";
  return text + (trigger.initially_deferred ? "DEFERRED " : "IMMEDIATE ");
}

const char* timing(const Trigger& trigger) {
  if (trigger.timing == catalog::TriggerTiming::before) return "BEFORE ";
  return trigger.timing == catalog::TriggerTiming::after ? "AFTER " : "INSTEAD OF ";
}

}  // namespace

Value trigger_definition(const Call& call) {
  if (call.size() > 1 && call.truth(1)) throw NotSimulated("a definition printed prettily");
  const auto* trigger = call.interpreter().catalog().find_as<Trigger>(call.oid(0));
  if (!trigger) return call.null();
  std::string text = trigger->is_constraint ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ";
  text +=
      deparse::quote_identifier(call.cache(), trigger->name.view()) + " " + timing(*trigger) + events(call, *trigger);
  text += " ON " + qualified_relation(call, trigger->parent.oid) + " " + constraint_words(call, *trigger);
  text += transition_tables(call, *trigger) + (trigger->for_each_row ? "FOR EACH ROW " : "FOR EACH STATEMENT ");
  if (!trigger->when.empty()) {
    if (!trigger->when.tree) throw NotSimulated("a trigger's condition");
    text += "WHEN " + deparse::print_trigger_condition(call.cache(), *trigger->when.tree, trigger->parent.oid) + " ";
  }
  const analyze::ProcRow* function = call.cache().proc(trigger->function.oid);
  if (!function) return Value::unknown(call.result, "a trigger's function");
  const bool visible = function_is_visible(call.cache(), function->oid);
  text += "EXECUTE FUNCTION " + (visible ? deparse::quote_identifier(call.cache(), function->name)
                                         : qualified(call.cache(), function->schema, function->name));
  return call.of(text + "(" + arguments(*trigger) + ")");
}

}  // namespace pgplumb::engine::evaluate
