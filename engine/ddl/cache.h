#pragma once
// The catalogs as analysis sees them, along the session's search_path.
#include "engine/analyze/syscache.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Valid until the catalog or search_path changes: make one where it is needed.
inline analyze::Syscache cache_of(const Interpreter& interpreter) {
  return analyze::Syscache(interpreter.major(), &interpreter.catalog(), interpreter.search_path());
}

}  // namespace pgplumb::engine::ddl
