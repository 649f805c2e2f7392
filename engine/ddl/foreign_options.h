#pragma once
// OPTIONS (…) of foreign objects: transformGenericOptions of commands/foreigncmds.c.
#include "catalog/kinds/foreign_options.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

namespace ast = parser::ast;

/// `old` with the options of a CREATE or ALTER applied. Values that may be secrets are kept as "(hidden)", as they are
/// read from a server.
catalog::Options change_foreign_options(catalog::Options old, ast::List<ast::Node> list);

}  // namespace pgplumb::engine::ddl
