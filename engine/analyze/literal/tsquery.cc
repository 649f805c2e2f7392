// tsquery: utils/adt/tsquery.c.
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <vector>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/text_search.h"

namespace pgplumb::engine::analyze::literal {

namespace {

constexpr int max_distance = 16384;

enum class Op : char { value, negation, conjunction, disjunction, phrase };

struct QueryNode;
using QueryNodePtr = std::unique_ptr<QueryNode>;

struct QueryNode {
  Op op = Op::value;
  std::string text;  // of a value: as it prints
  int distance = 0;
  QueryNodePtr left, right;  // a negation has the left one
};

int operator_priority(Op op) {
  switch (op) {
    case Op::negation: return 4;
    case Op::phrase: return 3;
    case Op::conjunction: return 2;
    default: return 1;
  }
}

struct PendingOperator {
  Op op;
  int distance;
};

/// Operators wait on a stack until one that binds less tightly comes.
class QueryReader {
 public:
  explicit QueryReader(std::string_view text) : whole_(text), text_(text) {}

  /// Null for a text without words.
  QueryNodePtr read() {
    skip_space();
    if (text_.empty()) return nullptr;
    QueryNodePtr query = expression();
    skip_space();
    if (!text_.empty()) bad();
    return query;
  }

 private:
  [[noreturn]] void bad() const { fail(errcode::syntax_error, fmt::format("syntax error in tsquery: \"{}\"", whole_)); }
  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  bool take(char c) {
    if (text_.empty() || peek() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void skip_space() {
    while (is_space(peek())) text_.remove_prefix(1);
  }

  QueryNodePtr expression() {
    std::vector<PendingOperator> operators;
    std::vector<QueryNodePtr> operands;
    for (;;) {
      operand(operators, operands);
      skip_space();
      PendingOperator next{};
      if (!take_operator(next)) break;
      reduce(operators, operands, next.op);
      operators.push_back(next);
    }
    while (!operators.empty()) apply(operators, operands);
    return std::move(operands.back());
  }

  void operand(std::vector<PendingOperator>& operators, std::vector<QueryNodePtr>& operands) {
    skip_space();
    while (take('!')) {
      operators.push_back({Op::negation, 0});
      skip_space();
    }
    if (take('(')) {
      operands.push_back(expression());
      skip_space();
      if (!take(')')) bad();
      return;
    }
    if (peek() == ':') bad();
    Lexeme lexeme;
    if (!take_lexeme(text_, whole_, true, lexeme)) {
      fail(errcode::syntax_error, fmt::format("no operand in tsquery: \"{}\"", whole_));
    }
    auto node = std::make_unique<QueryNode>();
    node->text = lexeme_text(lexeme.word) + modifiers();
    operands.push_back(std::move(node));
  }

  std::string modifiers() {
    if (!take(':')) return "";
    bool prefix = false;
    bool weights[4] = {};
    for (; !text_.empty(); text_.remove_prefix(1)) {
      char c = lower(text_.substr(0, 1))[0];
      if (c == '*') {
        prefix = true;
      } else if (c >= 'a' && c <= 'd') {
        weights[c - 'a'] = true;
      } else {
        break;
      }
    }
    std::string text = prefix ? "*" : "";
    for (int i = 0; i < 4; ++i) {
      if (weights[i]) text += "ABCD"[i];
    }
    return text.empty() ? "" : ":" + text;
  }

  bool take_operator(PendingOperator& out) {
    if (take('&')) return out = {Op::conjunction, 0}, true;
    if (take('|')) return out = {Op::disjunction, 0}, true;
    return take_phrase(out);
  }

  // <-> or <distance>
  bool take_phrase(PendingOperator& out) {
    if (peek() != '<') return false;
    std::size_t close = text_.find('>');
    if (close == std::string_view::npos) return false;
    std::string_view inner = text_.substr(1, close - 1);
    out = {Op::phrase, 1};
    if (inner != "-") {
      long distance = 0;
      auto [end, error] = std::from_chars(inner.data(), inner.data() + inner.size(), distance);
      if (inner.empty() || !is_digit(inner[0]) || end != inner.data() + inner.size()) return false;
      if (error != std::errc() || distance > max_distance) {
        fail(errcode::invalid_parameter_value,
             "distance in phrase operator must be an integer value between zero and 16384 inclusive");
      }
      out.distance = static_cast<int>(distance);
    }
    text_.remove_prefix(close + 1);
    return true;
  }

  static void reduce(std::vector<PendingOperator>& operators, std::vector<QueryNodePtr>& operands, Op next) {
    while (!operators.empty() && operator_priority(next) <= operator_priority(operators.back().op)) apply(operators, operands);
  }

  static void apply(std::vector<PendingOperator>& operators, std::vector<QueryNodePtr>& operands) {
    auto node = std::make_unique<QueryNode>();
    node->op = operators.back().op;
    node->distance = operators.back().distance;
    operators.pop_back();
    if (node->op != Op::negation) {
      node->right = std::move(operands.back());
      operands.pop_back();
    }
    node->left = std::move(operands.back());
    operands.back() = std::move(node);
  }

  std::string_view whole_, text_;
};

std::string operator_text(const QueryNode& node) {
  switch (node.op) {
    case Op::conjunction: return " & ";
    case Op::disjunction: return " | ";
    default: return node.distance == 1 ? " <-> " : fmt::format(" <{}> ", node.distance);
  }
}

std::string infix(const QueryNode& node, int parent_priority, bool right_of_phrase) {
  if (node.op == Op::value) return node.text;
  int own = operator_priority(node.op);
  if (node.op == Op::negation) return "!" + infix(*node.left, own, false);
  std::string text =
      infix(*node.left, own, false) + operator_text(node) + infix(*node.right, own, node.op == Op::phrase);
  bool parentheses = own < parent_priority || (node.op == Op::phrase && right_of_phrase);
  return parentheses ? "( " + text + " )" : text;
}

}  // namespace

std::string tsquery_in(std::string_view text) {
  QueryNodePtr query = QueryReader(text).read();
  return query ? infix(*query, -1, false) : "";
}

}  // namespace pgplumb::engine::analyze::literal
