// Columns in expressions: var.c's pull_varattnos, rewriteManip.c's map_variable_attnos, clauses.c's questions about
// volatility.
#include <algorithm>

#include "catalog/expr_walk.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/inline_function.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

class ColumnMapper {
 public:
  ColumnMapper(const catalog::Catalog& catalog, Oid source, Oid target, const std::function<void()>& whole_row)
      : catalog_(catalog), source_(source), target_(target), whole_row_(whole_row) {}

  NodePtr map(const NodePtr& node) {
    if (!node) return node;
    if (const auto* variable = node->as<expr::Var>()) return map_variable(node, *variable);
    return expr::map_parts(node, {[this](const NodePtr& part) { return map(part); }, {}});
  }

 private:
  NodePtr map_variable(const NodePtr& node, const expr::Var& variable) {
    if (variable.column == source_ && variable.attribute == 0) {
      whole_row_();
      return node;
    }
    const auto* column = catalog_.find_as<Column>(variable.column);
    if (!column || column->parent.oid != source_) return node;
    const Column* counterpart = find_column(catalog_, target_, column->name);
    if (!counterpart) throw NotSimulated("column " + column->name.str() + " has no counterpart");
    expr::Var mapped = variable;
    mapped.column = counterpart->oid;
    mapped.attribute = counterpart->number;
    mapped.written_attribute = counterpart->number;
    return expr::make(std::move(mapped), node->location);
  }

  const catalog::Catalog& catalog_;
  Oid source_, target_;
  const std::function<void()>& whole_row_;
};

/// The worst volatility of the functions that a tree calls: 'v' over 's' over 'i'.
class VolatilityFinder {
 public:
  explicit VolatilityFinder(const Interpreter& interpreter) : interpreter_(interpreter), cache_(interpreter.cache()) {}

  char worst(const NodePtr& tree) {
    if (tree) visit(*tree);
    return worst_;
  }

 private:
  void see(char volatility) {
    if (volatility == 'v' || (volatility == 's' && worst_ == 'i')) worst_ = volatility;
  }
  /// A call that is replaced by a body is as volatile as that, though never more than it was declared.
  bool see_inlined(Oid function, char declared) {
    if (declared == 'i' || std::find(inlining_.begin(), inlining_.end(), function) != inlining_.end()) return false;
    const NodePtr body = inlined_body(interpreter_, function);
    if (!body) return false;
    VolatilityFinder inner(interpreter_);
    inner.inlining_ = inlining_;
    inner.inlining_.push_back(function);
    const char found = inner.worst(body);
    see(found == 'v' ? declared : found);
    return true;
  }
  void see_function(Oid function) {
    const analyze::ProcRow* row = function == catalog::invalid_oid ? nullptr : cache_.proc(function);
    if (row && !see_inlined(function, row->volatility)) see(row->volatility);
  }
  void see_operator(Oid op) {
    const analyze::OperatorRow* row = op == catalog::invalid_oid ? nullptr : cache_.op(op);
    if (row) see_function(row->function);
  }

  void see_node(const expr::Node& node) {
    expr::visit([this](const auto& value) { see_value(value); }, node);
  }
  template <class T>
  void see_value(const T& value) {
    if constexpr (std::is_same_v<T, expr::FuncExpr> || std::is_same_v<T, expr::OpExpr>)
      if (is_text_concatenation(value.function) && value.args.size() == 2) return see_concatenation(value);
    if constexpr (requires { value.function; value.op; })
      see_operator(value.op);
    else if constexpr (std::is_same_v<T, expr::FuncExpr> || std::is_same_v<T, expr::Aggref> ||
                       std::is_same_v<T, expr::WindowFunc>)
      see_function(value.function);
    else if constexpr (std::is_same_v<T, expr::SQLValueFunction>)
      see('s');
    else if constexpr (std::is_same_v<T, expr::NextValueExpr>)
      see('v');
    else if constexpr (std::is_same_v<T, expr::RowCompareExpr>)
      for (Oid op : value.ops) see_operator(op);
    else if constexpr (std::is_same_v<T, expr::CoerceViaIO>)
      see_io(value);
    else if constexpr (std::is_same_v<T, expr::XmlExpr>)
      see('s');
  }
  // anynonarray || text and its mirror: SQL functions that are called stable, and are inlined to a cast and textcat.
  static constexpr Oid textanycat = 2003, anytextcat = 2004;
  static bool is_text_concatenation(Oid function) { return function == textanycat || function == anytextcat; }
  template <class Call>
  void see_concatenation(const Call& call) {
    const NodePtr& other = call.args[call.function == textanycat ? 1 : 0];
    if (const analyze::TypeRow* row = cache_.type(expr::type_of(*other))) see_output(*row);
  }
  /// A cast through text is as stable as the output of one type and the input of the other.
  void see_io(const expr::CoerceViaIO& cast) {
    if (const analyze::TypeRow* row = cache_.type(cast.type)) see_input(*row);
    if (const analyze::TypeRow* row = cache_.type(expr::type_of(*cast.arg))) see_output(*row);
  }
  // What reads and writes enums, ranges, rows and arrays is never immutable: it depends on the catalogs.
  void see_input(const analyze::TypeRow& row) {
    if (row.input != catalog::invalid_oid) return see_function(row.input);
    if (row.kind != 'b' || row.element != catalog::invalid_oid) see('s');
  }
  void see_output(const analyze::TypeRow& row) {
    // A domain's values are written as its base type's.
    if (row.kind == 'd') return see_output(*cache_.type(analyze::base_type(cache_, row.oid)));
    const auto* type = cache_.builtin().type_by_oid(row.oid);
    if (type) return see_function(type->typoutput);
    see_input(row);
  }

  void visit(const expr::Node& node) {
    see_node(node);
    expr::walk(node, {[this](const NodePtr& part) { visit(*part); },
                      [this](const expr::QueryPtr& query) { visit_query(*query); }});
  }
  void visit_query(const expr::Query& query) {
    expr::walk(query, {[this](const NodePtr& part) { visit(*part); },
                       [this](const expr::QueryPtr& inner) { visit_query(*inner); }});
  }

  const Interpreter& interpreter_;
  const analyze::Syscache& cache_;
  std::vector<Oid> inlining_;
  char worst_ = 'i';
};

}  // namespace

std::vector<Oid> columns_used(const Expr& expression) {
  std::vector<std::pair<int, Oid>> found;
  expr::any_node(NodePtr(expression.tree), [&](const expr::Node& node) {
    const auto* variable = node.as<expr::Var>();
    if (variable && variable->attribute > 0 && variable->column != catalog::invalid_oid)
      found.emplace_back(variable->attribute, variable->column);
    return false;
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<Oid> columns;
  for (const auto& [number, column] : found) columns.push_back(column);
  return columns;
}

bool uses_whole_row(const Expr& expression) {
  return expr::any_node(NodePtr(expression.tree), [](const expr::Node& node) {
    const auto* variable = node.as<expr::Var>();
    return variable && variable->attribute == 0;
  });
}

Expr map_columns(const catalog::Catalog& catalog, const Expr& expression, Oid source, Oid target,
                 const std::function<void()>& whole_row) {
  if (!expression.tree && !expression.text.empty())
    throw NotSimulated("a copy of an expression that was not analysed: " + expression.text);
  return make_expression(ColumnMapper(catalog, source, target, whole_row).map(NodePtr(expression.tree)));
}

bool same_expression(const catalog::Catalog& catalog, const Expr& a, Oid table_a, const Expr& b, Oid table_b) {
  if (table_a == table_b) return NodePtr(a.tree) == NodePtr(b.tree);
  for (Oid column : columns_used(b))
    if (!find_column(catalog, table_a, catalog.find(column)->name)) return false;
  return NodePtr(a.tree) == NodePtr(map_columns(catalog, b, table_b, table_a, [] {}).tree);
}

bool contains_mutable(const Interpreter& interpreter, const Expr& expression) {
  return VolatilityFinder(interpreter).worst(NodePtr(expression.tree)) != 'i';
}

bool contains_volatile(const Interpreter& interpreter, const Expr& expression) {
  return VolatilityFinder(interpreter).worst(NodePtr(expression.tree)) == 'v';
}

}  // namespace pgplumb::engine::ddl
