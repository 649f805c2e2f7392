#include "engine/plpgsql/tokens.h"

#include <algorithm>
#include <array>

#include "catalog/base/diagnostic.h"
#include "catalog/base/name.h"
#include "parser/expression.h"

namespace pgplumb::engine::plpgsql {

namespace {

constexpr std::array<std::string_view, 24> reserved_words = {
    "all",     "begin", "by", "case", "declare", "else", "elseif", "elsif", "end", "exception", "execute", "for",
    "foreach", "from",  "if", "in",   "into",    "loop", "not",    "null",  "or",  "strict",    "then",    "to"};
constexpr std::array<std::string_view, 3> more_reserved_words = {"using", "when", "while"};

bool is_reserved(std::string_view word) {
  return std::find(reserved_words.begin(), reserved_words.end(), word) != reserved_words.end() ||
         std::find(more_reserved_words.begin(), more_reserved_words.end(), word) != more_reserved_words.end();
}

class Scanner {
 public:
  explicit Scanner(std::string_view body) : body_(body), lexer_(body) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    do {
      tokens.push_back(convert(lexer_.next()));
    } while (tokens.back().kind != TokenKind::end);
    return tokens;
  }

 private:
  Token convert(const parser::Token& token) {
    if (!token.terminated) throw catalog::SqlError("42601", unterminated(token));
    switch (token.kind) {
      case parser::TokenKind::end:
        return {TokenKind::end, token.offset, token.text, {}};
      case parser::TokenKind::word: {
        std::string word = parser::identifier_of(token);
        const TokenKind kind = is_reserved(word) ? TokenKind::reserved : TokenKind::word;
        return {kind, token.offset, token.text, std::move(word)};
      }
      case parser::TokenKind::quoted_identifier:
        return {TokenKind::quoted, token.offset, token.text, parser::identifier_of(token)};
      case parser::TokenKind::string:
      case parser::TokenKind::dollar_string:
        return {TokenKind::string, token.offset, token.text, {}};
      case parser::TokenKind::number:
        return {TokenKind::number, token.offset, token.text, {}};
      default:
        return symbol(token);
    }
  }

  static std::string unterminated(const parser::Token& token) {
    const char* what = token.kind == parser::TokenKind::quoted_identifier ? "quoted identifier"
                       : token.kind == parser::TokenKind::dollar_string   ? "dollar-quoted string"
                                                                          : "quoted string";
    return std::string("unterminated ") + what + " at or near \"" + std::string(token.text) + "\"";
  }

  // The lexer's operators are runs of characters; here := and .. are symbols, and = ends before a sign.
  Token symbol(const parser::Token& token) {
    const std::string_view rest = body_.substr(token.offset);
    if (rest.substr(0, 2) == ":=") return cut(token, 2, TokenKind::assign);
    if (rest.substr(0, 2) == "..") return cut(token, 2, TokenKind::dot_dot);
    if (rest.substr(0, 2) == "::") return cut(token, 2, TokenKind::symbol);
    const bool equals_sign = token.text.size() > 1 && token.text[0] == '=' &&
                             token.text.find_first_not_of("+-", 1) == std::string_view::npos;
    if (equals_sign) return cut(token, 1, TokenKind::symbol);
    return {TokenKind::symbol, token.offset, token.text, {}};
  }

  Token cut(const parser::Token& token, std::size_t length, TokenKind kind) {
    lexer_.seek(token.offset + length);
    return {kind, token.offset, body_.substr(token.offset, length), {}};
  }

  std::string_view body_;
  parser::Lexer lexer_;
};

}  // namespace

std::vector<Token> scan(std::string_view body) { return Scanner(body).run(); }

std::string string_value(const Token& token) {
  const parser::ParsedExpression parsed = parser::parse_expression(token.text);
  if (parsed.error) throw catalog::SqlError(parsed.error->sqlstate, parsed.error->message);
  return std::string(parsed.node.as<parser::ast::A_Const>().sval().sval());
}

int line_of(std::string_view body, std::size_t offset) {
  return 1 + static_cast<int>(std::count(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

}  // namespace pgplumb::engine::plpgsql
