#pragma once
// Types as statements name and make them: commands/typecmds.c's common parts.
#include <string>

#include "engine/ddl/cache.h"
#include "engine/ddl/namespace.h"

namespace pgplumb::engine::ddl {

/// Where a type of that name is made. Throws 42710 where the schema has a type of it, a relation's row type included;
/// `shell_ok`: a shell type is no obstacle, and its oid is given.
struct NewType {
  Oid schema = invalid_oid;
  Name name;
  Oid shell = invalid_oid;
};
NewType new_type(Interpreter& interpreter, ast::List<ast::Node> names, bool shell_ok = false);
/// Throws 42710 where the schema has a type of that name.
void require_free_type_name(const Interpreter& interpreter, Oid schema, Name name);

/// The type with its modifier that is written; throws 42704 where there is none, or only a shell.
catalog::TypeRef require_type(const Interpreter& interpreter, ast::TypeName name);
/// The type that a list of names means; throws 42704.
Oid require_type(const Interpreter& interpreter, ast::List<ast::Node> names);
/// Likewise, along search_path or in the schema that is written; invalid_oid where there is none.
Oid find_type(const Interpreter& interpreter, const std::vector<std::string>& names);

/// The collation of values of the type: its own, or the COLLATE clause's; throws 42804 where it can't have one.
catalog::AnyRef collation_of(const Interpreter& interpreter, Oid type, ast::CollateClause clause);

/// The type's name as messages show it: format_type_be.
std::string type_text(const Interpreter& interpreter, Oid type);

}  // namespace pgplumb::engine::ddl
