#include "engine/ddl/drop_constraint.h"

#include "engine/ddl/inheritance.h"
#include "engine/ddl/not_null.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ConstraintType;

/// A column without its NOT NULL constraint may be null: nothing else may need it not to be.
void make_nullable(Interpreter& interpreter, const Constraint& constraint) {
  Catalog& catalog = interpreter.catalog();
  const Ref<Column> ref = constraint.columns.front();
  const Column& column = catalog.get(ref);
  for (const Index* index : catalog.children_of<Index>(column.parent.oid)) {
    const bool primary = is_primary(catalog, *index);
    if (!primary && !index->replica_identity) continue;
    for (const catalog::IndexColumn& part : index->columns)
      if (part.column == ref)
        throw SqlError("42P16", "column \"" + column.name.str() + "\" is in " +
                                    (primary ? "a primary key" : "index used as replica identity"));
  }
  if (column.identity != Identity::none)
    throw SqlError("55000", "column \"" + column.name.str() + "\" of relation \"" +
                                catalog.find(column.parent.oid)->name.str() + "\" is an identity column");
  catalog.edit(ref).set<&Column::not_null>(false);
}

const Constraint* child_constraint(const Catalog& catalog, const Constraint& constraint, Oid child) {
  if (constraint.type == ConstraintType::check) return catalog.find_named<Constraint>(child, constraint.name);
  const Column* column = find_column(catalog, child, catalog.get(constraint.columns.front()).name);
  return column ? not_null_constraint(catalog, column->oid) : nullptr;
}

void drop_from_child(Interpreter& interpreter, const Constraint& constraint, Oid child, const DropConstraint& how) {
  Catalog& catalog = interpreter.catalog();
  const Constraint* known = child_constraint(catalog, constraint, child);
  if (!known || known->inherited_from <= 0) return;
  const Ref<Constraint> ref{known->oid};
  if (how.recurse && known->inherited_from == 1 && !known->local) {
    DropConstraint below = how;
    below.recursing = true;
    return drop_table_constraint(interpreter, ref, below);
  }
  auto edit = catalog.edit(ref);
  edit.set<&Constraint::inherited_from>(known->inherited_from - 1);
  if (!how.recurse) edit.set<&Constraint::local>(true);
}

}  // namespace

void drop_table_constraint(Interpreter& interpreter, Ref<Constraint> ref, const DropConstraint& how) {
  Catalog& catalog = interpreter.catalog();
  const Constraint constraint = catalog.get(ref);
  const Object& relation = *catalog.find(constraint.parent.oid);
  if (constraint.inherited_from > 0 && !how.recursing)
    throw SqlError("42P16", "cannot drop inherited constraint \"" + constraint.name.str() + "\" of relation \"" +
                                relation.name.str() + "\"");
  const bool inheritable =
      (constraint.type == ConstraintType::check || constraint.type == ConstraintType::not_null) && !constraint.no_inherit;
  const std::vector<Oid> children = inheritable ? inheritance_children(catalog, relation.oid) : std::vector<Oid>();
  if (!children.empty() && !how.recurse && is_partitioned(catalog, relation.oid) && interpreter.major() < 18)
    throw SqlError("42P16", "cannot remove constraint from only the partitioned table when partitions exist", {},
                   "Do not specify the ONLY keyword.");
  if (constraint.type == ConstraintType::not_null) make_nullable(interpreter, constraint);
  for (Oid child : children) drop_from_child(interpreter, constraint, child, how);
  perform_deletion(interpreter, {ref.oid}, how.behavior);
}

}  // namespace pgplumb::engine::ddl
