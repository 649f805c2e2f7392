// Flyway: V<version>__<description>.sql by version, from the highest baseline B<version>__… on; then
// R__<description>.sql by description. Files lie anywhere below the directory, or below the `locations` of its
// flyway.toml or flyway.conf. https://documentation.red-gate.com/flyway
#include <fmt/format.h>

#include <algorithm>

#include "parser/layout/flyway_name.h"
#include "parser/layout/placeholders.h"
#include "parser/layout/properties.h"
#include "parser/layout/support.h"
#include "parser/lexer.h"

namespace pgplumb::parser {

namespace {

using catalog::Severity;
using catalog::UsageError;

constexpr const char* flyway_history =
    "CREATE TABLE flyway_schema_history (installed_rank integer NOT NULL, version varchar(50), description "
    "varchar(200) NOT NULL, "
    "type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer, installed_by varchar(100) NOT NULL, "
    "installed_on timestamp NOT NULL DEFAULT now(), execution_time integer NOT NULL, success boolean NOT NULL);"
    "ALTER TABLE flyway_schema_history ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);"
    "CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success)";

constexpr const char* config_files[] = {"flyway.toml", "flyway.conf"};

struct Found {
  std::string path;  // in the tree
  std::string file;  // below its location, as the history table has it
  FlywayName name;
};

/// flyway.toml, flyway.conf: what they have in common. An absent setting is empty.
class Config {
 public:
  explicit Config(const FileTree& tree) {
    for (const char* file : config_files)
      if (tree.has_file(file))
        for (auto& [key, value] : read_properties(source_text(tree.display(file), tree.read(file))))
          values_[key] = value;
  }
  std::string operator[](const std::string& key) const {
    const auto found = values_.find("flyway." + key);
    return found == values_.end() ? std::string() : found->second;
  }
  /// Directories of the tree to look in.
  std::vector<std::string> locations() const {
    std::vector<std::string> directories;
    std::string text = (*this)["locations"];
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      std::string location = text.substr(0, comma);
      text.erase(0, comma + 1);
      if (location.rfind("filesystem:", 0) == 0) location.erase(0, 11);
      if (location.rfind("./", 0) == 0) location.erase(0, 2);
      while (!location.empty() && location.back() == '/') location.pop_back();
      directories.push_back(location == "." ? "" : location);
    }
    return directories;
  }
  std::map<std::string, std::string> placeholders() const {
    std::map<std::string, std::string> found;
    const std::string prefix = "flyway.placeholders.";
    for (const auto& [key, value] : values_)
      if (key.rfind(prefix, 0) == 0) found[key.substr(prefix.size())] = value;
    return found;
  }

 private:
  Properties values_;
};

void collect(const FileTree& tree, const std::string& location, const std::string& below, std::vector<Found>& found) {
  for (const Entry& entry : tree.list(join_path(location, below))) {
    const std::string file = join_path(below, entry.name);
    if (entry.name[0] == '.') continue;
    if (entry.kind == EntryKind::directory) {
      collect(tree, location, file, found);
    } else if (entry.kind == EntryKind::file) {
      FlywayName name = parse_flyway_name(entry.name);
      if (name.kind != FlywayKind::unrelated) found.push_back({join_path(location, file), file, std::move(name)});
    }
  }
}

std::vector<Found> collect_all(const FileTree& tree, const Config& config) {
  std::vector<Found> found;
  for (const std::string& location : config.locations())
    if (tree.has_directory(location)) collect(tree, location, "", found);
  if (found.empty()) collect(tree, "", "", found);
  return found;
}

bool goes_first(const Found& a, const Found& b) {
  const bool a_repeats = a.name.kind == FlywayKind::repeatable, b_repeats = b.name.kind == FlywayKind::repeatable;
  if (a_repeats != b_repeats) return b_repeats;
  return a_repeats ? a.name.description < b.name.description : version_less(a.name.version, b.name.version);
}

void check_duplicates(const FileTree& tree, const std::vector<Found>& ordered) {
  for (std::size_t i = 1; i < ordered.size(); ++i)
    if (!goes_first(ordered[i - 1], ordered[i]))
      throw UsageError(fmt::format("{}: {} and {} are the same migration to Flyway", tree.name(), ordered[i - 1].path,
                                   ordered[i].path));
}

/// What runs of the files, in order.
std::vector<Found> choose_version(const FileTree& tree, std::vector<Found> found) {
  std::vector<Found> runs, baselines;
  for (Found& file : found) {
    if (file.name.kind == FlywayKind::versioned || file.name.kind == FlywayKind::repeatable)
      runs.push_back(std::move(file));
    else if (file.name.kind == FlywayKind::baseline)
      baselines.push_back(std::move(file));
  }
  std::stable_sort(runs.begin(), runs.end(), goes_first);
  std::stable_sort(baselines.begin(), baselines.end(), goes_first);
  check_duplicates(tree, runs);
  check_duplicates(tree, baselines);
  if (baselines.empty()) return runs;
  const std::vector<std::string> base = baselines.back().name.version;
  runs.erase(std::remove_if(runs.begin(), runs.end(),
                            [&](const Found& file) {
                              return file.name.kind == FlywayKind::versioned && !version_less(base, file.name.version);
                            }),
             runs.end());
  runs.insert(runs.begin(), std::move(baselines.back()));
  return runs;
}

/// Whether Flyway runs the script without a transaction, because a statement of it allows none.
bool allows_no_transaction(std::string_view text) {
  for (const Piece& piece : split(text, {false, true})) {
    Lexer lexer(text.substr(piece.offset, piece.length));
    const Token first = lexer.next();
    if (first.is_word("vacuum") || first.is_word("reindex")) return true;
    if (!first.is_word("create") && !first.is_word("drop") && !first.is_word("alter")) continue;
    Token second = lexer.next();
    if (second.is_word("unique")) second = lexer.next();
    if (second.is_word("database") || second.is_word("tablespace") || second.is_word("subscription") ||
        second.is_word("system"))
      return true;
    if (second.is_word("index") && lexer.next().is_word("concurrently")) return true;
  }
  return false;
}

std::string value_of(const Properties& properties, const std::string& key) {
  const auto found = properties.find(key);
  return found == properties.end() ? std::string() : found->second;
}

class FlywayReader {
 public:
  FlywayReader(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions& options)
      : tree_(tree), map_(map), config_(tree), values_(config_.placeholders()) {
    for (const auto& [name, value] : options.placeholders) values_[name] = value;
    if (!config_["placeholderPrefix"].empty()) style_.prefix = config_["placeholderPrefix"];
    if (!config_["placeholderSuffix"].empty()) style_.suffix = config_["placeholderSuffix"];
  }

  Migrations read() {
    migrations_.dialect = {false, true};
    migrations_.session_each = true;  // search_path and role are given back after each migration
    const std::string table = config_["table"].empty() ? "flyway_schema_history" : config_["table"];
    migrations_.bookkeeping = {{config_["defaultSchema"], table, table == "flyway_schema_history" ? flyway_history : ""}};
    migrations_.history = HistoryForm::each;
    migrations_.history_query = "SELECT script FROM {} WHERE success";
    std::vector<Found> found = collect_all(tree_, config_);
    for (const Found& file : found) remark_unread(file);
    for (const Found& file : choose_version(tree_, std::move(found))) add(file);
    return std::move(migrations_);
  }

 private:
  void say(Severity severity, const char* code, std::string message) {
    migrations_.diagnostics.push_back(remark(severity, code, std::move(message)));
  }

  void remark_unread(const Found& file) {
    const std::string shown = tree_.display(file.path);
    if (file.name.kind == FlywayKind::callback)
      say(Severity::warning, "not-simulated",
          fmt::format("{}: Flyway runs this callback around the migrations; it is not simulated", shown));
    else if (file.name.kind == FlywayKind::not_sql)
      say(Severity::warning, "not-simulated", fmt::format("{}: a migration that is not SQL can't be read", shown));
    else if (file.name.kind == FlywayKind::misnamed)
      say(Severity::warning, "file-not-run",
          fmt::format("{} does not run: its name is not V<version>__<description>.sql", shown));
  }

  void add(const Found& found) {
    const std::string shown = tree_.display(found.path);
    const std::string script_config = found.path + ".conf";
    Properties own;
    if (tree_.has_file(script_config))
      own = read_properties(source_text(tree_.display(script_config), tree_.read(script_config)));
    const std::string encoding = value_of(own, "encoding"), condition = value_of(own, "shouldExecute");
    if (!encoding.empty() && !equals_ignoring_case(encoding, "utf-8"))
      throw UsageError(fmt::format("{}: its encoding is {}; only UTF-8 is read", shown, encoding));
    if (!condition.empty() && condition != "true") return skip(shown, condition);
    std::string text = source_text(shown, tree_.read(found.path));
    if (replaces(own)) text = replace_placeholders(shown, text, values_for(found), style_);
    MigrationFile& file = migrations_.files.emplace_back();
    file.path = shown;
    file.version = found.name.version_text;
    file.name = found.name.description;
    file.key = found.file;
    if (found.name.kind == FlywayKind::repeatable) file.kind = FileKind::repeatable;
    if (found.name.kind == FlywayKind::baseline) file.kind = FileKind::baseline;
    const std::string wrapped = value_of(own, "executeInTransaction");
    const bool alone = wrapped == "false" || (wrapped.empty() && allows_no_transaction(text));
    file.wrapping = alone ? Wrapping::none : Wrapping::transaction;
    file.file = map_.add({shown, std::move(text), file.version.empty() ? file.name : file.version});
  }

  void skip(const std::string& shown, const std::string& condition) {
    if (condition == "false")
      say(Severity::note, "file-not-run", fmt::format("{} does not run: shouldExecute is false", shown));
    else
      say(Severity::warning, "not-simulated",
          fmt::format("{}: whether \"{}\" lets it run is not known", shown, condition));
  }

  bool replaces(const Properties& own) const {
    const std::string here = value_of(own, "placeholderReplacement");
    return (here.empty() ? config_["placeholderReplacement"] : here) != "false";
  }

  std::map<std::string, std::string> values_for(const Found& found) const {
    std::map<std::string, std::string> values = values_;
    values.emplace("flyway:filename", found.file.substr(found.file.rfind('/') + 1));
    values.emplace("flyway:table", migrations_.bookkeeping[0].table);
    if (!config_["defaultSchema"].empty()) values.emplace("flyway:defaultSchema", config_["defaultSchema"]);
    return values;
  }

  const FileTree& tree_;
  catalog::SourceMap& map_;
  const Config config_;
  std::map<std::string, std::string> values_;
  PlaceholderStyle style_;
  Migrations migrations_;
};

class FlywayLayout : public Layout {
 public:
  std::string_view name() const override { return "flyway"; }

  bool detect(const FileTree& tree) const override {
    if (std::any_of(std::begin(config_files), std::end(config_files),
                    [&](const char* file) { return tree.has_file(file); }))
      return true;
    std::vector<Found> found;
    collect(tree, "", "", found);
    return std::any_of(found.begin(), found.end(), [](const Found& file) {
      return file.name.kind == FlywayKind::versioned || file.name.kind == FlywayKind::baseline ||
             file.name.kind == FlywayKind::repeatable;
    });
  }

  Migrations read(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions& options) const override {
    return FlywayReader(tree, map, options).read();
  }
};

}  // namespace

const Layout& flyway_layout() {
  static const FlywayLayout layout;
  return layout;
}

}  // namespace pgplumb::parser
