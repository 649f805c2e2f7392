// Cursors: exec_stmt_open, exec_stmt_fetch and exec_stmt_close. A cursor's rows are all there from its opening on.
#include "engine/plpgsql/executor.h"

namespace pgplumb::engine::plpgsql {

void Executor::open(int number, Rows rows) {
  Value& name = slot(number).value;
  if (name.is_unknown()) throw NotSimulated(name.text);
  if (name.is_null())
    name = Value::of(catalog::types::refcursor, "<unnamed portal " + std::to_string(next_portal_++) + ">");
  Cursor& cursor = cursors_[name.text];
  if (cursor.open) throw SqlError("42P03", "cursor \"" + name.text + "\" already in use");
  cursor = {true, std::move(rows.set), 0, std::move(rows.unknown)};
}

Executor::Cursor& Executor::cursor(int number) {
  const Value& name = slot(number).value;
  if (name.is_unknown()) throw NotSimulated(name.text);
  if (name.is_null()) throw SqlError("22004", "cursor variable \"" + variable(number).name + "\" is null");
  Cursor& found = cursors_[name.text];
  if (!found.open) throw SqlError("34000", "cursor \"" + name.text + "\" does not exist");
  return found;
}

Executor::Rows Executor::bound_cursor_rows(int number, const std::vector<Sql>& arguments) {
  const Variable& declared = variable(number);
  const std::vector<Value> values = evaluate(arguments);
  for (std::size_t i = 0; i < values.size(); ++i) assign_variable(declared.cursor_arguments[i], values[i]);
  return query(declared.cursor_query);
}

Flow Executor::execute(const Open& statement) {
  if (variable(statement.cursor).cursor_query)
    open(statement.cursor, bound_cursor_rows(statement.cursor, statement.cursor_arguments));
  else if (statement.dynamic)
    open(statement.cursor, dynamic_query(statement.query, statement.arguments));
  else
    open(statement.cursor, query(statement.query));
  return {};
}

/// The row that the direction leads to, from 1; nothing before the first or behind the last.
std::optional<std::size_t> Executor::fetched(const Fetch& statement, const Cursor& cursor) const {
  const std::string& direction = statement.direction;
  const std::size_t count = cursor.rows.rows.size();
  const auto within = [&](std::size_t position) {
    return position >= 1 && position <= count ? std::optional<std::size_t>(position) : std::nullopt;
  };
  if (direction.empty() || direction == "next" || direction == "forward") return within(cursor.position + 1);
  if (direction == "prior" || direction == "backward") return within(cursor.position - 1);
  if (direction == "first") return within(1);
  if (direction == "last") return within(count);
  throw NotSimulated("FETCH " + direction);
}

Flow Executor::execute(const Fetch& statement) {
  Cursor& from = cursor(statement.cursor);
  if (!from.unknown.empty()) {
    store_unknown(statement.target, from.rows.columns, from.unknown);
    set_processed_unknown(from.unknown, false);
    return {};
  }
  const std::optional<std::size_t> at = fetched(statement, from);
  const bool backwards = statement.direction == "prior" || statement.direction == "backward";
  from.position = at ? *at : backwards ? 0 : from.rows.rows.size() + 1;
  if (statement.target) store(statement.target, from.rows.columns, at ? from.rows.rows[*at - 1] : std::vector<Value>());
  set_processed(at ? 1 : 0, false);
  return {};
}

Flow Executor::execute(const Close& statement) {
  cursor(statement.cursor).open = false;
  return {};
}

}  // namespace pgplumb::engine::plpgsql
