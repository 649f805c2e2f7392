// Aggregates and window functions: get_agg_expr and get_windowfunc_expr.
#include <algorithm>

#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::filter(const NodePtr& condition) {
  if (!condition) return;
  text(") FILTER (WHERE ");
  node(condition, false);
}

void Printer::aggregate_arguments(const expr::Aggref& call, const JsonCall* json) {
  const auto count =
      std::count_if(call.args.begin(), call.args.end(), [](const expr::TargetEntry& arg) { return !arg.junk; });
  int number = 0;
  for (const expr::TargetEntry& arg : call.args) {
    if (arg.junk) continue;
    ++number;
    if (json && json->object && number > 2) break;  // told by the options
    if (number > 1) text(json && json->object ? " : " : ", ");
    if (call.variadic && number == count) text("VARIADIC ");
    node(arg.expr, true);
  }
}

void Printer::aggregate(const expr::Aggref& call, const JsonCall* json) {
  text(json ? std::string(json->function) : function_name(cache_, call.function));
  text(call.distinct.empty() ? "(" : "(DISTINCT ");
  if (call.kind != expr::AggregateKind::normal) {
    list(call.direct_args, true);
    text(") WITHIN GROUP (ORDER BY ");
    order_by(call.order, call.args, false);
  } else {
    if (call.star)
      text("*");
    else
      aggregate_arguments(call, json);
    if (!call.order.empty()) {
      text(" ORDER BY ");
      order_by(call.order, call.args, false);
    }
  }
  if (json) text(json->options);
  filter(call.filter);
  text(")");
}

void Printer::print(const expr::Aggref& n, bool) { aggregate(n, nullptr); }

void Printer::print(const expr::GroupingFunc& n, bool) {
  text("GROUPING(");
  list(n.args, true);
  text(")");
}

void Printer::window_call(const expr::WindowFunc& call, const JsonCall* json) {
  text(json ? std::string(json->function) : function_name(cache_, call.function));
  text("(");
  if (call.star) {
    text("*");
  } else if (json && json->object) {
    node(call.args[0], false);
    text(" : ");
    node(call.args[1], false);
  } else {
    list(call.args, true);
  }
  if (json) text(json->options);
  filter(call.filter);
  text(") OVER ");
  if (!context_.windows) return;
  for (const expr::WindowClause& clause : *context_.windows) {
    if (clause.window_ref != call.window_ref) continue;
    if (!clause.name.empty()) return identifier(clause.name);
    return window(clause, *context_.targets);
  }
}

void Printer::print(const expr::WindowFunc& n, bool) { window_call(n, nullptr); }

}  // namespace pgplumb::engine::deparse
