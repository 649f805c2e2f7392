#pragma once
// What a routine consists of: interpret_AS_clause of commands/functioncmds.c, and the languages' validators.
#include "engine/ddl/routine_attributes.h"

namespace pgplumb::engine::ddl {

/// Fills in body, link_symbol or sql_body.
void read_body(Interpreter& interpreter, ast::CreateFunctionStmt statement, const RoutineAttributes& attributes,
               catalog::Routine& routine);

/// What the language's validator would refuse, as far as it can be told without running it.
void check_body(Interpreter& interpreter, const catalog::Routine& routine);

std::string language_name(const Interpreter& interpreter, Oid language);

/// 42704, with a hint where an extension brings the language.
[[noreturn]] void no_such_language(const Interpreter& interpreter, const std::string& name);

}  // namespace pgplumb::engine::ddl
