// REINDEX: ExecReindex of commands/indexcmds.c, reindex_index of catalog/index.c.
#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/maintenance.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/storage.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Catalog;
using catalog::Index;
using ReindexTarget = ast::ReindexObjectType;

struct ReindexOptions {
  bool concurrently = false;
  std::optional<Name> tablespace;  // the indexes' new one
};

ReindexOptions read_reindex_options(Interpreter& interpreter, ast::ReindexStmt statement) {
  ReindexOptions options;
  std::optional<Name> tablespace;
  for (ast::Node node : statement.params()) {
    const auto option = node.as<ast::DefElem>();
    if (option.defname() == "verbose")
      def_boolean(option);
    else if (option.defname() == "concurrently")
      options.concurrently = def_boolean(option);
    else if (option.defname() == "tablespace")
      tablespace = def_name(option);
    else
      unrecognized_option("REINDEX", option);
  }
  if (options.concurrently) interpreter.forbid_block("REINDEX CONCURRENTLY");
  if (tablespace) options.tablespace = require_tablespace(*tablespace);
  return options;
}

[[noreturn]] void refuse_system_concurrently() {
  throw SqlError("0A000", "cannot reindex system catalogs concurrently");
}

void rebuild(Catalog& catalog, Oid oid, const ReindexOptions& options) {
  const Index& index = catalog.get(Ref<Index>{oid});
  // Partitioned indexes have nothing to build.
  if (is_partitioned(catalog, index.parent.oid)) return;
  if (!index.valid) catalog.edit(Ref<Index>{oid}).set<&Index::valid>(true);
  if (options.tablespace && index.tablespace != *options.tablespace)
    catalog.edit(Ref<Index>{oid}).set<&Index::tablespace>(*options.tablespace);
}

void rebuild_indexes_of(Catalog& catalog, Oid relation, const ReindexOptions& options) {
  for (const Index* index : catalog.children_of<Index>(relation))
    // Of a table's indexes, those that are not valid are passed over where they are built beside the old ones.
    if (index->valid || !options.concurrently) rebuild(catalog, index->oid, options);
}

void reindex_index(Interpreter& interpreter, const Object& relation, const ReindexOptions& options) {
  if (relation.kind != Kind::index) throw SqlError("42809", "\"" + relation.name.str() + "\" is not an index");
  Catalog& catalog = interpreter.catalog();
  const Object& table = *catalog.find(relation.parent.oid);
  if (!may_maintain(interpreter, table)) {
    if (interpreter.major() >= 17) require_privilege(interpreter, table, maintain_privilege);
    require_owner(interpreter, relation);
  }
  if (is_partitioned(catalog, table.oid)) {
    if (interpreter.major() < 14) throw SqlError("0A000", "REINDEX is not yet implemented for partitioned indexes");
    interpreter.forbid_block("REINDEX INDEX");
  }
  for (Oid index : all_inheritors(catalog, relation.oid)) rebuild(catalog, index, options);
}

void reindex_table(Interpreter& interpreter, const Object& relation, const ReindexOptions& options) {
  require_maintained_table(interpreter, relation);
  Catalog& catalog = interpreter.catalog();
  if (is_partitioned(catalog, relation.oid)) {
    if (interpreter.major() < 14)
      return interpreter.warning("REINDEX of partitioned tables is not yet implemented, skipping \"" +
                                 relation.name.str() + "\"");
    interpreter.forbid_block("REINDEX TABLE");
  }
  for (Oid oid : with_partitions(catalog, relation.oid)) rebuild_indexes_of(catalog, oid, options);
}

const char* words_of_target(ReindexTarget target) {
  switch (target) {
    case ReindexTarget::REINDEX_OBJECT_SCHEMA:
      return "REINDEX SCHEMA";
    case ReindexTarget::REINDEX_OBJECT_SYSTEM:
      return "REINDEX SYSTEM";
    default:
      return "REINDEX DATABASE";
  }
}

/// ReindexMultipleTables
void reindex_many(Interpreter& interpreter, ast::ReindexStmt statement, const ReindexOptions& options) {
  interpreter.forbid_block(words_of_target(statement.kind()));
  if (statement.kind() == ReindexTarget::REINDEX_OBJECT_SYSTEM && options.concurrently) refuse_system_concurrently();
  Oid schema = invalid_oid;
  if (statement.kind() == ReindexTarget::REINDEX_OBJECT_SCHEMA)
    schema = require_schema(interpreter, statement.name());
  else if (!statement.name().empty() && statement.name() != interpreter.environment().database)
    throw SqlError("0A000", "can only reindex the currently open database");
  if (statement.kind() == ReindexTarget::REINDEX_OBJECT_SYSTEM) return;
  std::vector<Oid> relations;
  const auto take = [&](const Object& relation) {
    if ((schema == invalid_oid || relation.parent.oid == schema) && may_maintain(interpreter, relation))
      relations.push_back(relation.oid);
  };
  interpreter.catalog().for_each<catalog::Table>(take);
  interpreter.catalog().for_each<catalog::MaterializedView>(take);
  for (Oid relation : relations) rebuild_indexes_of(interpreter.catalog(), relation, options);
}

}  // namespace

void reindex(Interpreter& interpreter, ast::ReindexStmt statement) {
  const ReindexOptions options = read_reindex_options(interpreter, statement);
  if (!statement.relation()) return reindex_many(interpreter, statement, options);
  const Object* relation = tended_relation(interpreter, statement.relation());
  if (!relation) {
    if (options.concurrently) refuse_system_concurrently();
    return;
  }
  if (statement.kind() == ReindexTarget::REINDEX_OBJECT_INDEX) return reindex_index(interpreter, *relation, options);
  reindex_table(interpreter, *relation, options);
}

}  // namespace pgplumb::engine::ddl
