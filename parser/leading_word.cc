#include "parser/leading_word.h"

#include <algorithm>

#include "parser/lexer.h"

namespace pgplumb::parser {

namespace {

using ast::NodeTag;

struct DataWord {
  std::string_view word;
  NodeTag tag;
};

constexpr DataWord data_words[] = {
    {"analyse", NodeTag::VacuumStmt},  {"analyze", NodeTag::VacuumStmt},    {"checkpoint", NodeTag::CheckPointStmt},
    {"copy", NodeTag::CopyStmt},       {"delete", NodeTag::DeleteStmt},     {"insert", NodeTag::InsertStmt},
    {"lock", NodeTag::LockStmt},       {"merge", NodeTag::MergeStmt},       {"notify", NodeTag::NotifyStmt},
    {"reindex", NodeTag::ReindexStmt}, {"show", NodeTag::VariableShowStmt}, {"truncate", NodeTag::TruncateStmt},
    {"update", NodeTag::UpdateStmt},   {"vacuum", NodeTag::VacuumStmt},
};

// Words that may stand before a parenthesis without being called.
constexpr std::string_view uncalled[] = {
    "all",    "and",      "any",  "as",    "by",   "case",   "else",      "exists", "filter", "from",  "in",
    "is",     "join",     "not",  "on",    "or",   "over",   "select",    "some",   "then",   "union", "using",
    "values", "conflict", "when", "where", "with", "except", "intersect", "array",  "row"};

bool is_called(const Token& before, const Token& token) {
  if (!token.is('(')) return false;
  if (before.kind == TokenKind::quoted_identifier) return true;
  return before.kind == TokenKind::word && std::none_of(std::begin(uncalled), std::end(uncalled),
                                                        [&](std::string_view word) { return before.is_word(word); });
}

/// Whether anything behind `before` is called, or puts rows into a table that it makes.
bool has_effect(Lexer& lexer, Token before) {
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.is_word("into") || is_called(before, token)) return true;
    before = token;
  }
  return false;
}

/// Passes over `INTO table`: the parenthesis behind it holds columns. Gives the last token passed.
Token skip_target(Lexer& lexer) {
  lexer.next();
  Token last = lexer.next();
  for (std::size_t at = lexer.offset();; at = lexer.offset()) {
    const Token token = lexer.next();
    if (!token.is('.')) {
      lexer.seek(at);
      return token.is('(') ? Token() : last;
    }
    last = lexer.next();
  }
}

bool is_name(const Token& token) {
  return token.kind == TokenKind::word || token.kind == TokenKind::string || token.kind == TokenKind::quoted_identifier;
}

}  // namespace

NodeTag data_statement(std::string_view text) {
  const Token first = Lexer(text).next();
  for (const DataWord& candidate : data_words)
    if (first.is_word(candidate.word)) return candidate.tag;
  return NodeTag::none;
}

bool is_harmless_query(std::string_view text) {
  Lexer lexer(text);
  Token before = lexer.next();
  while (before.is('(')) before = lexer.next();
  if (!before.is_word("select") && !before.is_word("with") && !before.is_word("values") && !before.is_word("table"))
    return false;
  return !has_effect(lexer, before);
}

bool only_changes_rows(std::string_view text) {
  Lexer lexer(text);
  const Token first = lexer.next();
  if (first.is_word("insert")) return !has_effect(lexer, skip_target(lexer));
  return (first.is_word("update") || first.is_word("delete")) && !has_effect(lexer, first);
}

std::string_view psql_variable(std::string_view text) {
  Lexer lexer(text);
  Token colon;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    const bool adjacent = colon.is(':') && token.offset == colon.offset + 1;
    if (adjacent && (is_name(token) || token.is('{'))) return token.text;
    const bool cast = colon.is(':') && token.is(':');
    colon = cast ? Token() : token;
  }
  return {};
}

}  // namespace pgplumb::parser
