// WINDOW clauses and inline window definitions.
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace frame = expr::frame;

void Printer::windows(const expr::Query& query) {
  bool first = true;
  for (const expr::WindowClause& each : query.windows) {
    if (each.name.empty()) continue;
    if (first)
      clause(" WINDOW ", 1);
    else
      text(", ");
    first = false;
    identifier(each.name);
    text(" AS ");
    window(each, query.targets);
  }
}

void Printer::window(const expr::WindowClause& each, const Targets& targets) {
  std::string_view space = "";
  auto part = [&](std::string_view word) {
    text(space);
    text(word);
    space = " ";
  };
  text("(");
  if (!each.ref_name.empty()) {
    part("");
    identifier(each.ref_name);
  } else if (!each.partition.empty()) {
    part("PARTITION BY ");
    sort_groups(each.partition, targets);
  }
  if (!each.order.empty() && !each.copied_order) {
    part("ORDER BY ");
    order_by(each.order, targets, false);
  }
  if (each.frame_options & frame::non_default) {
    part("");
    window_frame(each);
  }
  text(")");
}

namespace {

std::string_view frame_mode(int options) {
  if (options & frame::range) return "RANGE ";
  return options & frame::rows ? "ROWS " : "GROUPS ";
}

std::string_view frame_exclusion(int options) {
  if (options & frame::exclude_current_row) return " EXCLUDE CURRENT ROW";
  if (options & frame::exclude_group) return " EXCLUDE GROUP";
  return options & frame::exclude_ties ? " EXCLUDE TIES" : "";
}

}  // namespace

void Printer::window_frame(const expr::WindowClause& each) {
  const int options = each.frame_options;
  auto bound = [&](bool unbounded, std::string_view direction, bool current, const NodePtr& offset) {
    if (unbounded) {
      text("UNBOUNDED");
    } else if (current) {
      return text("CURRENT ROW");
    } else {
      node(offset, false);
    }
    text(direction);
  };
  text(frame_mode(options));
  if (options & frame::between) text("BETWEEN ");
  bound(options & frame::start_unbounded_preceding,
        options & frame::start_offset_following ? " FOLLOWING" : " PRECEDING", options & frame::start_current_row,
        each.start_offset);
  if (options & frame::between) {
    text(" AND ");
    bound(options & frame::end_unbounded_following,
          options & frame::end_offset_preceding ? " PRECEDING" : " FOLLOWING", options & frame::end_current_row,
          each.end_offset);
  }
  text(frame_exclusion(options));
}

}  // namespace pgplumb::engine::deparse
