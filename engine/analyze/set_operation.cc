#include "engine/analyze/set_operation.h"

#include <fmt/format.h>

#include <utility>

#include "engine/analyze/analyze.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_cte.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/typcache.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

using expr::make;
using expr::type_of;

namespace {

/// One member or combination, with its output columns as far as the level above needs them.
struct Branch {
  expr::SetOperationItem item;
  std::vector<expr::TargetEntry> columns;
};

bool is_leaf(ast::SelectStmt select) {
  bool plain = select.op() == ast::SetOperation::SETOP_NONE ||
               select.op() == ast::SetOperation::SET_OPERATION_UNDEFINED;
  return plain || !select.sort_clause().empty() || select.limit_offset() || select.limit_count() ||
         !select.locking_clause().empty() || select.with_clause();
}

expr::SetOp op_of(ast::SetOperation op) {
  if (op == ast::SetOperation::SETOP_INTERSECT) return expr::SetOp::intersect;
  return op == ast::SetOperation::SETOP_EXCEPT ? expr::SetOp::except : expr::SetOp::union_op;
}

const char* name_of(expr::SetOp op) {
  if (op == expr::SetOp::intersect) return "INTERSECT";
  return op == expr::SetOp::except ? "EXCEPT" : "UNION";
}

class Tree {
 public:
  explicit Tree(ParseState& state) : state_(state) {}

  // `top`: the statement's own operation, whatever clauses are on it.
  Branch transform(ast::SelectStmt select, bool top) {
    if (!top && is_leaf(select)) return leaf(select);
    auto operation = std::make_shared<expr::SetOperation>();
    operation->op = op_of(select.op());
    operation->all = select.all();
    Branch left = transform(select.larg(), false);
    if (top && state_.parent_cte) note_recursive_columns(state_, *state_.parent_cte, left.columns);
    Branch right = transform(select.rarg(), false);
    if (left.columns.size() != right.columns.size()) {
      fail(errcode::syntax_error,
           fmt::format("each {} query must have the same number of columns", name_of(operation->op)),
           location_of(right.columns.empty() ? nullptr : right.columns.front().expr));
    }
    Branch result;
    for (std::size_t i = 0; i < left.columns.size(); ++i) {
      result.columns.push_back(unify(*operation, left, right, i));
    }
    operation->left = left.item;
    operation->right = right.item;
    result.item.operation = std::move(operation);
    return result;
  }

 private:
  Branch leaf(ast::SelectStmt select) {
    ParseState member(state_.cache, state_.settings, &state_);
    member.resolve_unknowns = false;
    // What the whole makes, its first member says.
    const bool is_first = std::exchange(is_first_, false);
    member.allow_into = is_first && state_.allow_into;
    if (select.into_clause() && !is_first)
      fail(errcode::syntax_error, "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT",
           select.into_clause().rel().location());
    QueryPtr query = transform_select(member, select);
    if (!state_.names.empty() && contains_vars_of_level(query, 1)) {
      fail(errcode::invalid_column_reference,
           "UNION/INTERSECT/EXCEPT member statement cannot refer to other relations of same query level");
    }
    Branch branch;
    for (const expr::TargetEntry& target : query->targets) {
      if (!target.junk) branch.columns.push_back(target);
    }
    expr::Alias alias;
    alias.name = fmt::format("*SELECT* {}", state_.range_table.size() + 1);
    branch.item.rt_index = add_subquery(state_, query, alias, false, false)->rt_index;
    return branch;
  }

  // A member's unknown literal takes the common type where it stands; all else is left as it is.
  NodePtr coerce_column(Branch& branch, std::size_t column, Oid type, const char* context) {
    expr::TargetEntry& target = branch.columns[column];
    bool unknown = type_of(*target.expr) == types::unknown;
    if (unknown && !target.expr->is<expr::Const>() && !target.expr->is<expr::Param>()) return target.expr;
    NodePtr coerced = coerce_to_common_type(state_, target.expr, type, context);
    if (unknown && branch.item.rt_index > 0) replace_target(branch.item.rt_index, target.resno, coerced);
    return coerced;
  }

  void replace_target(int rt_index, int resno, const NodePtr& value) {
    expr::RangeTblEntry& entry = entry_of(state_, rt_index, 0);
    auto copy = std::make_shared<expr::Query>(*entry.subquery);
    for (expr::TargetEntry& target : copy->targets) {
      if (target.resno == resno) target.expr = value;
    }
    entry.subquery = QueryPtr(std::move(copy));
  }

  expr::TargetEntry unify(expr::SetOperation& operation, Branch& left, Branch& right, std::size_t column) {
    const char* context = name_of(operation.op);
    NodePtr best;
    Oid type = select_common_type(state_, {left.columns[column].expr, right.columns[column].expr}, context, &best);
    NodePtr left_value = coerce_column(left, column, type, context);
    NodePtr right_value = coerce_column(right, column, type, context);
    bool keeps_all = operation.op == expr::SetOp::union_op && operation.all;
    std::int32_t typmod = select_common_typmod({left_value, right_value}, type);
    Oid collation = select_common_collation(state_, {left_value, right_value}, keeps_all);
    operation.columns.types.push_back(type);
    operation.columns.typmods.push_back(typmod);
    operation.columns.collations.push_back(collation);
    if (!keeps_all) operation.group.push_back(grouping(type, best));
    // What stands above sees a value of that type, and no expression.
    expr::SetToDefault value;
    value.type = type;
    value.typmod = typmod;
    value.collation = collation;
    expr::TargetEntry target = left.columns[column];
    target.expr = make(std::move(value), location_of(best));
    target.resno = static_cast<int>(column) + 1;
    return target;
  }

  expr::SortGroupClause grouping(Oid type, const NodePtr& best) {
    try {
      SortGroupOperators found = sort_group_operators(state_.cache, type, false, true, false);
      expr::SortGroupClause clause;
      clause.equal_op = found.equal;
      clause.sort_op = found.less;
      clause.hashable = found.hashable;
      return clause;
    } catch (SqlError& error) {
      error.location = location_of(best);
      throw;
    }
  }

  ParseState& state_;
  bool is_first_ = true;
};

int leftmost_entry(const expr::SetOperationItem& item) {
  return item.operation ? leftmost_entry(item.operation->left) : item.rt_index;
}

}  // namespace

void transform_set_operation_tree(ParseState& state, ast::SelectStmt select, expr::Query& query) {
  Branch top = Tree(state).transform(select, true);
  query.set_operation = top.item.operation;
  int leftmost = leftmost_entry(top.item);
  const QueryPtr first = entry_of(state, leftmost, 0).subquery;
  const expr::ColumnTypes& columns = query.set_operation->columns;
  std::size_t i = 0;
  for (const expr::TargetEntry& member : first->targets) {
    if (member.junk) continue;
    expr::Var var;
    var.rt_index = leftmost;
    var.attribute = member.resno;
    var.type = columns.types[i];
    var.typmod = columns.typmods[i];
    var.collation = columns.collations[i];
    var.written_rt_index = leftmost;
    var.written_attribute = member.resno;
    expr::TargetEntry target;
    target.expr = make(std::move(var), location_of(member.expr));
    target.resno = state.next_resno++;
    target.name = member.name;
    target.has_name = true;
    query.targets.push_back(std::move(target));
    ++i;
  }
}

SetOperationNames::SetOperationNames(ParseState& state, const expr::Query& query)
    : state_(state), saved_(std::move(state.names)), entries_(state.range_table.size()), targets_(query.targets.size()) {
  JoinEntry entry;
  for (const expr::TargetEntry& target : query.targets) {
    const auto* var = target.expr->as<expr::Var>();
    NamespaceColumn column;
    column.rt_index = column.written_rt_index = var->rt_index;
    column.attribute = column.written_attribute = var->attribute;
    column.type = var->type;
    column.typmod = var->typmod;
    column.collation = var->collation;
    entry.columns.push_back(column);
    entry.names.push_back(target.name);
    entry.alias_vars.push_back(target.expr);
  }
  state_.names.clear();
  add_item_to_query(state_, add_join(state_, std::move(entry), false), false, false, true);
}

void SetOperationNames::restore(const expr::Query& query) {
  state_.names = std::move(saved_);
  state_.range_table.resize(entries_);
  if (query.targets.size() == targets_) return;
  fail(errcode::feature_not_supported, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause",
       location_of(query.targets[targets_].expr),
       "Only result column names can be used, not expressions or functions.",
       "Add the expression/function to every SELECT, or move the UNION into a FROM clause.");
}

}  // namespace pgplumb::engine::analyze
