// Loading sources: live databases, snapshots, migrations and SQL.
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

#include "catalog/base/diagnostic.h"
#include "catalog/snapshot.h"
#include "cli/history.h"
#include "cli/include.h"
#include "cli/loading.h"
#include "cli/progress.h"
#include "cli/source.h"
#include "cli/version.h"
#include "engine/bootstrap.h"
#include "engine/introspect/introspect.h"
#include "engine/seal.h"
#include "engine/simulate.h"

namespace pgplumb::cli {

namespace {

using catalog::Catalog;
using catalog::UsageError;
using diff::ReportNote;

std::shared_ptr<const Catalog> share(Catalog catalog) { return std::make_shared<const Catalog>(std::move(catalog)); }

std::string read_stream(std::istream& in, const std::string& path) {
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) throw UsageError(fmt::format("cannot read {}", path));
  return text.str();
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UsageError(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  return read_stream(file, path);
}

// --- A live database ---------------------------------------------------------------------------------------------------

void load_live(LoadedSource& loaded, const LoadOptions& options, const std::function<void(int)>& connected) {
  engine::ConnectionSettings settings;
  settings.target = loaded.spec.text;
  settings.statement_timeout_ms = options.statement_timeout_ms;
  settings.lock_timeout_ms = options.lock_timeout_ms;
  engine::IntrospectOptions introspect;
  introspect.connections = options.connections;
  introspect.connected = connected;
  engine::LiveCatalog live = engine::introspect(settings, introspect);
  loaded.spec.description = live.source;
  loaded.major = live.catalog.major();
  loaded.server_version_num = live.server_version_num;
  for (const std::string& sentence : live.unseen) loaded.unseen.push_back({sentence, "", 0, 0, "unseen"});
  for (const engine::Unmodeled& kind : live.unmodeled) {
    if (kind.of_schema) continue;  // among what was not seen
    loaded.left_out.push_back({fmt::format("{} {} (not modelled){}{}", kind.count, kind.what,
                                           kind.examples.empty() ? "" : ": ", fmt::join(kind.examples, ", ")),
                               "", 0, 0, "not-modelled"});
  }
  loaded.catalog = share(std::move(live.catalog));
}

// --- A snapshot --------------------------------------------------------------------------------------------------------

void load_snapshot(LoadedSource& loaded) {
  try {
    catalog::Snapshot snapshot = catalog::read_snapshot(read_file(loaded.spec.text));
    loaded.major = snapshot.info.major;
    for (const std::string& reason : snapshot.info.unsure)
      loaded.unseen.push_back({"the snapshot was taken in doubt: " + reason, "", 0, 0, "unseen"});
    loaded.catalog = std::move(snapshot.catalog);
    loaded.snapshot_origins = std::move(snapshot.origins);
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("{}: {}", loaded.spec.text, error.what()));
  }
}

// --- Migrations and SQL ------------------------------------------------------------------------------------------------

ReportNote note_of(const LoadedSource& loaded, const engine::StatementResult& result, const std::string& code) {
  ReportNote note;
  note.message = result.outcome.message;
  if (code == "sql-error") note.message = fmt::format("{} ({})", note.message, result.outcome.sqlstate);
  if (!result.outcome.detail.empty()) note.message += "; " + result.outcome.detail;
  if (!result.outcome.hint.empty()) note.message += "; hint: " + result.outcome.hint;
  note.code = code;
  if (!result.at.empty()) {
    const catalog::Position position = loaded.sources->position(result.at);
    note.file = loaded.sources->file(result.at.file).path;
    note.line = position.line;
    note.column = position.column;
  }
  return note;
}

std::string_view outcome_word(engine::Status status) {
  switch (status) {
    case engine::Status::ok: return "ok";
    case engine::Status::error: return "error";
    case engine::Status::skipped: return "skipped";
    case engine::Status::not_simulated: return "not_simulated";
  }
  return "error";
}

void take_results(LoadedSource& loaded, const std::vector<engine::StatementResult>& results) {
  for (const engine::StatementResult& result : results) {
    const engine::Outcome& outcome = result.outcome;
    loaded.outcomes.push_back({result.span, std::string(parser::ast::to_string(result.tag)),
                               std::string(outcome_word(outcome.status)), outcome.sqlstate, outcome.message});
    if (outcome.status == engine::Status::error) loaded.errors.push_back(note_of(loaded, result, "sql-error"));
    if (outcome.status == engine::Status::not_simulated)
      loaded.not_simulated.push_back(note_of(loaded, result, "not-simulated"));
  }
}

int choose_major(const LoadOptions& options, const Loading* other) {
  if (options.major) return options.major;
  const int major = other ? other->version().major : 0;
  return major ? major : std::stoi(grammar_version());
}

/// Keeps the files that the live branch has had: drift is measured against the point that it has reached.
void keep_applied(LoadedSource& loaded, History& history, const LoadOptions& options, const Loading& other) {
  if (!has_history_table(history.migrations)) return;
  const LoadedSource& live = other.loaded();
  const Progress progress = read_progress(history.migrations, live, options);
  if (!progress.known) return;
  for (const std::string& key : progress.unknown_keys)
    loaded.unseen.push_back({fmt::format("{} has had the migration {}, which {} does not hold", live.spec.description, key,
                                         loaded.spec.description),
                             "", 0, 0, "unknown-migration"});
  std::vector<parser::MigrationFile> applied;
  for (std::size_t index : progress.applied) applied.push_back(history.migrations.files[index]);
  for (std::size_t index : progress.pending) {
    const parser::MigrationFile& file = history.migrations.files[index];
    loaded.pending.push_back({"not yet applied", file.path, 1, 1, "pending"});
  }
  history.migrations.files = std::move(applied);
}

void load_history(LoadedSource& loaded, const LoadOptions& options, const Loading* other) {
  History history = read_history(loaded.spec, options, *loaded.sources);
  const bool beside_live = other && other->is_live();
  if (beside_live) keep_applied(loaded, history, options, *other);
  loaded.bookkeeping = bookkeeping_names(history.migrations);
  loaded.not_simulated = std::move(history.unread);
  loaded.left_out = std::move(history.left_out);
  loaded.major = choose_major(options, other);
  engine::SimulateOptions simulate;
  simulate.environment.major = loaded.major;
  simulate.environment.now = options.now;
  simulate.keep_going = options.on_error == "continue";
  simulate.variables = options.variables;
  simulate.include = include_from(loaded.spec, *loaded.sources);
  Catalog initial = engine::fresh_database(loaded.major);
  if (beside_live) simulate.installed = [other] { return other->loaded().catalog; };
  if (other) initial.set_server_version(other->version().server_version_num);
  engine::Simulation simulation =
      engine::simulate(runs_of(history.migrations, *loaded.sources), *loaded.sources, std::move(initial), simulate);
  take_results(loaded, simulation.results);
  engine::seal(simulation.catalog);
  loaded.catalog = share(std::move(simulation.catalog));
}

}  // namespace

LoadedSource load(const SourceSpec& spec, const LoadOptions& options, const Loading* other,
                  const std::function<void(int)>& connected) {
  LoadedSource loaded;
  loaded.spec = spec;
  loaded.sources = std::make_shared<catalog::SourceMap>();
  switch (spec.kind) {
    case SourceKind::live: load_live(loaded, options, connected); break;
    case SourceKind::snapshot: load_snapshot(loaded); break;
    case SourceKind::empty:
      loaded.major = choose_major(options, other);
      loaded.catalog = share(engine::fresh_database(loaded.major));
      break;
    case SourceKind::migrations:
    case SourceKind::sql:
    case SourceKind::git: load_history(loaded, options, other); break;
  }
  loaded.sealed = catalog::freeze(loaded.catalog);
  return loaded;
}

std::size_t parse_source_only(const SourceSpec& spec, const LoadOptions& options) {
  catalog::SourceMap sources;
  const History history = read_history(spec, options, sources);
  return engine::parse_only(runs_of(history.migrations, sources), sources);
}

LoadedPair load_pair(const std::string& first, const std::string& second, const LoadOptions& options) {
  const SourceSpec first_spec = parse_source(first);
  const SourceSpec second_spec = parse_source(second);
  const bool second_tells = second_spec.kind == SourceKind::live || second_spec.kind == SourceKind::snapshot;
  LoadedPair pair;
  LoadedSource& telling = second_tells ? pair.second : pair.first;
  LoadedSource& asking = second_tells ? pair.first : pair.second;
  Loading other(second_tells ? second_spec : first_spec, options);
  try {
    asking = load(second_tells ? first_spec : second_spec, options, &other);
  } catch (...) {
    other.loaded();  // its error comes first
    throw;
  }
  telling = other.take();
  return pair;
}

diff::ReportOrigin LoadedSource::origin(catalog::StatementId statement) const {
  const catalog::Span span = sources->statement(statement);
  if (span.empty()) return {};
  const catalog::SourceFile& file = sources->file(span.file);
  return {file.path, sources->position(span).line, file.migration};
}

diff::ReportOrigin LoadedSource::origin(const catalog::Object& object, const void* field) const {
  const catalog::StatementId statement = field ? object.origin_of(field) : object.created;
  if (statement != catalog::StatementId::none) return origin(statement);
  const auto recorded = snapshot_origins.find(object.oid);
  if (recorded == snapshot_origins.end()) return {};
  const std::size_t colon = recorded->second.rfind(':');
  return {recorded->second.substr(0, colon), static_cast<std::uint32_t>(std::stoul(recorded->second.substr(colon + 1))), ""};
}

}  // namespace pgplumb::cli
