#pragma once
// What a database can hold and the Catalog has no place for.
#include <vector>

#include "engine/introspect/connection.h"

namespace pgplumb::engine {

/// From the rows of unmodeled_sql (reading.h).
std::vector<Unmodeled> unmodeled_from(const QueryResult& rows);

}  // namespace pgplumb::engine
