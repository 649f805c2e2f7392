#include "engine/plpgsql/routine_session.h"

#include <algorithm>

namespace pgplumb::engine::plpgsql {

namespace {

std::string folded(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name;
}

template <class Map>
void put_back(Map& now, const Map& before, const std::string& name) {
  const auto old = before.find(name);
  if (old == before.end())
    now.erase(name);
  else
    now[name] = old->second;
}

}  // namespace

RoutineSession::RoutineSession(Session& session, const catalog::Routine& routine)
    : session_(session), before_(session.save()) {
  if (routine.security_definer && !routine.owner.str().empty()) apply("role", routine.owner.str());
  for (const std::string& setting : routine.settings) {
    const std::size_t equals = setting.find('=');
    if (equals != std::string::npos) apply(folded(setting.substr(0, equals)), setting.substr(equals + 1));
  }
}

void RoutineSession::apply(const std::string& name, std::string value) {
  session_.set_parameter(name, std::move(value), SetScope::local);
  names_.push_back(name);
}

RoutineSession::~RoutineSession() {
  if (names_.empty()) return;
  auto state = std::make_shared<Session::State>(*session_.save());
  for (const std::string& name : names_) {
    put_back(state->values, before_->values, name);
    put_back(state->locals, before_->locals, name);
  }
  session_.restore(std::move(state));
}

}  // namespace pgplumb::engine::plpgsql
