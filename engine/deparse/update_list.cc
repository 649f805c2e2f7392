// The assignments of UPDATE: get_update_query_targetlist_def.
#include <algorithm>

#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace {

using Targets = std::vector<expr::TargetEntry>;

// The subqueries of "(a, b) = (SELECT …)", which stand behind the assignments, in order.
std::vector<const expr::TargetEntry*> row_sources(const Targets& targets) {
  std::vector<const expr::TargetEntry*> sources;
  for (const expr::TargetEntry& entry : targets) {
    const auto* sublink = entry.junk ? expr::as<expr::SubLink>(entry.expr) : nullptr;
    if (sublink && sublink->kind == expr::SubLinkKind::multi_expr) sources.push_back(&entry);
  }
  return sources;
}

// The assigned value under fields, subscripts and coercions that the parser added.
const Node* assigned_value(const Node* node) {
  while (node) {
    const Node* below = nullptr;
    if (const auto* store = node->as<expr::FieldStore>()) below = store->values.front().get();
    if (const auto* ref = node->as<expr::SubscriptingRef>()) below = ref->assigned.get();
    if (const auto* coerced = node->as<expr::CoerceToDomain>())
      below = coerced->form == expr::CoercionForm::implicit_cast ? coerced->arg.get() : nullptr;
    if (!below) break;
    node = below;
  }
  return without_implicit_coercions(node);
}

bool takes_from_row(const expr::TargetEntry& entry) {
  const Node* value = assigned_value(entry.expr.get());
  const auto* param = value ? value->as<expr::Param>() : nullptr;
  return param && param->kind == expr::ParamKind::multi_expression;
}

std::ptrdiff_t column_count(const expr::TargetEntry& source) {
  const auto& targets = expr::as<expr::SubLink>(source.expr)->query->targets;
  return std::count_if(targets.begin(), targets.end(), [](const expr::TargetEntry& entry) { return !entry.junk; });
}

}  // namespace

void Printer::update_list(const expr::Query& query, const Targets& targets, const Entry& target) {
  const auto sources = query.has_sublinks ? row_sources(targets) : std::vector<const expr::TargetEntry*>{};
  std::size_t next_source = 0;
  const expr::TargetEntry* source = nullptr;
  std::ptrdiff_t remaining = 0;
  std::string_view separator = "";
  for (const expr::TargetEntry& entry : targets) {
    if (entry.junk) continue;
    text(separator);
    separator = ", ";
    if (!source && next_source < sources.size() && takes_from_row(entry)) {
      source = sources[next_source++];
      remaining = column_count(*source);
      text("(");
    }
    identifier(attribute_name(cache_, target.relation, entry.resno));
    NodePtr value = indirection(entry.expr);
    if (source) {
      if (--remaining > 0) continue;
      text(")");
      value = source->expr;
      source = nullptr;
    }
    text(" = ");
    node(value, false);
  }
}

}  // namespace pgplumb::engine::deparse
