// Ranges and multiranges: utils/adt/rangetypes.c, multirangetypes.c.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/analyze/literal/compare.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/lsyscache.h"

namespace pgplumb::engine::analyze::literal {

namespace {

/// One bound of a range as written: nothing where it is infinite.
struct RangeText {
  bool empty = false;
  bool lower_inclusive = false, upper_inclusive = false;
  std::optional<std::string> lower, upper;
};

class RangeReader {
 public:
  explicit RangeReader(std::string_view text) : whole_(text), text_(text) {}

  RangeText read() {
    RangeText range = take_range();
    skip_space();
    if (!text_.empty()) malformed("Junk after right parenthesis or bracket.");
    return range;
  }

  RangeText take_range() {
    RangeText range;
    skip_space();
    if (lower(text_.substr(0, 5)) == "empty") {
      text_.remove_prefix(5);
      range.empty = true;
      return range;
    }
    if (peek() != '[' && peek() != '(') malformed("Missing left parenthesis or bracket.");
    range.lower_inclusive = take() == '[';
    range.lower = bound();
    if (peek() != ',') malformed("Missing comma after lower bound.");
    take();
    range.upper = bound();
    if (peek() != ']' && peek() != ')') malformed("Too many commas.");
    range.upper_inclusive = take() == ']';
    range.lower_inclusive = range.lower_inclusive && range.lower;
    range.upper_inclusive = range.upper_inclusive && range.upper;
    return range;
  }

  void skip_space() {
    while (!text_.empty() && is_space(text_.front())) text_.remove_prefix(1);
  }
  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  char take() {
    char c = peek();
    if (!text_.empty()) text_.remove_prefix(1);
    return c;
  }
  bool at_end() const { return text_.empty(); }

 private:
  [[noreturn]] void malformed(const char* detail) const {
    fail(errcode::invalid_text_representation, fmt::format("malformed range literal: \"{}\"", whole_), -1, detail);
  }
  std::optional<std::string> bound() {
    char c = peek();
    if (c == ',' || c == ')' || c == ']') return std::nullopt;
    std::string value;
    bool in_quotes = false;
    while (in_quotes || (peek() != ',' && peek() != ')' && peek() != ']')) {
      if (at_end()) malformed("Unexpected end of input.");
      c = take();
      if (c == '\\') {
        if (at_end()) malformed("Unexpected end of input.");
        value += take();
      } else if (c == '"' && in_quotes && peek() == '"') {
        value += take();
      } else if (c == '"') {
        in_quotes = !in_quotes;
      } else {
        value += c;
      }
    }
    return value;
  }

  std::string_view whole_, text_;
};

std::string bound_text(const std::string& text) {
  bool quote = text.empty();
  for (char c : text) {
    quote = quote || c == '"' || c == '\\' || c == '(' || c == ')' || c == '[' || c == ']' || c == ',' || is_space(c);
  }
  if (!quote) return text;
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += c;
    out += c;
  }
  return out + "\"";
}

/// Bounds are compared by value; a comparison that is not known makes the result uncertain.
class RangeWriter {
 public:
  RangeWriter(const Context& context, const TypeRow& type)
      : context_(context), range_(type.oid), row_(context.cache.range(type.oid)) {}

  bool certain = true;

  /// Bounds converted, in canonical form.
  RangeText canonical(RangeText range) {
    if (range.empty) return range;
    convert(range.lower);
    convert(range.upper);
    check_order(range);
    if (is_discrete()) count_on(range);
    mark_empty(range);
    return range;
  }

  static std::string text(const RangeText& range) {
    if (range.empty) return "empty";
    return fmt::format("{}{},{}{}", range.lower_inclusive ? '[' : '(', range.lower ? bound_text(*range.lower) : "",
                       range.upper ? bound_text(*range.upper) : "", range.upper_inclusive ? ']' : ')');
  }

  /// Sorted, those that touch merged: multirange_canonicalize.
  std::vector<RangeText> merged(std::vector<RangeText> ranges) {
    std::erase_if(ranges, [](const RangeText& range) { return range.empty; });
    if (ranges.size() < 2) return ranges;
    std::stable_sort(ranges.begin(), ranges.end(), [this](const RangeText& a, const RangeText& b) {
      int lower = compare_lower(a, b);
      return lower != 0 ? lower < 0 : compare_upper(a, b) < 0;
    });
    std::vector<RangeText> result{ranges.front()};
    for (std::size_t i = 1; i < ranges.size(); ++i) {
      RangeText& last = result.back();
      if (!touches(last, ranges[i])) {
        result.push_back(ranges[i]);
      } else if (compare_upper(last, ranges[i]) < 0) {
        last.upper = ranges[i].upper;
        last.upper_inclusive = ranges[i].upper_inclusive;
      }
    }
    return result;
  }

 private:
  void convert(std::optional<std::string>& bound) {
    if (!bound) return;
    TypeRef base = base_type_and_typmod(context_.cache, row_->subtype, -1);
    subtype_ = base.type;
    LiteralValue value = literal_in(context_.cache, context_.settings, base.type, base.typmod, *bound);
    if (!value.certain) throw UnknownForm{};  // nor are its order and its successor known
    certain = certain && value.object == invalid_oid;
    bound = std::move(value.text);
  }

  int compare(const std::string& a, const std::string& b) {
    auto order = compare_values(subtype_, a, b);
    if (!order && a != b) certain = false;
    return order.value_or(0);
  }

  void check_order(const RangeText& range) {
    if (range.lower && range.upper && compare(*range.lower, *range.upper) > 0) {
      fail("22000", "range lower bound must be less than or equal to range upper bound");
    }
  }

  bool is_discrete() {
    if (row_->canonical == invalid_oid) return false;
    bool known = range_ == types::int4range || range_ == types::int8range || range_ == types::daterange;
    certain = certain && known;
    return known;
  }

  // Discrete ranges are kept as [low, high).
  void count_on(RangeText& range) {
    auto next = [this](std::string& bound) {
      auto value = successor(subtype_, bound);
      if (!value) fail(errcode::numeric_value_out_of_range, "integer out of range");
      bound = *value;
    };
    bool endless_lower = range.lower && is_infinite(*range.lower),
         endless_upper = range.upper && is_infinite(*range.upper);
    if (range.lower && !range.lower_inclusive && !endless_lower) {
      next(*range.lower);
      range.lower_inclusive = true;
    }
    if (range.upper && range.upper_inclusive && !endless_upper) {
      next(*range.upper);
      range.upper_inclusive = false;
    }
  }

  void mark_empty(RangeText& range) {
    if (!range.lower || !range.upper) return;
    int order = compare(*range.lower, *range.upper);
    range.empty = order > 0 || (order == 0 && !(range.lower_inclusive && range.upper_inclusive));
  }

  int compare_lower(const RangeText& a, const RangeText& b) {
    if (!a.lower || !b.lower) return (a.lower ? 1 : 0) - (b.lower ? 1 : 0);
    int order = compare(*a.lower, *b.lower);
    return order != 0 ? order : (b.lower_inclusive ? 1 : 0) - (a.lower_inclusive ? 1 : 0);
  }

  int compare_upper(const RangeText& a, const RangeText& b) {
    if (!a.upper || !b.upper) return (b.upper ? 1 : 0) - (a.upper ? 1 : 0);
    int order = compare(*a.upper, *b.upper);
    return order != 0 ? order : (a.upper_inclusive ? 1 : 0) - (b.upper_inclusive ? 1 : 0);
  }

  // Whether a and the later b overlap or leave no value between them.
  bool touches(const RangeText& a, const RangeText& b) {
    if (!a.upper || !b.lower) return true;
    int order = compare(*a.upper, *b.lower);
    return order > 0 || (order == 0 && (a.upper_inclusive || b.lower_inclusive));
  }

  const Context& context_;
  Oid range_;
  const RangeRow* row_;
  Oid subtype_ = invalid_oid;
};

}  // namespace

LiteralValue range_in(const Context& context, const TypeRow& type, std::string_view text) {
  RangeWriter writer(context, type);
  std::string out = RangeWriter::text(writer.canonical(RangeReader(text).read()));
  return {std::move(out), invalid_oid, writer.certain};
}

LiteralValue multirange_in(const Context& context, const TypeRow& type, std::string_view text) {
  const TypeRow* range = context.cache.type(context.cache.range_of_multirange(type.oid));
  RangeReader reader(text);
  auto malformed = [text] {
    fail(errcode::invalid_text_representation, fmt::format("malformed multirange literal: \"{}\"", text));
  };
  reader.skip_space();
  if (reader.take() != '{' || !range) malformed();
  RangeWriter writer(context, *range);
  std::vector<RangeText> ranges;
  reader.skip_space();
  bool more = reader.peek() != '}';
  if (!more) reader.take();
  while (more) {
    ranges.push_back(writer.canonical(reader.take_range()));
    reader.skip_space();
    char next = reader.take();
    if (next != '}' && next != ',') malformed();
    more = next == ',';
  }
  reader.skip_space();
  if (!reader.at_end()) malformed();
  std::string out;
  for (const RangeText& one : writer.merged(std::move(ranges)))
    out += (out.empty() ? "" : ",") + RangeWriter::text(one);
  return {"{" + out + "}", invalid_oid, writer.certain};
}

}  // namespace pgplumb::engine::analyze::literal
