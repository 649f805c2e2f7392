// JOIN … ON, USING and NATURAL: transformFromClauseItem's longest branch.
#include "engine/analyze/join.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"

namespace pgplumb::engine::analyze {

using expr::make;

namespace {

expr::JoinKind kind_of(ast::JoinType type) {
  switch (type) {
    case ast::JoinType::JOIN_LEFT: return expr::JoinKind::left;
    case ast::JoinType::JOIN_FULL: return expr::JoinKind::full;
    case ast::JoinType::JOIN_RIGHT: return expr::JoinKind::right;
    default: return expr::JoinKind::inner;
  }
}

NodePtr var_of(const NamespaceColumn& column) {
  expr::Var var;
  var.rt_index = column.rt_index;
  var.attribute = column.attribute;
  var.type = column.type;
  var.typmod = column.typmod;
  var.collation = column.collation;
  var.column = column.column;
  var.written_rt_index = column.written_rt_index;
  var.written_attribute = column.written_attribute;
  return make(std::move(var));
}

class Join {
 public:
  Join(ParseState& state, ast::JoinExpr node) : state_(state), node_(node), kind_(kind_of(node.jointype())) {}

  FromItem run() {
    transform_sides();
    expr::JoinExpr tree;
    tree.kind = kind_;
    tree.natural = node_.is_natural();
    tree.sides = {left_.tree, right_.tree};
    tree.alias = alias_of(node_.alias());
    std::vector<std::string> common = using_columns();
    if (!common.empty()) tree.on = merge_columns(common);
    add_remaining(*left_.item, left_used_, entry_.left_columns);
    add_remaining(*right_.item, right_used_, entry_.right_columns);
    if (node_.quals()) tree.on = on_clause();
    if (node_.join_using_alias()) {
      tree.join_using_alias = alias_of(node_.join_using_alias());
      std::copy(common.begin(), common.end(), std::back_inserter(tree.join_using_alias->columns));
    }
    tree.using_columns = std::move(common);
    return finish(std::move(tree));
  }

 private:
  void transform_sides() {
    left_ = transform_from_item(state_, node_.larg());
    bool lateral_ok = kind_ == expr::JoinKind::inner || kind_ == expr::JoinKind::left;
    set_lateral_state(left_.names, true, lateral_ok);
    std::size_t visible = state_.names.size();
    state_.names.insert(state_.names.end(), left_.names.begin(), left_.names.end());
    right_ = transform_from_item(state_, node_.rarg());
    state_.names.resize(visible);
    check_name_conflicts(state_, left_.names, right_.names);
    names_ = left_.names;
    names_.insert(names_.end(), right_.names.begin(), right_.names.end());
  }

  std::vector<std::string> using_columns() const {
    std::vector<std::string> columns;
    if (node_.is_natural()) {
      for (const std::string& name : left_.item->names.columns) {
        const auto& others = right_.item->names.columns;
        bool shared = !name.empty() && std::find(others.begin(), others.end(), name) != others.end();
        if (shared) columns.push_back(name);
      }
    }
    for (ast::Node name : node_.using_clause()) columns.emplace_back(name.str());
    return columns;
  }

  std::size_t index_in(const NamespaceItem& item, const std::string& name, const char* side) const {
    const auto& names = item.names.columns;
    auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      fail(errcode::undefined_column,
           fmt::format("column \"{}\" specified in USING clause does not exist in {} table", name, side));
    }
    if (std::find(found + 1, names.end(), name) != names.end()) {
      fail(errcode::ambiguous_column,
           fmt::format("common column name \"{}\" appears more than once in {} table", name, side));
    }
    return static_cast<std::size_t>(found - names.begin());
  }

  NodePtr merge_columns(const std::vector<std::string>& common) {
    std::vector<NodePtr> equalities;
    for (std::size_t i = 0; i < common.size(); ++i) {
      if (std::find(common.begin(), common.begin() + static_cast<std::ptrdiff_t>(i), common[i]) !=
          common.begin() + static_cast<std::ptrdiff_t>(i)) {
        fail(errcode::duplicate_column, fmt::format("column name \"{}\" appears more than once in USING clause", common[i]));
      }
      std::size_t left = index_in(*left_.item, common[i], "left");
      std::size_t right = index_in(*right_.item, common[i], "right");
      left_used_.push_back(left);
      right_used_.push_back(right);
      equalities.push_back(merge_one(common[i], left, right));
    }
    entry_.merged_columns = static_cast<int>(common.size());
    NodePtr condition =
        equalities.size() == 1 ? equalities.front() : make_bool_expr(expr::BoolOp::and_op, equalities, -1);
    return coerce_to_boolean(state_, condition, "JOIN/USING");
  }

  NodePtr merge_one(const std::string& name, std::size_t left, std::size_t right) {
    const NamespaceColumn &left_column = left_.item->columns[left], &right_column = right_.item->columns[right];
    NodePtr left_var = var_of(left_column), right_var = var_of(right_column);
    NodePtr merged = merged_var(left_var, right_var);
    entry_.names.push_back(name);
    entry_.alias_vars.push_back(merged);
    entry_.left_columns.push_back(static_cast<int>(left) + 1);
    entry_.right_columns.push_back(static_cast<int>(right) + 1);
    entry_.columns.push_back(merged.get() == left_var.get()    ? left_column
                             : merged.get() == right_var.get() ? right_column
                                                               : own_column(merged));
    return coerce_to_boolean(state_, make_op(state_, {{}, "="}, left_var, right_var, state_.last_srf, -1), "AND");
  }

  // A column that is none of the inputs' own: the join's entry is made later, and its index filled in then.
  NamespaceColumn own_column(const NodePtr& merged) const {
    NamespaceColumn column;
    column.attribute = column.written_attribute = static_cast<int>(entry_.columns.size()) + 1;
    column.type = expr::type_of(*merged);
    column.typmod = expr::typmod_of(*merged);
    column.collation = expr::collation_of(*merged);
    return column;
  }

  NodePtr to_common(const NodePtr& var, Oid type, std::int32_t typmod) {
    if (expr::type_of(*var) != type) return coerce_type(state_, var, expr::type_of(*var), type, typmod, {});
    if (expr::typmod_of(*var) == typmod) return var;
    expr::RelabelType relabel;
    relabel.arg = var;
    relabel.type = type;
    relabel.typmod = typmod;
    relabel.form = expr::CoercionForm::implicit_cast;
    return make(std::move(relabel));
  }

  // buildMergedJoinVar
  NodePtr merged_var(const NodePtr& left_var, const NodePtr& right_var) {
    Oid type = expr::type_of(*left_var);
    std::int32_t typmod = expr::typmod_of(*left_var);
    if (type != expr::type_of(*right_var)) {
      type = select_common_type(state_, {left_var, right_var}, "JOIN/USING");
      typmod = -1;
    } else if (typmod != expr::typmod_of(*right_var)) {
      typmod = -1;
    }
    NodePtr left = to_common(left_var, type, typmod), right = to_common(right_var, type, typmod);
    NodePtr result = left;
    if (kind_ == expr::JoinKind::right) result = right;
    if (kind_ == expr::JoinKind::inner && !left->is<expr::Var>() && right->is<expr::Var>()) result = right;
    if (kind_ == expr::JoinKind::full) {
      expr::CoalesceExpr both;
      both.type = type;
      both.args = {left, right};
      result = make(std::move(both));
    }
    return assign_expr_collations(state_, result);
  }

  void add_remaining(const NamespaceItem& item, const std::vector<std::size_t>& used, std::vector<int>& own_numbers) {
    for (std::size_t i = 0; i < item.columns.size(); ++i) {
      if (item.columns[i].rt_index == 0 || std::find(used.begin(), used.end(), i) != used.end()) continue;
      entry_.names.push_back(item.names.columns[i]);
      entry_.columns.push_back(item.columns[i]);
      entry_.alias_vars.push_back(var_of(item.columns[i]));
      own_numbers.push_back(static_cast<int>(i) + 1);
    }
  }

  NodePtr on_clause() {
    set_lateral_state(names_, false, true);
    std::vector<NamespaceItemPtr> saved = std::move(state_.names);
    state_.names = names_;
    NodePtr condition = transform_where_clause(state_, node_.quals(), ExprKind::join_on, "JOIN/ON");
    state_.names = std::move(saved);
    return condition;
  }

  void fill_in_columns(int rt_index) {
    for (std::size_t i = 0; i < entry_.columns.size(); ++i) {
      NamespaceColumn& column = entry_.columns[i];
      if (column.rt_index == 0) column.rt_index = rt_index;
      if (column.written_rt_index == 0) column.written_rt_index = rt_index;
      if (!node_.alias()) continue;
      column.written_rt_index = rt_index;
      column.written_attribute = static_cast<int>(i) + 1;
    }
  }

  FromItem finish(expr::JoinExpr tree) {
    tree.rt_index = static_cast<int>(state_.range_table.size()) + 1;
    fill_in_columns(tree.rt_index);
    entry_.kind = kind_;
    entry_.using_alias = tree.join_using_alias;
    entry_.alias = tree.alias;
    NamespaceItemPtr item = add_join(state_, std::move(entry_), true);
    // An alias hides the inputs' names; without one, their columns are seen through the join alone.
    if (tree.alias) names_.clear();
    for (const NamespaceItemPtr& name : names_) name->columns_visible = false;
    if (tree.join_using_alias) add_using_alias(*item, *tree.join_using_alias);
    item->relation_visible = tree.alias.has_value();
    item->columns_visible = true;
    item->lateral_only = false;
    item->lateral_ok = true;
    names_.push_back(item);
    return {{std::move(tree)}, item, names_};
  }

  void add_using_alias(const NamespaceItem& join, const expr::Alias& alias) {
    auto item = std::make_shared<NamespaceItem>(join);
    item->names = alias;
    item->columns.resize(alias.columns.size());
    item->columns_visible = false;
    check_name_conflicts(state_, {item}, names_);
    names_.push_back(item);
  }

  ParseState& state_;
  ast::JoinExpr node_;
  expr::JoinKind kind_;
  FromItem left_, right_;
  std::vector<NamespaceItemPtr> names_;
  std::vector<std::size_t> left_used_, right_used_;
  JoinEntry entry_;
};

}  // namespace

FromItem transform_join(ParseState& state, ast::JoinExpr join) { return Join(state, join).run(); }

}  // namespace pgplumb::engine::analyze
