#pragma once
// \if … \elif … \else … \endif (psql's conditional.c and command.c).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::engine::psql {

class Conditions {
 public:
  /// Whether what stands here runs.
  bool active() const;
  /// Whether the expression of an \elif that stands here would be looked at.
  bool asks_elif() const { return !levels_.empty() && levels_.back() == State::waiting; }
  bool open() const { return !levels_.empty(); }

  void begin(bool value);
  /// These give psql's message where the command has no place here.
  std::optional<std::string> elif(bool value);
  std::optional<std::string> otherwise();
  std::optional<std::string> end();

 private:
  enum class State {
    running,  // this branch runs
    waiting,  // no branch has run yet
    done,     // a branch has run, or the whole \if stands in one that does not run
    else_running,
    else_done,
  };
  std::vector<State> levels_;
};

/// A boolean as psql's ParseVariableBool reads it; nothing where it is none.
std::optional<bool> parse_boolean(std::string_view text);

}  // namespace pgplumb::engine::psql
