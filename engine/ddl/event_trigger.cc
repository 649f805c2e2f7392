// CREATE and ALTER EVENT TRIGGER: commands/event_trigger.c.
#include "catalog/kinds/event_trigger.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "catalog/type_oids.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

// Kinds of objects whose CREATE, ALTER and DROP fire event triggers, and those of the cluster, whose do not
// (cmdtaglist.h).
constexpr std::array<std::string_view, 38> local_objects = {"ACCESS METHOD",
                                                            "AGGREGATE",
                                                            "CAST",
                                                            "COLLATION",
                                                            "CONSTRAINT",
                                                            "CONVERSION",
                                                            "DEFAULT PRIVILEGES",
                                                            "DOMAIN",
                                                            "EXTENSION",
                                                            "FOREIGN DATA WRAPPER",
                                                            "FOREIGN TABLE",
                                                            "FUNCTION",
                                                            "INDEX",
                                                            "LANGUAGE",
                                                            "LARGE OBJECT",
                                                            "MATERIALIZED VIEW",
                                                            "OPERATOR",
                                                            "OPERATOR CLASS",
                                                            "OPERATOR FAMILY",
                                                            "POLICY",
                                                            "PROCEDURE",
                                                            "PUBLICATION",
                                                            "ROUTINE",
                                                            "RULE",
                                                            "SCHEMA",
                                                            "SEQUENCE",
                                                            "SERVER",
                                                            "STATISTICS",
                                                            "SUBSCRIPTION",
                                                            "TABLE",
                                                            "TEXT SEARCH CONFIGURATION",
                                                            "TEXT SEARCH DICTIONARY",
                                                            "TEXT SEARCH PARSER",
                                                            "TEXT SEARCH TEMPLATE",
                                                            "TRANSFORM",
                                                            "TRIGGER",
                                                            "TYPE",
                                                            "USER MAPPING"};
constexpr std::array<std::string_view, 7> other_local_commands = {
    "COMMENT", "CREATE TABLE AS", "GRANT", "IMPORT FOREIGN SCHEMA", "REFRESH MATERIALIZED VIEW",
    "REVOKE",  "SECURITY LABEL"};
constexpr std::array<std::string_view, 6> cluster_objects = {"DATABASE",   "EVENT TRIGGER", "ROLE",
                                                             "TABLESPACE", "SYSTEM",        "PARAMETER"};

enum class TagUse { unknown, unsupported, supported };

template <std::size_t N>
bool lists(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

TagUse use_of(std::string_view tag) {
  if (lists(other_local_commands, tag) || tag == "SELECT INTO" || tag == "CREATE VIEW" || tag == "ALTER VIEW" ||
      tag == "DROP VIEW" || tag == "DROP OWNED")
    return TagUse::supported;
  for (std::string_view verb : {"CREATE ", "ALTER ", "DROP "}) {
    if (tag.substr(0, verb.size()) != verb) continue;
    const std::string_view object = tag.substr(verb.size());
    if (lists(local_objects, object)) return TagUse::supported;
    if (lists(cluster_objects, object)) return TagUse::unsupported;
  }
  return TagUse::unknown;
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

/// validate_ddl_tags and validate_table_rewrite_tags
void check_tag(const std::string& event, const std::string& tag, std::string_view written) {
  const TagUse use = use_of(tag);
  if (use == TagUse::unknown)
    throw SqlError("42601", "filter value \"" + std::string(written) + "\" not recognized for filter variable \"tag\"");
  const bool rewrites = tag == "ALTER TABLE" || tag == "ALTER TYPE" || tag == "ALTER MATERIALIZED VIEW";
  if (use == TagUse::unsupported || (event == "table_rewrite" && !rewrites))
    throw SqlError("0A000", "event triggers are not supported for " + tag);
}

void read_filters(ast::CreateEventTrigStmt statement, EventTrigger& trigger) {
  bool seen = false;
  for (ast::Node node : statement.whenclause()) {
    const auto filter = node.as<ast::DefElem>();
    const std::string name(filter.defname());
    if (name != "tag") throw SqlError("42601", "unrecognized filter variable \"" + name + "\"");
    if (seen) throw SqlError("42601", "filter variable \"" + name + "\" specified more than once");
    seen = true;
    if (trigger.event == "login") throw SqlError("0A000", "tag filtering is not supported for login event triggers");
    for (ast::Node tag : filter.arg().items()) {
      trigger.tags.push_back(upper(tag.str()));
      check_tag(trigger.event, trigger.tags.back(), tag.str());
    }
  }
}

bool is_event(const Interpreter& interpreter, std::string_view name) {
  return name == "ddl_command_start" || name == "ddl_command_end" || name == "sql_drop" || name == "table_rewrite" ||
         (name == "login" && interpreter.major() >= 17);
}

}  // namespace

void create_event_trigger(Interpreter& interpreter, ast::CreateEventTrigStmt statement) {
  EventTrigger trigger;
  trigger.name = Name(statement.trigname());
  trigger.owner = new_owner(interpreter);
  trigger.event = statement.eventname();
  if (!is_superuser(interpreter))
    throw SqlError("42501", "permission denied to create event trigger \"" + trigger.name.str() + "\"", {},
                   "Must be superuser to create an event trigger.");
  if (!is_event(interpreter, trigger.event))
    throw SqlError("42601", "unrecognized event name \"" + trigger.event + "\"");
  read_filters(statement, trigger);
  if (interpreter.catalog().find_named<EventTrigger>(invalid_oid, trigger.name))
    throw SqlError("42710", "event trigger \"" + trigger.name.str() + "\" already exists");
  const Oid function = lookup_function(interpreter, statement.funcname(), {});
  if (cache_of(interpreter).proc(function)->result != types::event_trigger)
    throw SqlError("42P17", "function " + name_list_text(statement.funcname()) + " must return type event_trigger");
  trigger.function = {Kind::function, function};
  interpreter.catalog().insert(std::move(trigger));
}

void alter_event_trigger(Interpreter& interpreter, ast::AlterEventTrigStmt statement) {
  const Address address = find_unqualified(interpreter, ast::ObjectType::OBJECT_EVENT_TRIGGER, statement.trigname());
  require_owner(interpreter, *address.object);
  Enabled enabled = Enabled::origin;
  switch (statement.tgenabled().empty() ? 'O' : statement.tgenabled().front()) {
    case 'D':
      enabled = Enabled::disabled;
      break;
    case 'R':
      enabled = Enabled::replica;
      break;
    case 'A':
      enabled = Enabled::always;
      break;
    default:
      break;
  }
  interpreter.catalog().edit(Ref<EventTrigger>{address.oid}).set<&EventTrigger::enabled>(enabled);
}

}  // namespace pgplumb::engine::ddl
