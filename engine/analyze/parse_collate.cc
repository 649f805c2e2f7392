#include "engine/analyze/parse_collate.h"

#include <fmt/format.h>

#include "catalog/base/name.h"
#include "catalog/expr_walk.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;
using expr::type_of;

namespace {

namespace collations = catalog::collations;

enum class Strength : std::uint8_t { none, implicit, conflict, explicit_ };

/// What the parts seen so far have to say about the collation.
struct Derivation {
  Oid collation = invalid_oid;
  Strength strength = Strength::none;
  int location = -1;
  Oid other = invalid_oid;  // of a conflict
  int other_location = -1;

  Oid settled() const { return strength == Strength::conflict ? invalid_oid : collation; }
};

class Assigner {
 public:
  explicit Assigner(ParseState& state) : state_(state) {}

  /// The node with collations assigned; what it derives is merged into `context`.
  NodePtr assign(const NodePtr& node, Derivation& context) {
    if (!node) return node;
    if (const auto* clause = node->as<expr::CollateExpr>()) return assign_collate(node, *clause, context);
    if (const auto* field = node->as<expr::FieldSelect>()) return assign_field(node, *field, context);
    if (node->is<expr::RowExpr>()) return assign_parts_apart(node);
    if (const auto* rows = node->as<expr::RowCompareExpr>()) return assign_row_compare(*rows, node->location);
    if (const auto* domain = node->as<expr::CoerceToDomain>()) return assign_domain(node, *domain, context);
    if (is_leaf(*node)) {
      merge_implicit(context, expr::collation_of(*node), location_of(node));
      return node;
    }
    return assign_general(node, context);
  }

  NodePtr apart(const NodePtr& node) {
    Derivation own;
    return assign(node, own);
  }

 private:
  static bool is_leaf(const expr::Node& node) {
    return node.is<expr::Var>() || node.is<expr::Const>() || node.is<expr::Param>() || node.is<expr::SubLinkParam>() ||
           node.is<expr::CoerceToDomainValue>() || node.is<expr::CaseTestExpr>() || node.is<expr::SetToDefault>() ||
           node.is<expr::CurrentOfExpr>();
  }

  void merge_implicit(Derivation& context, Oid collation, int location) {
    merge(context, {collation, collation == invalid_oid ? Strength::none : Strength::implicit, location});
  }

  std::string collation_name(Oid collation) const {
    const CollationRow* row = state_.cache.collation(collation);
    return row ? std::string(row->name) : std::string();
  }

  void merge(Derivation& context, const Derivation& part) {
    if (part.strength > context.strength) {
      context = part;
      return;
    }
    if (part.strength < context.strength || part.collation == context.collation) return;
    if (part.strength == Strength::implicit) {
      if (context.collation == collations::default_) {
        context = part;
      } else if (part.collation != collations::default_) {
        context.strength = Strength::conflict;
        context.other = part.collation;
        context.other_location = part.location;
      }
    } else if (part.strength == Strength::explicit_) {
      fail(errcode::collation_mismatch,
           fmt::format("collation mismatch between explicit collations \"{}\" and \"{}\"",
                       collation_name(context.collation), collation_name(part.collation)),
           part.location);
    }
  }

  NodePtr assign_collate(const NodePtr& node, const expr::CollateExpr& clause, Derivation& context) {
    NodePtr arg = apart(clause.arg);
    merge(context, {clause.collation, Strength::explicit_, node->location});
    if (arg.get() == clause.arg.get()) return node;
    expr::CollateExpr copy = clause;
    copy.arg = std::move(arg);
    return make(std::move(copy), node->location);
  }

  NodePtr assign_field(const NodePtr& node, const expr::FieldSelect& field, Derivation& context) {
    merge_implicit(context, field.collation, location_of(node));
    return assign_parts_apart(node);
  }

  NodePtr assign_parts_apart(const NodePtr& node) {
    return expr::map_parts(node, {[this](const NodePtr& part) { return apart(part); }, {}});
  }

  NodePtr assign_row_compare(const expr::RowCompareExpr& rows, int location) {
    expr::RowCompareExpr copy = rows;
    copy.input_collations.clear();
    for (std::size_t i = 0; i < copy.left.size(); ++i) {
      Derivation pair;
      copy.left[i] = assign(copy.left[i], pair);
      copy.right[i] = assign(copy.right[i], pair);
      copy.input_collations.push_back(pair.settled());
    }
    return make(std::move(copy), location);
  }

  // A domain with a collation of its own imposes it; another passes on what it is made of.
  NodePtr assign_domain(const NodePtr& node, const expr::CoerceToDomain& domain, Derivation& context) {
    Derivation inner, own;
    expr::CoerceToDomain copy = domain;
    copy.arg = assign(domain.arg, inner);
    Oid type_collation = analyze::type_collation(state_.cache, domain.type);
    if (type_collation == collations::default_) own = inner;
    if (type_collation != invalid_oid && type_collation != collations::default_) {
      own = {type_collation, Strength::implicit, location_of(node)};
    }
    copy.collation = own.settled();
    merge(context, own);
    return make(std::move(copy), node->location);
  }

  NodePtr assign_general(const NodePtr& node, Derivation& context) {
    Derivation parts;
    NodePtr result = assign_parts(node, parts);
    Derivation own;
    Oid type_collation = analyze::type_collation(state_.cache, type_of(*node));
    if (type_collation != invalid_oid) {
      own = parts.strength > Strength::none ? parts
                                            : Derivation{type_collation, Strength::implicit, location_of(node)};
    }
    merge(context, own);
    return with_collations(result, own.settled(), parts.settled());
  }

  NodePtr assign_parts(const NodePtr& node, Derivation& parts) {
    if (const auto* aggregate = node->as<expr::Aggref>()) return assign_aggregate(*aggregate, node->location, parts);
    if (const auto* window = node->as<expr::WindowFunc>()) return assign_window(*window, node->location, parts);
    if (const auto* choice = node->as<expr::CaseExpr>()) return assign_case(*choice, node->location, parts);
    if (const auto* ref = node->as<expr::SubscriptingRef>()) return assign_subscripts(*ref, node->location, parts);
    if (const auto* link = node->as<expr::SubLink>()) return assign_sub_link(node, *link, parts);
    if (const auto* json = node->as<expr::JsonExpr>()) return assign_json(*json, node->location, parts);
    return expr::map_parts(node, {[&](const NodePtr& part) { return assign(part, parts); }, {}});
  }

  NodePtr assign_aggregate(const expr::Aggref& aggregate, int location, Derivation& parts) {
    expr::Aggref copy = aggregate;
    for (NodePtr& arg : copy.direct_args) arg = assign(arg, parts);
    const ProcRow* proc = state_.cache.proc(aggregate.function);
    bool ordered = aggregate.kind != expr::AggregateKind::normal;
    bool merges = ordered ? copy.args.size() == 1 && proc && proc->variadic == invalid_oid : true;
    for (expr::TargetEntry& arg : copy.args) {
      bool contributes = merges && (ordered || !arg.junk);
      arg.expr = contributes ? assign(arg.expr, parts) : apart(arg.expr);
    }
    copy.filter = apart(copy.filter);
    return make(std::move(copy), location);
  }

  NodePtr assign_window(const expr::WindowFunc& window, int location, Derivation& parts) {
    expr::WindowFunc copy = window;
    for (NodePtr& arg : copy.args) arg = assign(arg, parts);
    copy.filter = apart(copy.filter);
    return make(std::move(copy), location);
  }

  // The value under test has its collations already, and none of the result's business.
  NodePtr assign_case(const expr::CaseExpr& choice, int location, Derivation& parts) {
    expr::CaseExpr copy = choice;
    for (expr::CaseWhen& when : copy.whens) {
      when.condition = assign(when.condition, parts);
      when.result = assign(when.result, parts);
    }
    copy.otherwise = assign(copy.otherwise, parts);
    return make(std::move(copy), location);
  }

  NodePtr assign_subscripts(const expr::SubscriptingRef& ref, int location, Derivation& parts) {
    expr::SubscriptingRef copy = ref;
    for (NodePtr& subscript : copy.upper) subscript = apart(subscript);
    for (NodePtr& subscript : copy.lower) subscript = apart(subscript);
    copy.container = assign(copy.container, parts);
    copy.assigned = assign(copy.assigned, parts);
    return make(std::move(copy), location);
  }

  NodePtr assign_sub_link(const NodePtr& node, const expr::SubLink& link, Derivation& parts) {
    NodePtr test = assign(link.test, parts);
    if (!link.query->targets.empty() && !link.query->targets.front().junk) {
      const NodePtr& first = link.query->targets.front().expr;
      merge_implicit(parts, expr::collation_of(*first), location_of(first));
    }
    if (test.get() == link.test.get()) return node;
    expr::SubLink copy = link;
    copy.test = std::move(test);
    return make(std::move(copy), node->location);
  }

  NodePtr assign_json(const expr::JsonExpr& json, int location, Derivation& parts) {
    NodePtr copy = assign_parts_apart(make(json, location));
    assign(as<expr::JsonExpr>(copy)->formatted, parts);
    return copy;
  }

  NodePtr with_collations(const NodePtr& node, Oid own, Oid input) {
    if (node->is<expr::SubLink>()) return node;
    if (expr::collation_of(*node) == own && expr::input_collation_of(*node) == input) return node;
    return expr::visit(
        [&](auto value) {
          if constexpr (requires { value.collation; }) value.collation = own;
          if constexpr (requires { value.input_collation; }) value.input_collation = input;
          return make(std::move(value), node->location);
        },
        *node);
  }

  ParseState& state_;
};

void assign_targets(ParseState& state, std::vector<expr::TargetEntry>& targets) {
  for (expr::TargetEntry& target : targets) target.expr = assign_expr_collations(state, target.expr);
}

void assign_join(ParseState& state, expr::JoinTreeItem& item) {
  auto* join = std::get_if<expr::JoinExpr>(&item.value);
  if (!join) return;
  for (expr::JoinTreeItem& side : join->sides) assign_join(state, side);
  join->on = assign_expr_collations(state, join->on);
}

void assign_conflict(ParseState& state, expr::OnConflict& conflict) {
  for (expr::InferenceElem& arbiter : conflict.arbiters) arbiter.expr = assign_expr_collations(state, arbiter.expr);
  conflict.arbiter_where = assign_expr_collations(state, conflict.arbiter_where);
  assign_targets(state, conflict.set);
  conflict.where = assign_expr_collations(state, conflict.where);
}

}  // namespace

NodePtr assign_expr_collations(ParseState& state, const NodePtr& node) { return Assigner(state).apart(node); }

void assign_list_collations(ParseState& state, std::vector<NodePtr>& nodes) {
  for (NodePtr& node : nodes) node = assign_expr_collations(state, node);
}

void assign_query_collations(ParseState& state, expr::Query& query) {
  assign_targets(state, query.targets);
  assign_conflict(state, query.on_conflict);
  for (expr::MergeAction& action : query.merge_actions) {
    action.condition = assign_expr_collations(state, action.condition);
    assign_targets(state, action.targets);
  }
  query.merge_join_condition = assign_expr_collations(state, query.merge_join_condition);
  assign_targets(state, query.returning);
  for (expr::JoinTreeItem& item : query.join_tree.from) assign_join(state, item);
  query.join_tree.where = assign_expr_collations(state, query.join_tree.where);
  query.having = assign_expr_collations(state, query.having);
  query.limit_offset = assign_expr_collations(state, query.limit_offset);
  query.limit_count = assign_expr_collations(state, query.limit_count);
  for (expr::WindowClause& window : query.windows) {
    window.start_offset = assign_expr_collations(state, window.start_offset);
    window.end_offset = assign_expr_collations(state, window.end_offset);
  }
}

Oid select_common_collation(ParseState& state, const std::vector<NodePtr>& nodes, bool none_ok) {
  Assigner assigner(state);
  Derivation context;
  for (const NodePtr& node : nodes) assigner.assign(node, context);
  if (context.strength != Strength::conflict) return context.collation;
  if (none_ok) return invalid_oid;
  auto name = [&](Oid oid) {
    const CollationRow* row = state.cache.collation(oid);
    return row ? std::string(row->name) : std::string();
  };
  fail(errcode::collation_mismatch,
       fmt::format("collation mismatch between implicit collations \"{}\" and \"{}\"", name(context.collation),
                   name(context.other)),
       context.other_location, {},
       "You can choose the collation by applying the COLLATE clause to one or both expressions.");
}

}  // namespace pgplumb::engine::analyze
