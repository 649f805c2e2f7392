// The release build compiles a folder's units in batches, where their unnamed namespaces are one: a name that two of them
// have would be refused at best, and at worst call the wrong overload.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "tests/catch.h"

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

/// What a line at the margin declares; empty where it declares nothing.
std::string declared(const std::string& line) {
  static const std::regex type("^(?:struct|class|enum class|enum)\\s+(\\w+)\\b(?!::)");
  static const std::regex alias("^using\\s+(\\w+)\\s*=");
  static const std::regex other("^(?:template.*>)?\\s*[\\w:<>,\\*&\\s\\[\\]]*?[\\s\\*&](\\w+)\\s*[(={\\[]");
  if (line.empty() || std::string_view(" }/#*").find(line[0]) != std::string_view::npos) return {};
  if (line.starts_with("namespace") || line.starts_with("using namespace")) return {};
  std::smatch match;
  for (const std::regex* form : {&type, &alias, &other})
    if (std::regex_search(line, match, *form)) return match[1];
  return {};
}

Names names_in(const fs::path& path, bool unnamed_only) {
  Names names;
  std::ifstream file(path);
  bool inside = !unnamed_only;
  for (std::string line; std::getline(file, line);) {
    if (unnamed_only && line == "namespace {") inside = true;
    if (unnamed_only && line == "}  // namespace") inside = false;
    if (!inside) continue;
    if (std::string name = declared(line); !name.empty()) names.insert(std::move(name));
  }
  return names;
}

/// Each name that a unit of the folder has for itself and another unit, or a header, has too.
std::vector<std::string> shared_names(const fs::path& folder) {
  std::map<std::string, std::vector<std::string>> units;
  Names headers;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".h") headers.merge(names_in(entry.path(), false));
    if (entry.path().extension() != ".cc") continue;
    for (const std::string& name : names_in(entry.path(), true)) units[name].push_back(entry.path().filename());
  }
  std::vector<std::string> shared;
  for (const auto& [name, files] : units)
    if (files.size() > 1 || headers.count(name) > 0) shared.push_back(name + " in " + files.front() + " and elsewhere");
  return shared;
}

}  // namespace

TEST_CASE("what a unit has for itself has a name of its own in its folder", "[guard]") {
  for (const char* top : {"catalog", "parser", "engine", "diff", "cli"}) {
    const fs::path root = fs::path(PGPLUMB_SOURCE_DIR) / top;
    std::vector<fs::path> folders{root};
    for (const auto& entry : fs::recursive_directory_iterator(root))
      if (entry.is_directory()) folders.push_back(entry.path());
    for (const fs::path& folder : folders) {
      INFO(folder.string());
      CHECK(shared_names(folder) == std::vector<std::string>{});
    }
  }
}
