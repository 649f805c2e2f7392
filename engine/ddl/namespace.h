#pragma once
// Schemas and the search path: catalog/namespace.c.
#include <string_view>
#include <vector>

#include "catalog/kinds/common.h"
#include "catalog/kinds/schema.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

using catalog::invalid_oid;
using catalog::Persistence;

/// The schema's oid, built-in ones included; `pg_temp` is the session's temporary schema. invalid_oid where there is none.
Oid find_schema(const Interpreter& interpreter, std::string_view name);
/// Likewise, but throws 3F000 (LookupExplicitNamespace).
Oid require_schema(const Interpreter& interpreter, std::string_view name);
std::string schema_name(const Interpreter& interpreter, Oid schema);
/// Whether it is the temporary schema of the session.
bool is_temporary_schema(const Interpreter& interpreter, Oid schema);
/// Whether it is pg_catalog, information_schema or pg_toast.
inline bool is_system_schema(Oid schema) { return schema != invalid_oid && catalog::is_builtin(schema); }

/// All schemas that unqualified names are looked up in, in order.
std::vector<Oid> active_search_path(const Interpreter& interpreter);
/// Where an unqualified name is created; throws 3F000 where search_path names no existing schema.
Oid creation_schema(Interpreter& interpreter);
/// The session's temporary schema, made when first asked for.
Oid temporary_schema(Interpreter& interpreter);

/// The parts of a possibly qualified name, as written.
struct QualifiedName {
  std::string_view schema;  // empty where none was given
  std::string_view name;
};
/// DeconstructQualifiedName: refuses more parts than schema and name, unless the first is the database.
QualifiedName deconstruct(const Interpreter& interpreter, ast::List<ast::Node> names);
/// The name as messages show it: parts joined by dots, unquoted (NameListToString).
std::string name_list_text(ast::List<ast::Node> names);
/// Where an object of that name is to be created, and its own name (QualifiedNameGetCreationNamespace).
struct CreationName {
  Oid schema = invalid_oid;
  Name name;
};
CreationName creation_name(Interpreter& interpreter, QualifiedName name);
CreationName creation_name(Interpreter& interpreter, ast::List<ast::Node> names);

/// Where a new relation goes, TEMPORARY considered (RangeVarGetCreationNamespace).
struct RelationCreation {
  Oid schema = invalid_oid;
  Name name;
  Persistence persistence = Persistence::permanent;
};
RelationCreation relation_creation(Interpreter& interpreter, ast::RangeVar relation);

/// Removes the relations, and all that hangs on them, without asking.
void drop_temporary(Interpreter& interpreter, const std::vector<Oid>& relations);
/// Removes the session's temporary schema with all that is in it.
void end_temporary_schema(Interpreter& interpreter);

}  // namespace pgplumb::engine::ddl
