// Statements about rows: they change no schema, unless what they call does. A relation that is not there is an error as
// on a server.
#include <algorithm>

#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/extension.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/routine_effects.h"
#include "engine/plpgsql/call.h"
#include "parser/references.h"

namespace pgplumb::engine::ddl {

namespace {

bool is_cte(const parser::RawReferences& references, ast::RangeVar relation) {
  if (!relation.schemaname().empty()) return false;
  return std::find(references.cte_names.begin(), references.cte_names.end(), relation.relname()) !=
         references.cte_names.end();
}

void check_relation(const Interpreter& interpreter, ast::RangeVar relation) {
  if (find_relation(interpreter, relation) != invalid_oid) return;
  const std::string_view schema = relation.schemaname();
  if (!schema.empty() && find_schema(interpreter, schema) == invalid_oid) require_schema(interpreter, schema);
  SqlError error("42P01", "relation \"" + (schema.empty() ? "" : std::string(schema) + ".") +
                              std::string(relation.relname()) + "\" does not exist");
  error.location = relation.location();
  throw error;
}

/// A name that is no function's may be that of an extension's, or a type's: a cast.
void check_call(Interpreter& interpreter, ast::FuncCall call) {
  const QualifiedName name = deconstruct(interpreter, call.funcname());
  if (!routines_of_call(interpreter, call).empty()) return;
  if (cache_of(interpreter).find_type(name.name) != invalid_oid) return;
  const std::vector<Name> unknown = extensions_of_unknown_contents(interpreter);
  if (!unknown.empty())
    throw NotSimulated("calls function " + name_list_text(call.funcname()) + ", perhaps of extension " +
                       unknown.front().str() + ", whose contents are not known");
}

parser::RawReferences check_names(Interpreter& interpreter, const ast::View& statement) {
  parser::RawReferences references = parser::references_in(statement);
  for (ast::RangeVar relation : references.relations)
    if (!is_cte(references, relation)) check_relation(interpreter, relation);
  for (ast::FuncCall call : references.calls) check_call(interpreter, call);
  return references;
}

/// How often a function with effects is called, rows decide.
void check(Interpreter& interpreter, const ast::View& statement) {
  for (ast::FuncCall call : check_names(interpreter, statement).calls)
    if (const auto reason = effect_of_call(interpreter, call)) throw NotSimulated(*reason);
}

/// set_config() sets a parameter, and so may do a function of the user's.
bool has_effect(const Interpreter& interpreter, ast::FuncCall call) {
  const QualifiedName name = deconstruct(interpreter, call.funcname());
  const bool sets = name.name == "set_config" && (name.schema.empty() || name.schema == "pg_catalog");
  return sets || effect_of_call(interpreter, call);
}

}  // namespace

void select_rows(Interpreter& interpreter, ast::SelectStmt statement) {
  const parser::RawReferences references = check_names(interpreter, statement);
  const bool matters = std::any_of(references.calls.begin(), references.calls.end(),
                                   [&](ast::FuncCall call) { return has_effect(interpreter, call); });
  if (matters) plpgsql::run_select(interpreter, statement);
}

void insert_rows(Interpreter& interpreter, ast::InsertStmt statement) { check(interpreter, statement); }
void update_rows(Interpreter& interpreter, ast::UpdateStmt statement) { check(interpreter, statement); }
void delete_rows(Interpreter& interpreter, ast::DeleteStmt statement) { check(interpreter, statement); }
void merge_rows(Interpreter& interpreter, ast::MergeStmt statement) { check(interpreter, statement); }
void copy_rows(Interpreter& interpreter, ast::CopyStmt statement) { check(interpreter, statement); }

void call_procedure(Interpreter& interpreter, ast::CallStmt statement) {
  try {
    plpgsql::run_call(interpreter, statement);
  } catch (const NotSimulated&) {
    if (effect_of_call(interpreter, statement.funccall())) throw;
  }
}

void lock_tables(Interpreter& interpreter, ast::LockStmt statement) { check(interpreter, statement); }

void truncate(Interpreter& interpreter, ast::TruncateStmt statement) {
  for (ast::Node node : statement.relations()) {
    const Object& relation = require_relation(interpreter, node.as<ast::RangeVar>());
    if (relation.kind != Kind::table && relation.kind != Kind::foreign_table)
      throw SqlError("42809", "\"" + relation.name.str() + "\" is not a table");
  }
}

}  // namespace pgplumb::engine::ddl
