#pragma once
// Foreign keys: ATAddForeignKeyConstraint of commands/tablecmds.c, and the copies that partitions on either side get.
#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// Adds the constraint, named or to be named; `recurse` is false for ONLY.
Ref<Constraint> add_foreign_key(Interpreter& interpreter, Oid relation, const ForeignKeySpec& spec, bool recurse);

/// Whether the columns on both sides can still be compared; 42804 where not.
void check_foreign_key_types(Interpreter& interpreter, const Constraint& constraint);

/// Gives a new or newly attached partition the foreign keys of its parent, and those that refer to it
/// (CloneForeignKeyConstraints).
void clone_foreign_keys(Interpreter& interpreter, Oid parent, Oid partition);

/// Foreign keys that refer to the table, or lean on the index.
std::vector<const Constraint*> foreign_keys_to(const catalog::Catalog& catalog, Oid table);

}  // namespace pgplumb::engine::ddl
