#include "engine/session.h"

#include <algorithm>
#include <array>

#include "catalog/base/diagnostic.h"
#include "catalog/builtin/builtin.h"

namespace pgplumb::engine {

namespace {

using catalog::SqlError;

// Parameters that pg_settings does not list.
constexpr std::array<std::string_view, 6> unlisted = {"role",         "session_authorization", "is_superuser",
                                                      "seed",         "default_with_oids",     "transaction_isolation"};

std::string lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

/// Another session user is the current user too, whatever role was set: SetSessionUserId of utils/init/miscinit.c.
void leave_role(Session::State& state, SetScope scope) {
  state.locals.erase("role");
  if (scope == SetScope::session)
    state.values.erase("role");
  else
    state.locals["role"] = "none";
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

/// Reads one identifier at `at`, which moves behind it; false where there is none.
bool read_identifier(std::string_view text, std::size_t& at, std::string& out) {
  if (at < text.size() && text[at] == '"') {
    for (++at;; ++at) {
      if (at >= text.size()) return false;
      if (text[at] != '"') {
        out += text[at];
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        out += text[at++];
      } else {
        ++at;
        return true;
      }
    }
  }
  const std::size_t start = at;
  while (at < text.size() && text[at] != ',' && !is_space(text[at])) ++at;
  out = lower(text.substr(start, at - start));
  return at != start;
}

}  // namespace

std::optional<std::vector<std::string>> split_identifiers(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t at = skip_spaces(text, 0);
  if (at == text.size()) return parts;
  for (;;) {
    std::string part;
    if (!read_identifier(text, at, part)) return std::nullopt;
    parts.emplace_back(catalog::clip_utf8(part, catalog::max_identifier_length));
    at = skip_spaces(text, at);
    if (at == text.size()) return parts;
    if (text[at] != ',') return std::nullopt;
    at = skip_spaces(text, at + 1);
  }
}

Session::Session(int major, Name user, std::map<std::string, std::string> defaults)
    : major_(major), login_user_(user), defaults_(std::move(defaults)) {
  defaults_.try_emplace("timezone", "UTC");
  defaults_.try_emplace("client_encoding", "UTF8");
  defaults_.try_emplace("server_encoding", "UTF8");
  for (const catalog::builtin::Setting& setting : catalog::builtin::of(major).settings())
    defaults_.try_emplace(lower(setting.name.view()), setting.boot_val.view());
}

Session::State& Session::change() {
  auto copy = std::make_shared<State>(*state_);
  State& changed = *copy;
  state_ = std::move(copy);
  return changed;
}

bool Session::is_known(const std::string& key) const {
  return key.find('.') != std::string::npos || catalog::builtin::of(major_).setting(key) ||
         std::find(unlisted.begin(), unlisted.end(), key) != unlisted.end();
}

std::optional<std::string> Session::parameter(std::string_view name) const {
  const std::string key = lower(name);
  if (const auto local = state_->locals.find(key); local != state_->locals.end()) return local->second;
  if (const auto value = state_->values.find(key); value != state_->values.end()) return value->second;
  if (const auto value = defaults_.find(key); value != defaults_.end()) return value->second;
  return std::nullopt;
}

bool Session::flag(std::string_view name) const { return parameter(name).value_or("off") == "on"; }

namespace {

/// Whoever the session becomes, SET ROLE was another's: SetSessionAuthorization of utils/init/miscinit.c.
template <class State>
void forget_role(State& state) {
  state.values.erase("role");
  state.locals.erase("role");
}

}  // namespace

void Session::set_parameter(std::string_view name, std::string value, SetScope scope) {
  const std::string key = lower(name);
  if (!is_known(key)) throw SqlError("42704", "unrecognized configuration parameter \"" + std::string(name) + "\"");
  State& state = change();
  if (key == "session_authorization") leave_role(state, scope);
  if (scope == SetScope::local) {
    state.locals[key] = std::move(value);
    if (key == "session_authorization") state.locals["role"] = "none";
    return;
  }
  state.values[key] = std::move(value);
  state.locals.erase(key);
  if (key == "session_authorization") forget_role(state);
}

void Session::reset_parameter(std::string_view name, SetScope scope) {
  const std::string key = lower(name);
  if (!is_known(key)) throw SqlError("42704", "unrecognized configuration parameter \"" + std::string(name) + "\"");
  State& state = change();
  if (key == "session_authorization") leave_role(state, scope);
  state.locals.erase(key);
  if (key == "session_authorization") forget_role(state);
  if (scope == SetScope::session) {
    state.values.erase(key);
  } else if (state.values.contains(key)) {
    const auto* setting = catalog::builtin::of(major_).setting(key);
    const auto value = defaults_.find(key);
    state.locals[key] = value != defaults_.end() ? value->second : setting ? std::string(setting->boot_val.view()) : "";
  }
}

void Session::reset_all() {
  State& state = change();
  // RESET ALL leaves the roles and the transaction's characteristics alone (GUC_NO_RESET_ALL).
  const auto resettable = [](const auto& entry) {
    return entry.first != "role" && entry.first != "session_authorization" && entry.first != "seed" &&
           entry.first.rfind("transaction_", 0) != 0;
  };
  std::erase_if(state.values, resettable);
  std::erase_if(state.locals, resettable);
}

Name Session::session_user() const {
  const auto user = parameter("session_authorization");
  return user && !user->empty() ? Name(*user) : login_user_;
}

const Session::Effective& Session::effective() const {
  if (effective_.of == state_) return effective_;
  const auto role = parameter("role");
  effective_.of = state_;
  effective_.current_user = role && !role->empty() && *role != "none" ? Name(*role) : session_user();
  effective_.search_path.clear();
  const auto entries = split_identifiers(parameter("search_path").value_or(""));
  for (const std::string& entry : entries.value_or(std::vector<std::string>{}))
    effective_.search_path.push_back(entry == "$user" ? effective_.current_user : Name(entry));
  return effective_;
}

void Session::set_temporary_schema(Oid schema) { change().temporary_schema = schema; }

void Session::end_transaction() {
  if (!state_->locals.empty()) change().locals.clear();
}

}  // namespace pgplumb::engine
