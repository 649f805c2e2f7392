// Statements about rows: they change no schema, unless what they call does. A relation that is not there is an error as
// on a server.
#include <algorithm>

#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/extension.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/routine_effects.h"
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

/// The routines that the call may mean.
std::vector<Oid> candidates(const Interpreter& interpreter, const QualifiedName& name) {
  const analyze::Syscache& cache = cache_of(interpreter);
  std::vector<Oid> schemas = cache.search_path();
  if (!name.schema.empty()) schemas = {find_schema(interpreter, name.schema)};
  std::vector<Oid> found;
  for (Oid schema : schemas)
    for (Oid routine : cache.procs_named(schema, name.name)) found.push_back(routine);
  return found;
}

void check_call(Interpreter& interpreter, ast::FuncCall call) {
  const QualifiedName name = deconstruct(interpreter, call.funcname());
  const std::vector<Oid> routines = candidates(interpreter, name);
  for (Oid routine : routines)
    if (const auto reason = effect_of_routine(interpreter, routine)) throw NotSimulated(*reason);
  // A type's name may be called like a function: a cast.
  if (!routines.empty() || cache_of(interpreter).find_type(name.name) != invalid_oid) return;
  const std::vector<Name> unknown = extensions_of_unknown_contents(interpreter);
  if (!unknown.empty())
    throw NotSimulated("calls function " + name_list_text(call.funcname()) + ", perhaps of extension " +
                       unknown.front().str() + ", whose contents are not known");
}

void check(Interpreter& interpreter, const ast::View& statement) {
  const parser::RawReferences references = parser::references_in(statement);
  for (ast::RangeVar relation : references.relations)
    if (!is_cte(references, relation)) check_relation(interpreter, relation);
  for (ast::FuncCall call : references.calls) check_call(interpreter, call);
}

/// SELECT set_config('name', 'value', is_local): the one function of PostgreSQL that a script is the poorer without.
void run_set_config(Interpreter& interpreter, ast::FuncCall call) {
  const QualifiedName name = deconstruct(interpreter, call.funcname());
  if (name.name != "set_config" || (!name.schema.empty() && name.schema != "pg_catalog")) return;
  std::vector<ast::A_Const> arguments;
  for (ast::Node argument : call.args()) {
    ast::Node value = argument;
    while (value.is<ast::TypeCast>()) value = value.as<ast::TypeCast>().arg();
    arguments.push_back(value.as<ast::A_Const>());
  }
  if (arguments.size() != 3 || !arguments[0].sval() || !arguments[2] || !(arguments[1].sval() || arguments[1].isnull()))
    throw NotSimulated("set_config() of a value that has to be computed");
  const auto is_local = [&] {
    const ast::A_Const flag = arguments[2];
    return flag.boolval() ? flag.boolval().boolval() : flag.sval() && flag.sval().sval().substr(0, 1) == "t";
  };
  const std::string parameter(arguments[0].sval().sval());
  const SetScope scope = is_local() ? SetScope::local : SetScope::session;
  interpreter.session().set_parameter(parameter, std::string(arguments[1].sval().sval()), scope);
}

void run_target_list(Interpreter& interpreter, ast::SelectStmt select) {
  for (ast::Node target : select.target_list())
    if (const auto call = target.as<ast::ResTarget>().val().as<ast::FuncCall>()) run_set_config(interpreter, call);
}

}  // namespace

void select_rows(Interpreter& interpreter, ast::SelectStmt statement) {
  check(interpreter, statement);
  run_target_list(interpreter, statement);
}

void insert_rows(Interpreter& interpreter, ast::InsertStmt statement) { check(interpreter, statement); }
void update_rows(Interpreter& interpreter, ast::UpdateStmt statement) { check(interpreter, statement); }
void delete_rows(Interpreter& interpreter, ast::DeleteStmt statement) { check(interpreter, statement); }
void merge_rows(Interpreter& interpreter, ast::MergeStmt statement) { check(interpreter, statement); }
void copy_rows(Interpreter& interpreter, ast::CopyStmt statement) { check(interpreter, statement); }
void call_procedure(Interpreter& interpreter, ast::CallStmt statement) { check(interpreter, statement); }
void lock_tables(Interpreter& interpreter, ast::LockStmt statement) { check(interpreter, statement); }

void truncate(Interpreter& interpreter, ast::TruncateStmt statement) {
  for (ast::Node node : statement.relations()) {
    const Object& relation = require_relation(interpreter, node.as<ast::RangeVar>());
    if (relation.kind != Kind::table && relation.kind != Kind::foreign_table)
      throw SqlError("42809", "\"" + relation.name.str() + "\" is not a table");
  }
}

}  // namespace pgplumb::engine::ddl
