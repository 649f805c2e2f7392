#pragma once
// Constants of an enumeration within expressions: the server stores which label they are, not what it is called.
#include "catalog/kinds/enum_type.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Gives the label its new name in every default, check, index, policy, view … that holds a constant of the type. Throws
/// NotSimulated for constants of its array type.
void rename_label_in_expressions(Interpreter& interpreter, catalog::Ref<catalog::EnumType> type, const std::string& old_label,
                                 const std::string& new_label);

}  // namespace pgplumb::engine::ddl
