#pragma once
// Extensions: commands/extension.c.
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

/// ALTER EXTENSION … SET SCHEMA.
void set_extension_schema(Interpreter& interpreter, ast::AlterObjectSchemaStmt statement);

/// The extensions that nobody knows the contents of: what is not found may be of one of them.
std::vector<Name> extensions_of_unknown_contents(const Interpreter& interpreter);

/// Why an error may be none: something is missing that an extension of unknown contents may bring. Else empty.
std::string may_be_of_extension(const Interpreter& interpreter, const SqlError& error);

}  // namespace pgplumb::engine::ddl
