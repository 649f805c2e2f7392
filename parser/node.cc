#include "parser/node.h"

#include "parser/lexer.h"
#include "parser/pg_query.h"

namespace pgplumb::parser {

char partition_strategy(ast::PartitionSpec spec) {
  const std::string_view word = spec.strategy();
  if (word == "PARTITION_STRATEGY_LIST" || equals_ignoring_case(word, "list")) return 'l';
  if (word == "PARTITION_STRATEGY_RANGE" || equals_ignoring_case(word, "range")) return 'r';
  if (word == "PARTITION_STRATEGY_HASH" || equals_ignoring_case(word, "hash")) return 'h';
  return '\0';
}

std::optional<int> statistics_target(ast::AlterStatsStmt statement) {
  const auto node = statement.stxstattarget();
  if (grammar_version() >= 17) {
    if (!node) return std::nullopt;
    return node.as<ast::Integer>().ival();
  }
  const int target = ast::detail::integer(statement.raw(), "stxstattarget");
  if (target == -1) return std::nullopt;
  return target;
}

bool is_enforced(ast::Constraint constraint) { return grammar_version() < 18 || constraint.is_enforced(); }

char generated_kind(ast::Constraint constraint) {
  const std::string_view kind = constraint.generated_kind();
  return kind.empty() ? 's' : kind[0];
}

}  // namespace pgplumb::parser
