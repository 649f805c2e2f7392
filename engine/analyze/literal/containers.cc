// Values made of values: arrayfuncs.c, rangetypes.c, multirangetypes.c, rowtypes.c.
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/lsyscache.h"

namespace pgplumb::engine::analyze::literal {

namespace {

constexpr std::size_t max_dimensions = 6;

struct ArrayItem {
  std::optional<std::string> text;  // of an element; nothing for NULL
  std::vector<ArrayItem> items;
  bool is_array = false;
};

struct Dimension {
  std::int32_t low = 1;
  std::size_t size = 0;
};

class ArrayReader {
 public:
  ArrayReader(std::string_view text, char delimiter) : whole_(text), text_(text), delimiter_(delimiter) {}

  std::vector<Dimension> bounds;  // as decorated; empty otherwise

  ArrayItem read() {
    skip_space();
    if (peek() == '[') decoration();
    if (peek() != '{') malformed();
    ArrayItem array = sub_array();
    skip_space();
    if (!text_.empty()) malformed();
    return array;
  }

 private:
  [[noreturn]] void malformed() const {
    fail(errcode::invalid_text_representation, fmt::format("malformed array literal: \"{}\"", whole_));
  }
  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  void skip_space() {
    while (!text_.empty() && is_space(text_.front())) text_.remove_prefix(1);
  }
  std::int32_t number() {
    std::int32_t value = 0;
    auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc()) malformed();
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return value;
  }

  // [low:high] for each dimension, and an equals sign
  void decoration() {
    while (peek() == '[') {
      text_.remove_prefix(1);
      Dimension dimension;
      std::int32_t first = number(), last = first;
      if (peek() == ':') {
        text_.remove_prefix(1);
        last = number();
        dimension.low = first;
      }
      if (peek() != ']' || last < dimension.low) malformed();
      text_.remove_prefix(1);
      dimension.size = static_cast<std::size_t>(last - dimension.low + 1);
      bounds.push_back(dimension);
    }
    skip_space();
    if (peek() != '=') malformed();
    text_.remove_prefix(1);
    skip_space();
  }

  ArrayItem sub_array() {
    ArrayItem array;
    array.is_array = true;
    text_.remove_prefix(1);
    skip_space();
    if (peek() == '}') {
      text_.remove_prefix(1);
      return array;
    }
    for (;;) {
      skip_space();
      array.items.push_back(peek() == '{' ? sub_array() : element());
      skip_space();
      char next = peek();
      if (next != delimiter_ && next != '}') malformed();
      text_.remove_prefix(1);
      if (next == '}') return array;
    }
  }

  ArrayItem element() {
    ArrayItem item;
    std::string value;
    std::size_t significant = 0;  // length without trailing blanks
    bool quoted = false;
    while (!text_.empty() && text_.front() != delimiter_ && text_.front() != '}') {
      char c = text_.front();
      if (c == '{') malformed();
      text_.remove_prefix(1);
      if (c == '"') {
        if (significant > 0 || quoted) malformed();
        quoted_part(value);
        quoted = true;
        significant = value.size();
      } else if (c == '\\') {
        if (text_.empty()) malformed();
        value += text_.front();
        text_.remove_prefix(1);
        significant = value.size();
      } else {
        if (quoted && !is_space(c)) malformed();
        value += c;
        if (!is_space(c)) significant = value.size();
      }
    }
    value.resize(significant);
    if (!quoted && value.empty()) malformed();
    if (quoted || lower(value) != "null") item.text = std::move(value);
    return item;
  }

  void quoted_part(std::string& value) {
    for (;;) {
      if (text_.empty()) malformed();
      char c = text_.front();
      text_.remove_prefix(1);
      if (c == '"') return;
      if (c == '\\') {
        if (text_.empty()) malformed();
        c = text_.front();
        text_.remove_prefix(1);
      }
      value += c;
    }
  }

  std::string_view whole_, text_;
  char delimiter_;
};

/// Sizes of all dimensions; nothing where sub-arrays differ in shape.
bool shape_of(const ArrayItem& array, std::size_t depth, std::vector<std::size_t>& sizes) {
  if (!array.is_array) return depth == sizes.size();
  if (sizes.size() == depth) sizes.push_back(array.items.size());
  if (sizes[depth] != array.items.size()) return false;
  for (const ArrayItem& item : array.items) {
    if (item.is_array != array.items.front().is_array || !shape_of(item, depth + 1, sizes)) return false;
  }
  return true;
}

bool needs_quotes(const std::string& text, char delimiter) {
  if (text.empty() || lower(text) == "null") return true;
  for (char c : text) {
    if (c == '"' || c == '\\' || c == '{' || c == '}' || c == delimiter || is_space(c)) return true;
  }
  return false;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

class ArrayWriter {
 public:
  ArrayWriter(const Context& context, const TypeRow& type, std::int32_t typmod)
      : context_(context), element_(type.element), delimiter_(type.delimiter), typmod_(typmod) {}

  LiteralValue result;

  void write(const ArrayItem& item) {
    if (!item.is_array) return write_element(item);
    result.text += '{';
    for (std::size_t i = 0; i < item.items.size(); ++i) {
      if (i > 0) result.text += delimiter_;
      write(item.items[i]);
    }
    result.text += '}';
  }

 private:
  void write_element(const ArrayItem& item) {
    if (!item.text) {
      result.text += "NULL";
      return;
    }
    TypeRef base = base_type_and_typmod(context_.cache, element_, typmod_);
    LiteralValue value = literal_in(context_.cache, context_.settings, base.type, base.typmod, *item.text);
    result.certain = result.certain && value.certain && value.object == invalid_oid && base.type == element_;
    result.text += needs_quotes(value.text, delimiter_) ? quoted(value.text) : value.text;
  }

  const Context& context_;
  Oid element_;
  char delimiter_;
  std::int32_t typmod_;
};

std::string bounds_text(const std::vector<Dimension>& bounds) {
  bool usual = true;
  std::string text;
  for (const Dimension& dimension : bounds) {
    usual = usual && dimension.low == 1;
    text += fmt::format("[{}:{}]", dimension.low, dimension.low + static_cast<std::int32_t>(dimension.size) - 1);
  }
  return usual ? "" : text + "=";
}

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

std::optional<std::int64_t> to_integer(const std::string& text) {
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Discrete ranges of numbers are kept as [low, high).
void canonical_integers(RangeText& range) {
  if (range.lower && !range.lower_inclusive) {
    range.lower = std::to_string(*to_integer(*range.lower) + 1);
    range.lower_inclusive = true;
  }
  if (range.upper && range.upper_inclusive) {
    range.upper = std::to_string(*to_integer(*range.upper) + 1);
    range.upper_inclusive = false;
  }
  if (range.lower && range.upper && *to_integer(*range.lower) >= *to_integer(*range.upper)) range.empty = true;
}

bool is_integer_range(Oid range) { return range == types::int4range || range == types::int8range; }

void check_order(const RangeText& range) {
  auto low = to_integer(*range.lower), high = to_integer(*range.upper);
  if (low && high && *low > *high) {
    fail("22000", "range lower bound must be less than or equal to range upper bound");
  }
}

LiteralValue write_range(const Context& context, const TypeRow& type, RangeText range) {
  LiteralValue result;
  if (range.empty) {
    result.text = "empty";
    return result;
  }
  const RangeRow* row = context.cache.range(type.oid);
  auto convert = [&](std::optional<std::string>& bound) {
    if (!bound) return;
    TypeRef base = base_type_and_typmod(context.cache, row->subtype, -1);
    LiteralValue value = literal_in(context.cache, context.settings, base.type, base.typmod, *bound);
    result.certain = result.certain && value.certain;
    bound = std::move(value.text);
  };
  convert(range.lower);
  convert(range.upper);
  if (is_integer_range(type.oid)) {
    if (range.lower && range.upper) check_order(range);
    canonical_integers(range);
  } else {
    // Dates count on by days, and bounds that are equal make an empty range: left to who can compare them.
    bool discrete = row->canonical != invalid_oid;
    bool canonical_already = (!range.lower || range.lower_inclusive) && !range.upper_inclusive;
    if (discrete && !canonical_already) result.certain = false;
    if (range.lower && range.lower == range.upper && !(range.lower_inclusive && range.upper_inclusive)) range.empty = true;
  }
  if (range.empty) {
    result.text = "empty";
    return result;
  }
  result.text = fmt::format("{}{},{}{}", range.lower_inclusive ? '[' : '(', range.lower ? bound_text(*range.lower) : "",
                            range.upper ? bound_text(*range.upper) : "", range.upper_inclusive ? ']' : ')');
  return result;
}

std::vector<std::optional<std::string>> read_record(std::string_view text) {
  auto malformed = [text](const char* detail) {
    fail(errcode::invalid_text_representation, fmt::format("malformed record literal: \"{}\"", text), -1, detail);
  };
  std::string_view body = trimmed(text);
  if (body.empty() || body.front() != '(') malformed("Missing left parenthesis.");
  body.remove_prefix(1);
  std::vector<std::optional<std::string>> fields;
  for (;;) {
    std::optional<std::string> field;
    bool in_quotes = false;
    while (in_quotes || body.empty() || (body.front() != ',' && body.front() != ')')) {
      if (body.empty()) malformed("Unexpected end of input.");
      char c = body.front();
      body.remove_prefix(1);
      if (!field) field.emplace();
      if (c == '\\' && !body.empty()) {
        *field += body.front();
        body.remove_prefix(1);
      } else if (c == '"' && in_quotes && !body.empty() && body.front() == '"') {
        *field += '"';
        body.remove_prefix(1);
      } else if (c == '"') {
        in_quotes = !in_quotes;
      } else {
        *field += c;
      }
    }
    fields.push_back(std::move(field));
    bool last = body.front() == ')';
    body.remove_prefix(1);
    if (last) break;
  }
  if (!body.empty()) malformed("Junk after right parenthesis.");
  return fields;
}

std::string record_field_text(const std::string& text) {
  bool quote = text.empty();
  for (char c : text) quote = quote || c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || is_space(c);
  if (!quote) return text;
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += c;
    out += c;
  }
  return out + "\"";
}

}  // namespace

LiteralValue array_in(const Context& context, const TypeRow& type, std::int32_t typmod, std::string_view text) {
  ArrayReader reader(text, type.delimiter);
  ArrayItem array = reader.read();
  std::vector<std::size_t> sizes;
  if (!shape_of(array, 0, sizes) || sizes.size() > max_dimensions) {
    fail(errcode::invalid_text_representation, fmt::format("malformed array literal: \"{}\"", text), -1,
         "Multidimensional arrays must have sub-arrays with matching dimensions.");
  }
  if (sizes.back() == 0) return {"{}", invalid_oid, true};
  ArrayWriter writer(context, type, typmod);
  if (!reader.bounds.empty()) writer.result.text = bounds_text(reader.bounds);
  writer.write(array);
  return std::move(writer.result);
}

LiteralValue range_in(const Context& context, const TypeRow& type, std::string_view text) {
  return write_range(context, type, RangeReader(text).read());
}

LiteralValue multirange_in(const Context& context, const TypeRow& type, std::string_view text) {
  const TypeRow* range = context.cache.type(context.cache.range_of_multirange(type.oid));
  RangeReader reader(text);
  auto malformed = [text] {
    fail(errcode::invalid_text_representation, fmt::format("malformed multirange literal: \"{}\"", text));
  };
  reader.skip_space();
  if (reader.take() != '{' || !range) malformed();
  LiteralValue result;
  std::size_t count = 0;
  reader.skip_space();
  if (reader.peek() == '}') return {"{}", invalid_oid, true};
  for (;;) {
    LiteralValue one = write_range(context, *range, reader.take_range());
    result.certain = result.certain && one.certain;
    if (one.text != "empty") result.text += (count++ > 0 ? "," : "") + one.text;
    reader.skip_space();
    char next = reader.take();
    if (next == '}') break;
    if (next != ',') malformed();
  }
  // Several ranges are sorted and merged, which takes the subtype's comparison.
  if (count > 1) result.certain = false;
  result.text = "{" + result.text + "}";
  return result;
}

LiteralValue record_in(const Context& context, const TypeRow& type, std::string_view text) {
  std::vector<std::optional<std::string>> fields = read_record(text);
  LiteralValue result;
  result.text = "(";
  std::size_t used = 0;
  bool first = true;
  auto malformed = [text](const char* detail) {
    fail(errcode::invalid_text_representation, fmt::format("malformed record literal: \"{}\"", text), -1, detail);
  };
  for (const ColumnRow& column : context.cache.columns(type.relation)) {
    if (column.dropped) continue;
    if (used == fields.size()) malformed("Too few columns.");
    if (!first) result.text += ',';
    first = false;
    const auto& field = fields[used++];
    if (!field) continue;
    TypeRef base = base_type_and_typmod(context.cache, column.type.type, column.type.typmod);
    LiteralValue value = literal_in(context.cache, context.settings, base.type, base.typmod, *field);
    bool has_length = column.type.typmod >= 0;
    result.certain = result.certain && value.certain && !has_length && value.object == invalid_oid;
    result.text += record_field_text(value.text);
  }
  if (used < fields.size()) malformed("Too many columns.");
  result.text += ")";
  return result;
}

}  // namespace pgplumb::engine::analyze::literal
