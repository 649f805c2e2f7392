#include "engine/psql/conditions.h"

#include "parser/lexer.h"

namespace pgplumb::engine::psql {

bool Conditions::active() const {
  return levels_.empty() || levels_.back() == State::running || levels_.back() == State::else_running;
}

void Conditions::begin(bool value) {
  levels_.push_back(!active() ? State::done : value ? State::running : State::waiting);
}

std::optional<std::string> Conditions::elif(bool value) {
  if (levels_.empty()) return "\\elif: no matching \\if";
  State& state = levels_.back();
  if (state == State::else_running || state == State::else_done) return "\\elif: cannot occur after \\else";
  if (state == State::running) state = State::done;
  if (state == State::waiting && value) state = State::running;
  return std::nullopt;
}

std::optional<std::string> Conditions::otherwise() {
  if (levels_.empty()) return "\\else: no matching \\if";
  State& state = levels_.back();
  if (state == State::else_running || state == State::else_done) return "\\else: cannot occur after \\else";
  state = state == State::waiting ? State::else_running : State::else_done;
  return std::nullopt;
}

std::optional<std::string> Conditions::end() {
  if (levels_.empty()) return "\\endif: no matching \\if";
  levels_.pop_back();
  return std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
  const auto begins = [&](std::string_view word, std::size_t least) {
    return text.size() >= least && text.size() <= word.size() &&
           parser::equals_ignoring_case(text, word.substr(0, text.size()));
  };
  if (begins("true", 1) || begins("yes", 1) || begins("on", 2) || text == "1") return true;
  if (begins("false", 1) || begins("no", 1) || begins("off", 2) || text == "0") return false;
  return std::nullopt;
}

}  // namespace pgplumb::engine::psql
