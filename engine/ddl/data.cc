// Statements about rows: they change no schema, unless what they call does. A relation that is not there is an error as
// on a server.
#include "engine/ddl/data.h"

#include <algorithm>

#include "catalog/kinds/view.h"
#include "engine/analyze/analyze.h"
#include "engine/analyze/dml.h"
#include "engine/analyze/errors.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/extension.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/routine_effects.h"
#include "engine/ddl/row_effects.h"
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
  // Which schemas there are is not known for certain either, beside an extension of unknown contents.
  if (!schema.empty() && find_schema(interpreter, schema) == invalid_oid && !extensions_of_unknown_contents(interpreter).empty())
    require_schema(interpreter, schema);
  SqlError error("42P01", "relation \"" + (schema.empty() ? "" : std::string(schema) + ".") +
                              std::string(relation.relname()) + "\" does not exist");
  error.location = relation.location();
  throw error;
}

bool is_constant(ast::Node node) {
  if (const auto cast = node.as<ast::TypeCast>()) return is_constant(cast.arg());
  return node.is<ast::A_Const>();
}

/// Which function a call means, and that what its constants name exists, needs no rows: setval('sequence', 1).
void check_constant_call(Interpreter& interpreter, ast::Node node) {
  const auto call = node.as<ast::FuncCall>();
  const auto arguments = call.args();
  const bool reads_rows = call.over() || call.agg_star() || call.agg_filter() || !call.agg_order().empty();
  if (reads_rows || !std::all_of(arguments.begin(), arguments.end(), is_constant)) return;
  if (!extensions_of_unknown_contents(interpreter).empty()) return;
  try {
    check_expression(interpreter, node);
  } catch (const NotSimulated&) {
  }
}

/// A name that is no function's may be that of an extension's, a type's, for a cast, or a column's.
void check_call(Interpreter& interpreter, ast::FuncCall call) {
  // What stands for EXTRACT and its like is called otherwise by older servers.
  if (call.funcformat() == ast::CoercionForm::COERCE_SQL_SYNTAX) return;
  const QualifiedName name = deconstruct(interpreter, call.funcname());
  if (!routines_of_call(interpreter, call).empty()) return;
  if (cache_of(interpreter).find_type(name.name) != invalid_oid) return;
  const std::vector<Name> unknown = extensions_of_unknown_contents(interpreter);
  if (!unknown.empty())
    throw NotSimulated("calls function " + name_list_text(call.funcname()) + ", perhaps of extension " +
                       unknown.front().str() + ", whose contents are not known");
  if (call.args().size() == 1 && call.args()[0].is<ast::ColumnRef>()) return;
  SqlError error("42883", "function " + name_list_text(call.funcname()) + " does not exist");
  error.location = call.location();
  throw error;
}

/// Only the whole of a statement makes a table, which has been seen to before.
void refuse_into(const parser::RawReferences& references, const ast::View& statement) {
  if (references.made.empty()) return;
  const bool is_operation = ast::SelectStmt(statement.raw()).op() != ast::SetOperation::SETOP_NONE;
  SqlError error("42601", is_operation ? "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT"
                                       : "SELECT ... INTO is not allowed here");
  error.location = references.made.front().rel().location();
  throw error;
}

parser::RawReferences check_names(Interpreter& interpreter, const ast::View& statement) {
  parser::RawReferences references = parser::references_in(statement);
  for (ast::RangeVar relation : references.relations)
    if (!is_cte(references, relation)) check_relation(interpreter, relation);
  for (ast::Node call : references.call_nodes) check_constant_call(interpreter, call);
  for (ast::FuncCall call : references.calls) check_call(interpreter, call);
  return references;
}

std::optional<RowChange> change_of(ast::MergeWhenClause clause) {
  switch (clause.command_type()) {
    case ast::CmdType::CMD_INSERT: return RowChange::insert;
    case ast::CmdType::CMD_UPDATE: return RowChange::update;
    case ast::CmdType::CMD_DELETE: return RowChange::delete_;
    default: return std::nullopt;
  }
}

/// The relation whose rows the statement changes, and how.
struct RowTarget {
  ast::RangeVar relation;
  std::vector<RowChange> changes;
};

RowTarget insert_target(ast::InsertStmt insert) {
  const auto conflict = insert.on_conflict_clause();
  if (conflict && conflict.action() == ast::OnConflictAction::ONCONFLICT_UPDATE)
    return {insert.relation(), {RowChange::insert, RowChange::update}};
  return {insert.relation(), {RowChange::insert}};
}

RowTarget merge_target(ast::MergeStmt merge) {
  RowTarget target{merge.relation(), {}};
  for (ast::Node clause : merge.merge_when_clauses())
    if (const auto change = change_of(clause.as<ast::MergeWhenClause>())) target.changes.push_back(*change);
  return target;
}

RowTarget row_target_of(ast::Node node) {
  if (const auto update = node.as<ast::UpdateStmt>()) return {update.relation(), {RowChange::update}};
  if (const auto remove = node.as<ast::DeleteStmt>()) return {remove.relation(), {RowChange::delete_}};
  return node.is<ast::MergeStmt>() ? merge_target(node.as<ast::MergeStmt>()) : insert_target(node.as<ast::InsertStmt>());
}

void check_target(const Interpreter& interpreter, const RowTarget& target) {
  for (RowChange change : target.changes)
    if (const auto reason = effect_of_rows(interpreter, find_relation(interpreter, target.relation), change))
      throw NotSimulated(*reason);
}

/// Why the relation's rows can't be read without effects: a view calls functions.
std::optional<std::string> effect_of_reading(const Interpreter& interpreter, ast::RangeVar relation) {
  const Oid oid = find_relation(interpreter, relation);
  const auto* view = interpreter.catalog().find_as<catalog::View>(oid);
  return view ? effect_of_refs(interpreter, {oid}) : std::nullopt;
}

void analyze_rows(analyze::ParseState& state, ast::SelectStmt statement) { analyze::transform_select(state, statement); }
void analyze_rows(analyze::ParseState& state, ast::InsertStmt statement) { analyze::transform_insert(state, statement); }
void analyze_rows(analyze::ParseState& state, ast::UpdateStmt statement) { analyze::transform_update(state, statement); }
void analyze_rows(analyze::ParseState& state, ast::DeleteStmt statement) { analyze::transform_delete(state, statement); }
void analyze_rows(analyze::ParseState&, ast::MergeStmt) {}  // it is not analysed

/// What is written into rows is not looked at, but for labels that were added to an enumeration in the same transaction:
/// whether a statement may use those, no data decides.
template <class Statement>
void refuse_new_enum_labels(Interpreter& interpreter, Statement statement) {
  if (interpreter.transaction().new_enums().empty()) return;
  try {
    analyze::ParseState state(cache_of(interpreter), interpreter.analysis_settings());
    analyze_rows(state, statement);
  } catch (const SqlError& error) {
    if (error.sqlstate == analyze::errcode::unsafe_new_enum_value_usage) throw;
  } catch (const NotSimulated&) {
  }
}

bool analyzes(ast::ExplainStmt statement) {
  for (ast::Node node : statement.options())
    if (const auto option = node.as<ast::DefElem>(); option.defname() == "analyze") return def_boolean(option);
  return false;
}

/// A statement that changes rows itself.
template <class Statement>
void check_change(Interpreter& interpreter, Statement statement, const RowTarget& target) {
  refuse_new_enum_labels(interpreter, statement);
  refuse_row_effects(interpreter, statement);
  check_target(interpreter, target);
}

}  // namespace

/// How often a function with effects is called, or a trigger fires, rows decide.
void refuse_row_effects(Interpreter& interpreter, const ast::View& statement) {
  const parser::RawReferences references = check_names(interpreter, statement);
  for (ast::FuncCall call : references.calls)
    if (const auto reason = effect_of_call(interpreter, call)) throw NotSimulated(*reason);
  for (ast::RangeVar relation : references.relations)
    if (const auto reason = effect_of_reading(interpreter, relation)) throw NotSimulated(*reason);
  for (ast::Node change : references.changes) check_target(interpreter, row_target_of(change));
}

void select_rows(Interpreter& interpreter, ast::SelectStmt statement) {
  refuse_new_enum_labels(interpreter, statement);
  const parser::RawReferences references = check_names(interpreter, statement);
  refuse_into(references, statement);
  for (ast::Node change : references.changes) check_target(interpreter, row_target_of(change));
  const auto calls = [&](ast::FuncCall call) { return effect_of_call(interpreter, call, Also::session).has_value(); };
  const auto reads = [&](ast::RangeVar relation) { return effect_of_reading(interpreter, relation).has_value(); };
  const bool matters = std::any_of(references.calls.begin(), references.calls.end(), calls) ||
                       std::any_of(references.relations.begin(), references.relations.end(), reads);
  if (matters) plpgsql::run_select(interpreter, statement);
}

void insert_rows(Interpreter& interpreter, ast::InsertStmt statement) {
  check_change(interpreter, statement, insert_target(statement));
  interpreter.transaction().process_invalidations();
}
void update_rows(Interpreter& interpreter, ast::UpdateStmt statement) {
  check_change(interpreter, statement, {statement.relation(), {RowChange::update}});
}
void delete_rows(Interpreter& interpreter, ast::DeleteStmt statement) {
  check_change(interpreter, statement, {statement.relation(), {RowChange::delete_}});
}
void merge_rows(Interpreter& interpreter, ast::MergeStmt statement) {
  check_change(interpreter, statement, merge_target(statement));
}
void copy_rows(Interpreter& interpreter, ast::CopyStmt statement) {
  refuse_row_effects(interpreter, statement);
  if (!statement.is_from()) return;
  check_target(interpreter, {statement.relation(), {RowChange::insert}});
  interpreter.transaction().process_invalidations();
}

void refuse_effects_within(Interpreter& interpreter, ast::Node statement) {
  const auto explained = statement.as<ast::ExplainStmt>();
  if (!explained || !analyzes(explained)) return;
  const auto select = explained.query().as<ast::SelectStmt>();
  if (explained.query().is<ast::CreateTableAsStmt>() || (select && into_clause(select)))
    return interpreter.run(explained.query());
  refuse_row_effects(interpreter, ast::View(statement.raw()));
}

void declare_cursor(Interpreter& interpreter, ast::DeclareCursorStmt statement) {
  constexpr int hold = 0x0020;  // CURSOR_OPT_HOLD
  if (!(statement.options() & hold)) interpreter.require_block("DECLARE CURSOR");
  refuse_row_effects(interpreter, statement);
}

void call_procedure(Interpreter& interpreter, ast::CallStmt statement) {
  try {
    plpgsql::run_call(interpreter, statement);
  } catch (const NotSimulated&) {
    if (effect_of_call(interpreter, statement.funccall(), Also::session)) throw;
  }
}

}  // namespace pgplumb::engine::ddl
