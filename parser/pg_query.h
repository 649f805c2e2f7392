#pragma once
// libpg_query behind values: text in, a parse tree or an error out. All functions may be called from any thread.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "parser/ast/view.h"

namespace pgplumb::parser {

/// What PostgreSQL's own grammar has against a text.
struct ParseError {
  std::string message;
  int offset = -1;  // bytes into the text; -1 where the grammar does not say
  std::string sqlstate = "42601";
};

/// The raw parse tree of one text. The views that `statement()` leads to live as long as it does.
class ParseTree {
 public:
  ParseTree();
  ~ParseTree();
  ParseTree(ParseTree&&) noexcept;
  ParseTree& operator=(ParseTree&&) noexcept;

  /// How many statements the text held.
  std::size_t size() const;
  ast::Node statement(std::size_t index = 0) const;
  /// Where the statement stands in the text: with the white space before it, without its semicolon.
  std::string_view statement_text(std::string_view text, std::size_t index) const;
  explicit operator bool() const { return data_ != nullptr; }

 private:
  struct Data;
  friend class TreeBuilder;
  std::unique_ptr<Data> data_;
};

struct ParseResult {
  ParseTree tree;
  std::optional<ParseError> error;  // the tree is empty where there is one
};

/// Parses SQL text: valid UTF-8 without NUL bytes. A tree is never deeper than `max_tree_levels`: a text that would
/// make one is refused, as a server with the default max_stack_depth refuses it (54001).
ParseResult parse(std::string_view text);
inline constexpr int max_tree_levels = 6000;

/// What the grammar has against the text, without the cost of a tree.
std::optional<ParseError> check_syntax(std::string_view text);

/// The JSON that pg_query_parse_plpgsql makes of CREATE FUNCTION and DO statements.
struct PlpgsqlResult {
  std::string json;
  std::optional<ParseError> error;
};
PlpgsqlResult parse_plpgsql(std::string_view text);

/// The major version whose grammar is linked.
int grammar_version();

}  // namespace pgplumb::parser
