// Statements in order, blocks and their handlers: exec_stmts and exec_stmt_block.
#include <algorithm>

#include "engine/ddl/extension.h"
#include "engine/plpgsql/conditions.h"
#include "engine/plpgsql/executor.h"

namespace pgplumb::engine::plpgsql {

namespace {

/// A NotSimulated that says in which line of the body it arose.
struct LocatedLimit : NotSimulated {
  using NotSimulated::NotSimulated;
};

bool handles(const Handler& handler, const std::string& sqlstate) {
  return std::any_of(handler.sqlstates.begin(), handler.sqlstates.end(), [&](const std::string& wanted) {
    // OTHERS takes all but what ends a statement from outside, and failed assertions.
    if (wanted.empty()) return sqlstate != "57014" && sqlstate != "P0004";
    return condition_matches(wanted, sqlstate);
  });
}

}  // namespace

Executor::Executor(Interpreter& interpreter, Activity& activity, const Function& function)
    : interpreter_(interpreter), activity_(activity), function_(function), frame_(function.variables.size()) {
  row_count_ = Value::of(catalog::types::int8, "0");
  for (std::size_t i = 0; i < frame_.size(); ++i) {
    frame_[i].type = function.variables[i].type;
    frame_[i].value = Value::null(frame_[i].type.type);
  }
}

void Executor::run(const std::vector<Value>& arguments) {
  for (std::size_t i = 0; i < frame_.size(); ++i)
    if (variable(static_cast<int>(i)).composite)
      assign_composite(static_cast<int>(i), Value::null(frame_[i].type.type));
  slot(function_.found).value = Value::boolean(false);
  for (std::size_t i = 0; i < function_.parameters.size() && i < arguments.size(); ++i) {
    const int parameter = function_.parameters[i];
    // A polymorphic one takes the type that it is called with.
    slot(parameter).type.type = arguments[i].type;
    if (variable(parameter).composite)
      assign_composite(parameter, arguments[i]);
    else
      slot(parameter).value = arguments[i];
  }
  execute(function_.body);
  const ReturnShape& returns = function_.returns;
  const bool needs_result =
      !returns.procedure && !returns.set && !returns.out_parameters && returns.type.type != catalog::types::void_;
  if (needs_result && !returned_) throw SqlError("2F005", "control reached end of function without RETURN");
  if (!unknown_rows_.empty()) throw NotSimulated(unknown_rows_);
}

std::vector<Value> Executor::out_values() const {
  std::vector<Value> values;
  for (int parameter : function_.out_parameters)
    values.push_back(variable(parameter).composite ? row_value(parameter) : slot(parameter).value);
  return values;
}

Flow Executor::execute(const Body& body) {
  for (const Statement& statement : body) {
    Flow flow = execute(statement);
    if (flow.kind != Flow::Kind::normal) return flow;
  }
  return {};
}

Flow Executor::execute(const Statement& statement) {
  try {
    return std::visit([&](const auto& what) { return execute(what); }, statement.what);
  } catch (const LocatedLimit&) {
    throw;
  } catch (const NotSimulated& limit) {
    throw LocatedLimit(std::string(limit.what()) + " (" + function_.name + ", line " + std::to_string(statement.line) +
                       ")");
  }
}

void Executor::initialize(int number) {
  const Variable& declared = variable(number);
  if (declared.composite)
    assign_composite(number, Value::null(declared.type.type));
  else
    slot(number).value = Value::null(declared.type.type);
  if (declared.cursor_query) slot(number).value = Value::of(declared.type.type, declared.name);
  if (declared.initial) assign_variable(number, evaluate(declared.initial));
}

Flow Executor::execute(const Block& block) {
  for (int number : block.variables) initialize(number);
  Flow flow = block.handlers.empty() ? execute(block.body) : execute_guarded(block);
  if (flow.kind == Flow::Kind::exit && !flow.label.empty() && flow.label == block.label) return {};
  return flow;
}

// What fails for want of something that an extension may have brought is not known to fail.
SqlError Executor::known_error(const SqlError& error) const {
  if (const std::string reason = ddl::may_be_of_extension(interpreter_, error); !reason.empty())
    throw NotSimulated(reason);
  return error;
}

Flow Executor::execute_guarded(const Block& block) {
  const SavePoint before = interpreter_.transaction().save();
  std::optional<SqlError> error;
  ++activity_.handlers;
  try {
    Flow flow = execute(block.body);
    --activity_.handlers;
    return flow;
  } catch (const SqlError& thrown) {
    --activity_.handlers;
    error = known_error(thrown);
  } catch (...) {
    --activity_.handlers;
    throw;
  }
  interpreter_.transaction().restore(before);
  return handle(block, *error);
}

Flow Executor::handle(const Block& block, const SqlError& error) {
  const auto handler = std::find_if(block.handlers.begin(), block.handlers.end(),
                                    [&](const Handler& candidate) { return handles(candidate, error.sqlstate); });
  if (handler == block.handlers.end()) throw error;
  slot(block.sqlstate_variable).value = Value::of(catalog::types::text, error.sqlstate);
  slot(block.sqlerrm_variable).value = Value::of(catalog::types::text, error.message);
  caught_.push_back(&error);
  struct Leave {
    std::vector<const SqlError*>& caught;
    ~Leave() { caught.pop_back(); }
  } leave{caught_};
  return execute(handler->body);
}

}  // namespace pgplumb::engine::plpgsql
