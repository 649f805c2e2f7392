#pragma once
// The members of an extension, made from what the built-in data know of it.
#include "catalog/builtin/extension_data.h"
#include "catalog/kinds/extension.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Makes the objects that the extension's script would, as its members.
void create_members(Interpreter& interpreter, catalog::Ref<catalog::Extension> extension,
                    const catalog::builtin::ExtensionData& data);

}  // namespace pgplumb::engine::ddl
