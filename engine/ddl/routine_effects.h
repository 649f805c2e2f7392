#pragma once
// Whether running something may change the schema, told from its text: what is called from a query, DO or a trigger is
// not always run.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

/// What is looked for besides changes of the schema: whether the session is left other than it was, its search_path above
/// all. Parameters that only applications know are passed over.
enum class Also { nothing, session };

/// Why running the text may change the schema: it holds DDL, builds statements, or calls something that does; nothing
/// where it does neither.
std::optional<std::string> effect_of_text(const Interpreter& interpreter, std::string_view text, Also also = Also::nothing);
/// Likewise for a body in this language. What is neither SQL nor PL/pgSQL can't be read: it may do anything, unless it
/// never reaches for the database.
std::optional<std::string> effect_of_body(const Interpreter& interpreter, std::string_view language, std::string_view body);

/// Why the call may change the schema: by any routine that its name may mean.
std::optional<std::string> effect_of_call(const Interpreter& interpreter, parser::ast::FuncCall call,
                                          Also also = Also::nothing);
/// The routines that the call may mean.
std::vector<Oid> routines_of_call(const Interpreter& interpreter, parser::ast::FuncCall call);

/// Likewise for the user's routine; built-in ones change nothing.
std::optional<std::string> effect_of_routine(const Interpreter& interpreter, Oid routine, Also also = Also::nothing);

/// Likewise for an analysed query or expression that refers to these: it calls routines, and reads views that do.
std::optional<std::string> effect_of_refs(const Interpreter& interpreter, const std::vector<Oid>& refs);

}  // namespace pgplumb::engine::ddl
