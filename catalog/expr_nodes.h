#pragma once
// The analysed expression: PostgreSQL's nodes/primnodes.h as a closed set of types. Data only: engine/analyze builds trees,
// engine/deparse prints them, catalog/expr_walk.h visits them. Every type, function, operator, collation, relation and
// column is an Oid, so a rename needs no visit. Nodes never change once built.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "catalog/base/ids.h"
#include "catalog/expr_handle.h"

namespace pgplumb::catalog::expr {

/// How a function call or coercion was written: CoercionForm. Ignored when trees are compared, as PostgreSQL does.
enum class CoercionForm : std::uint8_t { explicit_call, explicit_cast, implicit_cast, sql_syntax };
using Form = Spelling<CoercionForm>;

/// ORDER BY, GROUP BY, DISTINCT or PARTITION BY one target-list entry.
struct SortGroupClause {
  std::uint32_t sort_group_ref = 0;  // the TargetEntry's ressortgroupref
  Oid equal_op = invalid_oid;
  Oid sort_op = invalid_oid;
  bool reverse_sort = false;  // 18: sort_op is the "greater than" operator (earlier majors: told from sort_op)
  bool nulls_first = false;
  bool hashable = false;
  bool operator==(const SortGroupClause&) const = default;
};

struct TargetEntry {
  NodePtr expr;
  int resno = 0;
  std::string name;
  bool has_name = false;  // an aggregate's arguments and junk columns have none
  std::uint32_t sort_group_ref = 0;
  Oid origin_table = invalid_oid;  // resorigtbl
  int origin_column = 0;
  bool junk = false;
  bool operator==(const TargetEntry&) const = default;
};

/// A constant: `value` is the type's canonical output text under fixed settings (UTC, ISO, …), absent for NULL.
struct Const {
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  std::optional<std::string> value;
  /// What a regclass, regtype, regproc, … constant names: printed by its present name, and depended on.
  Oid object = invalid_oid;
  /// False where the type's input function is not known here, so that `value` is the literal as written.
  bool certain = true;
  bool operator==(const Const&) const = default;
};

enum class VarReturning : std::uint8_t { none, old_row, new_row };  // 18: RETURNING old.x, new.x

/// A column of a range-table entry. In an expression over one relation (CHECK, DEFAULT, index, policy, partition key)
/// there is no range table: rt_index is 1 and the owner of the expression names the relation; a trigger's WHEN has
/// OLD at 1 and NEW at 2.
struct Var {
  int rt_index = 0;    // varno, from 1
  int attribute = 0;   // varattno: from 1 in the entry's columns; 0 is the whole row; below 0 a system column
  int levels_up = 0;   // varlevelsup
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  /// The Catalog's column, or for a whole row the relation, where the entry is a relation that the Catalog holds.
  Oid column = invalid_oid;
  VarReturning returning = VarReturning::none;
  /// As written, before join aliases were looked through: varnosyn, varattnosyn.
  Spelling<int> written_rt_index;
  Spelling<int> written_attribute;
  bool operator==(const Var&) const = default;
};

enum class ParamKind : std::uint8_t { external, multi_expression };

struct Param {
  ParamKind kind = ParamKind::external;
  int id = 0;
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  Spelling<std::string> name;  // the function's argument, in an SQL-standard body
  bool operator==(const Param&) const = default;
};

enum class AggregateKind : std::uint8_t { normal, ordered_set, hypothetical };

struct Aggref {
  Oid function = invalid_oid;
  Oid type = invalid_oid;
  Oid collation = invalid_oid;
  Oid input_collation = invalid_oid;
  std::vector<Oid> argument_types;
  std::vector<NodePtr> direct_args;
  std::vector<TargetEntry> args;  // with ORDER BY's own expressions as junk entries
  std::vector<SortGroupClause> order;
  std::vector<SortGroupClause> distinct;
  NodePtr filter;
  bool star = false;
  bool variadic = false;
  AggregateKind kind = AggregateKind::normal;
  int levels_up = 0;
  bool operator==(const Aggref&) const = default;
};

struct GroupingFunc {
  std::vector<NodePtr> args;
  std::vector<std::uint32_t> refs;
  int levels_up = 0;
  bool operator==(const GroupingFunc&) const = default;
};

struct WindowFunc {
  Oid function = invalid_oid;
  Oid type = invalid_oid;
  Oid collation = invalid_oid;
  Oid input_collation = invalid_oid;
  std::vector<NodePtr> args;
  NodePtr filter;
  std::uint32_t window_ref = 0;
  bool star = false;
  bool aggregate = false;
  bool operator==(const WindowFunc&) const = default;
};

/// Element, slice, or (with `assigned`) assignment to one. Bounds may be null in slices.
struct SubscriptingRef {
  Oid container_type = invalid_oid;
  Oid element_type = invalid_oid;
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  std::vector<NodePtr> upper;
  std::vector<NodePtr> lower;  // empty unless a slice
  NodePtr container;
  NodePtr assigned;
  bool operator==(const SubscriptingRef&) const = default;
};

struct FuncExpr {
  Oid function = invalid_oid;
  Oid type = invalid_oid;
  bool returns_set = false;
  bool variadic = false;
  Form form = CoercionForm::explicit_call;
  Oid collation = invalid_oid;
  Oid input_collation = invalid_oid;
  std::vector<NodePtr> args;
  bool operator==(const FuncExpr&) const = default;
};

struct NamedArgExpr {
  NodePtr arg;
  std::string name;
  int number = 0;  // position in the function's arguments, from 0
  bool operator==(const NamedArgExpr&) const = default;
};

/// The three nodes that call an operator; they share PostgreSQL's struct and differ in meaning.
enum class OperatorUse : std::uint8_t { plain, distinct, null_if };
template <OperatorUse Use>
struct OperatorCall {
  Oid op = invalid_oid;
  Oid function = invalid_oid;
  Oid type = invalid_oid;
  bool returns_set = false;
  Oid collation = invalid_oid;
  Oid input_collation = invalid_oid;
  std::vector<NodePtr> args;
  bool operator==(const OperatorCall&) const = default;
};
using OpExpr = OperatorCall<OperatorUse::plain>;
using DistinctExpr = OperatorCall<OperatorUse::distinct>;
using NullIfExpr = OperatorCall<OperatorUse::null_if>;

struct ScalarArrayOpExpr {
  Oid op = invalid_oid;
  Oid function = invalid_oid;
  bool use_or = true;  // ANY; otherwise ALL
  Oid input_collation = invalid_oid;
  NodePtr scalar;
  NodePtr array;
  bool operator==(const ScalarArrayOpExpr&) const = default;
};

enum class BoolOp : std::uint8_t { and_op, or_op, not_op };

struct BoolExpr {
  BoolOp op = BoolOp::and_op;
  std::vector<NodePtr> args;
  bool operator==(const BoolExpr&) const = default;
};

enum class SubLinkKind : std::uint8_t { exists, all, any, row_compare, expr, multi_expr, array, cte };

struct SubLink {
  SubLinkKind kind = SubLinkKind::exists;
  int id = 0;         // for multi_expr
  NodePtr test;       // the combining expression of ALL, ANY and row comparison, with Params for the subquery's columns
  std::string op;     // the operator as written, for messages; its Oids are within `test`
  QueryPtr query;
  Oid type = invalid_oid;  // what the whole yields: boolean, the first column's type, or its array type
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  bool operator==(const SubLink&) const = default;
};

/// The subquery's column number `id` within a SubLink's test: PARAM_SUBLINK.
struct SubLinkParam {
  int id = 0;
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  bool operator==(const SubLinkParam&) const = default;
};

struct FieldSelect {
  NodePtr arg;
  int field = 0;  // attribute number, from 1
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  Oid column = invalid_oid;  // the composite type's attribute, where the Catalog holds it
  bool operator==(const FieldSelect&) const = default;
};

/// UPDATE … SET column.field = …: fields assigned within a composite value.
struct FieldStore {
  NodePtr arg;
  std::vector<NodePtr> values;
  std::vector<int> fields;
  Oid type = invalid_oid;
  bool operator==(const FieldStore&) const = default;
};

struct RelabelType {
  NodePtr arg;
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  Form form;
  bool operator==(const RelabelType&) const = default;
};

struct CoerceViaIO {
  NodePtr arg;
  Oid type = invalid_oid;
  Oid collation = invalid_oid;
  Form form;
  bool operator==(const CoerceViaIO&) const = default;
};

struct ArrayCoerceExpr {
  NodePtr arg;
  NodePtr element;  // what is done to each element, over a CaseTestExpr
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  Form form;
  bool operator==(const ArrayCoerceExpr&) const = default;
};

struct ConvertRowtypeExpr {
  NodePtr arg;
  Oid type = invalid_oid;
  Form form;
  bool operator==(const ConvertRowtypeExpr&) const = default;
};

struct CollateExpr {
  NodePtr arg;
  Oid collation = invalid_oid;
  bool operator==(const CollateExpr&) const = default;
};

struct CaseWhen {
  NodePtr condition;
  NodePtr result;
  bool operator==(const CaseWhen&) const = default;
};

struct CaseExpr {
  Oid type = invalid_oid;
  Oid collation = invalid_oid;
  NodePtr arg;
  std::vector<CaseWhen> whens;
  NodePtr otherwise;
  bool operator==(const CaseExpr&) const = default;
};

/// The value under test: of a CASE with an argument, of an ArrayCoerceExpr's element expression.
struct CaseTestExpr {
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  bool operator==(const CaseTestExpr&) const = default;
};

struct ArrayExpr {
  Oid array_type = invalid_oid;
  Oid collation = invalid_oid;
  Oid element_type = invalid_oid;
  std::vector<NodePtr> elements;
  bool multi_dimensional = false;
  bool operator==(const ArrayExpr&) const = default;
};

struct RowExpr {
  std::vector<NodePtr> args;
  Oid type = invalid_oid;
  Form form;
  std::vector<std::string> column_names;
  bool operator==(const RowExpr&) const = default;
};

enum class RowCompareKind : std::uint8_t { less, less_equal, equal, greater_equal, greater, not_equal };

struct RowCompareExpr {
  RowCompareKind kind = RowCompareKind::less;
  std::vector<Oid> ops;
  std::vector<Oid> op_families;
  std::vector<Oid> input_collations;
  std::vector<NodePtr> left;
  std::vector<NodePtr> right;
  bool operator==(const RowCompareExpr&) const = default;
};

struct CoalesceExpr {
  Oid type = invalid_oid;
  Oid collation = invalid_oid;
  std::vector<NodePtr> args;
  bool operator==(const CoalesceExpr&) const = default;
};

enum class MinMaxOp : std::uint8_t { greatest, least };

struct MinMaxExpr {
  Oid type = invalid_oid;
  Oid collation = invalid_oid;
  Oid input_collation = invalid_oid;
  MinMaxOp op = MinMaxOp::greatest;
  std::vector<NodePtr> args;
  bool operator==(const MinMaxExpr&) const = default;
};

enum class SqlValueOp : std::uint8_t {
  current_date, current_time, current_time_n, current_timestamp, current_timestamp_n, localtime, localtime_n,
  localtimestamp, localtimestamp_n, current_role, current_user, user, session_user, current_catalog, current_schema
};

struct SQLValueFunction {
  SqlValueOp op = SqlValueOp::current_date;
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  bool operator==(const SQLValueFunction&) const = default;
};

enum class XmlOp : std::uint8_t { concat, element, forest, parse, pi, root, serialize, document };
enum class XmlOption : std::uint8_t { document, content };

struct XmlExpr {
  XmlOp op = XmlOp::concat;
  std::string name;
  bool has_name = false;
  std::vector<NodePtr> named_args;
  std::vector<std::string> arg_names;
  std::vector<NodePtr> args;
  XmlOption option = XmlOption::document;
  bool indent = false;
  Oid type = invalid_oid;  // xmlserialize's target
  std::int32_t typmod = -1;
  bool operator==(const XmlExpr&) const = default;
};

enum class JsonFormatKind : std::uint8_t { unspecified, json, jsonb };
enum class JsonEncoding : std::uint8_t { unspecified, utf8, utf16, utf32 };

struct JsonFormat {
  JsonFormatKind kind = JsonFormatKind::unspecified;
  JsonEncoding encoding = JsonEncoding::unspecified;
  bool operator==(const JsonFormat&) const = default;
};

struct JsonReturning {
  JsonFormat format;
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  bool operator==(const JsonReturning&) const = default;
};

/// `raw FORMAT JSON`; `formatted` is raw as made json.
struct JsonValueExpr {
  NodePtr raw;
  NodePtr formatted;
  JsonFormat format;
  bool operator==(const JsonValueExpr&) const = default;
};

enum class JsonConstructorKind : std::uint8_t { object, array, object_agg, array_agg, parse, scalar, serialize };

struct JsonConstructorExpr {
  JsonConstructorKind kind = JsonConstructorKind::object;
  std::vector<NodePtr> args;
  NodePtr function;  // the aggregate or function that does the work, where there is one
  NodePtr coercion;
  JsonReturning returning;
  bool absent_on_null = false;
  bool unique = false;
  bool operator==(const JsonConstructorExpr&) const = default;
};

enum class JsonItemType : std::uint8_t { any, object, array, scalar };

struct JsonIsPredicate {
  NodePtr expr;
  JsonFormat format;
  JsonItemType item_type = JsonItemType::any;
  bool unique_keys = false;
  bool operator==(const JsonIsPredicate&) const = default;
};

enum class JsonBehaviorKind : std::uint8_t {
  null, error, empty, true_value, false_value, unknown, empty_array, empty_object, default_value
};

struct JsonBehavior {
  JsonBehaviorKind kind = JsonBehaviorKind::null;
  NodePtr expr;
  bool coerce = false;
  bool operator==(const JsonBehavior&) const = default;
};

enum class JsonExprOp : std::uint8_t { exists, query, value, table };
enum class JsonWrapper : std::uint8_t { unspecified, none, conditional, unconditional };

struct JsonExpr {
  JsonExprOp op = JsonExprOp::exists;
  std::string column_name;  // JSON_TABLE's
  NodePtr formatted;
  JsonFormat format;
  NodePtr path;
  JsonReturning returning;
  std::vector<std::string> passing_names;
  std::vector<NodePtr> passing_values;
  std::optional<JsonBehavior> on_empty;
  std::optional<JsonBehavior> on_error;
  bool use_io_coercion = false;
  bool use_json_coercion = false;
  JsonWrapper wrapper = JsonWrapper::unspecified;
  bool omit_quotes = false;
  Oid collation = invalid_oid;
  bool operator==(const JsonExpr&) const = default;
};

struct NullTest {
  NodePtr arg;
  bool is_null = true;
  bool arg_is_row = false;
  bool operator==(const NullTest&) const = default;
};

enum class BoolTestKind : std::uint8_t { is_true, is_not_true, is_false, is_not_false, is_unknown, is_not_unknown };

struct BooleanTest {
  NodePtr arg;
  BoolTestKind kind = BoolTestKind::is_true;
  bool operator==(const BooleanTest&) const = default;
};

struct CoerceToDomain {
  NodePtr arg;
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  Form form;
  bool operator==(const CoerceToDomain&) const = default;
};

/// VALUE in a domain's CHECK.
struct CoerceToDomainValue {
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  bool operator==(const CoerceToDomainValue&) const = default;
};

/// DEFAULT in an INSERT or UPDATE.
struct SetToDefault {
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  bool operator==(const SetToDefault&) const = default;
};

struct NextValueExpr {
  Oid sequence = invalid_oid;
  Oid type = invalid_oid;
  bool operator==(const NextValueExpr&) const = default;
};

/// WHERE CURRENT OF.
struct CurrentOfExpr {
  std::string cursor;
  bool operator==(const CurrentOfExpr&) const = default;
};

/// MERGE_ACTION(), from 17.
struct MergeSupportFunc {
  Oid collation = invalid_oid;
  bool operator==(const MergeSupportFunc&) const = default;
};

enum class PartitionBoundKind : std::uint8_t { default_, hash, list, range };

/// One side's value of one column: MINVALUE, MAXVALUE or a constant.
struct PartitionRangeDatum {
  enum class Kind : std::uint8_t { minvalue, value, maxvalue };
  Kind kind = Kind::value;
  NodePtr value;
  bool operator==(const PartitionRangeDatum&) const = default;
};

/// FOR VALUES …, or DEFAULT: no expression, but kept as one, as PostgreSQL does.
struct PartitionBoundSpec {
  PartitionBoundKind kind = PartitionBoundKind::default_;
  int modulus = 0, remainder = 0;
  std::vector<NodePtr> list;
  std::vector<PartitionRangeDatum> lower, upper;
  bool operator==(const PartitionBoundSpec&) const = default;
};

template <class... Ts>
struct NodeTypeList {
  /// The place of T in the list; one past its end for a type that is no node.
  template <class T>
  static constexpr std::uint8_t index_of() {
    std::uint8_t index = 0;
    static_cast<void>(((std::is_same_v<T, Ts> ? false : (++index, true)) && ...));
    return index;
  }
};

/// Every sort of node there is.
using NodeTypes =
    NodeTypeList<Const, Var, Param, Aggref, GroupingFunc, WindowFunc, SubscriptingRef, FuncExpr, NamedArgExpr, OpExpr,
                 DistinctExpr, NullIfExpr, ScalarArrayOpExpr, BoolExpr, SubLink, SubLinkParam, FieldSelect, FieldStore,
                 RelabelType, CoerceViaIO, ArrayCoerceExpr, ConvertRowtypeExpr, CollateExpr, CaseExpr, CaseTestExpr,
                 ArrayExpr, RowExpr, RowCompareExpr, CoalesceExpr, MinMaxExpr, SQLValueFunction, XmlExpr,
                 JsonValueExpr, JsonConstructorExpr, JsonIsPredicate, JsonExpr, NullTest, BooleanTest, CoerceToDomain,
                 CoerceToDomainValue, SetToDefault, NextValueExpr, CurrentOfExpr, MergeSupportFunc, PartitionBoundSpec>;

template <class T>
struct NodeOf;

/// A node whose sort is known at run time: always the base of a NodeOf. A tree is most of what analysis allocates, so that
/// each node is as large as its own sort needs and not as the largest does, which a std::variant would make it.
struct Node {
  int location;  // byte offset in the statement's text, for messages; no part of the meaning
  std::uint8_t index;  // of its type in NodeTypes

  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  template <class T>
  bool is() const { return index == NodeTypes::index_of<T>(); }
  /// The node as a T, or null.
  template <class T>
  const T* as() const { return is<T>() ? &static_cast<const NodeOf<T>*>(this)->value : nullptr; }

 protected:
  Node(std::uint8_t type, int at) : location(at), index(type) {}
  ~Node() = default;
};

template <class T>
struct NodeOf final : Node {
  T value;
  NodeOf(T node, int at) : Node(NodeTypes::index_of<T>(), at), value(std::move(node)) {}
};

/// Calls f with what the node is: std::visit over NodeTypes. f yields the same type for each of them.
template <class F>
decltype(auto) visit(F&& f, const Node& node);

/// Instantiated in expr_node.cc, once for each sort of node.
template <class T>
NodePtr make(T node, int location = -1);

/// The node held by a handle as a T, or null, also for a null handle.
template <class T>
const T* as(const NodePtr& node) { return node ? node->as<T>() : nullptr; }

/// exprType, exprTypmod, exprCollation, exprInputCollation of nodeFuncs.c.
Oid type_of(const Node& node);
std::int32_t typmod_of(const Node& node);
/// The length that a cast's function call coerces to, -1 for any other call: exprIsLengthCoercion.
std::int32_t length_coercion_typmod(const FuncExpr& call);
Oid collation_of(const Node& node);
Oid input_collation_of(const Node& node);
/// The leftmost position in the source that belongs to the expression, -1 where none is known: exprLocation.
int location_of(const Node& node);

namespace detail {

template <class Result, class F, class T>
Result visit_as(F& f, const Node& node) { return f(static_cast<const NodeOf<T>&>(node).value); }

template <class F, class First, class... Ts>
decltype(auto) visit_one_of(F& f, const Node& node, NodeTypeList<First, Ts...>) {
  using Result = std::invoke_result_t<F&, const First&>;
  static constexpr Result (*calls[])(F&, const Node&) = {&visit_as<Result, F, First>, &visit_as<Result, F, Ts>...};
  return calls[node.index](f, node);
}

}  // namespace detail

template <class F>
decltype(auto) visit(F&& f, const Node& node) { return detail::visit_one_of(f, node, NodeTypes{}); }

}  // namespace pgplumb::catalog::expr
