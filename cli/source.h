#pragma once
// Sources: whatever a schema can be read from, loaded into a sealed catalog together with all that was not understood.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/base/source.h"
#include "catalog/freeze.h"
#include "diff/report.h"

namespace pgplumb::cli {

enum class SourceKind { live, migrations, sql, snapshot, git, empty };

/// What the user wrote, told apart by its form and, for paths, by what is there.
struct SourceSpec {
  SourceKind kind = SourceKind::empty;
  std::string text;         // as written
  std::string description;  // for reports: never a password
};

/// Throws UsageError where `text` is no source, or names a path that does not exist.
SourceSpec parse_source(const std::string& text);

struct LoadOptions {
  std::string layout;     // empty: recognised by its files
  std::map<std::string, std::string> placeholders;  // Flyway's, by name
  int major = 0;          // 0: the live side's, or the newest that the linked grammar knows
  int connections = 0;    // 0: one a core, at most 4
  int statement_timeout_ms = 60000;
  int lock_timeout_ms = 5000;
  std::string on_error = "stop";  // or "continue": on after a statement that PostgreSQL refuses
  std::map<std::string, std::string> variables;  // psql's, by name
  std::optional<std::int64_t> now;  // the simulation's clock, microseconds since 1970 UTC; else nobody knows it
};

/// What one statement did, for `simulate --outcomes`.
struct StatementOutcome {
  catalog::Span span;
  std::string tag;
  std::string outcome;  // ok, error, skipped, not_simulated
  std::string sqlstate;
  std::string message;
};

struct LoadedSource {
  SourceSpec spec;
  std::shared_ptr<catalog::SourceMap> sources;
  std::shared_ptr<const catalog::Catalog> catalog;
  std::optional<catalog::SealedCatalog> sealed;
  int major = 0;
  int server_version_num = 0;
  std::vector<diff::ReportNote> errors;
  std::vector<diff::ReportNote> not_simulated;
  std::vector<diff::ReportNote> unresolved;
  std::vector<diff::ReportNote> unseen;
  std::vector<diff::ReportNote> left_out;  // exists, and is not modelled: counted and named
  std::vector<StatementOutcome> outcomes;
  std::vector<diff::ReportNote> pending;  // migrations that the live side has not yet had
  std::vector<std::string> bookkeeping;  // "schema.table" of the layout's own tables; a schema is optional
  std::unordered_map<catalog::Oid, std::string> snapshot_origins;  // "file:line"

  /// Whether anything keeps this side from being the whole truth.
  bool unsure() const { return !errors.empty() || !not_simulated.empty() || !unseen.empty(); }
  diff::ReportOrigin origin(catalog::StatementId statement) const;
  diff::ReportOrigin origin(const catalog::Object& object, const void* field) const;
};

class Loading;

/// Loads a source. `other`: the side that it will be compared with, which tells what is simulated its major, how far the
/// branch has come, and the members of extensions. `connected` is called with the version_num of a live source's server.
LoadedSource load(const SourceSpec& spec, const LoadOptions& options, const Loading* other = nullptr,
                  const std::function<void(int)>& connected = {});

/// Parses a source of SQL and does nothing else; how many statements there were.
std::size_t parse_source_only(const SourceSpec& spec, const LoadOptions& options);

/// Loads both sides of a comparison, at the same time where one of them is live. Where both fail, the error is that of the
/// side that tells the major.
struct LoadedPair {
  LoadedSource first;
  LoadedSource second;
};
LoadedPair load_pair(const std::string& first, const std::string& second, const LoadOptions& options);

}  // namespace pgplumb::cli
