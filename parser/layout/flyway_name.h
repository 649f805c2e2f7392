#pragma once
// What the name of a file says to Flyway. https://documentation.red-gate.com/fd/migrations-184127470.html
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::parser {

enum class FlywayKind {
  versioned,
  repeatable,
  baseline,
  undo,
  callback,  // runs around migrations, not as one
  not_sql,   // a migration in another language, or a script of the shell's
  misnamed,  // begins like a migration, and is none
  unrelated,
};

struct FlywayName {
  FlywayKind kind = FlywayKind::unrelated;
  std::vector<std::string> version;  // its parts without leading zeros, and without trailing parts that are 0
  std::string version_text;          // parts joined by dots, as the history table has it
  std::string description;           // underscores as blanks
};

FlywayName parse_flyway_name(std::string_view file_name);

/// Part by part, as numbers of any length.
bool version_less(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace pgplumb::parser
