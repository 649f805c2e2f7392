// CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW: commands/createas.c.
#include "catalog/kinds/materialized_view.h"
#include "catalog/query_nodes.h"
#include "engine/ddl/create_table.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/prepared.h"
#include "engine/ddl/query_access.h"
#include "engine/ddl/query_relation.h"
#include "engine/ddl/reloptions.h"
#include "engine/ddl/routine_effects.h"
#include "engine/ddl/storage.h"
#include "engine/ddl/toast.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::MaterializedView;

/// Whether the statement ends here because IF NOT EXISTS found a relation; 42P07 where nobody said so.
bool exists_already(Interpreter& interpreter, const RelationCreation& where, bool if_not_exists) {
  if (find_relation_in_schema(interpreter, where.schema, where.name) == invalid_oid) return false;
  const std::string message = "relation \"" + where.name.str() + "\" already exists";
  if (!if_not_exists) throw SqlError("42P07", message);
  interpreter.notice(message + ", skipping");
  return true;
}

/// A query of the statement's own, or a prepared one.
analyze::AnalyzedQuery analyze_source(Interpreter& interpreter, ast::Node query) {
  if (query.is<ast::ExecuteStmt>()) return analyze_prepared_query(interpreter, query.as<ast::ExecuteStmt>());
  return analyze_relation_query(interpreter, query, {}, "");
}

/// intorel_startup: a relation's columns have a collation of their own.
std::vector<ColumnSpec> storable_columns(Interpreter& interpreter, const analyze::AnalyzedQuery& analyzed) {
  std::vector<ColumnSpec> columns = columns_of_query(analyzed);
  for (const ColumnSpec& column : columns)
    if (!column.collation && default_collation(interpreter, column.type.type))
      throw SqlError("42P22",
                     "no collation was derived for column \"" + column.name.str() + "\" with collatable type " +
                         type_name(interpreter, column.type.type),
                     {}, "Use the COLLATE clause to set the collation explicitly.");
  return columns;
}

/// What the query calls while the rows are made.
void refuse_effects(const Interpreter& interpreter, const analyze::AnalyzedQuery& analyzed, ast::IntoClause into) {
  if (into.skip_data()) return;
  if (const auto reason = effect_of_refs(interpreter, analyzed.query.refs)) throw NotSimulated(*reason);
}

/// On 13, the query is about to run when the relation is made, and nobody looks for one of that name before
/// (CreateTableAsRelExists is of 14).
void look_at_source_first(Interpreter& interpreter, const analyze::AnalyzedQuery& analyzed, ast::IntoClause into,
                          bool if_not_exists) {
  if (interpreter.major() >= 14 || if_not_exists || into.skip_data()) return;
  require_readable(interpreter, analyzed.query, interpreter.session().current_user());
}

void create_materialized_view(Interpreter& interpreter, ast::CreateTableAsStmt statement) {
  const ast::IntoClause into = statement.into();
  analyze::AnalyzedQuery analyzed =
      analyze_relation_query(interpreter, statement.query(), into.col_names(), "too many column names were specified");
  if (analyzed.query.tree && analyzed.query.tree->has_modifying_cte)
    throw SqlError("0A000", "materialized views must not use data-modifying statements in WITH");
  if (uses_temporary_relation(interpreter, analyzed.query))
    throw SqlError("0A000", "materialized views must not use temporary tables or views");
  refuse_effects(interpreter, analyzed, into);
  look_at_source_first(interpreter, analyzed, into, statement.if_not_exists());
  const RelationCreation where = relation_creation(interpreter, into.rel());
  if (where.persistence == Persistence::unlogged) throw SqlError("0A000", "materialized views cannot be unlogged");
  if (exists_already(interpreter, where, statement.if_not_exists())) return;
  require_free_relation_name(interpreter, where.schema, where.name);
  const int major = interpreter.major();
  MaterializedView view;
  view.parent = Ref<catalog::Schema>{where.schema};
  view.name = where.name;
  view.owner = interpreter.session().current_user();
  view.access_method = resolve_table_method(interpreter, into.access_method(), false, invalid_oid);
  view.tablespace = resolve_tablespace(interpreter, Name(into.table_space_name()), true, false, false);
  require_known_namespaces(into.options(), true);
  view.options = transform_reloptions({}, into.options(), "", OptionTarget::heap, major);
  view.toast_options = transform_reloptions({}, into.options(), "toast", OptionTarget::toast, major);
  view.populated = !into.skip_data();
  const std::vector<ColumnSpec> columns = storable_columns(interpreter, analyzed);
  if (view.populated) require_readable(interpreter, analyzed.query, interpreter.session().current_user());
  check_query_columns(interpreter, columns);
  view.query = std::move(analyzed.query);
  const Oid oid = interpreter.catalog().insert(std::move(view)).oid;
  grant_defaults(interpreter, oid);
  insert_query_columns(interpreter, oid, columns);
  create_toast_table(interpreter, oid);
}

}  // namespace

void create_table_from_query(Interpreter& interpreter, ast::Node query, ast::IntoClause into, bool if_not_exists) {
  // The query is analysed before anybody looks where the table is to be.
  analyze::AnalyzedQuery analyzed = analyze_source(interpreter, query);
  look_at_source_first(interpreter, analyzed, into, if_not_exists);
  TableDefinition definition;
  definition.where = relation_creation(interpreter, into.rel());
  if (exists_already(interpreter, definition.where, if_not_exists)) return;
  name_columns(analyzed, into.col_names(), "too many column names were specified");
  refuse_effects(interpreter, analyzed, into);
  definition.options = into.options();
  definition.on_commit = into.on_commit();
  definition.tablespace = Name(into.table_space_name());
  definition.access_method = into.access_method();
  TableElements elements;
  elements.columns = storable_columns(interpreter, analyzed);
  if (!into.skip_data()) require_readable(interpreter, analyzed.query, interpreter.session().current_user());
  const Oid table = define_relation(interpreter, definition, elements);
  if (definition.on_commit == ast::OnCommitAction::ONCOMMIT_DROP)
    interpreter.transaction().dropped_on_commit().push_back(table);
}

void create_table_as(Interpreter& interpreter, ast::CreateTableAsStmt statement) {
  if (statement.objtype() == ast::ObjectType::OBJECT_MATVIEW) return create_materialized_view(interpreter, statement);
  create_table_from_query(interpreter, statement.query(), statement.into(), statement.if_not_exists());
}

}  // namespace pgplumb::engine::ddl
