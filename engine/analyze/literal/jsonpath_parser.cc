#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/jsonpath.h"

namespace pgplumb::engine::analyze::literal {

namespace {

/// What stands in the text may be a value, a condition, or either in parentheses.
struct Parsed {
  PathItemPtr item;
  bool predicate = false;
  bool parenthesized = false;
};

struct MethodRule {
  std::string_view name;
  int since;
  std::size_t arguments;  // at most
};

constexpr MethodRule methods[] = {{"type", 13, 0},    {"size", 13, 0},      {"abs", 13, 0},         {"ceiling", 13, 0},
                                  {"floor", 13, 0},   {"double", 13, 0},    {"keyvalue", 13, 0},    {"datetime", 13, 1},
                                  {"bigint", 17, 0},  {"boolean", 17, 0},   {"date", 17, 0},        {"decimal", 17, 2},
                                  {"integer", 17, 0}, {"number", 17, 0},    {"string", 17, 0},      {"time", 17, 1},
                                  {"time_tz", 17, 1}, {"timestamp", 17, 1}, {"timestamp_tz", 17, 1}};

PathItemPtr item_of(PathKind kind, std::string text = {}) {
  auto item = std::make_unique<PathItem>();
  item->kind = kind;
  item->text = std::move(text);
  return item;
}

class PathParser {
 public:
  PathParser(std::string_view text, int major) : text_(text), major_(major), tokens_(jsonpath_tokens(text, major)) {}

  JsonPath parse() {
    if (tokens_.size() == 1) invalid_syntax("jsonpath", text_);
    JsonPath path;
    path.strict = is_keyword("strict");
    if (path.strict || is_keyword("lax")) ++at_;
    Parsed parsed = disjunction();
    if (token().kind != PathTokenKind::end) bad();
    path.root = std::move(parsed.item);
    return path;
  }

 private:
  [[noreturn]] void bad() const {
    fail(errcode::syntax_error, fmt::format("syntax error in jsonpath input: \"{}\"", text_));
  }
  const PathToken& token(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  bool is_symbol(std::string_view symbol) const { return token().kind == PathTokenKind::symbol && token().text == symbol; }
  bool is_keyword(std::string_view word) const { return token().kind == PathTokenKind::identifier && token().keyword == word; }
  bool take(std::string_view symbol) {
    if (!is_symbol(symbol)) return false;
    ++at_;
    return true;
  }
  bool take_keyword(std::string_view word) {
    if (!is_keyword(word)) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view symbol) {
    if (!take(symbol)) bad();
  }
  std::string expect_string() {
    if (token().kind != PathTokenKind::string) bad();
    return tokens_[at_++].text;
  }

  Parsed as_predicate(Parsed parsed) const {
    if (!parsed.predicate) bad();
    return parsed;
  }
  Parsed as_value(Parsed parsed) const {
    if (parsed.predicate) bad();
    return parsed;
  }
  static Parsed binary(Parsed left, std::string op, Parsed right, bool predicate) {
    PathItemPtr item = item_of(PathKind::binary, std::move(op));
    item->left = std::move(left.item);
    item->right = std::move(right.item);
    return {std::move(item), predicate, false};
  }

  Parsed disjunction() {
    Parsed left = conjunction();
    while (take("||")) left = binary(as_predicate(std::move(left)), "||", as_predicate(conjunction()), true);
    return left;
  }

  Parsed conjunction() {
    Parsed left = comparison();
    while (take("&&")) left = binary(as_predicate(std::move(left)), "&&", as_predicate(comparison()), true);
    return left;
  }

  Parsed comparison() {
    if (take("!")) return negation();
    Parsed left = sum();
    for (std::string_view op : {"==", "!=", "<", ">", "<=", ">="}) {
      if (!is_symbol(op)) continue;
      ++at_;
      return binary(as_value(std::move(left)), std::string(op), as_value(sum()), true);
    }
    if (is_keyword("starts")) return starts_with(as_value(std::move(left)));
    if (is_keyword("like_regex")) return like_regex(as_value(std::move(left)));
    return left;
  }

  Parsed negation() {
    PathItemPtr item = item_of(PathKind::negation);
    if (is_keyword("exists")) {
      item->left = exists().item;
    } else {
      expect("(");
      item->left = as_predicate(disjunction()).item;
      expect(")");
    }
    return {std::move(item), true, false};
  }

  Parsed exists() {
    ++at_;
    expect("(");
    PathItemPtr item = item_of(PathKind::exists);
    item->left = as_value(disjunction()).item;
    expect(")");
    return {std::move(item), true, false};
  }

  Parsed starts_with(Parsed left) {
    ++at_;
    if (!take_keyword("with")) bad();
    bool variable = token().kind == PathTokenKind::variable;
    if (!variable && token().kind != PathTokenKind::string) bad();
    Parsed initial{item_of(variable ? PathKind::variable : PathKind::string, tokens_[at_++].text), false, false};
    return binary(std::move(left), "starts with", std::move(initial), true);
  }

  Parsed like_regex(Parsed left) {
    ++at_;
    PathItemPtr item = item_of(PathKind::like_regex, expect_string());
    item->left = std::move(left.item);
    if (take_keyword("flag")) item->flags = flags(expect_string());
    check_pattern(item->text);
    return {std::move(item), true, false};
  }

  std::string flags(const std::string& given) const {
    std::string kept;
    for (char c : given) {
      if (std::string_view("ismxq").find(c) == std::string_view::npos) {
        fail(errcode::syntax_error, "invalid input syntax for type jsonpath");
      }
    }
    for (char c : std::string_view("ismxq")) {
      if (given.find(c) != std::string::npos) kept += c;
    }
    bool expanded = kept.find('x') != std::string::npos && kept.find('q') == std::string::npos;
    if (expanded)
      fail(errcode::feature_not_supported, "XQuery \"x\" flag (expanded regular expressions) is not implemented");
    return kept;
  }

  // Whether other patterns are valid is for the server's compiler of regular expressions to say.
  static void check_pattern(const std::string& pattern) {
    auto plain = [](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) ||
             std::string_view(" .^$-_,:;@#/%&=<>~!'\"").find(c) != std::string_view::npos;
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      bool repeats = std::string_view("*+?").find(pattern[i]) != std::string_view::npos && i > 0 &&
                     (std::isalnum(static_cast<unsigned char>(pattern[i - 1])) || pattern[i - 1] == '.');
      if (!plain(pattern[i]) && !repeats) throw UnknownForm{};
    }
  }

  Parsed sum() {
    Parsed left = product();
    while (is_symbol("+") || is_symbol("-")) {
      std::string op = tokens_[at_++].text;
      left = binary(as_value(std::move(left)), op, as_value(product()), false);
    }
    return left;
  }

  Parsed product() {
    Parsed left = signed_value();
    while (is_symbol("*") || is_symbol("/") || is_symbol("%")) {
      std::string op = tokens_[at_++].text;
      left = binary(as_value(std::move(left)), op, as_value(signed_value()), false);
    }
    return left;
  }

  // A number takes its sign at once.
  Parsed signed_value() {
    if (!is_symbol("+") && !is_symbol("-")) return accessors();
    std::string sign = tokens_[at_++].text;
    Parsed operand = as_value(signed_value());
    bool number = operand.item->kind == PathKind::numeric && !operand.item->next;
    if (number && sign == "+") return operand;
    if (number) {
      std::string& text = operand.item->text;
      bool zero = text.find_first_of("123456789") == std::string::npos;
      if (!zero) text = text[0] == '-' ? text.substr(1) : "-" + text;
      return operand;
    }
    PathItemPtr item = item_of(PathKind::sign, sign);
    item->left = std::move(operand.item);
    return {std::move(item), false, false};
  }

  Parsed accessors() {
    Parsed value = primary();
    bool any = false;
    // A condition's result is accessed in parentheses only.
    while (is_symbol(".") || is_symbol("[") || is_symbol("?") || is_symbol("**")) {
      if (is_symbol("**")) bad();
      if (value.predicate && !value.parenthesized) bad();
      PathItemPtr* end = &value.item;
      while (*end) end = &(*end)->next;
      *end = accessor();
      any = true;
    }
    if (any) value.predicate = value.parenthesized = false;
    return value;
  }

  Parsed primary() {
    const PathToken& now = token();
    switch (now.kind) {
      case PathTokenKind::string: return {item_of(PathKind::string, tokens_[at_++].text), false, false};
      case PathTokenKind::variable: return {item_of(PathKind::variable, tokens_[at_++].text), false, false};
      case PathTokenKind::integer:
      case PathTokenKind::numeric: return {item_of(PathKind::numeric, numeric_in(tokens_[at_++].text, major_)), false, false};
      case PathTokenKind::identifier: return word();
      case PathTokenKind::symbol: break;
      case PathTokenKind::end: bad();
    }
    if (take("$")) return {item_of(PathKind::root), false, false};
    if (take("@")) return current();
    if (take("(")) return parenthesized();
    bad();
  }

  Parsed current() const {
    if (filters_ == 0) fail(errcode::syntax_error, "@ is not allowed in root expressions");
    return {item_of(PathKind::current), false, false};
  }

  Parsed word() {
    const std::string keyword = token().keyword;
    if (keyword == "exists") return exists();
    ++at_;
    if (keyword == "null") return {item_of(PathKind::null), false, false};
    if (keyword == "true" || keyword == "false") return {item_of(PathKind::boolean, keyword), false, false};
    if (keyword != "last") bad();
    if (subscripts_ == 0) fail(errcode::syntax_error, "LAST is allowed only in array subscripts");
    return {item_of(PathKind::last), false, false};
  }

  Parsed parenthesized() {
    Parsed inner = disjunction();
    expect(")");
    if (inner.predicate && take_keyword("is")) {
      if (!take_keyword("unknown")) bad();
      PathItemPtr item = item_of(PathKind::is_unknown);
      item->left = std::move(inner.item);
      return {std::move(item), true, false};
    }
    inner.parenthesized = true;
    return inner;
  }

  PathItemPtr accessor() {
    if (take("[")) return array_accessor();
    if (take("?")) return filter();
    expect(".");
    if (take("*")) return item_of(PathKind::any_key);
    if (take("**")) return any_path();
    if (token().kind != PathTokenKind::identifier && token().kind != PathTokenKind::string) bad();
    PathToken name = tokens_[at_++];
    bool call = name.kind == PathTokenKind::identifier && is_symbol("(");
    return call ? method(name.keyword) : item_of(PathKind::key, name.text);
  }

  PathItemPtr filter() {
    expect("(");
    ++filters_;
    PathItemPtr item = item_of(PathKind::filter);
    item->left = as_predicate(disjunction()).item;
    --filters_;
    expect(")");
    return item;
  }

  PathItemPtr array_accessor() {
    if (take("*")) {
      expect("]");
      return item_of(PathKind::any_array);
    }
    PathItemPtr item = item_of(PathKind::subscripts);
    ++subscripts_;
    do {
      Subscript subscript;
      subscript.from = as_value(disjunction()).item;
      if (take_keyword("to")) subscript.to = as_value(disjunction()).item;
      item->subscripts.push_back(std::move(subscript));
    } while (take(","));
    --subscripts_;
    expect("]");
    return item;
  }

  std::optional<std::uint32_t> level() {
    if (take_keyword("last")) return std::nullopt;
    if (token().kind != PathTokenKind::integer) bad();
    return static_cast<std::uint32_t>(std::stoul(tokens_[at_++].text));
  }

  PathItemPtr any_path() {
    PathItemPtr item = item_of(PathKind::any_path);
    item->first = 0;
    if (!take("{")) return item;
    item->first = level();
    item->last_level = take_keyword("to") ? level() : item->first;
    expect("}");
    return item;
  }

  PathItemPtr method(const std::string& name) {
    const auto* rule =
        std::find_if(std::begin(methods), std::end(methods), [&](const MethodRule& m) { return m.name == name; });
    if (rule == std::end(methods) || rule->since > major_) bad();
    expect("(");
    PathItemPtr item = item_of(PathKind::method, name);
    while (!is_symbol(")")) {
      if (!item->arguments.empty()) expect(",");
      item->arguments.push_back(argument(name));
      if (item->arguments.size() > rule->arguments) bad();
    }
    expect(")");
    return item;
  }

  PathItemPtr argument(const std::string& name) {
    if (name == "datetime") return item_of(PathKind::string, expect_string());
    bool minus = name == "decimal" && take("-");
    if (name == "decimal" && !minus) take("+");
    if (token().kind != PathTokenKind::integer) bad();
    return item_of(PathKind::numeric, (minus ? "-" : "") + numeric_in(tokens_[at_++].text, major_));
  }

  std::string_view text_;
  int major_;
  std::vector<PathToken> tokens_;
  std::size_t at_ = 0;
  int filters_ = 0, subscripts_ = 0;
};

}  // namespace

JsonPath parse_jsonpath(std::string_view text, int major) { return PathParser(text, major).parse(); }

}  // namespace pgplumb::engine::analyze::literal
