#include "parser/layout/flyway_name.h"

#include <algorithm>

#include "parser/layout/support.h"

namespace pgplumb::parser {

namespace {

// The events whose callbacks run in the course of a migrate, connecting included.
constexpr std::string_view callbacks[] = {"afterConnect",
                                          "afterEachMigrate",
                                          "afterEachMigrateError",
                                          "afterEachMigrateStatement",
                                          "afterEachMigrateStatementError",
                                          "afterMigrate",
                                          "afterMigrateApplied",
                                          "afterMigrateError",
                                          "afterMigrateOperationFinish",
                                          "afterVersioned",
                                          "beforeConnect",
                                          "beforeCreateSchema",
                                          "beforeEachMigrate",
                                          "beforeEachMigrateStatement",
                                          "beforeMigrate",
                                          "beforeRepeatables",
                                          "createSchema"};

bool is_callback(std::string_view stem) {
  const std::string_view event = stem.substr(0, stem.find("__"));
  return std::find(std::begin(callbacks), std::end(callbacks), event) != std::end(callbacks);
}

bool parse_version(std::string_view text, FlywayName& name) {
  while (true) {
    const std::size_t end = std::min(text.find_first_of("._"), text.size());
    std::string_view part = text.substr(0, end);
    if (!is_digits(part)) return false;
    while (part.size() > 1 && part[0] == '0') part.remove_prefix(1);
    name.version.emplace_back(part);
    name.version_text.append(name.version_text.empty() ? "" : ".").append(text.substr(0, end));
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  while (name.version.size() > 1 && name.version.back() == "0") name.version.pop_back();
  return true;
}

FlywayKind prefix_kind(char prefix) {
  switch (prefix) {
    case 'V':
      return FlywayKind::versioned;
    case 'R':
      return FlywayKind::repeatable;
    case 'B':
      return FlywayKind::baseline;
    case 'U':
      return FlywayKind::undo;
    default:
      return FlywayKind::unrelated;
  }
}

bool is_other_language(std::string_view extension) {
  constexpr std::string_view extensions[] = {".java", ".class", ".kt",  ".groovy", ".py",
                                             ".ps1",  ".bat",   ".cmd", ".sh",     ".bash"};
  return std::find(std::begin(extensions), std::end(extensions), extension) != std::end(extensions);
}

}  // namespace

FlywayName parse_flyway_name(std::string_view file_name) {
  FlywayName name;
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return name;
  const std::string_view stem = file_name.substr(0, dot), extension = file_name.substr(dot);
  const bool sql = extension == ".sql";
  if (!sql && !is_other_language(extension)) return name;
  if (is_callback(stem)) {
    name.kind = FlywayKind::callback;
    return name;
  }
  const FlywayKind kind = stem.empty() ? FlywayKind::unrelated : prefix_kind(stem[0]);
  if (kind == FlywayKind::unrelated) return name;
  const std::size_t separator = stem.find("__");
  const std::string_view version = stem.substr(1, separator == std::string_view::npos ? separator : separator - 1);
  const bool repeatable = kind == FlywayKind::repeatable;
  const bool fits =
      separator != std::string_view::npos && (repeatable ? version.empty() : parse_version(version, name));
  if (!fits) {
    // Only what goes on as a version or a separator would was meant to be one.
    const bool meant = sql && stem.size() > 1 && (repeatable ? stem[1] == '_' : is_digits(stem.substr(1, 1)));
    return {meant ? FlywayKind::misnamed : FlywayKind::unrelated, {}, {}, {}};
  }
  name.kind = sql ? kind : FlywayKind::not_sql;
  name.description = stem.substr(separator + 2);
  std::replace(name.description.begin(), name.description.end(), '_', ' ');
  return name;
}

bool version_less(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const std::string zero = "0";
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string& x = i < a.size() ? a[i] : zero;
    const std::string& y = i < b.size() ? b[i] : zero;
    if (x != y) return x.size() != y.size() ? x.size() < y.size() : x < y;
  }
  return false;
}

}  // namespace pgplumb::parser
