#pragma once
// NOT NULL: a property of columns to PostgreSQL 17, a constraint with a name from 18 on (commands/tablecmds.c,
// catalog/heap.c's AddRelationNotNullConstraints).
#include <vector>

#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// Whether NOT NULL constraints of tables are objects.
inline bool has_not_null_constraints(const Interpreter& interpreter) { return interpreter.major() >= 18; }

/// The column's NOT NULL constraint; null where it has none.
const Constraint* not_null_constraint(const catalog::Catalog& catalog, Oid column);

/// A column has one NOT NULL constraint, so `known` can't get another name (AdjustNotNullInheritance of
/// catalog/pg_constraint.c).
[[noreturn]] void refuse_other_name(Name name, const Constraint& known, const Object& table, Name column);

/// A parent's constraint as its child inherits it.
NotNullSpec inherited_not_null(const catalog::Catalog& catalog, const Constraint& constraint);

/// For a new table: makes the constraints that columns declared, inherited, or need for a primary key.
void add_not_null_constraints(Interpreter& interpreter, Oid relation, const std::vector<NotNullSpec>& declared,
                              const std::vector<NotNullSpec>& inherited);

/// Makes sure that the column of a new primary key is NOT NULL, on the relation's children too.
void require_not_null(Interpreter& interpreter, Oid relation, Ref<Column> column);

/// ALTER COLUMN … SET NOT NULL on one relation and, with `recurse`, on its children (ATExecSetNotNull). `name` may be
/// empty. Gives whether anything changed.
struct SetNotNull {
  Name name;
  bool generated = false;  // the name is what the server chose for the parent's
  bool recurse = true;
  bool no_inherit = false;
  bool validated = true;
  bool is_recursing = false;
  bool is_subcommand = false;  // SET NOT NULL itself, and no key or constraint
};
bool set_not_null(Interpreter& interpreter, Oid relation, Name column, const SetNotNull& how);

}  // namespace pgplumb::engine::ddl
