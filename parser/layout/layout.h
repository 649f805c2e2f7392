#pragma once
// Migration files as a tool would run them: which, in which order, what of each, and what the tool itself leaves in the
// database. One unit per tool, one line in layouts.def.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/diagnostic.h"
#include "catalog/base/source.h"
#include "parser/layout/file_tree.h"
#include "parser/script.h"
#include "parser/split.h"

namespace pgplumb::parser {

enum class FileKind {
  versioned,   // runs once, in its place
  repeatable,  // runs after all versioned ones, and again whenever it changes
  baseline,    // stands for the versions up to its own
};

/// What stands around the statements of a file.
enum class Wrapping {
  none,         // each statement by itself, but for BEGIN and COMMIT of the file's own
  implicit,     // the file is sent as one string: one transaction, but for BEGIN and COMMIT of the file's own
  transaction,  // BEGIN and COMMIT by the tool
};

struct MigrationFile {
  std::string path;     // as a person would write it
  std::string version;  // the layout's own: "20240108093012", "1.1", "000001"; empty where it has none
  std::string name;     // what is left of the file's name
  std::string key;      // what the history table holds for this file; empty where there is none
  FileKind kind = FileKind::versioned;
  Wrapping wrapping = Wrapping::none;
  catalog::FileId file = catalog::FileId::none;
  std::vector<catalog::Span> parts;  // what of it runs; empty means all of it
};

/// A table of the tool's own. It and what hangs on it never count as drift, and migrations may use it from the start.
struct Bookkeeping {
  std::string schema;  // empty: wherever it is found
  std::string table;
  std::string ddl;  // what the tool creates, in the schema that it finds itself in
};

/// How the history table tells which files have run: a row for each, or the newest alone.
enum class HistoryForm { none, each, newest };

struct Migrations {
  std::string layout;
  std::vector<MigrationFile> files;  // in the order in which they run
  std::vector<Bookkeeping> bookkeeping;
  HistoryForm history = HistoryForm::none;
  std::string history_query;  // gives the keys of the files that have run; {} stands for the table's qualified name
  Dialect dialect;
  bool session_each = false;                     // each file has a session of its own, so that its SETs end with it
  std::vector<catalog::Diagnostic> diagnostics;  // what was left out, and what can't be read
};

struct LayoutOptions {
  std::string layout;                               // by name; empty to recognise it
  std::map<std::string, std::string> placeholders;  // Flyway's, by name without prefix
};

class Layout {
 public:
  virtual ~Layout() = default;
  virtual std::string_view name() const = 0;
  /// Whether the tree has what only this layout has.
  virtual bool detect(const FileTree& tree) const = 0;
  /// Throws catalog::UsageError for what the tool itself would refuse, or what can't be read.
  virtual Migrations read(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions& options) const = 0;
};

/// Reads a tree in the layout that is asked for, or the one that it is in: exactly one must fit, else
/// catalog::UsageError says what was found, and how to say which.
Migrations read_migrations(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions& options = {});

/// The statements of all files, in order.
std::vector<Script> parse_migrations(const Migrations& migrations, const catalog::SourceMap& map);

/// The names that `--layout` takes.
std::vector<std::string_view> layout_names();

}  // namespace pgplumb::parser
