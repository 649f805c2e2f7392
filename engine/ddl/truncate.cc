// TRUNCATE: ExecuteTruncate of commands/tablecmds.c.
#include <algorithm>

#include "catalog/kinds/constraint.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/foreign_key.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/row_effects.h"

namespace pgplumb::engine::ddl {

namespace {

bool holds(const std::vector<Oid>& relations, Oid relation) {
  return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

const Object& require_truncatable(const Interpreter& interpreter, ast::RangeVar name) {
  const Object& relation = require_relation(interpreter, name);
  if (relation.kind != Kind::table && relation.kind != Kind::foreign_table)
    throw SqlError("42809", "\"" + relation.name.str() + "\" is not a table");
  return relation;
}

std::vector<Oid> named_tables(const Interpreter& interpreter, ast::List<ast::Node> names) {
  std::vector<Oid> relations;
  for (ast::Node node : names) {
    const auto name = node.as<ast::RangeVar>();
    const Oid relation = require_truncatable(interpreter, name).oid;
    if (!name.inh() && is_partitioned(interpreter.catalog(), relation))
      throw SqlError("42809", "cannot truncate only a partitioned table", {},
                     "Do not specify the ONLY keyword, or use TRUNCATE ONLY on the partitions directly.");
    for (Oid oid : name.inh() ? all_inheritors(interpreter.catalog(), relation) : std::vector<Oid>{relation})
      if (!holds(relations, oid)) relations.push_back(oid);
  }
  return relations;
}

/// Tables whose foreign keys would be left without what they refer to (heap_truncate_find_FKs).
void add_referring(const catalog::Catalog& catalog, std::vector<Oid>& relations) {
  for (std::size_t at = 0; at < relations.size(); ++at)
    for (const catalog::Constraint* key : foreign_keys_to(catalog, relations[at]))
      if (!holds(relations, key->parent.oid)) relations.push_back(key->parent.oid);
}

/// heap_truncate_check_FKs
void check_referring(const catalog::Catalog& catalog, const std::vector<Oid>& relations) {
  for (Oid relation : relations)
    for (const catalog::Constraint* key : foreign_keys_to(catalog, relation)) {
      if (holds(relations, key->parent.oid)) continue;
      const std::string referring = "\"" + catalog.find(key->parent.oid)->name.str() + "\"";
      throw SqlError("0A000", "cannot truncate a table referenced in a foreign key constraint",
                     "Table " + referring + " references \"" + catalog.find(relation)->name.str() + "\".",
                     "Truncate table " + referring + " at the same time, or use TRUNCATE ... CASCADE.");
    }
}

}  // namespace

void truncate(Interpreter& interpreter, ast::TruncateStmt statement) {
  std::vector<Oid> relations = named_tables(interpreter, statement.relations());
  if (statement.behavior() == ast::DropBehavior::DROP_CASCADE)
    add_referring(interpreter.catalog(), relations);
  else
    check_referring(interpreter.catalog(), relations);
  for (Oid relation : relations)
    if (const auto reason = effect_of_rows(interpreter, relation, RowChange::truncate)) throw NotSimulated(*reason);
}

}  // namespace pgplumb::engine::ddl
