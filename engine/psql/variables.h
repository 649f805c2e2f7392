#pragma once
// psql's variables (psql's variables.c): set by \set, \gset or on its command line, replaced in what follows.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pgplumb::engine::psql {

class Variables {
 public:
  /// A value that only the run itself would tell (\prompt, \getenv) is nothing.
  using Value = std::optional<std::string>;

  void set(std::string name, Value value) { values_.insert_or_assign(std::move(name), std::move(value)); }
  void unset(std::string_view name);
  /// Null where no variable of that name is set.
  const Value* find(std::string_view name) const;
  /// The value; null where the variable is not set. Throws NotSimulated where it is set to what is not known.
  const std::string* text(std::string_view name) const;

 private:
  std::map<std::string, Value, std::less<>> values_;
};

/// Whether psql takes it for a variable's name: letters of any script, digits and underscores.
bool is_variable_name(std::string_view name);

/// What a reference stands for: `quote` is ' for a literal, " for an identifier, else the value itself. Rules of
/// psqlscan.l's psqlscan_escape_variable.
std::string quoted_value(const std::string& value, char quote);

}  // namespace pgplumb::engine::psql
