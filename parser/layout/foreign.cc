// The marks of layouts that have no reader here yet. Read as plain files they would give a wrong schema without a word.
#include <fmt/format.h>

#include "parser/layout/support.h"
#include "parser/lexer.h"

namespace pgplumb::parser {

namespace {

struct FileMark {
  const char* file;
  const char* tool;
};
constexpr FileMark file_marks[] = {
    {"sqitch.plan", "Sqitch"},
    {"atlas.sum", "Atlas"},
    {"tern.conf", "tern"},
    {"supabase/config.toml", "Supabase"},
};

/// A line that begins so, blanks aside and without regard to case.
struct LineMark {
  std::string_view begin;
  const char* tool;
};
constexpr LineMark line_marks[] = {
    {"--+gooseup", "goose"},
    {"--migrate:up", "dbmate"},
    {"--+migrateup", "sql-migrate"},
    {"----createabove/dropbelow----", "tern"},
    {"--liquibaseformattedsql", "Liquibase"},
    {"--upmigration", "node-pg-migrate"},
    {"--!previous:", "graphile-migrate"},
    {"--atlas:", "Atlas"},
};

std::string squeezed(std::string_view line) {
  std::string out;
  for (const char c : line)
    if (c != ' ' && c != '\t' && c != '\r') out += c;
  return out;
}

const LineMark* find_line_mark(std::string_view text) {
  for (std::size_t at = text.find("--"); at != std::string_view::npos; at = text.find("--", at)) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = squeezed(text.substr(at, end - at));
    for (const LineMark& mark : line_marks)
      if (equals_ignoring_case(std::string_view(line).substr(0, mark.begin.size()), mark.begin)) return &mark;
    at = end;
  }
  return nullptr;
}

bool is_postgrator_name(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos || !is_digits(name.substr(0, dot))) return false;
  const std::string_view rest = name.substr(dot + 1);
  return rest.rfind("do.", 0) == 0 || rest.rfind("undo.", 0) == 0;
}

}  // namespace

ForeignMark find_foreign_mark(const FileTree& tree) {
  for (const FileMark& mark : file_marks)
    if (tree.has_file(mark.file)) return {mark.tool, mark.file};
  for (const Entry& entry : tree.list("")) {
    if (entry.kind == EntryKind::directory && tree.has_file(join_path(entry.name, "up.sql")))
      return {"Diesel or Hasura", join_path(entry.name, "up.sql")};
    if (entry.kind != EntryKind::file || !is_sql_name(entry.name)) continue;
    if (is_postgrator_name(entry.name)) return {"postgrator", entry.name};
    const LineMark* mark = find_line_mark(tree.read(entry.name));
    if (mark != nullptr) return {mark->tool, fmt::format("a comment in {}", entry.name)};
  }
  return {};
}

}  // namespace pgplumb::parser
