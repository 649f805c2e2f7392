#pragma once
// Analysis of expressions and queries within the running session.
#include "engine/analyze/api.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Valid until the catalog or search_path changes: make one where it is needed.
analyze::Analyzer analyzer_of(const Interpreter& interpreter);

}  // namespace pgplumb::engine::ddl
