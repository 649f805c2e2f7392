#pragma once
// Whether changing rows may change the schema: the rows are a system catalog's, or a trigger, a rule, a default or what a
// foreign key passes on runs something that does (commands/trigger.c, rewrite/rewriteHandler.c, utils/adt/ri_triggers.c).
#include <optional>
#include <string>

#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

enum class RowChange { insert, update, delete_, truncate };

/// Why it may; nothing where it does not. A view stands for the relations that it reads.
std::optional<std::string> effect_of_rows(const Interpreter& interpreter, Oid relation, RowChange change);

}  // namespace pgplumb::engine::ddl
