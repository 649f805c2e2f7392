// The SELECT and RETURNING lists: get_target_list.
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::target(const expr::TargetEntry& entry, const std::string& name) {
  std::optional<std::string> given;  // the name that the column has if nobody says AS
  if (const auto* var = expr::as<expr::Var>(entry.expr)) {
    given = variable(*var, 0, true);
  } else {
    node(entry.expr, true);
    if (!context_.column_names_visible) given = "?column?";
  }
  if (name.empty() || given == name) return;
  text(" AS ");
  identifier(name);
}

void Printer::target_list(const Targets& targets) {
  std::string_view separator = " ";
  int column = 0;
  for (const expr::TargetEntry& entry : targets) {
    if (entry.junk) continue;
    text(separator);
    separator = ", ";
    ++column;
    const std::string item = captured([&] { target(entry, output_name(entry, column)); });
    wrapped(item, column > 1);
  }
}

}  // namespace pgplumb::engine::deparse
