// Renaming relations, their columns and constraints: commands/tablecmds.c.
#include <algorithm>

#include "catalog/kinds/composite_type.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/names.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/rename.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

/// The relation that ALTER … RENAME names; null where it is missing and may be.
const Object* altered_relation(Interpreter& interpreter, ast::RenameStmt statement) {
  if (statement.missing_ok() && find_relation(interpreter, statement.relation()) == invalid_oid) {
    skip_missing_relation(interpreter, statement.relation());
    return nullptr;
  }
  return &require_relation(interpreter, statement.relation());
}

/// RangeVarCallbackForAlterRelation
void check_altered_type(const Object& relation, ObjectType type) {
  const std::string name = "\"" + relation.name.str() + "\" is ";
  const auto require = [&](ObjectType wanted, Kind kind, const char* word) {
    if (type == wanted && relation.kind != kind) throw SqlError("42809", name + "not " + word);
  };
  require(ObjectType::OBJECT_SEQUENCE, Kind::sequence, "a sequence");
  require(ObjectType::OBJECT_VIEW, Kind::view, "a view");
  require(ObjectType::OBJECT_MATVIEW, Kind::materialized_view, "a materialized view");
  require(ObjectType::OBJECT_FOREIGN_TABLE, Kind::foreign_table, "a foreign table");
  require(ObjectType::OBJECT_TYPE, Kind::composite_type, "a composite type");
  if (type != ObjectType::OBJECT_TYPE && relation.kind == Kind::composite_type)
    throw SqlError("42809", name + "a composite type", {}, "Use ALTER TYPE instead.");
}

void set_constraint_name(Interpreter& interpreter, const Constraint& constraint, Name name) {
  if (constraint_name_is_used(interpreter.catalog(), constraint.parent.oid, name)) {
    const Object* relation = interpreter.catalog().find(constraint.parent.oid);
    throw SqlError("42710",
                   "constraint \"" + name.str() + "\" for relation \"" + relation->name.str() + "\" already exists");
  }
  interpreter.catalog().edit(Ref<Constraint>{constraint.oid}).set<&Object::name>(name);
}

// --- Columns ---------------------------------------------------------------------------------------------------------

void check_column_name_free(const Interpreter& interpreter, const Object& relation, Name name) {
  if (is_system_column(relation, name.view()))
    throw SqlError("42701", "column name \"" + name.str() + "\" conflicts with a system column name");
  if (find_column(interpreter.catalog(), relation.oid, name))
    throw SqlError("42701", "column \"" + name.str() + "\" of relation \"" + relation.name.str() + "\" already exists");
}

std::string plural_label(const Object& relation) {
  if (relation.kind == Kind::index) return "indexes";
  return std::string(kind_info(relation.kind).label) + "s";
}

/// renameatt_check
void check_columns_renameable(const Interpreter& interpreter, const Object& relation, bool recursing) {
  const auto* table = dynamic_cast<const Table*>(&relation);
  if (table && table->of_type && !recursing) throw SqlError("42809", "cannot rename column of typed table");
  if (relation.kind != Kind::sequence) return;
  if (interpreter.major() < 15)
    throw SqlError("42809", "\"" + relation.name.str() +
                                "\" is not a table, view, materialized view, composite type, index, or foreign table");
  throw SqlError("42809", "cannot rename columns of relation \"" + relation.name.str() + "\"",
                 "This operation is not supported for " + plural_label(relation) + ".");
}

struct ColumnRename {
  Name old;
  Name name;
  bool recurse = true;
  bool cascade = false;  // to typed tables
};

void rename_one(Interpreter& interpreter, Oid relation_oid, const ColumnRename& change, int expected_parents) {
  const Object& relation = *interpreter.catalog().find(relation_oid);
  const Column* column = find_column(interpreter.catalog(), relation_oid, change.old);
  if (!column && is_system_column(relation, change.old.view()))
    throw SqlError("0A000", "cannot rename system column \"" + change.old.str() + "\"");
  if (!column) throw SqlError("42703", "column \"" + change.old.str() + "\" does not exist");
  if (column->inherited_from > expected_parents)
    throw SqlError("42P16", "cannot rename inherited column \"" + change.old.str() + "\"");
  check_column_name_free(interpreter, relation, change.name);
  interpreter.catalog().edit(Ref<Column>{column->oid}).set<&Object::name>(change.name);
}

/// How many of the relation's parents are among those that are renamed as well.
int parents_among(const Catalog& catalog, Oid relation, const std::vector<Oid>& renamed) {
  const Object& object = *catalog.find(relation);
  return static_cast<int>(
      std::count_if(renamed.begin(), renamed.end(), [&](Oid parent) { return inherits_directly(object, parent); }));
}

std::vector<Oid> typed_tables(const Catalog& catalog, Oid type) {
  std::vector<Oid> found;
  catalog.for_each<Table>([&](const Table& table) {
    if (table.of_type.type == type) found.push_back(table.oid);
  });
  return found;
}

void rename_with_children(Interpreter& interpreter, const Object& relation, const ColumnRename& change) {
  const std::vector<Oid> relations =
      change.recurse ? find_all_inheritors(interpreter.catalog(), relation.oid) : std::vector<Oid>{relation.oid};
  if (!change.recurse && !find_inheritance_children(interpreter.catalog(), relation.oid).empty())
    throw SqlError("42P16", "inherited column \"" + change.old.str() + "\" must be renamed in child tables too");
  for (std::size_t i = relations.size(); i-- > 0;)
    rename_one(interpreter, relations[i], change,
               i == 0 ? 0 : parents_among(interpreter.catalog(), relations[i], relations));
}

void rename_in_typed_tables(Interpreter& interpreter, const Object& type, const ColumnRename& change) {
  const std::vector<Oid> tables = typed_tables(interpreter.catalog(), type.oid);
  if (!tables.empty() && !change.cascade)
    throw SqlError("2BP01", "cannot alter type \"" + type.name.str() + "\" because it is the type of a typed table", {},
                   "Use ALTER ... CASCADE to alter the typed tables too.");
  ColumnRename everywhere = change;
  everywhere.recurse = true;
  for (Oid table : tables) rename_with_children(interpreter, *interpreter.catalog().find(table), everywhere);
}

// --- Constraints -----------------------------------------------------------------------------------------------------

const Constraint& require_constraint(const Interpreter& interpreter, Oid relation, Name name) {
  const auto* constraint = interpreter.catalog().find_named<Constraint>(relation, name);
  if (constraint) return *constraint;
  throw SqlError("42704", "constraint \"" + name.str() + "\" for table \"" +
                              interpreter.catalog().find(relation)->name.str() + "\" does not exist");
}

bool is_inheritable(const Constraint& constraint) {
  return (constraint.type == ConstraintType::check || constraint.type == ConstraintType::not_null) &&
         !constraint.no_inherit;
}

void rename_constraint_in(Interpreter& interpreter, Oid relation, Name old, Name name, bool recurse, int expected) {
  const Constraint& constraint = require_constraint(interpreter, relation, old);
  if (is_inheritable(constraint)) {
    if (recurse) {
      const std::vector<Oid> children = find_all_inheritors(interpreter.catalog(), relation);
      for (Oid child : children)
        if (child != relation)
          rename_constraint_in(interpreter, child, old, name, /*recurse=*/false,
                               parents_among(interpreter.catalog(), child, children));
    } else if (expected == 0 && !find_inheritance_children(interpreter.catalog(), relation).empty()) {
      throw SqlError("42P16", "inherited constraint \"" + old.str() + "\" must be renamed in child tables too");
    }
    if (require_constraint(interpreter, relation, old).inherited_from > expected)
      throw SqlError("42P16", "cannot rename inherited constraint \"" + old.str() + "\"");
  }
  const Constraint& current = require_constraint(interpreter, relation, old);
  if (current.index)
    rename_relation_to(interpreter, current.index.oid, name);
  else
    set_constraint_name(interpreter, current, name);
}

}  // namespace

void skip_missing_relation(Interpreter& interpreter, ast::RangeVar relation) {
  interpreter.notice("relation \"" + std::string(relation.relname()) + "\" does not exist, skipping");
}

void rename_relation_to(Interpreter& interpreter, Oid oid, Name name) {
  const Object& relation = *interpreter.catalog().find(oid);
  const Oid schema = interpreter.catalog().schema_of(relation);
  require_free_relation_name(interpreter, schema, name, /*as_type=*/false);
  if (kind_info(relation.kind).has_row_type(interpreter.major())) require_free_type_name(interpreter, schema, name);
  interpreter.catalog().edit_any(oid).set<&Object::name>(name);
  const auto* index = interpreter.catalog().find_as<Index>(oid);
  if (index && index->constraint) set_constraint_name(interpreter, interpreter.catalog().get(index->constraint), name);
}

void rename_relation(Interpreter& interpreter, ast::RenameStmt statement) {
  const Object* relation = altered_relation(interpreter, statement);
  if (!relation) return;
  require_owner(interpreter, *relation);
  require_create(interpreter, interpreter.catalog().schema_of(*relation));
  // ALTER TABLE renames indexes too, and ALTER INDEX tables: what it is called does not matter there.
  check_altered_type(*relation, statement.rename_type());
  rename_relation_to(interpreter, relation->oid, Name(statement.newname()));
}

void rename_column(Interpreter& interpreter, ast::RenameStmt statement) {
  const Object* relation = altered_relation(interpreter, statement);
  if (!relation) return;
  check_columns_renameable(interpreter, *relation, /*recursing=*/false);
  require_owner(interpreter, *relation);
  ColumnRename change;
  change.old = Name(statement.subname());
  change.name = Name(statement.newname());
  change.recurse = statement.relation().inh();
  change.cascade = statement.behavior() == ast::DropBehavior::DROP_CASCADE;
  if (relation->kind == Kind::index) throw NotSimulated("renaming the column of an index");
  if (relation->kind == Kind::composite_type) rename_in_typed_tables(interpreter, *relation, change);
  rename_with_children(interpreter, *relation, change);
}

void rename_constraint(Interpreter& interpreter, ast::RenameStmt statement) {
  const Object* relation = altered_relation(interpreter, statement);
  if (!relation) return;
  // What it looks at is what the renaming of columns does (RangeVarCallbackForRenameAttribute).
  check_columns_renameable(interpreter, *relation, /*recursing=*/false);
  require_owner(interpreter, *relation);
  rename_constraint_in(interpreter, relation->oid, Name(statement.subname()), Name(statement.newname()),
                       statement.relation().inh(), 0);
}

}  // namespace pgplumb::engine::ddl
