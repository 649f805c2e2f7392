#pragma once
// What GRANT is on: objectNamesToOids and objectsInSchemaToOids of catalog/aclchk.c.
#include <vector>

#include "engine/ddl/object_address.h"

namespace pgplumb::engine::ddl {

struct GrantTargets {
  std::vector<Oid> objects;
  /// There are others, whose privileges are no part of the schema: built-in objects, databases.
  bool has_others = false;

  /// invalid_oid: one of the others.
  void add(Oid object) {
    if (object == invalid_oid) has_others = true;
    else objects.push_back(object);
  }
};

GrantTargets grant_targets(const Interpreter& interpreter, ast::GrantStmt statement);

/// acldefault()'s letter for objects of the type; 'r' for tables.
char acl_letter(ast::ObjectType type);

}  // namespace pgplumb::engine::ddl
