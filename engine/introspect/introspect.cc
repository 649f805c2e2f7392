#include "engine/introspect/introspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "catalog/base/diagnostic.h"
#include "catalog/kinds/user_mapping.h"
#include "engine/introspect/change.h"
#include "engine/introspect/loader.h"
#include "engine/introspect/reading.h"
#include "engine/introspect/unmodeled.h"

namespace pgplumb::engine {

namespace {

using catalog::UsageError;

constexpr int most_connections = 4;

int connection_count(const IntrospectOptions& options) {
  if (options.connections > 0) return options.connections;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most_connections);
}

/// What the catalogs hold of mappings that only others may see.
void note_hidden_options(LiveCatalog& live) {
  live.catalog.for_each<catalog::UserMapping>([&](const catalog::UserMapping& mapping) {
    if (mapping.options_known) return;
    const catalog::Object* server = live.catalog.find(mapping.parent.oid);
    live.unseen.push_back(fmt::format(
        "options of the user mapping for {} on server {}: the server shows them to others only",
        catalog::quote_identifier(mapping.name.view()), catalog::quote_identifier(server ? server->name.view() : "")));
  });
}

void note_denied(LiveCatalog& live, const Reading& reading, const Loaded& loaded) {
  for (const std::string& denied : loaded.denied) live.unseen.push_back("every " + denied);
  const std::pair<const QueryOutcome*, const char*> others[] = {
      {&reading.roles, "names of roles"},
      {&reading.types, "types"},
      {&reading.comments, "comments"},
      {&reading.members, "members of extensions"},
      {&reading.dependencies, "dependencies"},
      {&reading.unmodeled, "objects of kinds that are not compared"},
      {&reading.initdb_objects, "system objects"}};
  for (const auto& [outcome, what] : others)
    if (!outcome->result) live.unseen.push_back(fmt::format("{}: {}", what, outcome->denied));
  for (const std::string& dangling : loaded.dangling)
    live.unseen.push_back("something that others refer to: " + dangling);
}

void note_objects_in_system_schemas(LiveCatalog& live) {
  Unmodeled found{"objects in system schemas", 0, {}, true};
  live.catalog.for_each([&](const catalog::Object& object) {
    const bool in_system_schema = object.parent && catalog::is_builtin(object.parent.oid);
    if (!in_system_schema || object.extension || object.kind == catalog::Kind::collation) return;
    ++found.count;
    if (found.examples.size() < 3) found.examples.push_back(object.name.str());
  });
  if (found.count) live.unmodeled.push_back(std::move(found));
}

void note_unmodeled_schema(LiveCatalog& live) {
  for (const Unmodeled& kind : live.unmodeled)
    if (kind.of_schema)
      live.unseen.push_back(
          fmt::format("{} {}, which can't be compared: {}", kind.count, kind.what, fmt::join(kind.examples, ", ")));
}

/// The reading of that number, from 1. Empty where something changed meanwhile.
std::optional<LiveCatalog> attempt(const ConnectionSettings& settings, const IntrospectOptions& options, int number) {
  SnapshotGroup group(settings, connection_count(options));
  if (options.connected) options.connected(group.version_num());
  if (options.progress) options.progress(IntrospectStage::snapshot_taken);
  const Reading reading = read_catalogs(group);
  if (options.progress) options.progress(IntrospectStage::fetched);
  LiveCatalog live{catalog::Catalog(reading.major),
                   group.version_num(),
                   group.version(),
                   group.source(),
                   {},
                   {},
                   {},
                   group.joined(),
                   1};
  ChangeCheck change(group);
  if (!change.denied().empty()) live.unseen.push_back("changes made while it was read: " + change.denied());
  Loaded loaded = load(reading);
  if (change.happened()) return std::nullopt;
  if (!loaded.dangling.empty() && number < options.attempts) return std::nullopt;
  live.catalog = std::move(loaded.catalog);
  live.catalog.set_server_version(live.server_version_num);
  if (reading.unmodeled.result) live.unmodeled = unmodeled_from(reading.unmodeled.result);
  note_denied(live, reading, loaded);
  note_hidden_options(live);
  note_objects_in_system_schemas(live);
  note_unmodeled_schema(live);
  return live;
}

[[noreturn]] void throw_refused(const ConnectionSettings& settings, const QueryError& error) {
  if (error.sqlstate == "57014")
    throw UsageError(fmt::format("reading the catalogs took longer than {} ms: allow more with --statement-timeout",
                                 settings.statement_timeout_ms));
  if (error.sqlstate == "55P03")
    throw UsageError(
        fmt::format("another session holds a lock, and did not release it within {} ms: try again when no "
                    "migration is running, or allow more with --lock-timeout",
                    settings.lock_timeout_ms));
  throw UsageError(fmt::format("the server can't be read: {} (SQLSTATE {})", error.what(), error.sqlstate));
}

/// What the printing functions raise when an object goes away beneath them, as "cache lookup failed".
bool may_be_concurrent(const QueryError& error) {
  return error.sqlstate == "XX000" || error.sqlstate.starts_with("42") || error.sqlstate == "40001";
}

}  // namespace

LiveCatalog introspect(const ConnectionSettings& settings, const IntrospectOptions& options) {
  for (int number = 1; number <= options.attempts; ++number) {
    try {
      if (std::optional<LiveCatalog> live = attempt(settings, options, number)) {
        live->attempts = number;
        return std::move(*live);
      }
    } catch (const QueryError& error) {
      if (number == options.attempts || !may_be_concurrent(error)) throw_refused(settings, error);
    }
  }
  throw UsageError(
      fmt::format("the schema changed under me each of the {} times that I read it: try again when no "
                  "migration is running",
                  options.attempts));
}

}  // namespace pgplumb::engine
