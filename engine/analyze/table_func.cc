#include "engine/analyze/table_func.h"

namespace pgplumb::engine::analyze {

NamespaceItemPtr transform_range_table_func(ParseState&, ast::RangeTableFunc function) {
  not_simulated("XMLTABLE", function.location());
}
NamespaceItemPtr transform_json_table(ParseState&, ast::JsonTable table) {
  not_simulated("JSON_TABLE", table.location());
}

}  // namespace pgplumb::engine::analyze
