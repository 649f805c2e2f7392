// CREATE VIEW: DefineView of commands/view.c.
#include "catalog/kinds/view.h"

#include "engine/ddl/default_privileges.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/query_relation.h"
#include "engine/ddl/reloptions.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Options;
using catalog::View;

[[noreturn]] void refuse_view(const std::string& message) { throw SqlError("0A000", message); }

void check_query(ast::Node query) {
  if (!query.is<ast::SelectStmt>()) throw SqlError("42601", "unexpected parse analysis result");
  if (query.as<ast::SelectStmt>().into_clause()) refuse_view("views must not contain SELECT INTO");
}

/// DefineView looks for the option by its name alone.
bool asks_check_option(ast::ViewStmt statement) {
  if (statement.with_check_option() != ast::ViewCheckOption::NO_CHECK_OPTION) return true;
  for (ast::Node option : statement.options())
    if (option.as<ast::DefElem>().defname() == "check_option") return true;
  return false;
}

/// What the options are is seen only as the relation is made, or at last where one is replaced.
Options view_options(const Interpreter& interpreter, ast::ViewStmt statement) {
  require_known_namespaces(statement.options(), false);
  Options options = transform_reloptions({}, statement.options(), "", OptionTarget::view, interpreter.major());
  const ast::ViewCheckOption check = statement.with_check_option();
  if (check == ast::ViewCheckOption::NO_CHECK_OPTION) return options;
  if (option_value(options, "check_option")) throw SqlError("22023", "parameter \"check_option\" specified more than once");
  options.push_back(check == ast::ViewCheckOption::LOCAL_CHECK_OPTION ? "check_option=local" : "check_option=cascaded");
  return options;
}

std::string collation_text(const Interpreter& interpreter, AnyRef collation) {
  const auto* row = collation ? interpreter.cache().collation(collation.oid) : nullptr;
  return row ? std::string(row->name) : std::string();
}

/// checkViewTupleDesc: a view that is replaced keeps its columns, and may get more.
void check_replaceable(Interpreter& interpreter, const std::vector<const Column*>& old,
                       const std::vector<ColumnSpec>& columns) {
  const auto refuse = [](const std::string& message, std::string hint = {}) {
    throw SqlError("42P16", message, {}, std::move(hint));
  };
  if (columns.size() < old.size()) refuse("cannot drop columns from view");
  for (std::size_t at = 0; at < old.size(); ++at) {
    const std::string name = "\"" + old[at]->name.str() + "\"";
    if (old[at]->name != columns[at].name)
      refuse("cannot change name of view column " + name + " to \"" + columns[at].name.str() + "\"",
             "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
    if (old[at]->type != columns[at].type)
      refuse("cannot change data type of view column " + name + " from " + type_name(interpreter, old[at]->type) +
             " to " + type_name(interpreter, columns[at].type));
    if (interpreter.major() >= 14 && old[at]->collation != columns[at].collation)
      refuse("cannot change collation of view column " + name + " from \"" +
             collation_text(interpreter, old[at]->collation) + "\" to \"" +
             collation_text(interpreter, columns[at].collation) + "\"");
  }
}

void replace_view(Interpreter& interpreter, const Object& known, catalog::Query query, ast::ViewStmt statement,
                  const std::vector<ColumnSpec>& columns) {
  if (known.kind != Kind::view) throw SqlError("42809", "\"" + known.name.str() + "\" is not a view");
  catalog::Catalog& catalog = interpreter.catalog();
  const Ref<View> ref{known.oid};
  const std::vector<const Column*> old = columns_of(catalog, ref.oid);
  check_replaceable(interpreter, old, columns);
  check_query_columns(interpreter, columns);
  for (std::size_t at = old.size(); at < columns.size(); ++at)
    insert_column(interpreter, ref.oid, columns[at], static_cast<int>(at) + 1);
  catalog.edit(ref).set<&View::query>(std::move(query)).set<&View::options>(view_options(interpreter, statement));
}

}  // namespace

void create_view(Interpreter& interpreter, ast::ViewStmt statement) {
  check_query(statement.query());
  analyze::AnalyzedQuery analyzed = analyze_relation_query(
      interpreter, statement.query(), statement.aliases(), "CREATE VIEW specifies more column names than columns");
  if (analyzed.query.tree && analyzed.query.tree->has_modifying_cte)
    refuse_view("views must not contain data-modifying statements in WITH");
  if (asks_check_option(statement)) {
    const std::string reason = not_updatable_reason(interpreter, analyzed.query, true);
    if (!reason.empty())
      throw SqlError("0A000", "WITH CHECK OPTION is supported only on automatically updatable views", {}, reason);
  }
  const std::string_view persistence = statement.view().relpersistence();
  if (persistence == "u")
    throw SqlError("42601", "views cannot be unlogged because they do not have storage");
  RelationCreation where;
  if (persistence != "t" && uses_temporary_relation(interpreter, analyzed.query)) {
    interpreter.notice("view \"" + std::string(statement.view().relname()) + "\" will be a temporary view");
    if (!statement.view().schemaname().empty()) {
      relation_creation(interpreter, statement.view());
      throw SqlError("42P16", "cannot create temporary relation in non-temporary schema");
    }
    where = {temporary_schema(interpreter), Name(statement.view().relname()), Persistence::temporary};
  } else {
    where = relation_creation(interpreter, statement.view());
  }
  const std::vector<ColumnSpec> columns = columns_of_query(analyzed);
  const Oid known = find_relation_in_schema(interpreter, where.schema, where.name);
  if (known != invalid_oid && statement.replace() && interpreter.catalog().find(known))
    return replace_view(interpreter, *interpreter.catalog().find(known), std::move(analyzed.query), statement, columns);
  Options options = view_options(interpreter, statement);
  check_query_columns(interpreter, columns);
  require_free_relation_name(interpreter, where.schema, where.name);
  View view;
  view.parent = Ref<catalog::Schema>{where.schema};
  view.name = where.name;
  view.owner = interpreter.session().current_user();
  view.query = std::move(analyzed.query);
  view.options = std::move(options);
  const Oid oid = interpreter.catalog().insert(std::move(view)).oid;
  grant_defaults(interpreter, oid);
  insert_query_columns(interpreter, oid, columns);
}

}  // namespace pgplumb::engine::ddl
