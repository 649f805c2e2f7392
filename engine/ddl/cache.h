#pragma once
// The catalogs as analysis sees them, along the session's search_path.
#include "engine/analyze/syscache.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Valid until the catalog or search_path changes.
inline const analyze::Syscache& cache_of(const Interpreter& interpreter) { return interpreter.cache(); }

}  // namespace pgplumb::engine::ddl
