#pragma once
// Foreign keys: ATAddForeignKeyConstraint of commands/tablecmds.c, and the copies that partitions on either side get.
#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// Adds the constraint, named or to be named; `recurse` is false for ONLY.
Ref<Constraint> add_foreign_key(Interpreter& interpreter, Oid relation, const ForeignKeySpec& spec, bool recurse);

/// Whether the columns on both sides can still be compared; 42804 where not.
void check_foreign_key_types(Interpreter& interpreter, const Constraint& constraint);

/// The query with which ALTER TABLE looks for rows without a counterpart (RI_Initial_Check of utils/adt/ri_triggers.c): for
/// arrays it names the operator of anyarray, on the way to which those with a type modifier lose their element type. Throws
/// 42804 and 42883.
void check_validation_query(Interpreter& interpreter, Ref<Constraint> constraint);

/// Gives a new or newly attached partition the foreign keys of its parent, and those that refer to it
/// (CloneForeignKeyConstraints).
void clone_foreign_keys(Interpreter& interpreter, Oid parent, Oid partition);

/// Foreign keys that refer to the table, or lean on the index.
std::vector<const Constraint*> foreign_keys_to(const catalog::Catalog& catalog, Oid table);

}  // namespace pgplumb::engine::ddl
