#pragma once
// The columns of an index resolved: ComputeIndexAttrs and CheckPredicate of commands/indexcmds.c.
#include <string>
#include <vector>

#include "engine/ddl/index.h"

namespace pgplumb::engine::ddl {

struct IndexColumns {
  std::vector<catalog::IndexColumn> keys;
  std::vector<catalog::IndexColumn> included;
  std::vector<AnyRef> exclusion_operators;
  bool has_system_column = false;  // which no index may have
};

/// `names`: of the index's own attributes, keys before included ones.
IndexColumns resolve_index_columns(Interpreter& interpreter, Oid relation, const IndexSpec& spec,
                                   const IndexMethod& method, const std::vector<Name>& names);
Expr resolve_index_predicate(Interpreter& interpreter, Oid relation, const IndexSpec& spec);

/// What an index's attribute over the expression is called (FigureIndexColname).
std::string index_expression_name(ast::Node expression, int major);
bool uses_system_column(const Expr& expression);

}  // namespace pgplumb::engine::ddl
