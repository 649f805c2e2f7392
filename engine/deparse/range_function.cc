// Functions in FROM.
#include <algorithm>

#include "engine/analyze/lsyscache.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace {

constexpr Oid unnest_anyarray = 2331;  // F_UNNEST_ANYARRAY of pg_proc.dat

bool is_plain_unnest(const expr::RangeTblFunction& function) {
  const auto* call = expr::as<expr::FuncExpr>(function.call);
  return call && call->function == unnest_anyarray && !function.definition;
}

}  // namespace

// get_rule_expr_funccall: what does not look like a call goes into a cast, as FROM takes nothing else.
void Printer::function_call(const NodePtr& call) {
  if (looks_like_function(*call)) return node(call, true);
  text("CAST(");
  node(call, false);
  text(" AS ");
  type(expr::type_of(*call), expr::typmod_of(*call));
  text(")");
}

// The answer: whether the one function's column definitions are to follow the alias.
bool Printer::range_function(const Entry& entry) {
  const auto& functions = entry.functions;
  const bool single = functions.size() == 1 && (!functions.front().definition || !entry.with_ordinality);
  if (single) {
    function_call(functions.front().call);
  } else if (std::all_of(functions.begin(), functions.end(), is_plain_unnest)) {
    Nodes arguments;
    for (const expr::RangeTblFunction& function : functions)
      for (const NodePtr& arg : expr::as<expr::FuncExpr>(function.call)->args) arguments.push_back(arg);
    text("UNNEST(");
    list(arguments, true);
    text(")");
  } else {
    std::string_view separator = "ROWS FROM(";
    for (const expr::RangeTblFunction& function : functions) {
      text(separator);
      separator = ", ";
      function_call(function.call);
      if (!function.definition) continue;
      text(" AS ");
      column_definitions(function, nullptr);
    }
    text(")");
  }
  if (entry.with_ordinality) text(" WITH ORDINALITY");
  return single && functions.front().definition;
}

void Printer::column_definitions(const expr::RangeTblFunction& function, const ColumnNames* columns) {
  const expr::ColumnTypes& definition = *function.definition;
  std::string_view separator = "(";
  for (std::size_t i = 0; i < definition.types.size(); ++i) {
    text(separator);
    separator = ", ";
    identifier(columns ? columns->names[i].value_or("") : definition.names[i]);
    text(" ");
    type(definition.types[i], definition.typmods[i]);
    const Oid collation = definition.collations[i];
    if (collation == invalid_oid || collation == analyze::type_collation(cache_, definition.types[i])) continue;
    text(" COLLATE ");
    text(collation_name(cache_, collation));
  }
  text(")");
}

}  // namespace pgplumb::engine::deparse
