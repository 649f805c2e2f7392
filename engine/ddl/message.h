#pragma once
// What many refusals are worded with.
#include <string>

#include "catalog/base/name.h"
#include "catalog/base/diagnostic.h"

namespace pgplumb::engine::ddl {

/// A name as PostgreSQL's messages show it, never doubled or escaped.
inline std::string quoted(catalog::Name name) { return "\"" + name.str() + "\""; }

/// ERRCODE_WRONG_OBJECT_TYPE.
[[noreturn]] inline void wrong_object_type(const std::string& message) { throw catalog::SqlError("42809", message); }

}  // namespace pgplumb::engine::ddl
