#include "parser/newer_syntax.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "parser/lexer.h"
#include "parser/pg_query.h"

namespace pgplumb::parser {

namespace {

using rapidjson::Value;

constexpr int whole_text = std::numeric_limits<int>::max();

/// A member that its node had not before, or not with that value.
struct Novelty {
  std::string_view node;
  std::string_view member;
  std::string_view value;  // empty: any but false and what is empty
  int since;
};
constexpr Novelty novelties[] = {
    {"CreateFunctionStmt", "sql_body", "", 14},
    {"CreateTrigStmt", "replace", "", 14},
    {"PartitionCmd", "concurrent", "", 14},
    {"AlterTableCmd", "subtype", "AT_DetachPartitionFinalize", 14},
    {"AlterTableCmd", "subtype", "AT_SetCompression", 14},
    {"ColumnDef", "compression", "", 14},
    {"SelectStmt", "groupDistinct", "", 14},
    {"JoinExpr", "join_using_alias", "", 14},
    {"CommonTableExpr", "search_clause", "", 14},
    {"CommonTableExpr", "cycle_clause", "", 14},
    {"AlterTableCmd", "subtype", "AT_SetAccessMethod", 15},
    {"Constraint", "nulls_not_distinct", "", 15},
    {"Constraint", "fk_del_set_cols", "", 15},
    {"IndexStmt", "nulls_not_distinct", "", 15},
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

/// The least location that is told anywhere within; -1 where none is.
int first_location(const Value& value) {
  int first = -1;
  const auto see = [&first](int location) {
    if (location >= 0 && (first < 0 || location < first)) first = location;
  };
  if (value.IsArray())
    for (const Value& element : value.GetArray()) see(first_location(element));
  if (value.IsObject())
    for (const auto& member : value.GetObject())
      see(text(member.name) == "location" && member.value.IsInt() ? member.value.GetInt() : first_location(member.value));
  return first;
}

/// Of nodes that begin before `end`.
int newest_below(const Value& value, int end);

int newest_of(std::string_view node, const Value& value, int end) {
  int since = newest_below(value, end);
  if (!value.IsObject()) return since;
  if (end < whole_text && first_location(value) >= end) return since;
  if (node == "TableLikeClause" && names_compression(value)) since = std::max(since, 14);
  for (const Novelty& novelty : novelties) {
    if (novelty.node != node || novelty.since <= since) continue;
    const auto member = value.FindMember(Value(rapidjson::StringRef(novelty.member.data(), novelty.member.size())));
    if (member != value.MemberEnd() && matches(novelty, member->value)) since = novelty.since;
  }
  return since;
}

int newest_below(const Value& value, int end) {
  int since = 13;
  if (value.IsArray())
    for (const Value& element : value.GetArray()) since = std::max(since, newest_below(element, end));
  if (value.IsObject())
    for (const auto& member : value.GetObject()) since = std::max(since, newest_of(text(member.name), member.value, end));
  return since;
}

int newest_of(ast::Node statement, int end) {
  const auto* value = static_cast<const Value*>(statement.raw());
  return value ? newest_of(ast::to_string(statement.tag()), *value, end) : 13;
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

}  // namespace

int syntax_since(ast::Node statement, std::string_view text) {
  const int since = newest_of(statement, whole_text);
  return since < 14 && has_substring_similar(text) ? 14 : since;
}

int syntax_since_before(std::string_view text, std::size_t offset) {
  constexpr int most_words = 2;  // that are refused together: MATCH PARTIAL, INITIALLY DEFERRED
  std::string readable(text);
  Lexer lexer(text, offset);
  for (int words = 0; words < most_words; ++words) {
    const Token token = lexer.next();
    std::fill_n(readable.begin() + static_cast<std::ptrdiff_t>(token.offset), token.text.size(), ' ');
    const ParseResult result = parse(readable);
    if (!result.error && result.tree.size() == 1) return newest_of(result.tree.statement(), static_cast<int>(offset));
  }
  return 13;
}

std::string newer_syntax_message(int since) {
  return "syntax error: this form of the statement came with PostgreSQL " + std::to_string(since);
}

}  // namespace pgplumb::parser
