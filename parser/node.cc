#include "parser/node.h"

#include <string>

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

namespace {

bool is_spelling_of(const Token& token, std::string_view name) {
  if (token.kind == TokenKind::word) return equals_ignoring_case(token.text, name);
  if (token.kind != TokenKind::quoted_identifier) return false;
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return token.text == quoted + "\"";
}

/// Whether an ALTER CONSTRAINT of the name says nothing more. Those that make it deferrable are not meant.
bool is_bare_command(std::string_view text, std::string_view constraint) {
  Lexer lexer(text);
  Token before, last;
  for (Token token = lexer.next(); token.kind != TokenKind::end; before = last, last = token, token = lexer.next()) {
    if (!before.is_word("alter") || !last.is_word("constraint") || !is_spelling_of(token, constraint)) continue;
    const Token next = lexer.next();
    if (next.kind == TokenKind::end || next.is(',') || next.is(';')) return true;
    const Token word = lexer.next();
    if (next.is_word("not") || (next.is_word("initially") && word.is_word("immediate"))) return false;
  }
  return false;
}

}  // namespace

bool has_constraint_attributes(ast::Node definition, std::string_view statement_text) {
  if (const auto command = definition.as<ast::ATAlterConstraint>())
    return command.alter_deferrability() || command.alter_enforceability() || command.alter_inheritability();
  const auto constraint = definition.as<ast::Constraint>();
  if (constraint.deferrable() || constraint.initdeferred()) return true;
  return !is_bare_command(statement_text, constraint.conname());
}

bool is_enforced(ast::Constraint constraint) { return grammar_version() < 18 || constraint.is_enforced(); }

char generated_kind(ast::Constraint constraint) {
  const std::string_view kind = constraint.generated_kind();
  return kind.empty() ? 's' : kind[0];
}

}  // namespace pgplumb::parser
