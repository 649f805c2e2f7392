#pragma once
// What GRANT is on: objectNamesToOids and objectsInSchemaToOids of catalog/aclchk.c.
#include <vector>

#include "engine/ddl/object_address.h"

namespace pgplumb::engine::ddl {

/// The objects; of built-in ones, whose privileges are no part of the schema, those that exist are left out.
std::vector<Oid> grant_targets(const Interpreter& interpreter, ast::GrantStmt statement);

/// acldefault()'s letter for objects of the type; 'r' for tables.
char acl_letter(ast::ObjectType type);

}  // namespace pgplumb::engine::ddl
