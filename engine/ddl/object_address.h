#pragma once
// The object that a statement names, whatever its kind: get_object_address of catalog/objectaddress.c.
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

/// An object of the catalog, or a built-in row.
struct Address {
  Kind kind = Kind::none;
  Oid oid = invalid_oid;
  const Object* object = nullptr;  // null for what is built in
  explicit operator bool() const { return oid != invalid_oid; }
};

/// The object; throws as PostgreSQL where there is none or it is of another kind. `missing_ok`: an empty Address where
/// it, its schema or what it belongs to is missing.
Address find_address(const Interpreter& interpreter, ast::ObjectType type, ast::Node object, bool missing_ok = false);

/// An object whose name stands alone: an extension, a language, a publication …
Address find_unqualified(const Interpreter& interpreter, ast::ObjectType type, std::string_view name,
                         bool missing_ok = false);
/// One that lives in a schema and is named within its kind: a collation, a text search dictionary …
Address find_in_schema(const Interpreter& interpreter, Kind kind, ast::List<ast::Node> names, bool missing_ok = false);
Address find_in_schema(const Interpreter& interpreter, Kind kind, const std::vector<std::string>& names,
                       bool missing_ok = false);
/// An operator class or family of an access method.
Address find_operator_set(const Interpreter& interpreter, Kind kind, Oid method, const std::vector<std::string>& name,
                          bool missing_ok = false);

/// The kind that objects of the type have, for those types that have one; Kind::none else.
Kind kind_of_type(ast::ObjectType type);
/// `"x" is not a table`: 42809, as get_relation_by_qualified_name says it.
void check_relation_type(const Object& relation, ast::ObjectType type, const std::string& name);

/// Any built-in or user access method or language; throws 42704.
Oid require_access_method(const Interpreter& interpreter, std::string_view name);
Oid require_language(const Interpreter& interpreter, std::string_view name);

}  // namespace pgplumb::engine::ddl
