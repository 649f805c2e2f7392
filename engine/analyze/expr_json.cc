// SQL/JSON, which grammars from 16 on know.
#include <fmt/format.h>

#include "engine/analyze/parse_expr.h"

namespace pgplumb::engine::analyze {

NodePtr transform_json(ParseState&, ast::Node node) {
  switch (node.tag()) {
    case ast::NodeTag::JsonObjectConstructor:
    case ast::NodeTag::JsonArrayConstructor:
    case ast::NodeTag::JsonArrayQueryConstructor:
    case ast::NodeTag::JsonObjectAgg:
    case ast::NodeTag::JsonArrayAgg:
    case ast::NodeTag::JsonIsPredicate:
    case ast::NodeTag::JsonParseExpr:
    case ast::NodeTag::JsonScalarExpr:
    case ast::NodeTag::JsonSerializeExpr:
    case ast::NodeTag::JsonFuncExpr:
      not_simulated(fmt::format("SQL/JSON expression {}", to_string(node.tag())), node.location());
    default: return nullptr;
  }
}

}  // namespace pgplumb::engine::analyze
