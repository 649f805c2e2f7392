#pragma once
// Analysed expressions and queries computed from the in-memory catalog, as a server computes them (execExprInterp.c and
// the executor): what a script asks of pg_catalog and information_schema before it decides what to do. Functions with
// effects that matter (set_config) have them.
//
// Everything here throws SqlError where PostgreSQL would fail, with its SQLSTATE and message, and NotSimulated where
// the answer needs what is not known: the rows of a user's table, a function that has no counterpart here. The reason
// names it. A single value that is not known is Value::State::unknown, and only fatal to who has to decide by it.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"
#include "engine/evaluate/value.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::evaluate {

namespace expr = catalog::expr;

/// Runs a function that is not built in. The rows of a set, or one row of one column.
using RoutineCall = std::function<ResultSet(Oid routine, const std::vector<Value>& arguments)>;

/// What a tree sees from outside.
struct Parameters {
  std::vector<Value> values;  // of expr::Param number 1 on
  RoutineCall call;           // empty: calls of users' functions are not simulated
};

/// One expression; it may hold subqueries, but no column of an outer query.
Value evaluate(Interpreter& interpreter, const expr::NodePtr& node, const Parameters& parameters = {});

/// All rows of a SELECT or VALUES. Their order is the query's where it has an ORDER BY, else any.
ResultSet run_query(Interpreter& interpreter, const expr::Query& query, const Parameters& parameters = {});

/// How a condition decides: NULL is false. NotSimulated, with the value's reason, where it is unknown.
bool is_true(const Value& condition);

/// What the server would send for a known value: its type's output function, under the session's search_path.
std::string output(const Interpreter& interpreter, const Value& value);
/// Likewise, as a cast to text gives it: of booleans "true" and "false".
std::string as_text(const Interpreter& interpreter, const Value& value);

/// What the type's input function makes of the text (22P02 and its like where it is not valid); NULL stays NULL.
Value input(const Interpreter& interpreter, TypeRef type, std::string_view text);

/// The value as another type, as PL/pgSQL assigns it: by the assignment cast, or else through text (exec_cast_value).
Value convert(Interpreter& interpreter, const Value& value, TypeRef type);

}  // namespace pgplumb::engine::evaluate
