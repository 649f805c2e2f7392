#include "engine/analyze/dml.h"

#include <fmt/format.h>

#include "engine/analyze/analyze.h"
#include "engine/analyze/assignment.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_cte.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_target.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

namespace {

void returning_clause(ParseState& state, ast::List<ast::Node> list, expr::Query& query) {
  if (list.empty()) return;
  int saved = state.next_resno;
  state.next_resno = 1;
  query.returning = transform_target_list(state, list, ExprKind::returning);
  mark_target_origins(state, query.returning);
  if (state.resolve_unknowns) resolve_unknown_targets(state, query.returning);
  state.next_resno = saved;
}

int column_number(ParseState& state, std::string_view name, int location) {
  Oid relation = state.target->entry->relation;
  for (const ColumnRow& column : state.cache.columns(relation)) {
    if (!column.dropped && column.name == name) return column.number;
  }
  fail(errcode::undefined_column,
       fmt::format("column \"{}\" of relation \"{}\" does not exist", name, state.cache.relation(relation)->name),
       location);
}

/// A column of INSERT's list, or one that it stands for when there is no list.
struct InsertColumn {
  std::string_view name;
  int number = 0;
  ast::List<ast::Node> indirection;
  int location = -1;
};

std::vector<InsertColumn> insert_columns(ParseState& state, ast::List<ast::Node> list) {
  std::vector<InsertColumn> columns;
  if (list.empty()) {
    for (const ColumnRow& column : state.cache.columns(state.target->entry->relation)) {
      if (!column.dropped) columns.push_back({column.name, column.number, {}, -1});
    }
  }
  for (ast::Node node : list) {
    auto target = node.as<ast::ResTarget>();
    InsertColumn column{target.name(), column_number(state, target.name(), target.location()), target.indirection(),
                        target.location()};
    for (const InsertColumn& other : columns) {
      if (other.number == column.number && (other.indirection.empty() || column.indirection.empty())) {
        fail(errcode::duplicate_column, fmt::format("column \"{}\" specified more than once", column.name),
             column.location);
      }
    }
    columns.push_back(column);
  }
  return columns;
}

class Insert {
 public:
  Insert(ParseState& state, ast::InsertStmt statement) : state_(state), statement_(statement) {}

  QueryPtr run() {
    query_.command = expr::CommandType::insert;
    state_.is_insert = true;
    transform_with_clause(state_, statement_.with_clause(), query_);
    overriding();
    ast::SelectStmt select = statement_.select_stmt().as<ast::SelectStmt>();
    bool general = select && is_general(select);
    // A rule's OLD and NEW belong to the range table of INSERT … SELECT's SELECT.
    ParseState inner(state_.cache, state_.settings, &state_);
    if (general) hand_down(inner);
    query_.result_relation = set_target_table(state_, statement_.relation(), false, false);
    columns_ = insert_columns(state_, statement_.cols());
    if (general) {
      row_ = from_select(inner, select);
    } else if (select && select.values_lists().size() > 1) {
      row_ = from_values(select.values_lists());
    } else if (select) {
      row_ = assigned(transform_expression_list(state_, select.values_lists()[0].items(), ExprKind::values_single, true),
                      false);
    }
    set_targets();
    conflict_and_returning();
    assign_query_collations(state_, query_);
    finish_query(state_, query_);
    return share_query(std::move(query_));
  }

 private:
  void overriding() {
    if (statement_.override_() == ast::OverridingKind::OVERRIDING_USER_VALUE) query_.overriding = expr::Overriding::user_value;
    if (statement_.override_() == ast::OverridingKind::OVERRIDING_SYSTEM_VALUE) {
      query_.overriding = expr::Overriding::system_value;
    }
  }

  static bool is_general(ast::SelectStmt select) {
    return select.values_lists().empty() || !select.sort_clause().empty() || select.limit_offset() ||
           select.limit_count() || !select.locking_clause().empty() || select.with_clause();
  }

  void hand_down(ParseState& inner) {
    inner.range_table = std::move(state_.range_table);
    inner.names = std::move(state_.names);
    inner.resolve_unknowns = false;
    state_.range_table.clear();
    state_.names.clear();
    // The items point into the range table that moved along.
    for (const NamespaceItemPtr& item : inner.names) {
      item->entry = &inner.range_table[static_cast<std::size_t>(item->rt_index) - 1];
    }
  }

  std::vector<NodePtr> from_select(ParseState& inner, ast::SelectStmt select) {
    QueryPtr query = transform_select(inner, select);
    expr::Alias alias;
    alias.name = "*SELECT*";
    NamespaceItemPtr item = add_subquery(state_, query, alias, false, false);
    add_item_to_query(state_, item, true, false, false);
    std::vector<NodePtr> row;
    std::vector<ExpandedColumn> columns = expand_item(state_, *item, 0, -1);
    std::size_t at = 0;
    for (const expr::TargetEntry& target : query->targets) {
      if (target.junk) continue;
      NodePtr var = columns[at++].var;
      bool unknown = target.expr->is<expr::Const>() && expr::type_of(*target.expr) == types::unknown;
      row.push_back(unknown ? target.expr : var);
    }
    return assigned(std::move(row), false);
  }

  std::vector<NodePtr> from_values(ast::List<ast::Node> lists) {
    std::vector<std::vector<NodePtr>> rows;
    bool lateral = false;
    for (ast::Node list : lists) {
      std::vector<NodePtr> row = transform_expression_list(state_, list.items(), ExprKind::values, true);
      if (!rows.empty() && row.size() != rows.front().size()) {
        fail(errcode::syntax_error, "VALUES lists must all be the same length");
      }
      row = assigned(std::move(row), true);
      assign_list_collations(state_, row);
      for (const NodePtr& value : row) {
        lateral = lateral || (state_.range_table.size() != 1 && contains_vars_of_level(value, 0));
      }
      rows.push_back(std::move(row));
    }
    expr::ColumnTypes types;
    for (const NodePtr& value : rows.front()) {
      types.types.push_back(expr::type_of(*value));
      types.typmods.push_back(expr::typmod_of(*value));
      types.collations.push_back(invalid_oid);
    }
    NamespaceItemPtr item = add_values(state_, std::move(rows), std::move(types), std::nullopt, lateral, true);
    add_item_to_query(state_, item, true, false, false);
    std::vector<NodePtr> vars;
    for (ExpandedColumn& column : expand_item(state_, *item, 0, -1)) vars.push_back(std::move(column.var));
    return assigned(std::move(vars), false);
  }

  // transformInsertRow
  std::vector<NodePtr> assigned(std::vector<NodePtr> row, bool strip) {
    if (row.size() > columns_.size()) {
      fail(errcode::syntax_error, "INSERT has more expressions than target columns",
           expr::location_of(*row[columns_.size()]));
    }
    if (!statement_.cols().empty() && row.size() < columns_.size()) {
      fail(errcode::syntax_error, "INSERT has more target columns than expressions", columns_[row.size()].location);
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      const InsertColumn& column = columns_[i];
      row[i] = transform_assigned_expr(state_, row[i], column.name, column.number, column.indirection, column.location);
      if (strip) row[i] = without_assignment(row[i]);
    }
    return row;
  }

  // Rows of a VALUES list hold the values alone; the places within columns are those of the outer list.
  static NodePtr without_assignment(const NodePtr& node) {
    if (const auto* domain = node->as<expr::CoerceToDomain>()) {
      NodePtr inner = without_assignment(domain->arg);
      return inner.get() == domain->arg.get() ? node : inner;
    }
    if (const auto* store = node->as<expr::FieldStore>()) return without_assignment(store->values.front());
    const auto* ref = node->as<expr::SubscriptingRef>();
    return ref && ref->assigned ? without_assignment(ref->assigned) : node;
  }

  void set_targets() {
    for (std::size_t i = 0; i < row_.size(); ++i) {
      expr::TargetEntry target;
      target.expr = row_[i];
      target.resno = columns_[i].number;
      target.name = columns_[i].name;
      target.has_name = true;
      query_.targets.push_back(std::move(target));
    }
  }

  void conflict_and_returning() {
    if (!statement_.on_conflict_clause() && statement_.returning_list().empty()) return;
    state_.names.clear();
    add_item_to_query(state_, state_.target, false, true, true);
    if (statement_.on_conflict_clause()) {
      transform_on_conflict(state_, statement_.on_conflict_clause(), query_.on_conflict);
    }
    returning_clause(state_, statement_.returning_list(), query_);
  }

  ParseState& state_;
  ast::InsertStmt statement_;
  expr::Query query_;
  std::vector<InsertColumn> columns_;
  std::vector<NodePtr> row_;
};

/// (a, b) = ROW (…): the value that each of the columns gets. All share one list.
NodePtr multi_assigned(ParseState& state, ast::MultiAssignRef ref) {
  auto row = ref.source().as<ast::RowExpr>();
  if (!row) not_simulated("UPDATE of several columns from a subquery");
  std::vector<NodePtr> values = transform_expression_list(state, row.args(), ExprKind::update_source, true);
  if (static_cast<int>(values.size()) != ref.ncolumns()) {
    fail(errcode::syntax_error, "number of columns does not match number of values", row.location());
  }
  return values[static_cast<std::size_t>(ref.colno()) - 1];
}

NodePtr update_source(ParseState& state, ast::Node value) {
  if (value.is<ast::SetToDefault>()) {
    return expr::make(expr::SetToDefault{types::unknown, -1, invalid_oid}, value.location());
  }
  if (auto multi = value.as<ast::MultiAssignRef>()) return multi_assigned(state, multi);
  return transform_expr(state, value, ExprKind::update_source);
}

}  // namespace

std::vector<expr::TargetEntry> transform_update_targets(ParseState& state, ast::List<ast::Node> list) {
  std::vector<expr::TargetEntry> targets;
  for (ast::Node node : list) {
    auto item = node.as<ast::ResTarget>();
    expr::TargetEntry target;
    target.expr = update_source(state, item.val());
    if (is_system_column(state.cache, *state.target->entry, item.name()))
      fail(errcode::feature_not_supported, fmt::format("cannot assign to system column \"{}\"", item.name()), item.location());
    target.resno = column_number(state, item.name(), item.location());
    target.name = item.name();
    target.has_name = true;
    target.expr = transform_assigned_expr(state, target.expr, item.name(), target.resno, item.indirection(),
                                          item.location());
    targets.push_back(std::move(target));
  }
  return targets;
}

QueryPtr transform_insert(ParseState& state, ast::InsertStmt statement) { return Insert(state, statement).run(); }

QueryPtr transform_update(ParseState& state, ast::UpdateStmt statement) {
  expr::Query query;
  query.command = expr::CommandType::update;
  transform_with_clause(state, statement.with_clause(), query);
  query.result_relation = set_target_table(state, statement.relation(), statement.relation().inh(), true);
  state.target->lateral_only = true;
  state.target->lateral_ok = false;
  transform_from_clause(state, statement.from_clause());
  state.target->lateral_only = false;
  state.target->lateral_ok = true;
  query.targets = transform_update_targets(state, statement.target_list());
  query.join_tree.where = transform_where_clause(state, statement.where_clause(), ExprKind::where, "WHERE");
  returning_clause(state, statement.returning_list(), query);
  assign_query_collations(state, query);
  finish_query(state, query);
  return share_query(std::move(query));
}

QueryPtr transform_delete(ParseState& state, ast::DeleteStmt statement) {
  expr::Query query;
  query.command = expr::CommandType::delete_;
  transform_with_clause(state, statement.with_clause(), query);
  query.result_relation = set_target_table(state, statement.relation(), statement.relation().inh(), true);
  state.target->lateral_only = true;
  state.target->lateral_ok = false;
  transform_from_clause(state, statement.using_clause());
  state.target->lateral_only = false;
  state.target->lateral_ok = true;
  query.join_tree.where = transform_where_clause(state, statement.where_clause(), ExprKind::where, "WHERE");
  returning_clause(state, statement.returning_list(), query);
  assign_query_collations(state, query);
  finish_query(state, query);
  return share_query(std::move(query));
}

}  // namespace pgplumb::engine::analyze
