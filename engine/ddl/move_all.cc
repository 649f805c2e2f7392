// ALTER TABLE, INDEX or MATERIALIZED VIEW ALL IN TABLESPACE … SET TABLESPACE: AlterTableMoveAll of
// commands/tablecmds.c.
#include <algorithm>

#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/storage.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Index;
using catalog::MaterializedView;
using catalog::Table;

struct Move {
  Name from;  // empty for the database's own tablespace
  Name to;
  std::vector<Name> owners;  // whose relations only; empty for everybody's
};

Name moved_tablespace(Name name) {
  if (name.view() == "pg_global") throw SqlError("22023", "cannot move relations in to or out of pg_global tablespace");
  return require_tablespace(name);
}

Move read_move(const Interpreter& interpreter, ast::AlterTableMoveAllStmt statement) {
  Move move;
  for (ast::Node node : statement.roles()) move.owners.push_back(role_of(interpreter, node.as<ast::RoleSpec>()));
  move.from = moved_tablespace(statement.orig_tablespacename());
  move.to = moved_tablespace(statement.new_tablespacename());
  return move;
}

/// What has the index' schema and owner.
const Object& table_of(const Interpreter& interpreter, const Index& index) {
  return *interpreter.catalog().find(index.parent.oid);
}
const Object& table_of(const Interpreter&, const Object& relation) { return relation; }

template <class Relation>
void move_all_of(Interpreter& interpreter, const Move& move) {
  std::vector<Oid> moved;
  interpreter.catalog().for_each<Relation>([&](const Relation& relation) {
    const Object& table = table_of(interpreter, relation);
    if (relation.tablespace != move.from || is_temporary_schema(interpreter, table.parent.oid)) return;
    if (!move.owners.empty() && std::ranges::find(move.owners, table.owner) == move.owners.end()) return;
    require_owner(interpreter, relation);
    moved.push_back(relation.oid);
  });
  if (moved.empty())
    interpreter.notice("no matching relations in tablespace \"" +
                       (move.from.empty() ? "(database default)" : move.from.str()) + "\" found");
  for (Oid oid : moved) interpreter.catalog().edit(Ref<Relation>{oid}).template set<&Relation::tablespace>(move.to);
}

}  // namespace

void move_all_in_tablespace(Interpreter& interpreter, ast::AlterTableMoveAllStmt statement) {
  const Move move = read_move(interpreter, statement);
  if (move.from == move.to) return;
  switch (statement.objtype()) {
    case ast::ObjectType::OBJECT_INDEX:
      return move_all_of<Index>(interpreter, move);
    case ast::ObjectType::OBJECT_MATVIEW:
      return move_all_of<MaterializedView>(interpreter, move);
    default:
      return move_all_of<Table>(interpreter, move);
  }
}

}  // namespace pgplumb::engine::ddl
