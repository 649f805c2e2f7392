#pragma once
// A tree of files in memory, and what tests of layouts ask of what was read.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "catalog/base/diagnostic.h"
#include "parser/layout/layout.h"

namespace pgplumb::tests {

class MemoryTree : public parser::FileTree {
 public:
  explicit MemoryTree(std::map<std::string, std::string> files) : FileTree("m"), files_(std::move(files)) {}

  parser::EntryKind kind(const std::string& path) const override {
    if (files_.count(path) != 0) return parser::EntryKind::file;
    return path.empty() || has_below(path) ? parser::EntryKind::directory : parser::EntryKind::none;
  }
  std::vector<parser::Entry> list(const std::string& directory) const override {
    std::map<std::string, parser::EntryKind> names;
    const std::string prefix = directory.empty() ? "" : directory + "/";
    for (const auto& [path, text] : files_) {
      if (path.rfind(prefix, 0) != 0) continue;
      const std::string rest = path.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      names[rest.substr(0, slash)] =
          slash == std::string::npos ? parser::EntryKind::file : parser::EntryKind::directory;
    }
    std::vector<parser::Entry> entries;
    for (const auto& [name, kind] : names) entries.push_back({name, kind});
    return entries;
  }
  std::string read(const std::string& path) const override { return files_.at(path); }

 private:
  bool has_below(const std::string& path) const {
    return std::any_of(files_.begin(), files_.end(),
                       [&](const auto& file) { return file.first.rfind(path + "/", 0) == 0; });
  }
  std::map<std::string, std::string> files_;
};

struct Read {
  catalog::SourceMap map;
  parser::Migrations migrations;
  std::string error;

  std::vector<std::string> paths() const {
    std::vector<std::string> out;
    for (const parser::MigrationFile& file : migrations.files) out.push_back(file.path);
    return out;
  }
  std::string remarks() const {
    std::string out;
    for (const catalog::Diagnostic& diagnostic : migrations.diagnostics) out += diagnostic.message + "\n";
    return out;
  }
};

inline std::unique_ptr<Read> read(const parser::FileTree& tree, const parser::LayoutOptions& options = {}) {
  auto result = std::make_unique<Read>();
  try {
    result->migrations = parser::read_migrations(tree, result->map, options);
  } catch (const catalog::UsageError& error) {
    result->error = error.what();
  }
  return result;
}

inline std::unique_ptr<Read> read(std::map<std::string, std::string> files, const parser::LayoutOptions& options = {}) {
  return read(MemoryTree(std::move(files)), options);
}

}  // namespace pgplumb::tests
