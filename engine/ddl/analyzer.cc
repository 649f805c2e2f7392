#include "engine/ddl/analyzer.h"

namespace pgplumb::engine::ddl {

analyze::Analyzer analyzer_of(const Interpreter& interpreter) {
  return analyze::Analyzer(interpreter.major(), &interpreter.catalog(), interpreter.search_path(),
                           interpreter.analysis_settings(), &interpreter.cache());
}

}  // namespace pgplumb::engine::ddl
