#pragma once
// Expressions: PostgreSQL's parser/parse_expr.c. Each family has a file of its own; this header lists their entries.
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyze/parse_oper.h"
#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// The analysed expression, without its collations: those parse_collate.h assigns once the whole clause is there. A null
/// node gives a null handle.
NodePtr transform_expr(ParseState& state, ast::Node node, ExprKind kind);

// For the families; `state.expr_kind` is set.
NodePtr transform_expr_recurse(ParseState& state, ast::Node node);
NodePtr transform_a_expr(ParseState& state, ast::A_Expr node);                        // expr_operators.cc
NodePtr transform_bool_expr(ParseState& state, ast::BoolExpr node);
NodePtr transform_sub_link(ParseState& state, ast::SubLink node);                     // expr_sublink.cc
/// (a, b) op (SELECT …)
NodePtr transform_row_compare_sub_link(ParseState& state, ast::SubLink node, ast::A_Expr comparison);
NodePtr transform_case(ParseState& state, ast::CaseExpr node);                        // expr_constructors.cc
NodePtr transform_coalesce(ParseState& state, ast::CoalesceExpr node);
NodePtr transform_min_max(ParseState& state, ast::MinMaxExpr node);
NodePtr transform_row(ParseState& state, ast::RowExpr node, bool allow_default);
NodePtr transform_array(ParseState& state, ast::A_ArrayExpr node, Oid array_type, Oid element_type,
                        std::int32_t typmod);
NodePtr transform_sql_value_function(ParseState& state, ast::SQLValueFunction node);
NodePtr transform_indirection(ParseState& state, ast::A_Indirection node);            // expr_subscripts.cc
NodePtr transform_xml(ParseState& state, ast::XmlExpr node);                          // expr_xml.cc
NodePtr transform_xml_serialize(ParseState& state, ast::XmlSerialize node);
/// The SQL/JSON forms of newer grammars; null for any other node.                       expr_json.cc
NodePtr transform_json(ParseState& state, ast::Node node);

/// container[subscripts], or with `for_assignment` the reference that a value is stored into.
NodePtr transform_subscripts(ParseState& state, NodePtr container, Oid container_type, std::int32_t typmod,
                             const std::vector<ast::A_Indices>& subscripts, bool for_assignment);
/// (a, b) op (c, d)
NodePtr make_row_comparison(ParseState& state, OperatorName name, const std::vector<NodePtr>& left,
                            const std::vector<NodePtr>& right, int location);
NodePtr make_bool_expr(expr::BoolOp op, std::vector<NodePtr> args, int location);
/// A list of expressions with `x.*` expanded: transformExpressionList.
std::vector<NodePtr> transform_expression_list(ParseState& state, ast::List<ast::Node> list, ExprKind kind,
                                               bool allow_default);
OperatorName operator_name(ast::List<ast::Node> names);
NodePtr make_const(ParseState& state, ast::A_Const constant);
NodePtr unknown_literal(std::string_view text, int location);
void check_no_new_srf(ParseState& state, const NodePtr& last_srf, const char* construct);

}  // namespace pgplumb::engine::analyze
