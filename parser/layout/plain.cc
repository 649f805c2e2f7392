// A directory of .sql files, each run by psql in a session of its own, in the natural order of their names, or as the
// file .pgplumborder lists them: one name a line, # begins a comment.
#include <fmt/format.h>

#include <algorithm>

#include "parser/layout/support.h"

namespace pgplumb::parser {

namespace {

using catalog::Severity;
using catalog::UsageError;

constexpr const char* order_file = ".pgplumborder";

std::vector<std::string> sql_files(const FileTree& tree, const std::string& directory) {
  std::vector<std::string> names;
  for (const Entry& entry : tree.list(directory))
    if (entry.kind == EntryKind::file && is_sql_name(entry.name)) names.push_back(entry.name);
  return names;
}

std::vector<std::string> listed(const FileTree& tree) {
  const std::string text = source_text(tree.display(order_file), tree.read(order_file));
  std::vector<std::string> names;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    line = line.substr(0, line.find('#'));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.pop_back();
    line.erase(0, std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.empty()) names.push_back(line);
  }
  return names;
}

std::vector<std::string> ordered(const FileTree& tree, std::vector<std::string> names, Migrations& migrations) {
  if (!tree.has_file(order_file)) {
    std::sort(names.begin(), names.end(), natural_less);
    return names;
  }
  const std::vector<std::string> order = listed(tree);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (!tree.has_file(order[i]))
      throw UsageError(fmt::format("{}: it lists {}, which is not there", tree.display(order_file), order[i]));
    if (std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(i), order[i]) !=
        order.begin() + static_cast<std::ptrdiff_t>(i))
      throw UsageError(fmt::format("{}: it lists {} twice", tree.display(order_file), order[i]));
  }
  for (const std::string& name : names)
    if (std::find(order.begin(), order.end(), name) == order.end())
      migrations.diagnostics.push_back(
          remark(Severity::warning, "file-not-run",
                 fmt::format("{} does not run: {} does not list it", tree.display(name), order_file)));
  return order;
}

class PlainLayout : public Layout {
 public:
  std::string_view name() const override { return "plain"; }
  bool detect(const FileTree& tree) const override { return tree.has_file(order_file) || !sql_files(tree, "").empty(); }

  Migrations read(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions&) const override {
    Migrations migrations;
    migrations.session_each = true;
    for (const std::string& path : ordered(tree, sql_files(tree, ""), migrations)) {
      MigrationFile& file = migrations.files.emplace_back();
      file.path = tree.display(path);
      file.name = path;
      file.file = add_source(tree, map, path, path);
    }
    for (const Entry& entry : tree.list(""))
      if (entry.kind == EntryKind::directory && entry.name[0] != '.' && !sql_files(tree, entry.name).empty() &&
          !tree.has_file(order_file))
        migrations.diagnostics.push_back(
            remark(Severity::warning, "file-not-run",
                   fmt::format("the .sql files in {} do not run: only those of the directory itself do",
                               tree.display(entry.name))));
    return migrations;
  }
};

}  // namespace

const Layout& plain_layout() {
  static const PlainLayout layout;
  return layout;
}

}  // namespace pgplumb::parser
