#include "cli/config.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "catalog/base/diagnostic.h"
#include "catalog/json.h"

namespace pgplumb::cli {

namespace {

using catalog::JsonValue;
using catalog::UsageError;

constexpr std::string_view known_keys[] = {"expected",     "live",   "layout", "pg_version",
                                           "placeholders", "ignore", "sources"};

std::filesystem::path find_file() {
  std::error_code error;
  for (std::filesystem::path at = std::filesystem::current_path(error); !at.empty(); at = at.parent_path()) {
    if (std::filesystem::exists(at / "pgplumb.json", error)) return at / "pgplumb.json";
    if (at == at.parent_path()) break;
  }
  return {};
}

Config parse(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw UsageError(fmt::format("cannot read {}", path.string()));
  const catalog::JsonDocument document(text.str());
  const JsonValue root = document.root();
  if (!root.is_object()) throw UsageError("it is not a JSON object");
  Config config;
  config.path = path.string();
  config.expected = std::string(root.get("expected").string());
  config.live = std::string(root.get("live").string());
  config.layout = std::string(root.get("layout").string());
  config.pg_version = static_cast<int>(root.get("pg_version").integer());
  for (std::size_t i = 0; i < root.get("ignore").size(); ++i)
    config.ignore.emplace_back(root.get("ignore").at(i).string());
  root.get("placeholders").for_each_member([&](std::string_view name, JsonValue value) {
    config.placeholders.emplace(std::string(name), std::string(value.string()));
  });
  root.get("sources").for_each_member([&](std::string_view name, JsonValue value) {
    config.sources.emplace(std::string(name), std::string(value.string()));
  });
  root.for_each_member([&](std::string_view name, JsonValue) {
    for (std::string_view known : known_keys)
      if (name == known) return;
    throw UsageError(fmt::format("unknown key \"{}\"", name));
  });
  return config;
}

}  // namespace

const std::string& Config::source(const std::string& name) const {
  const auto found = sources.find(name);
  if (found != sources.end()) return found->second;
  throw UsageError(path.empty() ? fmt::format("@{}: there is no pgplumb.json here or above to name it", name)
                                : fmt::format("@{}: {} has no source of that name", name, path));
}

const Config& find_config() {
  static const Config config = [] {
    const std::filesystem::path path = find_file();
    if (path.empty()) return Config{};
    try {
      return parse(path);
    } catch (const UsageError& error) {
      throw UsageError(fmt::format("{}: {}", path.string(), error.what()));
    }
  }();
  return config;
}

}  // namespace pgplumb::cli
