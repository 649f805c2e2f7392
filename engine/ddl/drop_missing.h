#pragma once
// What DROP IF EXISTS says of what is not there: does_not_exist_skipping of commands/dropcmds.c.
#include <string>

#include "engine/ddl/namespace.h"

namespace pgplumb::engine::ddl {

/// `type "t" does not exist, skipping`; names the schema, type or relation instead where that is what is missing.
std::string missing_object_notice(const Interpreter& interpreter, ast::ObjectType type, ast::Node object);

/// format_procedure and format_operator, for built-in ones as well.
std::string describe_routine(const Interpreter& interpreter, Oid routine);
std::string describe_operator(const Interpreter& interpreter, Oid op);

}  // namespace pgplumb::engine::ddl
