#pragma once
// Functions in language SQL: executor/functions.c.
#include "catalog/kinds/routine.h"
#include "engine/plpgsql/activity.h"
#include "engine/plpgsql/frame.h"

namespace pgplumb::engine::plpgsql {

/// Its statements one after another; the last query's rows are the result.
ResultSet run_sql_function(Interpreter& interpreter, Activity& activity, const catalog::Routine& routine,
                           const std::vector<Value>& arguments);

}  // namespace pgplumb::engine::plpgsql
