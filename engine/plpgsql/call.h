#pragma once
// Routines that migrations define, run: the language handlers of plpgsql (pl_handler.c) and SQL (executor/functions.c),
// with the session that fmgr_security_definer gives them.
#include <string>
#include <vector>

#include "engine/plpgsql/activity.h"
#include "engine/plpgsql/bind.h"
#include "parser/ast/ast.h"

namespace pgplumb::catalog {
struct Routine;
}

namespace pgplumb::engine::plpgsql {

/// Runs the function. A set, or one row of one column. NotSimulated for languages that can't be run, and where a value
/// that is not known decides about the catalog; a function without effects then has an unknown result.
ResultSet call_function(Interpreter& interpreter, Activity& activity, Oid function, const std::vector<Value>& given);

/// The call of users' functions from expressions.
evaluate::RoutineCall caller(Interpreter& interpreter, Activity& activity);

/// CALL; gives what comes back in OUT parameters, with the arguments as they were written.
struct ProcedureOutput {
  std::string name;
  parser::ast::Node argument;
  Value value;
};
using ProcedureResult = std::vector<ProcedureOutput>;
ProcedureResult call_procedure(Interpreter& interpreter, Activity& activity, parser::ast::CallStmt call,
                               const BoundCall& bound);

/// A DO block.
void run_block(Interpreter& interpreter, std::string_view body);

/// A SELECT at top level, for the sake of the functions that it calls.
void run_select(Interpreter& interpreter, parser::ast::SelectStmt select);
/// A CALL at top level.
void run_call(Interpreter& interpreter, parser::ast::CallStmt call);

/// COMMIT or ROLLBACK within a procedure.
void end_transaction(Interpreter& interpreter, Activity& activity, bool commit);

/// What the language's validator refuses at CREATE FUNCTION.
void validate(Interpreter& interpreter, const catalog::Routine& routine);

}  // namespace pgplumb::engine::plpgsql
