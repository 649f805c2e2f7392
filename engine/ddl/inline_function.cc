#include "engine/ddl/inline_function.h"

#include "catalog/kinds/function.h"
#include "catalog/query_nodes.h"
#include "catalog/type_oids.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/sql_body.h"
#include "parser/pg_query.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

/// A strict function's body might give something for a NULL: such a call stays.
bool may_be_inlined(const catalog::Function& function) {
  return function.language.oid == languages::sql && !function.security_definer && !function.returns_set &&
         !function.strict && !function.window && function.settings.empty() &&
         function.result.type != catalog::types::record && function.sql_body.empty();
}

/// SELECT expression, and nothing else.
expr::NodePtr only_expression(const expr::Query& query) {
  const bool plain = query.command == expr::CommandType::select && !query.has_aggs && !query.has_window_funcs &&
                     !query.has_target_srfs && !query.has_sublinks && query.ctes.empty() && query.range_table.empty() &&
                     query.join_tree.from.empty() && !query.join_tree.where && query.group.empty() && !query.having &&
                     query.windows.empty() && query.distinct.empty() && query.sort.empty() && !query.limit_offset &&
                     !query.limit_count && !query.set_operation && query.targets.size() == 1;
  return plain ? query.targets.front().expr : nullptr;
}

expr::NodePtr body_of(const Interpreter& interpreter, const catalog::Function& function) {
  const parser::ParseResult parsed = parser::parse(function.body);
  if (parsed.error || parsed.tree.size() != 1) return nullptr;
  const analyze::Settings settings = interpreter.analysis_settings();
  const expr::QueryPtr query = analyze_body_statement(interpreter, settings, function, parsed.tree.statement());
  const expr::NodePtr body = query ? only_expression(*query) : nullptr;
  if (!body) return nullptr;
  analyze::ParseState state(cache_of(interpreter), settings);
  return analyze::coerce_to_target_type(state, body, expr::type_of(*body), function.result.type, -1,
                                        {analyze::CoercionContext::assignment, analyze::CoercionForm::implicit_cast, -1});
}

}  // namespace

expr::NodePtr inlined_body(const Interpreter& interpreter, Oid oid) {
  const auto* function = interpreter.catalog().find_as<catalog::Function>(oid);
  if (!function || !may_be_inlined(*function)) return nullptr;
  try {
    return body_of(interpreter, *function);
  } catch (const SqlError&) {
    return nullptr;  // the call will fail, and says so itself
  } catch (const NotSimulated&) {
    return nullptr;
  }
}

}  // namespace pgplumb::engine::ddl
