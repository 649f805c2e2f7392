#pragma once
// OPTIONS (…) of foreign objects: transformGenericOptions of commands/foreigncmds.c, and the validator that is built in,
// postgresql_fdw_validator of foreign/foreign.c. What other validators refuse is not known.
#include "catalog/kinds/foreign_data_wrapper.h"
#include "catalog/kinds/foreign_options.h"
#include "catalog/kinds/foreign_server.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

namespace ast = parser::ast;

/// `old` with the options of a CREATE or ALTER applied. Values that may be secrets are kept as "(hidden)", as they are
/// read from a server.
catalog::Options change_foreign_options(catalog::Options old, ast::List<ast::Node> list);

/// What the options are of.
enum class ForeignOptionContext { wrapper, server, user_mapping, table, column };

/// Throws 42601 where the wrapper's validator is known, and refuses an option.
void validate_foreign_options(const Interpreter& interpreter, catalog::AnyRef validator, const catalog::Options& options,
                              ForeignOptionContext context);
void validate_foreign_options(const Interpreter& interpreter, catalog::Ref<catalog::ForeignServer> server,
                              const catalog::Options& options, ForeignOptionContext context);

/// The server of a new foreign table: throws where there is none, or where the current user may not use it.
catalog::Ref<catalog::ForeignServer> foreign_server_to_use(const Interpreter& interpreter, std::string_view name);

}  // namespace pgplumb::engine::ddl
