#pragma once
// pgplumb.json: what a repository says once so that its commands need no arguments. Found by walking up from the working
// directory.
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace pgplumb::cli {

struct Config {
  std::string path;  // empty: there is none
  std::unordered_map<std::string, std::string> sources;
  std::string expected;  // default for check, snapshot, simulate and fingerprint
  std::string live;      // default for check
  std::string layout;
  int pg_version = 0;
  std::map<std::string, std::string> placeholders;  // Flyway's, by name
  std::vector<std::string> ignore;  // patterns over "kind identity", * and ? as wildcards

  /// Throws UsageError where no source has that name.
  const std::string& source(const std::string& name) const;
};

/// Throws UsageError where a pgplumb.json is there and can't be understood.
const Config& find_config();

}  // namespace pgplumb::cli
