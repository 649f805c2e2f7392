#include "parser/newer_syntax.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "parser/lexer.h"
#include "parser/pg_query.h"

namespace pgplumb::parser {

namespace {

using rapidjson::Value;

/// A member that its node had not before, or not with that value.
struct Novelty {
  std::string_view node;
  std::string_view member;
  std::string_view value;  // empty: any but false and what is empty
  int since;
  std::string_view word;  // that a text must have for it; empty where it may have several
};
constexpr Novelty novelties[] = {
    {"CreateFunctionStmt", "sql_body", "", 14, ""},
    {"CreateTrigStmt", "replace", "", 14, "replace"},
    {"PartitionCmd", "concurrent", "", 14, "concurrently"},
    {"AlterTableCmd", "subtype", "AT_DetachPartitionFinalize", 14, "finalize"},
    {"AlterTableCmd", "subtype", "AT_SetCompression", 14, "compression"},
    {"ColumnDef", "compression", "", 14, "compression"},
    {"SelectStmt", "groupDistinct", "", 14, "distinct"},
    {"JoinExpr", "join_using_alias", "", 14, "using"},
    {"CommonTableExpr", "search_clause", "", 14, "search"},
    {"CommonTableExpr", "cycle_clause", "", 14, "cycle"},
    {"AlterTableCmd", "subtype", "AT_SetAccessMethod", 15, "method"},
    {"Constraint", "nulls_not_distinct", "", 15, "nulls"},
    {"Constraint", "fk_del_set_cols", "", 15, "delete"},
    {"IndexStmt", "nulls_not_distinct", "", 15, "nulls"},
};

std::string_view text(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

bool matches(const Novelty& novelty, const Value& value) {
  if (!novelty.value.empty()) return value.IsString() && text(value) == novelty.value;
  if (value.IsString()) return value.GetStringLength() > 0;
  return value.IsTrue() || value.IsObject() || (value.IsArray() && !value.Empty());
}

/// LIKE … INCLUDING COMPRESSION, or EXCLUDING it from ALL, which has every bit (CREATE_TABLE_LIKE_COMPRESSION).
bool names_compression(const Value& like) {
  const auto options = like.FindMember("options");
  if (options == like.MemberEnd() || !options->value.IsUint()) return false;
  const unsigned bits = options->value.GetUint();
  constexpr unsigned compression = 1u << 1, all = 0x7fffffff, of_all = 1u << 30;
  return bits != all && static_cast<bool>(bits & compression) != static_cast<bool>(bits & of_all);
}

/// The novelties of a tree, of which only those count whose word stands before some place in the text.
class NoveltyFinder {
 public:
  explicit NoveltyFinder(std::string_view text_before) : text_before_(text_before) {}
  NoveltyFinder() = default;

  int newest_of(std::string_view node, const Value& value) const {
    int since = newest_below(value);
    if (!value.IsObject()) return since;
    if (node == "TableLikeClause" && names_compression(value) && is_before("compression")) since = std::max(since, 14);
    for (const Novelty& novelty : novelties) {
      if (novelty.node != node || novelty.since <= since) continue;
      const auto member = value.FindMember(Value(rapidjson::StringRef(novelty.member.data(), novelty.member.size())));
      if (member != value.MemberEnd() && matches(novelty, member->value) && is_before(novelty.word))
        since = novelty.since;
    }
    return since;
  }

 private:
  int newest_below(const Value& value) const {
    int since = 13;
    if (value.IsArray())
      for (const Value& element : value.GetArray()) since = std::max(since, newest_below(element));
    if (value.IsObject())
      for (const auto& member : value.GetObject()) since = std::max(since, newest_of(text(member.name), member.value));
    return since;
  }

  bool is_before(std::string_view word) const {
    if (!text_before_ || word.empty()) return true;
    Lexer lexer(*text_before_);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
      if (token.is_word(word)) return true;
    return false;
  }

  std::optional<std::string_view> text_before_;
};

int newest_of(ast::Node statement, const NoveltyFinder& finder) {
  const auto* value = static_cast<const Value*>(statement.raw());
  return value ? finder.newest_of(ast::to_string(statement.tag()), *value) : 13;
}

/// Whether SIMILAR stands within the parentheses of SUBSTRING, and not as SIMILAR TO.
bool has_substring_similar(std::string_view text) {
  std::vector<bool> of_substring;  // of each open parenthesis
  Lexer lexer(text);
  Token before;
  for (Token token = lexer.next(); token.kind != TokenKind::end; before = token, token = lexer.next()) {
    if (token.is('(')) of_substring.push_back(before.is_word("substring"));
    if (token.is(')') && !of_substring.empty()) of_substring.pop_back();
    if (before.is_word("similar") && !token.is_word("to") && !of_substring.empty() && of_substring.back()) return true;
  }
  return false;
}

/// CLUSTER (…), and options of REINDEX within parentheses but VERBOSE: the words stand for the same elsewhere.
bool has_options_of_14(ast::Node statement, std::string_view text) {
  if (!statement.is<ast::ClusterStmt>() && !statement.is<ast::ReindexStmt>()) return false;
  Lexer lexer(text);
  lexer.next();
  if (!lexer.next().is('(')) return false;
  if (statement.is<ast::ClusterStmt>()) return true;
  for (Token token = lexer.next(); token.kind != TokenKind::end && !token.is(')'); token = lexer.next())
    if (!token.is(',') && !token.is_word("verbose")) return true;
  return false;
}

}  // namespace

int syntax_since(ast::Node statement, std::string_view text) {
  const int since = newest_of(statement, {});
  return since < 14 && (has_substring_similar(text) || has_options_of_14(statement, text)) ? 14 : since;
}

int syntax_since_before(std::string_view text, std::size_t offset) {
  constexpr int most_words = 2;  // that are refused together: MATCH PARTIAL, INITIALLY DEFERRED
  std::string readable(text);
  Lexer lexer(text, offset);
  for (int words = 0; words < most_words; ++words) {
    const Token token = lexer.next();
    std::fill_n(readable.begin() + static_cast<std::ptrdiff_t>(token.offset), token.text.size(), ' ');
    const ParseResult result = parse(readable);
    if (!result.error && result.tree.size() == 1)
      return newest_of(result.tree.statement(), NoveltyFinder(text.substr(0, offset)));
  }
  return 13;
}

std::string newer_syntax_message(int since) {
  return "syntax error: this form of the statement came with PostgreSQL " + std::to_string(since);
}

}  // namespace pgplumb::parser
