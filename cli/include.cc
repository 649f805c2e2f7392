#include "cli/include.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>

#include "parser/layout/file_tree.h"
#include "parser/script.h"

namespace pgplumb::cli {

namespace {

using catalog::FileId;
using catalog::NotSimulated;

/// The directory of a source that is one file: git:REV:a/b.sql is in git:REV:a.
std::string directory_of(const std::string& file) {
  const std::size_t end = file.find_last_of("/:");
  if (end == std::string::npos) return ".";
  return file[end] == ':' ? file.substr(0, end + 1) + "." : file.substr(0, std::max<std::size_t>(end, 1));
}

class Includer {
 public:
  Includer(std::string root, catalog::SourceMap& sources)
      : tree_(parser::open_tree(root)), root_(std::move(root)), sources_(sources) {}

  FileId operator()(const std::string& path, FileId including, bool beside) {
    const std::string inside = beside ? within(sibling(path, including)) : from_working_directory(path);
    const auto known = files_.find(inside);
    if (known != files_.end()) return known->second;
    const std::string shown = tree_->display(inside);
    const FileId file = sources_.add({shown, parser::source_text(shown, tree_->read(inside)), sources_.file(including).migration});
    return files_.emplace(inside, file).first->second;
  }

 private:
  // A path within the root, without detours.
  std::string within(const std::string& path) const {
    const std::string plain = std::filesystem::path(path).lexically_normal().generic_string();
    if (plain.empty() || plain.front() == '/' || plain == ".." || plain.starts_with("../"))
      throw NotSimulated(fmt::format("{} lies outside of {}: it is not read", path, root_));
    if (!tree_->has_file(plain)) throw NotSimulated(fmt::format("{} has no file {}", root_, plain));
    return plain;
  }

  std::string sibling(const std::string& path, FileId including) const {
    if (path.starts_with('/')) return path;
    const std::string file = below_root(sources_.file(including).path);
    return (std::filesystem::path(file).parent_path() / path).generic_string();
  }

  std::string from_working_directory(const std::string& path) const {
    const std::string plain = std::filesystem::path(path).lexically_normal().generic_string();
    const std::string below = below_root(plain);
    if (below == plain || !tree_->has_file(below)) return within(plain);
    if (tree_->has_file(plain)) throw NotSimulated(fmt::format("{} may be {} or {}", path, below, tree_->display(plain)));
    return within(below);
  }

  std::string below_root(const std::string& path) const {
    return path.starts_with(root_ + "/") ? path.substr(root_.size() + 1) : path;
  }

  std::shared_ptr<parser::FileTree> tree_;
  std::string root_;
  catalog::SourceMap& sources_;
  std::map<std::string, FileId> files_;
};

}  // namespace

engine::IncludeFile include_from(const SourceSpec& spec, catalog::SourceMap& sources) {
  if (spec.text == "-") return {};
  const bool is_directory = parser::open_tree(spec.text)->has_directory("");
  std::string root = is_directory ? spec.text : directory_of(spec.text);
  while (root.size() > 1 && root.ends_with('/')) root.pop_back();
  return Includer(std::move(root), sources);
}

}  // namespace pgplumb::cli
