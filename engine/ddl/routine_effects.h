#pragma once
// Whether calling a function may change the schema, told from its text: what is called from SELECT, DO or a trigger is
// not run.
#include <optional>
#include <string>
#include <string_view>

#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

/// Why running the text may change the schema: it holds DDL, builds statements, or calls something that does; nothing
/// where it does neither.
std::optional<std::string> effect_of_text(const Interpreter& interpreter, std::string_view text);

/// Why the call may change the schema: by any routine that its name may mean.
std::optional<std::string> effect_of_call(const Interpreter& interpreter, parser::ast::FuncCall call);
/// The routines that the call may mean.
std::vector<Oid> routines_of_call(const Interpreter& interpreter, parser::ast::FuncCall call);

/// Likewise for the user's routine; built-in ones change nothing.
std::optional<std::string> effect_of_routine(const Interpreter& interpreter, Oid routine);

}  // namespace pgplumb::engine::ddl
