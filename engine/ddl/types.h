#pragma once
// What columns ask of their types: parse_type.c's and typecmds.c's answers, with the errors of a column's declaration.
#include "catalog/kinds/column.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

using catalog::AnyRef;
using catalog::Oid;
using catalog::TypeRef;

/// The type that the name means, with its modifier (typenameTypeIdAndMod): 42704 where there is none.
TypeRef resolve_type(Interpreter& interpreter, ast::TypeName type);
/// The type that an option's value means.
TypeRef resolve_type(Interpreter& interpreter, ast::DefElem option);

/// The collation that a column of the type has without a COLLATE clause; empty where it is not collatable.
AnyRef default_collation(Interpreter& interpreter, Oid type);
/// The collation of a column: its COLLATE clause's, or else the type's (GetColumnDefCollation).
AnyRef column_collation(Interpreter& interpreter, Oid type, ast::CollateClause clause);
/// The collation of that name; 42704 where there is none.
Oid collation_named(Interpreter& interpreter, ast::List<ast::Node> names);
inline AnyRef collation_ref(Oid collation) {
  return collation == catalog::invalid_oid ? AnyRef() : AnyRef{catalog::Kind::collation, collation};
}

/// How values of the type are stored unless somebody says otherwise (pg_type.typstorage).
catalog::Storage type_storage(Interpreter& interpreter, Oid type);

/// The element of an array type, or the type itself; what a relation's row type is made of.
std::string type_name(Interpreter& interpreter, TypeRef type);
std::string type_name(Interpreter& interpreter, Oid type);

}  // namespace pgplumb::engine::ddl
