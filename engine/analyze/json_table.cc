// JSON_TABLE: parse_jsontable.c.
#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/json_func.h"
#include "engine/analyze/literal/jsonpath.h"
#include "engine/analyze/literal/literal.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_type.h"
#include "engine/analyze/table_func.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

using expr::make;

namespace {

using ColumnType = ast::JsonTableColumnType;

class JsonTable {
 public:
  JsonTable(ParseState& state, ast::JsonTable node) : state_(state), node_(node) {}

  NamespaceItemPtr run() {
    check_on_error();
    std::string root = path_name(node_.pathspec());
    names_.push_back(root);
    check_names(node_.columns());
    state_.lateral_active = true;
    table_.kind = expr::TableFuncKind::json_table;
    table_.document = document();
    table_.plan = scan(node_.columns(), node_.pathspec(), std::move(root));
    const auto* json = expr::as<expr::JsonExpr>(table_.document);
    table_.passing_values = json->passing_values;
    table_.passing_names = json->passing_names;
    state_.lateral_active = false;
    return add_table_func(state_, std::move(table_), alias_of(node_.alias()), node_.lateral() || refers_outside(), true);
  }

 private:
  void check_on_error() const {
    const ast::JsonBehavior behavior = node_.on_error();
    if (!behavior || behavior.btype() == ast::JsonBehaviorType::JSON_BEHAVIOR_ERROR ||
        behavior.btype() == ast::JsonBehaviorType::JSON_BEHAVIOR_EMPTY ||
        behavior.btype() == ast::JsonBehaviorType::JSON_BEHAVIOR_EMPTY_ARRAY)
      return;
    fail(errcode::syntax_error, "invalid ON ERROR behavior", behavior.location(),
         "Only EMPTY [ ARRAY ] or ERROR is allowed in the top-level ON ERROR clause.");
  }

  /// A path that was not named is numbered, in the order in which such paths are met.
  std::string path_name(ast::JsonTablePathSpec path) {
    if (!path.name().empty()) return std::string(path.name());
    std::string name = fmt::format("json_table_path_{}", next_path_++);
    names_.push_back(name);
    return name;
  }

  void claim(std::string_view name, int location) {
    if (std::find(names_.begin(), names_.end(), name) != names_.end())
      fail(errcode::duplicate_alias, fmt::format("duplicate JSON_TABLE column or path name: {}", name), location);
    names_.emplace_back(name);
  }

  void check_names(ast::List<ast::Node> columns) {
    for (ast::Node node : columns) {
      const auto column = node.as<ast::JsonTableColumn>();
      if (column.coltype() != ColumnType::JTC_NESTED) {
        claim(column.name(), column.location());
        continue;
      }
      const auto path = column.pathspec();
      if (!path.name().empty()) claim(path.name(), path.name_location());
      check_names(column.columns());
    }
  }

  NodePtr document() {
    const ExprKind saved = state_.expr_kind;
    state_.expr_kind = ExprKind::from_function;
    JsonFunction call;
    call.op = expr::JsonExprOp::table;
    call.item = transform_expr_recurse(state_, node_.context_item().raw_expr());
    call.item_format = node_.context_item().format();
    call.path = path_of(node_.pathspec());
    call.passing = node_.passing();
    call.on_error = node_.on_error();
    call.location = node_.location();
    NodePtr result = transform_json_func(state_, call);
    state_.expr_kind = saved;
    return result;
  }

  static NodePtr path_of(ast::JsonTablePathSpec path) {
    return unknown_literal(path.string().as<ast::A_Const>().sval().sval(), path.location());
  }

  expr::JsonTablePlan scan(ast::List<ast::Node> columns, ast::JsonTablePathSpec path, std::string name) {
    expr::JsonTablePlan plan;
    plan.path_name = std::move(name);
    const std::string_view written = path.string().as<ast::A_Const>().sval().sval();
    const LiteralValue literal = literal_in(state_.cache, state_.settings, types::jsonpath, -1, written);
    if (!literal.certain) not_simulated("a jsonpath whose canonical form is not known", path.location());
    plan.path = literal.text;
    plan.error_on_error = node_.on_error() && node_.on_error().btype() == ast::JsonBehaviorType::JSON_BEHAVIOR_ERROR;
    const auto first = static_cast<int>(table_.column_values.size());
    bool has_ordinality = false;
    for (ast::Node node : columns) add_column(node.as<ast::JsonTableColumn>(), has_ordinality);
    const auto end = static_cast<int>(table_.column_values.size());
    if (end > first) {
      plan.column_min = first;
      plan.column_max = end - 1;
    }
    if (auto nested = nested_scans(columns)) plan.children.push_back(std::move(*nested));
    return plan;
  }

  std::optional<expr::JsonTablePlan> nested_scans(ast::List<ast::Node> columns) {
    std::optional<expr::JsonTablePlan> plan;
    for (ast::Node node : columns) {
      const auto column = node.as<ast::JsonTableColumn>();
      if (column.coltype() != ColumnType::JTC_NESTED) continue;
      std::string name = path_name(column.pathspec());
      expr::JsonTablePlan nested = scan(column.columns(), column.pathspec(), std::move(name));
      plan = plan ? joined(std::move(*plan), std::move(nested)) : std::move(nested);
    }
    return plan;
  }

  static expr::JsonTablePlan joined(expr::JsonTablePlan left, expr::JsonTablePlan right) {
    expr::JsonTablePlan join;
    join.sibling_join = true;
    join.children = {std::move(left), std::move(right)};
    return join;
  }

  void add_column(ast::JsonTableColumn column, bool& has_ordinality) {
    NodePtr value;
    TypeRef type{types::int4, -1};
    Oid collation = invalid_oid;
    switch (column.coltype()) {
      case ColumnType::JTC_NESTED: return;
      case ColumnType::JTC_FOR_ORDINALITY:
        if (has_ordinality)
          fail(errcode::syntax_error, "only one FOR ORDINALITY column is allowed", column.location());
        has_ordinality = true;
        break;
      default:
        value = column_value(column);
        type = {expr::type_of(*value), expr::typmod_of(*value)};
        collation = expr::collation_of(*value);
        break;
    }
    table_.columns.names.emplace_back(column.name());
    table_.columns.types.push_back(type.type);
    table_.columns.typmods.push_back(type.typmod);
    table_.columns.collations.push_back(collation);
    table_.column_values.push_back(std::move(value));
  }

  // isCompositeType
  bool is_composite(Oid type) const {
    if (type == types::json || type == types::jsonb || type == types::record) return true;
    if (element_type(state_.cache, type) != invalid_oid || type_kind(state_.cache, type) == 'c') return true;
    return type_kind(state_.cache, type) == 'd' && is_composite(base_type(state_.cache, type));
  }

  expr::JsonExprOp op_of(ast::JsonTableColumn column) const {
    if (column.coltype() == ColumnType::JTC_EXISTS) return expr::JsonExprOp::exists;
    if (column.coltype() == ColumnType::JTC_FORMATTED) return expr::JsonExprOp::query;
    const bool queries = is_composite(resolve_type_name(state_.cache, column.type_name()).type) ||
                         column.quotes() != ast::JsonQuotes::JS_QUOTES_UNSPEC ||
                         column.wrapper() != ast::JsonWrapper::JSW_UNSPEC;
    return queries ? expr::JsonExprOp::query : expr::JsonExprOp::value;
  }

  NodePtr column_value(ast::JsonTableColumn column) {
    const ExprKind saved = state_.expr_kind;
    state_.expr_kind = ExprKind::from_function;
    JsonFunction call;
    call.op = op_of(column);
    call.column = column.name();
    call.item = make(expr::CaseTestExpr{expr::type_of(*table_.document), -1, invalid_oid});
    call.path = column.pathspec() ? path_of(column.pathspec()) : unknown_literal("$." + literal::json_string_text(std::string(column.name())), -1);
    call.passing = node_.passing();
    call.type = column.type_name();
    call.format = column.format();
    call.on_empty = column.on_empty();
    call.on_error = column.on_error();
    call.wrapper = column.wrapper();
    call.quotes = column.quotes();
    call.location = column.location();
    NodePtr value = assign_expr_collations(state_, transform_json_func(state_, call));
    state_.expr_kind = saved;
    return value;
  }

  bool refers_outside() const {
    auto outside = [](const NodePtr& node) { return node && contains_vars_of_level(node, 0); };
    return outside(table_.document) || std::any_of(table_.column_values.begin(), table_.column_values.end(), outside);
  }

  ParseState& state_;
  ast::JsonTable node_;
  expr::TableFunc table_;
  std::vector<std::string> names_;
  int next_path_ = 0;
};

}  // namespace

NamespaceItemPtr transform_json_table(ParseState& state, ast::JsonTable table) { return JsonTable(state, table).run(); }

}  // namespace pgplumb::engine::analyze
