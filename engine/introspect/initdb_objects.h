#pragma once
// Built-in objects that initdb numbers differently on every machine (system views, information_schema, dictionaries,
// collations): matched with catalog/builtin by name.
#include <string>

#include "engine/introspect/connection.h"
#include "engine/introspect/link.h"

namespace pgplumb::engine {

std::string initdb_objects_sql();

/// Tells the linker all that catalog/builtin knows.
void link_initdb_objects(const QueryResult& rows, int major, Linker& linker);

/// The built-in collation of that name. Of those that initdb finds in the operating system only the server knows.
AnyRef builtin_collation(int major, std::string_view name);

}  // namespace pgplumb::engine
