#include "catalog/expr_nodes.h"

#include <algorithm>

#include "catalog/query_nodes.h"
#include "catalog/type_oids.h"

namespace pgplumb::catalog::expr {

namespace {

bool same_set_operation(const std::shared_ptr<const SetOperation>& a, const std::shared_ptr<const SetOperation>& b) {
  return a == b || (a && b && *a == *b);
}

// Every node that has a `type` field says its type by it; the others are listed.
struct TypeOf {
  template <class T>
  auto operator()(const T& n) const -> decltype(n.type) { return n.type; }
  Oid operator()(const NamedArgExpr& n) const { return type_of(*n.arg); }
  Oid operator()(const ScalarArrayOpExpr&) const { return types::bool_; }
  Oid operator()(const BoolExpr&) const { return types::bool_; }
  Oid operator()(const GroupingFunc&) const { return types::int4; }
  Oid operator()(const CollateExpr& n) const { return type_of(*n.arg); }
  Oid operator()(const ArrayExpr& n) const { return n.array_type; }
  Oid operator()(const RowCompareExpr&) const { return types::bool_; }
  Oid operator()(const XmlExpr& n) const {
    if (n.op == XmlOp::document) return types::bool_;
    return n.op == XmlOp::serialize ? types::text : types::xml;
  }
  Oid operator()(const JsonValueExpr& n) const { return type_of(n.formatted ? *n.formatted : *n.raw); }
  Oid operator()(const JsonConstructorExpr& n) const { return n.returning.type; }
  Oid operator()(const JsonIsPredicate&) const { return types::bool_; }
  Oid operator()(const JsonExpr& n) const { return n.returning.type; }
  Oid operator()(const NullTest&) const { return types::bool_; }
  Oid operator()(const BooleanTest&) const { return types::bool_; }
  Oid operator()(const CurrentOfExpr&) const { return types::bool_; }
  Oid operator()(const MergeSupportFunc&) const { return types::text; }
  Oid operator()(const PartitionBoundSpec&) const { return invalid_oid; }
};

/// The typmod that all of them share with the first, given that all are of type `type`; else -1.
template <class Range>
std::int32_t common_typmod(Oid type, const Range& nodes) {
  std::int32_t common = -1;
  bool first = true;
  for (const NodePtr& node : nodes) {
    if (!node || type_of(*node) != type) return -1;
    std::int32_t typmod = typmod_of(*node);
    if (typmod < 0 || (!first && typmod != common)) return -1;
    common = typmod;
    first = false;
  }
  return common;
}

std::int32_t case_typmod(const CaseExpr& n) {
  if (!n.otherwise) return -1;
  std::vector<NodePtr> results{n.otherwise};
  for (const CaseWhen& when : n.whens) results.push_back(when.result);
  return common_typmod(n.type, results);
}

std::int32_t array_typmod(const ArrayExpr& n) {
  return common_typmod(n.multi_dimensional ? n.array_type : n.element_type, n.elements);
}

std::int32_t null_if_typmod(const NullIfExpr& n) {
  return n.args.empty() || type_of(*n.args[0]) != n.type ? -1 : typmod_of(*n.args[0]);
}

struct TypmodOf {
  template <class T>
  std::int32_t operator()(const T& n) const {
    if constexpr (requires { n.typmod; }) return n.typmod;
    return -1;
  }
  std::int32_t operator()(const NamedArgExpr& n) const { return typmod_of(*n.arg); }
  std::int32_t operator()(const FuncExpr& n) const { return length_coercion_typmod(n); }
  std::int32_t operator()(const NullIfExpr& n) const { return null_if_typmod(n); }
  std::int32_t operator()(const CollateExpr& n) const { return typmod_of(*n.arg); }
  std::int32_t operator()(const CaseExpr& n) const { return case_typmod(n); }
  std::int32_t operator()(const ArrayExpr& n) const { return array_typmod(n); }
  std::int32_t operator()(const CoalesceExpr& n) const { return common_typmod(n.type, n.args); }
  std::int32_t operator()(const MinMaxExpr& n) const { return common_typmod(n.type, n.args); }
  std::int32_t operator()(const JsonValueExpr& n) const { return typmod_of(n.formatted ? *n.formatted : *n.raw); }
  std::int32_t operator()(const JsonConstructorExpr& n) const { return n.returning.typmod; }
  std::int32_t operator()(const JsonExpr& n) const { return n.returning.typmod; }
};

struct CollationOf {
  template <class T>
  Oid operator()(const T& n) const {
    if constexpr (requires { n.collation; }) return n.collation;
    return invalid_oid;
  }
  Oid operator()(const NamedArgExpr& n) const { return collation_of(*n.arg); }
  Oid operator()(const XmlExpr& n) const { return n.op == XmlOp::serialize ? collations::default_ : invalid_oid; }
  Oid operator()(const JsonValueExpr& n) const { return collation_of(n.formatted ? *n.formatted : *n.raw); }
  Oid operator()(const JsonConstructorExpr& n) const { return n.coercion ? collation_of(*n.coercion) : invalid_oid; }
};

struct InputCollationOf {
  template <class T>
  Oid operator()(const T& n) const {
    if constexpr (requires { n.input_collation; }) return n.input_collation;
    return invalid_oid;
  }
};

struct LeftmostOf {
  int own;
  int of(const NodePtr& node) const { return node ? location_of(*node) : -1; }
  static int leftmost(int a, int b) { return a < 0 ? b : (b < 0 ? a : std::min(a, b)); }
  int with_first(const std::vector<NodePtr>& args) const {
    return args.empty() ? own : leftmost(own, of(args.front()));
  }
  template <class T>
  int operator()(const T&) const { return own; }
  int operator()(const FuncExpr& n) const { return with_first(n.args); }
  int operator()(const NamedArgExpr& n) const { return leftmost(own, of(n.arg)); }
  template <OperatorUse U>
  int operator()(const OperatorCall<U>& n) const { return with_first(n.args); }
  int operator()(const ScalarArrayOpExpr& n) const { return leftmost(own, of(n.scalar)); }
  int operator()(const BoolExpr& n) const { return with_first(n.args); }
  int operator()(const SubLink& n) const { return leftmost(own, of(n.test)); }
  int operator()(const SubscriptingRef& n) const { return of(n.container); }
  int operator()(const FieldSelect& n) const { return of(n.arg); }
  int operator()(const FieldStore& n) const { return of(n.arg); }
  int operator()(const RelabelType& n) const { return leftmost(own, of(n.arg)); }
  int operator()(const CoerceViaIO& n) const { return leftmost(own, of(n.arg)); }
  int operator()(const ArrayCoerceExpr& n) const { return leftmost(own, of(n.arg)); }
  int operator()(const ConvertRowtypeExpr& n) const { return leftmost(own, of(n.arg)); }
  int operator()(const CoerceToDomain& n) const { return leftmost(own, of(n.arg)); }
  int operator()(const CollateExpr& n) const { return of(n.arg); }
  int operator()(const RowCompareExpr& n) const { return n.left.empty() ? -1 : of(n.left.front()); }
  int operator()(const NullTest& n) const { return leftmost(own, of(n.arg)); }
  int operator()(const BooleanTest& n) const { return leftmost(own, of(n.arg)); }
  int operator()(const JsonValueExpr& n) const { return of(n.raw); }
};

}  // namespace

std::int32_t length_coercion_typmod(const FuncExpr& n) {
  bool cast = n.form == CoercionForm::explicit_cast || n.form == CoercionForm::implicit_cast;
  if (!cast || n.args.size() < 2 || n.args.size() > 3) return -1;
  const Const* length = as<Const>(n.args[1]);
  if (!length || length->type != types::int4 || !length->value) return -1;
  return static_cast<std::int32_t>(std::stol(*length->value));
}

bool equal(const Node& a, const Node& b) {
  if (a.index != b.index) return false;
  return visit([&b](const auto& value) { return value == *b.as<std::decay_t<decltype(value)>>(); }, a);
}

bool SetOperationItem::operator==(const SetOperationItem& other) const {
  return rt_index == other.rt_index && same_set_operation(operation, other.operation);
}

bool JoinExpr::operator==(const JoinExpr& other) const {
  return kind == other.kind && natural == other.natural && sides == other.sides &&
         using_columns == other.using_columns && join_using_alias == other.join_using_alias && on == other.on &&
         alias == other.alias && rt_index == other.rt_index;
}

bool equal(const Query& a, const Query& b) {
  return a.command == b.command && a.statements == b.statements && a.condition == b.condition &&
         a.utility == b.utility && a.result_relation == b.result_relation &&
         a.is_return == b.is_return && a.ctes == b.ctes && a.range_table == b.range_table &&
         a.join_tree == b.join_tree && a.merge_actions == b.merge_actions &&
         a.merge_join_condition == b.merge_join_condition && a.targets == b.targets &&
         a.overriding == b.overriding && a.on_conflict == b.on_conflict && a.returning == b.returning &&
         a.returning_old_alias == b.returning_old_alias && a.returning_new_alias == b.returning_new_alias &&
         a.group == b.group && a.group_distinct == b.group_distinct && a.grouping_sets == b.grouping_sets &&
         a.having == b.having && a.windows == b.windows && a.has_distinct_on == b.has_distinct_on &&
         a.distinct == b.distinct && a.sort == b.sort && a.limit_offset == b.limit_offset &&
         a.limit_count == b.limit_count && a.limit_option == b.limit_option && a.row_marks == b.row_marks &&
         same_set_operation(a.set_operation, b.set_operation);
}

Oid type_of(const Node& node) { return visit(TypeOf{}, node); }

std::int32_t typmod_of(const Node& node) { return visit(TypmodOf{}, node); }
Oid collation_of(const Node& node) { return visit(CollationOf{}, node); }
Oid input_collation_of(const Node& node) { return visit(InputCollationOf{}, node); }
int location_of(const Node& node) { return visit(LeftmostOf{node.location}, node); }

}  // namespace pgplumb::catalog::expr
