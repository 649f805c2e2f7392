#include "engine/ddl/cluster.h"

#include "catalog/kinds/materialized_view.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/maintenance.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/toast.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Catalog;
using catalog::Index;

/// The index is looked for beside the table; whether it is the table's, is asked later.
const Object& index_beside(const Interpreter& interpreter, const Object& table, std::string_view name) {
  const Oid found = find_relation_in_schema(interpreter, interpreter.catalog().schema_of(table), Name(name));
  if (found == invalid_oid)
    throw SqlError("42704",
                   "index \"" + std::string(name) + "\" for table \"" + table.name.str() + "\" does not exist");
  return *interpreter.catalog().find(found);
}

const Object& clustered_index(const Catalog& catalog, const Object& table) {
  for (const Index* index : catalog.children_of<Index>(table.oid))
    if (index->clustered) return *index;
  throw SqlError("42704", "there is no previously clustered index for table \"" + table.name.str() + "\"");
}

const Index& require_index_of(const Interpreter& interpreter, const Object& table, const Object& relation) {
  const auto* index = interpreter.catalog().find_as<Index>(relation.oid);
  if (!index) throw SqlError("42809", "\"" + relation.name.str() + "\" is not an index");
  if (index->parent.oid != table.oid)
    throw SqlError("42809", "\"" + relation.name.str() + "\" is not an index for table \"" + table.name.str() + "\"");
  require_clusterable(interpreter, *index);
  return *index;
}

void cluster_table(Interpreter& interpreter, Oid table, Oid index) {
  const auto* view = interpreter.catalog().find_as<catalog::MaterializedView>(table);
  if (view && !view->populated) return;
  mark_index_clustered(interpreter.catalog(), table, index);
  rewrite_toast_table(interpreter, table);
}

void check_cluster_options(ast::ClusterStmt statement) {
  for (ast::Node node : statement.params()) {
    const auto option = node.as<ast::DefElem>();
    if (option.defname() != "verbose") unrecognized_option("CLUSTER", option);
    def_boolean(option);
  }
}

}  // namespace

void require_clusterable(const Interpreter& interpreter, const Index& index) {
  const IndexMethod method = index_method(interpreter, index.method.oid);
  const std::string name = "\"" + index.name.str() + "\"";
  if (method.name != "btree" && method.name != "gist")
    throw SqlError("0A000", "cannot cluster on index " + name + " because access method does not support clustering");
  if (!index.predicate.empty()) throw SqlError("0A000", "cannot cluster on partial index " + name);
  if (!index.valid) throw SqlError("0A000", "cannot cluster on invalid index " + name);
}

void mark_index_clustered(Catalog& catalog, Oid relation, Oid clustered) {
  for (const Index* index : catalog.children_of<Index>(relation))
    if (index->clustered != (index->oid == clustered))
      catalog.edit(Ref<Index>{index->oid}).set<&Index::clustered>(index->oid == clustered);
}

void cluster(Interpreter& interpreter, ast::ClusterStmt statement) {
  check_cluster_options(statement);
  if (!statement.relation()) return interpreter.forbid_block("CLUSTER");
  const Object* table = tended_relation(interpreter, statement.relation());
  if (!table) return;
  require_maintained_table(interpreter, *table);
  const Catalog& catalog = interpreter.catalog();
  const bool partitioned = is_partitioned(catalog, table->oid);
  if (partitioned && interpreter.major() < 15) throw SqlError("0A000", "cannot cluster a partitioned table");
  const Object& named = statement.indexname().empty() ? clustered_index(catalog, *table)
                                                      : index_beside(interpreter, *table, statement.indexname());
  if (partitioned) interpreter.forbid_block("CLUSTER");
  const Oid chosen = require_index_of(interpreter, *table, named).oid;
  // Only what has rows is marked.
  for (Oid oid : all_inheritors(catalog, chosen)) {
    const Oid part = catalog.get(Ref<Index>{oid}).parent.oid;
    if (!is_partitioned(catalog, part) && may_maintain(interpreter, *catalog.find(part)))
      cluster_table(interpreter, part, oid);
  }
}

}  // namespace pgplumb::engine::ddl
