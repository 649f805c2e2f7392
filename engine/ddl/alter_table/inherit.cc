// INHERIT, NO INHERIT, OF and NOT OF: ATExecAddInherit, ATExecAddOf and their kin of commands/tablecmds.c.
#include <algorithm>

#include "catalog/kinds/composite_type.h"
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/child_merge.h"
#include "engine/ddl/message.h"
#include "engine/ddl/table_persistence.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ForeignTable;
using catalog::Table;

void check_child(const AlterTable& alter, Oid child) {
  const auto* table = alter.catalog.find_as<Table>(child);
  if (table && table->of_type) wrong_object_type("cannot change inheritance of typed table");
  if (is_partition(alter.catalog, child)) wrong_object_type("cannot change inheritance of a partition");
  if (is_partitioned(alter.catalog, child)) wrong_object_type("cannot change inheritance of partitioned table");
}

void check_parent(const AlterTable& alter, const Object& parent, const Object& child) {
  if (parent.kind != Kind::table && parent.kind != Kind::foreign_table)
    wrong_object_type(alter.interpreter.major() >= 15
                   ? "ALTER action INHERIT cannot be performed on relation " + quoted(parent.name)
                   : quoted(parent.name) + " is not a table or foreign table");
  if (persistence_of(parent) == Persistence::temporary && persistence_of(child) != Persistence::temporary)
    wrong_object_type("cannot inherit from temporary relation " + quoted(parent.name));
  if (is_partitioned(alter.catalog, parent.oid)) wrong_object_type("cannot inherit from partitioned table " + quoted(parent.name));
  if (is_partition(alter.catalog, parent.oid)) wrong_object_type("cannot inherit from a partition");
  const std::vector<Oid> below = all_inheritors(alter.catalog, child.oid);
  if (std::find(below.begin(), below.end(), parent.oid) != below.end())
    throw SqlError("42P07", "circular inheritance not allowed",
                   quoted(parent.name) + " is already a child of " + quoted(child.name) + ".");
}

void change_parents(Catalog& catalog, Oid child, const std::function<void(std::vector<AnyRef>&)>& change) {
  if (catalog.find_as<Table>(child))
    catalog.edit(Ref<Table>{child}).change<&Table::inherits>(change);
  else
    catalog.edit(Ref<ForeignTable>{child}).change<&ForeignTable::inherits>(change);
}

}  // namespace

void prepare_add_inherit(AlterTable& alter, const Subcommand& command) { check_child(alter, command.relation); }

void add_inherit(AlterTable& alter, const Subcommand& command) {
  const Object& child = alter.relation(command.relation);
  const Object& parent = require_relation(alter.interpreter, command.node.def().as<ast::RangeVar>());
  check_parent(alter, parent, child);
  refuse_transition_triggers(alter.interpreter, child, "an inheritance child");
  const std::vector<Oid> parents = parents_of(alter.catalog, child.oid);
  if (std::find(parents.begin(), parents.end(), parent.oid) != parents.end())
    throw SqlError("42P07", "relation " + quoted(parent.name) + " would be inherited from more than once");
  merge_into_child(alter.interpreter, parent.oid, child.oid, false);
  const AnyRef added{parent.kind, parent.oid};
  change_parents(alter.catalog, command.relation, [&](std::vector<AnyRef>& inherits) { inherits.push_back(added); });
  note_child(alter.catalog, added.oid);
}

void drop_inherit(AlterTable& alter, const Subcommand& command) {
  const Object& child = alter.relation(command.relation);
  if (is_partition(alter.catalog, child.oid)) wrong_object_type("cannot change inheritance of a partition");
  const Object& parent = require_relation(alter.interpreter, command.node.def().as<ast::RangeVar>());
  const std::vector<Oid> parents = parents_of(alter.catalog, child.oid);
  if (std::find(parents.begin(), parents.end(), parent.oid) == parents.end())
    throw SqlError("42P01", "relation " + quoted(parent.name) + " is not a parent of relation " + quoted(child.name));
  const Oid removed = parent.oid;
  separate_child(alter.interpreter, removed, command.relation);
  change_parents(alter.catalog, command.relation, [&](std::vector<AnyRef>& inherits) {
    std::erase_if(inherits, [&](AnyRef ref) { return ref.oid == removed; });
  });
}

void add_of(AlterTable& alter, const Subcommand& command) {
  const TypeRef type = resolve_type(alter.interpreter, command.node.def().as<ast::TypeName>());
  const auto* composite = alter.catalog.find_as<catalog::CompositeType>(type.type);
  if (!composite || catalog::form_of_type(type.type) != catalog::TypeForm::plain)
    wrong_object_type("type " + type_name(alter.interpreter, type.type) + " is not a composite type");
  if (!parents_of(alter.catalog, command.relation).empty()) wrong_object_type("typed tables cannot inherit");
  const auto attributes = columns_of(alter.catalog, composite->oid);
  const auto columns = columns_of(alter.catalog, command.relation);
  for (std::size_t at = 0; at < attributes.size(); ++at) {
    const Column& wanted = *attributes[at];
    if (at >= columns.size()) throw SqlError("42804", "table is missing column " + quoted(wanted.name));
    const Column& column = *columns[at];
    if (column.name != wanted.name)
      throw SqlError("42804", "table has column " + quoted(column.name) + " where type requires " + quoted(wanted.name));
    if (column.type != wanted.type || column.collation != wanted.collation)
      throw SqlError("42804", "table " + quoted(alter.relation(command.relation).name) +
                                  " has different type for column " + quoted(wanted.name));
  }
  if (columns.size() > attributes.size())
    throw SqlError("42804", "table has extra column " + quoted(columns[attributes.size()]->name));
  alter.catalog.edit(Ref<Table>{command.relation}).set<&Table::of_type>(type);
}

void drop_of(AlterTable& alter, const Subcommand& command) {
  const Table& table = *alter.catalog.find_as<Table>(command.relation);
  if (!table.of_type) wrong_object_type(quoted(table.name) + " is not a typed table");
  alter.catalog.edit(Ref<Table>{command.relation}).set<&Table::of_type>(TypeRef());
}

}  // namespace pgplumb::engine::ddl
