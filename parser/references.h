#pragma once
// What a raw parse tree names, wherever it names it: for statements that are looked at without being analysed.
#include <string_view>
#include <vector>

#include "parser/ast/ast.h"

namespace pgplumb::parser {

struct RawReferences {
  std::vector<ast::FuncCall> calls;
  std::vector<ast::Node> call_nodes;  // the same, but for that of CALL
  std::vector<ast::RangeVar> relations;
  std::vector<std::string_view> cte_names;
  std::vector<ast::IntoClause> made;  // by SELECT INTO
  std::vector<ast::Node> changes;  // INSERT, UPDATE, DELETE and MERGE within it, as WITH and other statements hold them
};

/// Of a SELECT, INSERT, UPDATE, DELETE, MERGE, COPY, CALL or expression.
RawReferences references_in(const ast::View& statement);
RawReferences references_in(ast::Node statement);

}  // namespace pgplumb::parser
