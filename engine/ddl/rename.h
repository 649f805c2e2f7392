#pragma once
// ALTER … RENAME TO, by way of naming: the parts that rename.cc puts together.
#include "engine/ddl/object_address.h"

namespace pgplumb::engine::ddl {

/// Tables, indexes, sequences, views, with what carries their name: RenameRelation.
void rename_relation(Interpreter& interpreter, ast::RenameStmt statement);
/// RenameRelationInternal: `relation` to `name`, and an index's constraint with it.
void rename_relation_to(Interpreter& interpreter, Oid relation, Name name);
/// Columns and attributes, in child tables as well: renameatt.
void rename_column(Interpreter& interpreter, ast::RenameStmt statement);
/// Constraints of tables: RenameConstraint.
void rename_constraint(Interpreter& interpreter, ast::RenameStmt statement);
/// RenameRole.
void rename_role(Interpreter& interpreter, ast::RenameStmt statement);

/// Throws where an object of its kind has the name in the schema already, as AlterObjectRename_internal and
/// AlterObjectNamespace_internal do.
void require_free_name(const Interpreter& interpreter, const Object& object, Oid schema, Name name);

/// NOTICE `relation "x" does not exist, skipping`.
void skip_missing_relation(Interpreter& interpreter, ast::RangeVar relation);

}  // namespace pgplumb::engine::ddl
