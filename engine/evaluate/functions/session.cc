// What functions say of the session and the server: guc_funcs.c, name.c's current_schema, version.c, sequence.c.
#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/schema.h"
#include "catalog/type_oids.h"
#include "engine/ddl/namespace.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/object_names.h"
#include "engine/evaluate/session_values.h"

namespace pgplumb::engine::evaluate {

namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

/// What SHOW gives of parameters that the simulation itself decides.
std::optional<std::string> decided(const Interpreter& interpreter, const std::string& name) {
  // Scripts ask for the major; where no server has told its minor release, the first one stands for all.
  if (name == "server_version_num") {
    const int known = interpreter.catalog().server_version();
    return std::to_string(known > 0 ? known : interpreter.major() * 10000);
  }
  if (name == "role") {
    const auto role = interpreter.session().parameter("role");
    return role.value_or("none");
  }
  return {};
}

bool depends_on_the_server(const std::string& name) {
  constexpr std::string_view names[] = {"server_version",  "server_version_num", "port",
                                        "data_directory",  "config_file",        "hba_file",
                                        "lc_collate",      "lc_ctype",           "lc_messages",
                                        "lc_monetary",     "shared_buffers",     "timezone_abbreviations",
                                        "server_encoding", "data_checksums",     "in_hot_standby"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

Value current_setting_of(const Call& call) {
  const std::string name = lower(call.text(0));
  if (const auto value = decided(call.interpreter(), name)) return call.of(*value);
  if (const auto value = call.interpreter().session().parameter(name); value && !depends_on_the_server(name))
    return call.of(*value);
  if (const auto* setting = call.cache().builtin().setting(name)) {
    if (depends_on_the_server(name) || setting->boot_val.is_null())
      return Value::unknown(call.result, "the server's parameter " + name);
    return call.of(std::string(setting->boot_val.view()));
  }
  if (call.size() > 1 && call.truth(1)) return call.null();
  throw SqlError("42704", "unrecognized configuration parameter \"" + call.text(0) + "\"");
}

Value set_setting(const Call& call) {
  if (call.is_null(0)) throw SqlError("22004", "SET requires parameter name");
  const SetScope scope = !call.is_null(2) && call.truth(2) ? SetScope::local : SetScope::session;
  if (call.is_null(1)) {
    call.interpreter().session().reset_parameter(call.text(0), scope);
    return call.of(call.interpreter().session().parameter(lower(call.text(0))).value_or(""));
  }
  call.interpreter().session().set_parameter(call.text(0), call.text(1), scope);
  return call.of(call.text(1));
}

Value current_user_name(const Call& call) { return call.of(call.interpreter().session().current_user().str()); }
Value session_user_name(const Call& call) { return call.of(call.interpreter().session().session_user().str()); }
Value current_database_name(const Call& call) { return call.of(call.interpreter().environment().database); }

Value current_schema_name(const Call& call) {
  const std::string schema = current_schema(call.interpreter());
  return schema.empty() ? call.null() : call.of(schema);
}

Value current_schema_names(const Call& call) {
  std::vector<Element> names;
  const auto add = [&](Oid schema) { names.push_back(ddl::schema_name(call.interpreter(), schema)); };
  std::vector<Oid> listed;
  for (const Name& name : call.interpreter().session().search_path())
    if (const Oid schema = ddl::find_schema(call.interpreter(), name.view()); schema != invalid_oid)
      listed.push_back(schema);
  for (Oid schema : call.interpreter().search_path()) {
    const bool implicit = std::find(listed.begin(), listed.end(), schema) == listed.end();
    if (!implicit || call.truth(0)) add(schema);
  }
  return array_value(call.result, std::move(names));
}

Value server_dependent(const Call& call) {
  const analyze::ProcRow* row = call.cache().proc(call.function);
  return Value::unknown(call.result, "the result of " + (row ? std::string(row->name) : "a function") + "()");
}

/// setval(): the value that it sets.
Value set_sequence_value(const Call& call) { return call.of(call.text(1)); }

Value own_temporary_schema(const Call& call) {
  return call.of(std::to_string(call.interpreter().session().temporary_schema()));
}

// Nobody knows when migrations run, unless they are simulated for a given moment.
Value transaction_time(const Call& call) {
  if (!call.interpreter().environment().now) return server_dependent(call);
  Value now = input(call.interpreter(), {catalog::types::timestamptz, -1}, "now");
  now.type = call.result;
  return now;
}

Value nothing(const Call& call) { return call.null(); }
Value always_true(const Call& call) { return call.boolean(true); }
Value always_false(const Call& call) { return call.boolean(false); }

}  // namespace pgplumb::engine::evaluate
