#include "catalog/expr_walk.h"

#include <algorithm>

namespace pgplumb::catalog::expr {

namespace {

// parts(x, f) calls f(handle) for each direct part of x, in evaluation order. X is const for visits and not for
// rewrites; f takes NodePtr and QueryPtr. One overload per sort of structure, so that each is listed once.

template <class X, class F>
void each(X& list, F& f) {
  for (auto& part : list) f(part);
}

template <class X, class F>
void targets(X& list, F& f) {
  for (auto& entry : list) f(entry.expr);
}

template <class T>
struct Tag {};

// Leaves.
template <class T, class X, class F>
void parts(Tag<T>, X&, F&) {
  static_assert(std::is_same_v<T, Const> || std::is_same_v<T, Var> || std::is_same_v<T, Param> ||
                    std::is_same_v<T, SubLinkParam> || std::is_same_v<T, CaseTestExpr> ||
                    std::is_same_v<T, SQLValueFunction> || std::is_same_v<T, CoerceToDomainValue> ||
                    std::is_same_v<T, SetToDefault> || std::is_same_v<T, NextValueExpr> ||
                    std::is_same_v<T, CurrentOfExpr> || std::is_same_v<T, MergeSupportFunc>,
                "a node with parts needs its own overload");
}

template <class X, class F>
void parts(Tag<Aggref>, X& n, F& f) {
  each(n.direct_args, f);
  targets(n.args, f);
  f(n.filter);
}
template <class X, class F>
void parts(Tag<GroupingFunc>, X& n, F& f) { each(n.args, f); }
template <class X, class F>
void parts(Tag<WindowFunc>, X& n, F& f) {
  each(n.args, f);
  f(n.filter);
}
template <class X, class F>
void parts(Tag<SubscriptingRef>, X& n, F& f) {
  each(n.upper, f);
  each(n.lower, f);
  f(n.container);
  f(n.assigned);
}
template <class X, class F>
void parts(Tag<FuncExpr>, X& n, F& f) { each(n.args, f); }
template <class X, class F>
void parts(Tag<NamedArgExpr>, X& n, F& f) { f(n.arg); }
template <OperatorUse U, class X, class F>
void parts(Tag<OperatorCall<U>>, X& n, F& f) { each(n.args, f); }
template <class X, class F>
void parts(Tag<ScalarArrayOpExpr>, X& n, F& f) {
  f(n.scalar);
  f(n.array);
}
template <class X, class F>
void parts(Tag<BoolExpr>, X& n, F& f) { each(n.args, f); }
template <class X, class F>
void parts(Tag<SubLink>, X& n, F& f) {
  f(n.test);
  f(n.query);
}
template <class X, class F>
void parts(Tag<FieldSelect>, X& n, F& f) { f(n.arg); }
template <class X, class F>
void parts(Tag<FieldStore>, X& n, F& f) {
  f(n.arg);
  each(n.values, f);
}
template <class X, class F>
void parts(Tag<RelabelType>, X& n, F& f) { f(n.arg); }
template <class X, class F>
void parts(Tag<CoerceViaIO>, X& n, F& f) { f(n.arg); }
template <class X, class F>
void parts(Tag<ArrayCoerceExpr>, X& n, F& f) {
  f(n.arg);
  f(n.element);
}
template <class X, class F>
void parts(Tag<ConvertRowtypeExpr>, X& n, F& f) { f(n.arg); }
template <class X, class F>
void parts(Tag<CollateExpr>, X& n, F& f) { f(n.arg); }
template <class X, class F>
void parts(Tag<CaseExpr>, X& n, F& f) {
  f(n.arg);
  for (auto& when : n.whens) {
    f(when.condition);
    f(when.result);
  }
  f(n.otherwise);
}
template <class X, class F>
void parts(Tag<ArrayExpr>, X& n, F& f) { each(n.elements, f); }
template <class X, class F>
void parts(Tag<RowExpr>, X& n, F& f) { each(n.args, f); }
template <class X, class F>
void parts(Tag<RowCompareExpr>, X& n, F& f) {
  each(n.left, f);
  each(n.right, f);
}
template <class X, class F>
void parts(Tag<CoalesceExpr>, X& n, F& f) { each(n.args, f); }
template <class X, class F>
void parts(Tag<MinMaxExpr>, X& n, F& f) { each(n.args, f); }
template <class X, class F>
void parts(Tag<XmlExpr>, X& n, F& f) {
  each(n.named_args, f);
  each(n.args, f);
}
template <class X, class F>
void parts(Tag<JsonValueExpr>, X& n, F& f) {
  f(n.raw);
  f(n.formatted);
}
template <class X, class F>
void parts(Tag<JsonConstructorExpr>, X& n, F& f) {
  each(n.args, f);
  f(n.function);
  f(n.coercion);
}
template <class X, class F>
void parts(Tag<JsonIsPredicate>, X& n, F& f) { f(n.expr); }
template <class X, class F>
void parts(Tag<JsonExpr>, X& n, F& f) {
  f(n.formatted);
  f(n.path);
  each(n.passing_values, f);
  if (n.on_empty) f(n.on_empty->expr);
  if (n.on_error) f(n.on_error->expr);
}
template <class X, class F>
void parts(Tag<NullTest>, X& n, F& f) { f(n.arg); }
template <class X, class F>
void parts(Tag<BooleanTest>, X& n, F& f) { f(n.arg); }
template <class X, class F>
void parts(Tag<CoerceToDomain>, X& n, F& f) { f(n.arg); }

template <class X, class F>
void parts(Tag<PartitionBoundSpec>, X& n, F& f) {
  each(n.list, f);
  for (auto& datum : n.lower) f(datum.value);
  for (auto& datum : n.upper) f(datum.value);
}

template <class X, class F>
void value_parts(X& value, F& f) { parts(Tag<std::remove_const_t<X>>{}, value, f); }

template <class X, class F>
void table_func_parts(X& table, F& f) {
  each(table.namespace_uris, f);
  f(table.document);
  f(table.row_expr);
  each(table.column_exprs, f);
  each(table.column_defaults, f);
  each(table.column_values, f);
  each(table.passing_values, f);
}

std::size_t merged_columns(const RangeTblEntry& entry) {
  return std::min(entry.join_alias_vars.size(), static_cast<std::size_t>(entry.merged_columns));
}

enum class JoinColumns : std::uint8_t { all, merged };

template <JoinColumns columns, class X, class F>
void range_table_parts(X& entry, F& f) {
  if (entry.sample) {
    each(entry.sample->args, f);
    f(entry.sample->repeatable);
  }
  f(entry.subquery);
  const auto vars = entry.join_alias_vars.begin();
  const std::size_t count = columns == JoinColumns::all ? entry.join_alias_vars.size() : merged_columns(entry);
  std::for_each(vars, vars + static_cast<std::ptrdiff_t>(count), std::ref(f));
  for (auto& function : entry.functions) f(function.call);
  table_func_parts(entry.table_func, f);
  for (auto& row : entry.values) each(row, f);
}

template <class X, class F>
void join_parts(X& item, F& f) {
  if (auto* join = std::get_if<JoinExpr>(&item.value)) {
    for (auto& side : join->sides) join_parts(side, f);
    f(join->on);
  }
}

template <class X, class F>
void cte_parts(X& cte, F& f) {
  f(cte.query);
  if (cte.cycle) {
    f(cte.cycle->mark_value);
    f(cte.cycle->mark_default);
  }
}

template <class X, class F>
void conflict_parts(X& conflict, F& f) {
  for (auto& arbiter : conflict.arbiters) f(arbiter.expr);
  f(conflict.arbiter_where);
  targets(conflict.set, f);
  f(conflict.where);
}

template <class X, class F>
void merge_parts(X& query, F& f) {
  for (auto& action : query.merge_actions) {
    f(action.condition);
    targets(action.targets, f);
  }
  f(query.merge_join_condition);
}

template <JoinColumns columns = JoinColumns::all, class X, class F>
void query_parts(X& query, F& f) {
  each(query.statements, f);
  f(query.condition);
  for (auto& cte : query.ctes) cte_parts(cte, f);
  targets(query.targets, f);
  conflict_parts(query.on_conflict, f);
  merge_parts(query, f);
  targets(query.returning, f);
  for (auto& item : query.join_tree.from) join_parts(item, f);
  f(query.join_tree.where);
  f(query.having);
  f(query.limit_offset);
  f(query.limit_count);
  for (auto& window : query.windows) {
    f(window.start_offset);
    f(window.end_offset);
  }
  for (auto& entry : query.range_table) range_table_parts<columns>(entry, f);
}

struct Visit {
  const Walker& walker;
  void operator()(const NodePtr& part) const {
    if (part && walker.node) walker.node(part);
  }
  void operator()(const QueryPtr& part) const {
    if (part && walker.query) walker.query(part);
  }
};

/// What the parts of a node or query become, in their order. Most trees stay as they are, and nothing is copied for them:
/// the parts before the first that changes are only counted.
class Replacements {
 public:
  explicit Replacements(const Mapper& mapper) : mapper_(mapper) {}

  void operator()(const NodePtr& part) { see(part, mapper_.node, nodes_); }
  void operator()(const QueryPtr& part) { see(part, mapper_.query, queries_); }

  bool any() const { return changed_; }
  auto applied() {
    return [this](auto& part) {
      if (unchanged_ > 0) --unchanged_;
      else take(part);
    };
  }

 private:
  template <class P, class F>
  void see(const P& part, const F& function, std::vector<P>& mapped_parts) {
    P mapped = part && function ? function(part) : part;
    changed_ = changed_ || mapped.get() != part.get();
    if (changed_) mapped_parts.push_back(std::move(mapped));
    else ++unchanged_;
  }
  void take(NodePtr& part) { part = std::move(nodes_[next_node_++]); }
  void take(QueryPtr& part) { part = std::move(queries_[next_query_++]); }

  const Mapper& mapper_;
  std::vector<NodePtr> nodes_;
  std::vector<QueryPtr> queries_;
  std::size_t unchanged_ = 0, next_node_ = 0, next_query_ = 0;
  bool changed_ = false;
};

bool any_below(const Query& query, const std::function<bool(const Node&)>& predicate);

bool any_below(const Node& node, const std::function<bool(const Node&)>& predicate) {
  bool found = false;
  walk(node, {[&](const NodePtr& part) { found = found || any_node(part, predicate); },
              [&](const QueryPtr& part) { found = found || any_below(*part, predicate); }});
  return found;
}

bool any_below(const Query& query, const std::function<bool(const Node&)>& predicate) {
  bool found = false;
  walk(query, {[&](const NodePtr& part) { found = found || any_node(part, predicate); },
               [&](const QueryPtr& part) { found = found || any_below(*part, predicate); }});
  return found;
}

}  // namespace

void walk(const Node& node, const Walker& walker) {
  Visit parts{walker};
  visit([&](const auto& value) { value_parts(value, parts); }, node);
}

void walk(const Query& query, const Walker& walker) {
  Visit parts{walker};
  query_parts(query, parts);
}

void walk_without_repeated_columns(const Query& query, const Walker& walker) {
  Visit parts{walker};
  query_parts<JoinColumns::merged>(query, parts);
}

NodePtr map_parts(const NodePtr& node, const Mapper& mapper) {
  if (!node) return node;
  return visit(
      [&](const auto& value) {
        Replacements replacements(mapper);
        value_parts(value, replacements);
        if (!replacements.any()) return node;
        auto copy = value;
        auto apply = replacements.applied();
        value_parts(copy, apply);
        return make(std::move(copy), node->location);
      },
      *node);
}

QueryPtr map_parts(const QueryPtr& query, const Mapper& mapper) {
  if (!query) return query;
  Replacements replacements(mapper);
  query_parts(*query, replacements);
  if (!replacements.any()) return query;
  auto copy = std::make_shared<Query>(*query);
  auto apply = replacements.applied();
  query_parts(*copy, apply);
  return QueryPtr(std::move(copy));
}

bool any_node(const NodePtr& node, const std::function<bool(const Node&)>& predicate) {
  return node && (predicate(*node) || any_below(*node, predicate));
}

}  // namespace pgplumb::catalog::expr
