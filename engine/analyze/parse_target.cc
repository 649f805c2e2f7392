#include "engine/analyze/parse_target.h"

#include <fmt/format.h>

#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_func.h"
#include "engine/analyze/parse_relation.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;

namespace {

bool is_star(ast::Node node) {
  if (auto column = node.as<ast::ColumnRef>()) return !column.fields().empty() && column.fields().back().is<ast::A_Star>();
  if (auto path = node.as<ast::A_Indirection>()) {
    return !path.indirection().empty() && path.indirection().back().is<ast::A_Star>();
  }
  return false;
}

// Bare *: all that is visible without a name.
std::vector<ExpandedColumn> expand_all(ParseState& state, int location) {
  std::vector<ExpandedColumn> columns;
  bool any = false;
  for (const NamespaceItemPtr& item : state.names) {
    if (!item->columns_visible || item->lateral_only) continue;
    any = true;
    for (ExpandedColumn& column : expand_item(state, *item, 0, location)) columns.push_back(std::move(column));
  }
  if (!any) fail(errcode::syntax_error, "SELECT * with no tables specified is not valid", location);
  return columns;
}

std::vector<ExpandedColumn> expand_column_star(ParseState& state, ast::ColumnRef ref) {
  ast::List<ast::Node> fields = ref.fields();
  if (fields.size() == 1) return expand_all(state, ref.location());
  std::string_view relation = fields[fields.size() - 2].str();
  std::string_view schema = fields.size() >= 3 ? fields[fields.size() - 3].str() : std::string_view();
  if (fields.size() > 3) not_simulated("a table qualified with its database", ref.location());
  FoundItem found = find_item(state, schema, relation, ref.location());
  if (!found.item && state.hooks.post_column_ref) {
    if (NodePtr row = state.hooks.post_column_ref(state, ref, nullptr)) {
      not_simulated("a star of a composite argument", ref.location());
    }
  }
  if (!found.item) missing_relation(state, schema, relation, ref.location());
  return expand_item(state, *found.item, found.levels_up, ref.location());
}

// (composite).*: a field selection for each attribute.
std::vector<ExpandedColumn> expand_row(ParseState& state, const NodePtr& row) {
  std::vector<ExpandedColumn> columns;
  if (const auto* var = as<expr::Var>(row); var && var->attribute == 0) {
    NamespaceItemPtr item = item_at(state, var->rt_index, var->levels_up);
    return expand_item(state, *item, var->levels_up, row->location);
  }
  std::optional<RowShape> shape = expr_row_shape(state, row);
  if (!shape) {
    fail(errcode::wrong_object_type, "record type has not been registered", location_of(row));
  }
  for (std::size_t i = 0; i < shape->size(); ++i) {
    const ColumnRow& column = (*shape)[i];
    if (column.dropped) continue;
    expr::FieldSelect field;
    field.arg = row;
    field.field = static_cast<int>(i) + 1;
    field.type = column.type.type;
    field.typmod = column.type.typmod;
    field.collation = column.collation;
    field.column = column.column;
    columns.push_back({std::string(column.name), make(std::move(field))});
  }
  return columns;
}

NodePtr row_under_star(ParseState& state, ast::A_Indirection node, ExprKind kind) {
  ExprKind saved = state.expr_kind;
  state.expr_kind = kind;
  NodePtr row = transform_expr_recurse(state, node.arg());
  ast::List<ast::Node> steps = node.indirection();
  std::vector<ast::A_Indices> subscripts;
  auto flush = [&] {
    if (subscripts.empty()) return;
    row = transform_subscripts(state, row, expr::type_of(*row), expr::typmod_of(*row), subscripts, false);
    subscripts.clear();
  };
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    if (auto subscript = steps[i].as<ast::A_Indices>()) {
      subscripts.push_back(subscript);
      continue;
    }
    flush();
    NodePtr field = parse_complex_projection(state, steps[i].str(), row, location_of(row));
    if (!field) not_simulated("a function's field under a star", location_of(row));
    row = std::move(field);
  }
  flush();
  state.expr_kind = saved;
  return row;
}

std::vector<ExpandedColumn> expand_any_star(ParseState& state, ast::Node node, ExprKind kind) {
  if (auto column = node.as<ast::ColumnRef>()) return expand_column_star(state, column);
  return expand_row(state, row_under_star(state, node.as<ast::A_Indirection>(), kind));
}

struct ColumnName {
  std::string name;
  int strength = 0;  // 0 none, 1 weak (from a type), 2 strong
};

/// What a name depends on besides the node.
struct Naming {
  int major = 0;
  const ParseState* state = nullptr;  // null where no subquery was analysed
};

ColumnName figure(ast::Node node, const Naming& naming);

ColumnName last_field_name(ast::List<ast::Node> fields) {
  std::string name;
  for (ast::Node field : fields) {
    if (!field.str().empty()) name = field.str();
  }
  return name.empty() ? ColumnName{} : ColumnName{name, 2};
}

ColumnName indirection_name(ast::A_Indirection node, const Naming& naming) {
  ColumnName name = last_field_name(node.indirection());
  return name.strength > 0 ? name : figure(node.arg(), naming);
}

ColumnName cast_name(ast::TypeCast cast, const Naming& naming) {
  ColumnName name = figure(cast.arg(), naming);
  if (name.strength > 1 || !cast.type_name()) return name;
  return {std::string(cast.type_name().names().back().str()), 1};
}

ColumnName sub_link_name(ast::SubLink link, const Naming& naming) {
  switch (link.sub_link_type()) {
    case ast::SubLinkType::EXISTS_SUBLINK: return {"exists", 2};
    case ast::SubLinkType::ARRAY_SUBLINK: return {"array", 2};
    case ast::SubLinkType::EXPR_SUBLINK: break;
    default: return {};
  }
  if (!naming.state) return {};
  const auto found = naming.state->sub_link_columns.find(link.location());
  return found == naming.state->sub_link_columns.end() ? ColumnName{} : ColumnName{found->second, 2};
}

ColumnName value_function_name(ast::SQLValueFunction function) {
  using Op = ast::SQLValueFunctionOp;
  switch (function.op()) {
    case Op::SVFOP_CURRENT_DATE: return {"current_date", 2};
    case Op::SVFOP_CURRENT_TIME:
    case Op::SVFOP_CURRENT_TIME_N: return {"current_time", 2};
    case Op::SVFOP_CURRENT_TIMESTAMP:
    case Op::SVFOP_CURRENT_TIMESTAMP_N: return {"current_timestamp", 2};
    case Op::SVFOP_LOCALTIME:
    case Op::SVFOP_LOCALTIME_N: return {"localtime", 2};
    case Op::SVFOP_LOCALTIMESTAMP:
    case Op::SVFOP_LOCALTIMESTAMP_N: return {"localtimestamp", 2};
    case Op::SVFOP_CURRENT_ROLE: return {"current_role", 2};
    case Op::SVFOP_CURRENT_USER: return {"current_user", 2};
    case Op::SVFOP_USER: return {"user", 2};
    case Op::SVFOP_SESSION_USER: return {"session_user", 2};
    case Op::SVFOP_CURRENT_CATALOG: return {"current_catalog", 2};
    case Op::SVFOP_CURRENT_SCHEMA: return {"current_schema", 2};
    default: return {};
  }
}

ColumnName xml_name(ast::XmlExpr xml) {
  switch (xml.op()) {
    case ast::XmlExprOp::IS_XMLCONCAT: return {"xmlconcat", 2};
    case ast::XmlExprOp::IS_XMLELEMENT: return {"xmlelement", 2};
    case ast::XmlExprOp::IS_XMLFOREST: return {"xmlforest", 2};
    case ast::XmlExprOp::IS_XMLPARSE: return {"xmlparse", 2};
    case ast::XmlExprOp::IS_XMLPI: return {"xmlpi", 2};
    case ast::XmlExprOp::IS_XMLROOT: return {"xmlroot", 2};
    default: return {};
  }
}

ColumnName json_name(ast::Node node) {
  switch (node.tag()) {
    case ast::NodeTag::JsonParseExpr: return {"json", 2};
    case ast::NodeTag::JsonScalarExpr: return {"json_scalar", 2};
    case ast::NodeTag::JsonSerializeExpr: return {"json_serialize", 2};
    case ast::NodeTag::JsonObjectConstructor: return {"json_object", 2};
    case ast::NodeTag::JsonArrayConstructor:
    case ast::NodeTag::JsonArrayQueryConstructor: return {"json_array", 2};
    case ast::NodeTag::JsonObjectAgg: return {"json_objectagg", 2};
    case ast::NodeTag::JsonArrayAgg: return {"json_arrayagg", 2};
    case ast::NodeTag::JsonFuncExpr: break;
    default: return {};
  }
  switch (node.as<ast::JsonFuncExpr>().op()) {
    case ast::JsonExprOp::JSON_EXISTS_OP: return {"json_exists", 2};
    case ast::JsonExprOp::JSON_QUERY_OP: return {"json_query", 2};
    case ast::JsonExprOp::JSON_VALUE_OP: return {"json_value", 2};
    default: return {};
  }
}

ColumnName case_name(ast::CaseExpr node, const Naming& naming) {
  ColumnName name = figure(node.defresult(), naming);
  return name.strength > 1 ? name : ColumnName{"case", 1};
}

ColumnName a_expr_name(ast::A_Expr node) {
  return node.kind() == ast::A_Expr_Kind::AEXPR_NULLIF ? ColumnName{"nullif", 2} : ColumnName{};
}

// Up to 14 the grammar makes TRUE and FALSE a cast to bool.
ColumnName constant_name(ast::A_Const constant, const Naming& naming) {
  return naming.major < 15 && constant.boolval() ? ColumnName{"bool", 1} : ColumnName{};
}

// FigureColnameInternal
ColumnName figure(ast::Node node, const Naming& naming) {
  switch (node.tag()) {
    case ast::NodeTag::ColumnRef: return last_field_name(node.as<ast::ColumnRef>().fields());
    case ast::NodeTag::A_Indirection: return indirection_name(node.as<ast::A_Indirection>(), naming);
    case ast::NodeTag::FuncCall: return {std::string(called_name(node.as<ast::FuncCall>(), naming.major).back()), 2};
    case ast::NodeTag::A_Expr: return a_expr_name(node.as<ast::A_Expr>());
    case ast::NodeTag::TypeCast: return cast_name(node.as<ast::TypeCast>(), naming);
    case ast::NodeTag::CollateClause: return figure(node.as<ast::CollateClause>().arg(), naming);
    case ast::NodeTag::GroupingFunc: return {"grouping", 2};
    case ast::NodeTag::SubLink: return sub_link_name(node.as<ast::SubLink>(), naming);
    case ast::NodeTag::CaseExpr: return case_name(node.as<ast::CaseExpr>(), naming);
    case ast::NodeTag::A_Const: return constant_name(node.as<ast::A_Const>(), naming);
    case ast::NodeTag::A_ArrayExpr: return {"array", 2};
    case ast::NodeTag::RowExpr: return {"row", 2};
    case ast::NodeTag::CoalesceExpr: return {"coalesce", 2};
    case ast::NodeTag::MinMaxExpr:
      return {node.as<ast::MinMaxExpr>().op() == ast::MinMaxOp::IS_GREATEST ? "greatest" : "least", 2};
    case ast::NodeTag::SQLValueFunction: return value_function_name(node.as<ast::SQLValueFunction>());
    case ast::NodeTag::XmlExpr: return xml_name(node.as<ast::XmlExpr>());
    case ast::NodeTag::XmlSerialize: return {"xmlserialize", 2};
    default: break;
  }
  // Only grammars from 17 on have a tag for it.
  return to_string(node.tag()) == "MergeSupportFunc" ? ColumnName{"merge_action", 2} : json_name(node);
}

NodePtr mark_origin_var(const expr::TargetEntry& target) {
  return target.expr && target.expr->is<expr::Var>() ? target.expr : nullptr;
}

}  // namespace

std::string figure_column_name(const ParseState& state, ast::Node node) {
  ColumnName name = figure(node, {state.cache.major(), &state});
  return name.strength > 0 ? name.name : "?column?";
}

std::string figure_index_column_name(ast::Node node, int major) { return figure(node, {major}).name; }

bool expand_star(ParseState& state, ast::Node node, ExprKind kind, std::vector<NodePtr>& out) {
  if (!is_star(node)) return false;
  for (ExpandedColumn& column : expand_any_star(state, node, kind)) out.push_back(std::move(column.var));
  return true;
}

std::vector<expr::TargetEntry> transform_target_list(ParseState& state, ast::List<ast::Node> list, ExprKind kind) {
  std::vector<expr::TargetEntry> targets;
  auto add = [&](NodePtr node, std::string name) {
    expr::TargetEntry target;
    target.expr = std::move(node);
    target.resno = state.next_resno++;
    target.name = std::move(name);
    target.has_name = true;
    targets.push_back(std::move(target));
  };
  bool expand = kind != ExprKind::update_source;
  for (ast::Node node : list) {
    auto target = node.as<ast::ResTarget>();
    if (expand && is_star(target.val())) {
      for (ExpandedColumn& column : expand_any_star(state, target.val(), kind)) {
        add(std::move(column.var), std::move(column.name));
      }
      continue;
    }
    NodePtr expr = transform_expr(state, target.val(), kind);
    std::string name(target.name());
    if (name.empty() && kind != ExprKind::update_source) name = figure_column_name(state, target.val());
    add(std::move(expr), std::move(name));
  }
  return targets;
}

void resolve_unknown_targets(ParseState& state, std::vector<expr::TargetEntry>& targets) {
  for (expr::TargetEntry& target : targets) {
    if (expr::type_of(*target.expr) != types::unknown) continue;
    target.expr = coerce_type(state, target.expr, types::unknown, types::text, -1, {});
  }
}

void mark_target_origins(ParseState& state, std::vector<expr::TargetEntry>& targets) {
  for (expr::TargetEntry& target : targets) {
    const auto* var = as<expr::Var>(mark_origin_var(target));
    if (!var || var->attribute <= 0) continue;
    const expr::RangeTblEntry& entry = entry_of(state, var->rt_index, var->levels_up);
    if (entry.kind == expr::RteKind::relation) {
      target.origin_table = entry.relation;
      target.origin_column = var->attribute;
    } else if (entry.kind == expr::RteKind::subquery) {
      for (const expr::TargetEntry& inner : entry.subquery->targets) {
        if (inner.resno != var->attribute || inner.junk) continue;
        target.origin_table = inner.origin_table;
        target.origin_column = inner.origin_column;
      }
    }
  }
}

}  // namespace pgplumb::engine::analyze
