// What depends on something that is not known, rows of users' tables mostly: both ways are tried, and where they leave
// the same catalog the statement is known after all. A way that fails is one that a migration which has been applied
// did not take, unless a handler would have caught the failure.
#include "engine/plpgsql/executor.h"

namespace pgplumb::engine::plpgsql {

namespace {

bool same_session(const Session::State& a, const Session::State& b) {
  return a.values == b.values && a.locals == b.locals && a.temporary_schema == b.temporary_schema;
}

}  // namespace

Executor::State Executor::state() const { return {interpreter_.transaction().save(), frame_, row_count_}; }

void Executor::restore(const State& state) {
  interpreter_.transaction().restore(state.point);
  frame_ = state.frame;
  row_count_ = state.row_count;
}

bool Executor::changed_since(const State& state) const {
  const SavePoint now = interpreter_.transaction().save();
  return now.mark != state.point.mark || !same_session(*now.session, *state.point.session);
}

Executor::Attempt Executor::attempt(const Thunk& work, const State& from) {
  Attempt result;
  ++activity_.trying;
  struct Leave {
    int& trying;
    ~Leave() { --trying; }
  } leave{activity_.trying};
  try {
    result.flow = work();
    result.changed = changed_since(from);
  } catch (const SqlError& error) {
    result.error = known_error(error);
  }
  result.frame = frame_;
  return result;
}

void Executor::merge(const Frame& other, const std::string& reason) {
  for (std::size_t i = 0; i < frame_.size(); ++i) frame_[i] = merged(frame_[i], other[i], reason);
}

Flow Executor::either(const std::string& reason, const Thunk& first, const Thunk& second) {
  const State before = state();
  const Attempt a = attempt(first, before);
  restore(before);
  const Attempt b = attempt(second, before);
  if ((a.error || b.error) && activity_.handlers > 0) throw NotSimulated(reason);
  if (a.error && b.error) {
    if (a.error->sqlstate == b.error->sqlstate) throw *b.error;
    throw NotSimulated(reason);
  }
  if (a.error) return b.flow;
  if (b.error) {
    restore(before);
    return first();
  }
  if (a.changed || b.changed || a.flow != b.flow || a.flow.kind == Flow::Kind::return_) throw NotSimulated(reason);
  merge(a.frame, reason);
  return b.flow;
}

// Each round may find what the round before has left: as long as something more becomes uncertain, once more.
Flow Executor::perhaps_repeated(const std::string& reason, const std::string& label, const Thunk& body) {
  for (;;) {
    const State before = state();
    const Attempt round = attempt(body, before);
    if (round.error) {
      if (activity_.handlers > 0) throw NotSimulated(reason);
      restore(before);
      return {};
    }
    Flow flow = round.flow;
    if (round.changed) throw NotSimulated(reason);
    goes_on(flow, label);
    if (flow.kind != Flow::Kind::normal) throw NotSimulated(reason);
    merge(before.frame, reason);
    bool settled = true;
    for (std::size_t i = 0; i < frame_.size(); ++i) settled = settled && same(frame_[i], before.frame[i]);
    if (settled) return {};
  }
}

}  // namespace pgplumb::engine::plpgsql
