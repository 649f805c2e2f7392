#pragma once
// XMLTABLE and JSON_TABLE.
#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

NamespaceItemPtr transform_range_table_func(ParseState& state, ast::RangeTableFunc function);
NamespaceItemPtr transform_json_table(ParseState& state, ast::JsonTable table);

}  // namespace pgplumb::engine::analyze
