// VACUUM and ANALYZE: ExecVacuum and vacuum() of commands/vacuum.c, and what of commands/analyze.c can fail.
#include <algorithm>

#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/maintenance.h"
#include "engine/ddl/toast.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::MaterializedView;
using catalog::Table;

constexpr int most_workers = 1024;  // MAX_PARALLEL_WORKER_LIMIT

struct VacuumOptions {
  bool vacuum = false, analyze = false, full = false, parallel = false;
  bool skips_pages = true;     // that need no work
  bool toast = true;           // TOAST tables too
  bool only_database = false;  // nothing but the statistics of the database
  bool other = false;          // an option that does not go with those
};

void read_workers(ast::DefElem option, VacuumOptions& options) {
  const std::string most = std::to_string(most_workers);
  if (!option.arg()) throw SqlError("42601", "parallel option requires a value between 0 and " + most);
  const std::int32_t workers = def_int32(option);
  if (workers < 0 || workers > most_workers)
    throw SqlError("42601", "parallel workers for vacuum must be between 0 and " + most);
  options.parallel = workers > 0;
}

void read_index_cleanup(ast::DefElem option, int major) {
  const bool is_auto = major >= 14 && (!option.arg() || equals_ignoring_case(def_string(option), "auto"));
  if (!is_auto) def_boolean(option);
}

bool is_option_of_vacuum(std::string_view name, int major) {
  constexpr std::string_view always[] = {"analyze",       "freeze",   "full",    "disable_page_skipping",
                                         "index_cleanup", "truncate", "parallel"};
  if (std::find(std::begin(always), std::end(always), name) != std::end(always)) return true;
  if (name == "process_toast") return major >= 14;
  return major >= 16 && (name == "process_main" || name == "skip_database_stats" || name == "only_database_stats");
}

void read_option_of_vacuum(ast::DefElem option, int major, VacuumOptions& options) {
  const std::string_view name = option.defname();
  if (name == "parallel") return read_workers(option, options);
  if (name == "index_cleanup") return read_index_cleanup(option, major);
  const bool value = def_boolean(option);
  if (name == "analyze") options.analyze = value;
  if (name == "full") options.full = value;
  if (name == "disable_page_skipping") options.skips_pages = !value;
  if (name == "process_toast") options.toast = value;
  if (name == "only_database_stats") options.only_database = value;
  if (name == "analyze" || name == "freeze" || name == "full" || name == "disable_page_skipping")
    options.other |= value;
}

VacuumOptions read_vacuum_options(const Interpreter& interpreter, ast::VacuumStmt statement) {
  const int major = interpreter.major();
  VacuumOptions options;
  options.vacuum = statement.is_vacuumcmd();
  options.analyze = !options.vacuum;
  for (ast::Node node : statement.options()) {
    const auto option = node.as<ast::DefElem>();
    const std::string_view name = option.defname();
    if (name == "verbose" || name == "skip_locked")
      def_boolean(option);
    else if (name == "buffer_usage_limit" && major >= 16)
      def_string(option);
    else if (options.vacuum && is_option_of_vacuum(name, major))
      read_option_of_vacuum(option, major, options);
    else
      unrecognized_option(options.vacuum ? "VACUUM" : "ANALYZE", option);
  }
  return options;
}

void refuse_options(const char* message) { throw SqlError("0A000", message); }

void check_vacuum_options(const VacuumOptions& options, ast::VacuumStmt statement) {
  if (options.full && options.parallel) refuse_options("VACUUM FULL cannot be performed in parallel");
  if (!options.analyze)
    for (ast::Node node : statement.rels())
      if (node.as<ast::VacuumRelation>().va_cols().size() > 0)
        refuse_options("ANALYZE option must be specified when a column list is provided");
  if (options.full && !options.skips_pages)
    refuse_options("VACUUM option DISABLE_PAGE_SKIPPING cannot be used with FULL");
  if (options.full && !options.toast) refuse_options("PROCESS_TOAST required with VACUUM FULL");
  if (!options.only_database) return;
  if (statement.rels().size() > 0) refuse_options("ONLY_DATABASE_STATS cannot be specified with a list of tables");
  if (options.other) refuse_options("ONLY_DATABASE_STATS cannot be specified with other VACUUM options");
}

bool can_be_tended(const Object& relation) {
  return relation.kind == Kind::table || relation.kind == Kind::materialized_view ||
         relation.kind == Kind::foreign_table;
}

void check_columns(const Interpreter& interpreter, const Object& relation, ast::List<ast::Node> columns) {
  std::vector<Oid> seen;
  for (ast::Node node : columns) {
    const Column& column = require_column(interpreter.catalog(), relation, Name(node.str()));
    if (std::find(seen.begin(), seen.end(), column.oid) != seen.end())
      throw SqlError("42701", "column \"" + column.name.str() + "\" of relation \"" + relation.name.str() +
                                  "\" appears more than once");
    seen.push_back(column.oid);
  }
}

/// acquire_inherited_sample_rows forgets that a table had children.
void forget_children(catalog::Catalog& catalog, Oid relation) {
  const auto* table = catalog.find_as<Table>(relation);
  if (table && table->has_subclass && inheritance_children(catalog, relation).empty())
    catalog.edit(Ref<Table>{relation}).set<&Table::has_subclass>(false);
}

void tend(Interpreter& interpreter, Oid oid, const VacuumOptions& options) {
  const Object& relation = *interpreter.catalog().find(oid);
  const auto* view = interpreter.catalog().find_as<MaterializedView>(oid);
  const bool is_written =
      relation.kind == Kind::table ? !is_partitioned(interpreter.catalog(), oid) : view && view->populated;
  if (options.full && is_written) rewrite_toast_table(interpreter, oid);
  if (options.analyze) forget_children(interpreter.catalog(), oid);
}

void tend_named(Interpreter& interpreter, ast::VacuumRelation named, const VacuumOptions& options) {
  const Object* relation = tended_relation(interpreter, named.relation());
  // Of what it can't do, or may not, it warns.
  if (!relation || !can_be_tended(*relation) || !may_maintain(interpreter, *relation)) return;
  if (options.analyze) check_columns(interpreter, *relation, named.va_cols());
  for (Oid oid : with_partitions(interpreter.catalog(), relation->oid)) tend(interpreter, oid, options);
}

void tend_all(Interpreter& interpreter, const VacuumOptions& options) {
  std::vector<Oid> relations;
  interpreter.catalog().for_each<Table>([&](const Table& table) { relations.push_back(table.oid); });
  interpreter.catalog().for_each<MaterializedView>(
      [&](const MaterializedView& view) { relations.push_back(view.oid); });
  for (Oid relation : relations)
    if (may_maintain(interpreter, *interpreter.catalog().find(relation))) tend(interpreter, relation, options);
}

}  // namespace

void vacuum(Interpreter& interpreter, ast::VacuumStmt statement) {
  const VacuumOptions options = read_vacuum_options(interpreter, statement);
  check_vacuum_options(options, statement);
  if (options.vacuum) interpreter.forbid_block("VACUUM");
  if (options.only_database) return;
  for (ast::Node node : statement.rels()) tend_named(interpreter, node.as<ast::VacuumRelation>(), options);
  if (statement.rels().size() == 0) tend_all(interpreter, options);
}

}  // namespace pgplumb::engine::ddl
