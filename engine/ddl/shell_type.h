#pragma once
// Shell types, which stand in for a type until it is defined: TypeShellMake of catalog/pg_type.c.
#include "catalog/kinds/base_type.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

/// Stores a shell of that name, owned by the current user, with the properties that TypeShellMake gives it.
Oid make_shell_type(Interpreter& interpreter, const NewType& place);

/// What the definition of the type starts from: the shell's place in the catalog, with nothing of its stand-in properties.
catalog::BaseType undefined_type(const catalog::BaseType& shell);

}  // namespace pgplumb::engine::ddl
