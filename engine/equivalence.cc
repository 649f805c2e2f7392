#include "engine/equivalence.h"

#include <functional>

#include "catalog/expr_walk.h"
#include "engine/analyze/literal/clock.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/extract_rule.h"

namespace pgplumb::engine {

namespace expr = catalog::expr;
using analyze::Syscache;
using expr::NodePtr;
using expr::QueryPtr;

namespace {

// --- A coercion of an ARRAY constructor ----------------------------------------------------------------------------------

NodePtr with_value(const NodePtr& element, const NodePtr& value) {
  if (!element) return element;
  if (element->is<expr::CaseTestExpr>()) return value;
  return expr::map_parts(element, {[&](const NodePtr& part) { return with_value(part, value); }, {}});
}

NodePtr coerce_elements(const Syscache& cache, const NodePtr& node) {
  const auto* coercion = expr::as<expr::ArrayCoerceExpr>(node);
  const auto* array = coercion ? expr::as<expr::ArrayExpr>(coercion->arg) : nullptr;
  if (!array) return node;
  expr::ArrayExpr result = *array;
  result.array_type = coercion->type;
  result.collation = coercion->collation;
  if (!array->multi_dimensional) result.element_type = analyze::element_type(cache, coercion->type);
  for (NodePtr& element : result.elements) {
    if (element->is<expr::ArrayExpr>()) {
      expr::ArrayCoerceExpr inner = *coercion;
      inner.arg = element;
      element = coerce_elements(cache, expr::make(std::move(inner)));
    } else {
      element = with_value(coercion->element, element);
    }
  }
  return expr::make(std::move(result), node->location);
}

// --- Conditions ----------------------------------------------------------------------------------------------------------

// makeAndExpr and makeOrExpr of the grammar: only what stands first is taken apart.
NodePtr flatten_condition(const Syscache&, const NodePtr& node) {
  const auto* condition = expr::as<expr::BoolExpr>(node);
  const auto* first = condition && !condition->args.empty() ? expr::as<expr::BoolExpr>(condition->args.front()) : nullptr;
  if (!first || first->op != condition->op || first->op == expr::BoolOp::not_op) return node;
  expr::BoolExpr result = *first;
  result.args.insert(result.args.end(), condition->args.begin() + 1, condition->args.end());
  return expr::make(std::move(result), node->location);
}

// --- Joins and names -----------------------------------------------------------------------------------------------------

bool without_natural_join(expr::JoinTreeItem& item) {
  auto* join = std::get_if<expr::JoinExpr>(&item.value);
  if (!join) return false;
  bool changed = join->natural;
  join->natural = false;
  if (!join->on && join->using_columns.empty() && join->kind != expr::JoinKind::inner) {
    join->on = analyze::make_bool_const(true);
    changed = true;
  }
  for (expr::JoinTreeItem& side : join->sides) changed |= without_natural_join(side);
  return changed;
}

QueryPtr without_natural_joins(const Syscache&, const QueryPtr& query) {
  expr::Query result = *query;
  bool changed = false;
  for (expr::JoinTreeItem& item : result.join_tree.from) changed |= without_natural_join(item);
  return changed ? QueryPtr(std::make_shared<const expr::Query>(std::move(result))) : query;
}

QueryPtr without_column_aliases(const Syscache&, const QueryPtr& query) {
  expr::Query result = *query;
  bool changed = false;
  for (expr::RangeTblEntry& entry : result.range_table) {
    if (!entry.alias || entry.alias->columns.empty()) continue;
    entry.alias->columns.clear();  // eref has them
    changed = true;
  }
  return changed ? QueryPtr(std::make_shared<const expr::Query>(std::move(result))) : query;
}

// --- The list ------------------------------------------------------------------------------------------------------------

struct Rule {
  std::string_view name;
  NodePtr (*node)(const Syscache&, const NodePtr&) = nullptr;
  QueryPtr (*query)(const Syscache&, const QueryPtr&) = nullptr;
};

constexpr Rule rules[] = {
#define NODE_RULE(name, function) {#name, function, nullptr},
#define QUERY_RULE(name, function) {#name, nullptr, function},
#include "engine/equivalences.def"
#undef NODE_RULE
#undef QUERY_RULE
};

/// Applies one rule from the leaves up, and tells whether it changed anything.
class Rewriter {
 public:
  Rewriter(const Syscache& cache, const Rule& rule) : cache_(cache), rule_(rule) {}
  bool changed = false;

  NodePtr node(const NodePtr& part) {
    if (!part) return part;
    NodePtr below = expr::map_parts(part, mapper());
    NodePtr result = rule_.node ? rule_.node(cache_, below) : below;
    changed |= result.get() != below.get();
    return result;
  }
  QueryPtr query(const QueryPtr& part) {
    if (!part) return part;
    QueryPtr below = expr::map_parts(part, mapper());
    QueryPtr result = rule_.query ? rule_.query(cache_, below) : below;
    changed |= result.get() != below.get();
    return result;
  }

 private:
  expr::Mapper mapper() {
    return {[this](const NodePtr& part) { return node(part); }, [this](const QueryPtr& part) { return query(part); }};
  }
  const Syscache& cache_;
  const Rule& rule_;
};

/// A partition key has no tree, and is never equal by it.
bool equal(const LiveTree& a, const LiveTree& b) {
  if (!a || !b) return false;
  return a.query || b.query ? a.query == b.query : a.expression == b.expression;
}

bool apply(const Syscache& cache, const Rule& rule, LiveTree& tree) {
  Rewriter rewriter(cache, rule);
  tree.expression = rewriter.node(tree.expression);
  tree.query = rewriter.query(tree.query);
  return rewriter.changed;
}

// --- Literals that nobody here can read ----------------------------------------------------------------------------------

/// All nodes of a tree in one order, with subqueries in their places.
class Flat {
 public:
  explicit Flat(const LiveTree& tree) {
    if (tree.expression) node(tree.expression);
    if (tree.query) expr::walk(*tree.query, walker());
  }
  std::vector<NodePtr> nodes;

 private:
  void node(const NodePtr& part) {
    nodes.push_back(part);
    expr::walk(*part, walker());
  }
  expr::Walker walker() {
    return {[this](const NodePtr& part) { node(part); }, [this](const QueryPtr& part) { expr::walk(*part, walker()); }};
  }
};

/// The actual tree with literals of the expected one, which are as written, in place of the constants that they became.
class Unread {
 public:
  using Accepts = std::function<bool(const expr::Const& written, const expr::Const& constant)>;

  Unread(const LiveTree& expected, const LiveTree& actual, Accepts accepts) : accepts_(std::move(accepts)) {
    const std::vector<NodePtr> wanted = Flat(expected).nodes, found = Flat(actual).nodes;
    for (std::size_t i = 0; wanted.size() == found.size() && i < wanted.size(); ++i) pair(wanted[i], found[i]);
  }

  bool found() const { return !replacements_.empty(); }

  LiveTree unread(LiveTree tree) const {
    if (tree.expression) tree.expression = node(tree.expression);
    if (tree.query) tree.query = query(tree.query);
    return tree;
  }

 private:
  void pair(const NodePtr& wanted, const NodePtr& found) {
    const auto* written = expr::as<expr::Const>(wanted);
    const auto* constant = expr::as<expr::Const>(found);
    if (!written || written->certain || !written->value || !constant || !constant->value || written->type != constant->type) return;
    if (accepts_(*written, *constant)) replacements_.emplace_back(found.get(), wanted);
  }

  NodePtr node(const NodePtr& part) const {
    for (const auto& [from, to] : replacements_)
      if (part.get() == from) return to;
    return part ? expr::map_parts(part, mapper()) : part;
  }
  QueryPtr query(const QueryPtr& part) const { return part ? expr::map_parts(part, mapper()) : part; }
  expr::Mapper mapper() const {
    return {[this](const NodePtr& part) { return node(part); }, [this](const QueryPtr& part) { return query(part); }};
  }

  Accepts accepts_;
  std::vector<std::pair<const expr::Node*, NodePtr>> replacements_;
};

}  // namespace

std::optional<std::vector<std::string_view>> equal_by_rules(const Syscache& cache, const LiveTree& expected,
                                                            const LiveTree& actual) {
  if (equal(expected, actual)) return std::vector<std::string_view>{};
  LiveTree left = expected, right = actual;
  std::vector<std::string_view> used;
  for (const Rule& rule : rules) {
    const bool changed_left = apply(cache, rule, left), changed_right = apply(cache, rule, right);
    if (changed_left || changed_right) used.push_back(rule.name);
    if (equal(left, right)) return used;
  }
  const Unread clock(left, right, [&](const expr::Const& written, const expr::Const& constant) {
    return analyze::could_become(cache, written.type, *written.value, *constant.value);
  });
  if (!clock.found() || !equal(left, clock.unread(right))) return std::nullopt;
  used.push_back(clock_rule);
  return used;
}

bool equal_but_for_literals(const Syscache& cache, const LiveTree& expected, const LiveTree& actual) {
  LiveTree left = expected, right = actual;
  for (const Rule& rule : rules) {
    apply(cache, rule, left);
    apply(cache, rule, right);
  }
  const Unread literals(left, right, [](const expr::Const&, const expr::Const&) { return true; });
  return literals.found() && equal(left, literals.unread(right));
}

}  // namespace pgplumb::engine
