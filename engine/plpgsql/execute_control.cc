// IF, CASE, EXIT and ASSERT.
#include "engine/plpgsql/executor.h"

namespace pgplumb::engine::plpgsql {

Flow Executor::execute_branches(const std::vector<Branch>& branches, std::size_t from, const Thunk& otherwise) {
  for (std::size_t i = from; i < branches.size(); ++i) {
    std::string reason;
    const std::optional<bool> decision = decide(branches[i].condition, reason);
    if (decision && *decision) return execute(branches[i].body);
    if (decision) continue;
    return either(
        reason, [&, i] { return execute(branches[i].body); },
        [&, i] { return execute_branches(branches, i + 1, otherwise); });
  }
  return otherwise();
}

Flow Executor::execute(const If& statement) {
  return execute_branches(statement.branches, 0, [&] { return execute(statement.otherwise); });
}

Flow Executor::execute(const Case& statement) {
  if (statement.subject) {
    Value subject = evaluate(statement.subject);
    Slot& holder = slot(statement.subject_variable);
    holder.type = {subject.type, -1};
    holder.value = std::move(subject);
  }
  return execute_branches(statement.branches, 0, [&] {
    if (!statement.has_else) throw SqlError("20000", "case not found", {}, "CASE statement is missing ELSE part.");
    return execute(statement.otherwise);
  });
}

Flow Executor::execute(const Exit& statement) {
  const Flow leaving{statement.is_exit ? Flow::Kind::exit : Flow::Kind::continue_, statement.label};
  if (!statement.condition) return leaving;
  std::string reason;
  const std::optional<bool> decision = decide(statement.condition, reason);
  if (!decision) throw NotSimulated(reason);
  return *decision ? leaving : Flow{};
}

// An assertion about what can't be known held, as the migration has passed it; unless somebody catches its failure.
Flow Executor::execute(const Assert& statement) {
  if (interpreter_.session().parameter("plpgsql.check_asserts").value_or("on") == "off") return {};
  std::string reason;
  const std::optional<bool> decision = decide(statement.condition, reason);
  if (!decision && activity_.handlers > 0) throw NotSimulated(reason);
  if (!decision || *decision) return {};
  std::string message = "assertion failed";
  if (statement.message)
    if (const Value given = evaluate(statement.message); !given.is_null()) message = text_of(given);
  throw SqlError("P0004", message);
}

}  // namespace pgplumb::engine::plpgsql
