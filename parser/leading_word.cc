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

/// Whether it takes its rows from other relations: views among them may call functions.
bool reads_relations(Lexer lexer) {
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
    if (token.is_word("select") || token.is_word("from") || token.is_word("using") || token.is_word("table")) return true;
  return false;
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
  if (changed_relation(text).empty()) return false;
  Lexer lexer(text);
  const Token first = lexer.next();
  if (first.is_word("insert")) {
    const Token target = skip_target(lexer);
    return !reads_relations(lexer) && !has_effect(lexer, target);
  }
  if (first.is_word("delete")) lexer.next();  // FROM
  return (first.is_word("update") || first.is_word("delete")) && !reads_relations(lexer) && !has_effect(lexer, first);
}

std::vector<std::string> changed_relation(std::string_view text) {
  Lexer lexer(text);
  const Token first = lexer.next();
  Token token = lexer.next();
  if (first.is_word("insert") || first.is_word("merge") || first.is_word("delete"))
    token = lexer.next();
  else if (!first.is_word("update"))
    return {};
  if (token.is_word("only")) token = lexer.next();
  std::vector<std::string> names{""};
  for (; is_identifier(token); token = lexer.next()) {
    names.push_back(identifier_of(token));
    if (!lexer.next().is('.')) break;
  }
  if (names.size() == 1) return {};
  return {names[names.size() - 2], names.back()};
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
