#include "engine/ddl/analyzer.h"

namespace pgplumb::engine::ddl {

namespace {

analyze::Settings settings_of(const Interpreter& interpreter) {
  analyze::Settings settings;
  const Session& session = interpreter.session();
  settings.timezone = session.parameter("timezone").value_or("UTC");
  settings.now = interpreter.environment().now;
  settings.xml_document = session.parameter("xmloption").value_or("content") == "document";
  return settings;
}

}  // namespace

analyze::Analyzer analyzer_of(const Interpreter& interpreter) {
  return analyze::Analyzer(interpreter.major(), &interpreter.catalog(), interpreter.search_path(),
                           settings_of(interpreter));
}

}  // namespace pgplumb::engine::ddl
