#pragma once
// Type names: PostgreSQL's parser/parse_type.c.
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyze/syscache.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// The type and modifier that the name means. Errors as the server: 42704 where there is no such type or only a shell.
/// SETOF is the caller's concern, and so are serial and its kin.
TypeRef resolve_type_name(const Syscache& cache, parser::ast::TypeName type_name);
/// Likewise, 0 where there is no such type.
TypeRef find_type_name(const Syscache& cache, parser::ast::TypeName type_name);
/// As messages show it: TypeNameToString.
std::string type_name_to_string(parser::ast::TypeName type_name);

/// Modifiers as written to the number that is stored: the type's typmodin function (typmod_in.cc).
std::int32_t typmod_in(const Syscache& cache, const TypeRow& type, const std::vector<std::string>& modifiers,
                       int location);

}  // namespace pgplumb::engine::analyze
