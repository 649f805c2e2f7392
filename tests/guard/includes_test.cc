// The house's arrows: which top-level folder may include which. Reads the #include lines themselves.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "tests/catch.h"

namespace {

const std::map<std::string, std::set<std::string>> allowed = {
    {"catalog", {"catalog"}},
    {"parser", {"parser", "catalog"}},
    {"engine", {"engine", "parser", "catalog"}},
    {"diff", {"diff", "catalog"}},
    {"cli", {"cli", "diff", "engine", "parser", "catalog"}},
};

std::string folder_of(const std::string& path) { return path.substr(0, path.find('/')); }

// Every forbidden arrow as "file includes target".
std::vector<std::string> forbidden_arrows(const std::filesystem::path& root, const std::string& folder) {
  static const std::regex include("^\\s*#include \"([^\"]+)\"");
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    const std::string extension = entry.path().extension();
    if (extension != ".h" && extension != ".cc" && extension != ".cpp" && extension != ".def") continue;
    std::ifstream file(entry.path());
    std::smatch match;
    for (std::string line; std::getline(file, line);)
      if (std::regex_search(line, match, include) && allowed.count(folder_of(match[1])) &&
          !allowed.at(folder).count(folder_of(match[1])))
        found.push_back(entry.path().string() + " includes " + match[1].str());
  }
  return found;
}

}  // namespace

TEST_CASE("no folder includes one that it must not know", "[guard]") {
  for (const auto& [folder, targets] : allowed) {
    const std::vector<std::string> arrows = forbidden_arrows(PGPLUMB_SOURCE_DIR, folder);
    INFO(folder);
    CHECK(arrows == std::vector<std::string>{});
  }
}

TEST_CASE("parser knows nothing of catalog but its floor", "[guard]") {
  static const std::regex include("^\\s*#include \"catalog/(?!base/)([^\"]+)\"");
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(PGPLUMB_SOURCE_DIR) / "parser")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      INFO(entry.path().string() << ": " << line);
      CHECK_FALSE(std::regex_search(line, include));
    }
  }
}

TEST_CASE("the generic comparison and the formats name no kind of object", "[guard]") {
  std::set<std::string> words;
  std::ifstream registry(std::filesystem::path(PGPLUMB_SOURCE_DIR) / "catalog/kinds.def");
  static const std::regex kind("^KIND\\(([a-z_]+), ([A-Za-z]+)\\)");
  std::smatch match;
  for (std::string line; std::getline(registry, line);)
    if (std::regex_search(line, match, kind)) words.insert("Kind::" + match[1].str());
  REQUIRE(words.size() > 40);
  std::vector<std::filesystem::path> files = {std::filesystem::path(PGPLUMB_SOURCE_DIR) / "diff/compare.cc"};
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(PGPLUMB_SOURCE_DIR) / "diff/render"))
    files.push_back(entry.path());
  for (const auto& path : files) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
      for (const std::string& word : words) {
        INFO(path.string() << ": " << line);
        CHECK(line.find(word) == std::string::npos);
      }
  }
}
