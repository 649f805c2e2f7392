// FOR VALUES …: the PartitionBoundSpec part of get_rule_expr.
#include <fmt/format.h>

#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace {

const expr::Const& constant_of(const NodePtr& node) {
  static const expr::Const null;
  const auto* constant = expr::as<expr::Const>(node);
  return constant ? *constant : null;
}

}  // namespace

void Printer::range_bound(const std::vector<expr::PartitionRangeDatum>& datums) {
  std::string_view separator = "(";
  for (const expr::PartitionRangeDatum& datum : datums) {
    text(separator);
    separator = ", ";
    switch (datum.kind) {
      case expr::PartitionRangeDatum::Kind::minvalue: text("MINVALUE"); break;
      case expr::PartitionRangeDatum::Kind::maxvalue: text("MAXVALUE"); break;
      case expr::PartitionRangeDatum::Kind::value: constant(constant_of(datum.value), TypeLabel::never); break;
    }
  }
  text(")");
}

void Printer::print(const expr::PartitionBoundSpec& n, bool) {
  std::string_view separator = "FOR VALUES IN (";
  switch (n.kind) {
    case expr::PartitionBoundKind::default_: return text("DEFAULT");
    case expr::PartitionBoundKind::hash:
      return text(fmt::format("FOR VALUES WITH (modulus {}, remainder {})", n.modulus, n.remainder));
    case expr::PartitionBoundKind::list:
      for (const NodePtr& value : n.list) {
        text(separator);
        separator = ", ";
        constant(constant_of(value), TypeLabel::never);
      }
      return text(")");
    case expr::PartitionBoundKind::range:
      text("FOR VALUES FROM ");
      range_bound(n.lower);
      text(" TO ");
      return range_bound(n.upper);
  }
}

}  // namespace pgplumb::engine::deparse
