#pragma once
// Whether an event trigger that a statement fires may change the schema further: EventTriggerDDLCommandStart and its kin
// of commands/event_trigger.c.
#include <optional>
#include <string>

#include "engine/interpreter.h"
#include "parser/ast/ast_fwd.h"

namespace pgplumb::engine::ddl {

bool has_event_triggers(const Interpreter& interpreter);

/// Why it may, for a statement that has been executed; nothing where it does not. DO, CALL and queries stand for whatever
/// they ran.
std::optional<std::string> effect_of_event_triggers(const Interpreter& interpreter, parser::ast::Node statement);

}  // namespace pgplumb::engine::ddl
