// Arrays: utils/adt/arrayfuncs.c.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/lsyscache.h"
#include "engine/deparse/names.h"

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
  using Check = std::function<void(const std::string& element)>;

  /// `check`, if any, sees each element as soon as it is read.
  ArrayReader(std::string_view text, char delimiter, Check check)
      : whole_(text), text_(text), delimiter_(delimiter), check_(std::move(check)) {}

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
      if (peek() != ']') malformed();
      if (last < dimension.low) fail(errcode::array_subscript_error, "upper bound cannot be less than lower bound");
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
    if (check_ && item.text && !text_.empty()) check_(*item.text);
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
  Check check_;
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

/// A domain that takes every value of its base as it is; so does what is no domain.
bool takes_all_values(const Syscache& cache, Oid type) {
  while (type_kind(cache, type) == 'd') {
    const auto* domain = cache.objects() ? cache.objects()->find_as<catalog::Domain>(type) : nullptr;
    bool checks =
        !domain || domain->not_null || !cache.objects()->children_of<catalog::Constraint>(domain->oid).empty();
    if (checks) return false;
    type = domain->base.type;
  }
  return true;
}

class ArrayWriter {
 public:
  ArrayWriter(const Context& context, const TypeRow& type, std::int32_t typmod)
      : context_(context), element_(type.element), delimiter_(type.delimiter), typmod_(typmod) {}

  LiteralValue result;

  std::string element(const std::string& text) {
    TypeRef base = base_type_and_typmod(context_.cache, element_, typmod_);
    LiteralValue value = literal_in(context_.cache, context_.settings, base.type, base.typmod, text);
    if (value.object != invalid_oid) value = object_name(base.type, value);
    value.certain = value.certain && (base.typmod < 0 || takes_modifier(base.type));
    result.certain = result.certain && value.certain && takes_all_values(context_.cache, element_);
    return std::move(value.text);
  }

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
  // Built-in objects keep their names; what else an element names may be renamed.
  LiteralValue object_name(Oid type, const LiteralValue& value) const {
    Syscache plain(context_.cache.major(), context_.cache.objects(), {catalog::builtin::pg_catalog_namespace});
    std::string name = deparse::reg_object_name(plain, type, value.object);
    bool known = value.object < catalog::first_user_oid && !name.empty();
    return {known ? name : value.text, invalid_oid, known};
  }

  void write_element(const ArrayItem& item) {
    if (!item.text) {
      result.text += "NULL";
      return;
    }
    std::string value = element(*item.text);
    result.text += needs_quotes(value, delimiter_) ? quoted(value) : value;
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

}  // namespace

LiteralValue array_in(const Context& context, const TypeRow& type, std::int32_t typmod, std::string_view text) {
  ArrayWriter writer(context, type, typmod);
  // From 17 on an element is converted before the next one is read: its error comes first.
  ArrayReader::Check check;
  if (context.cache.major() >= 17) check = [&writer](const std::string& element) { writer.element(element); };
  ArrayReader reader(text, type.delimiter, check);
  ArrayItem array = reader.read();
  std::vector<std::size_t> sizes;
  bool regular = shape_of(array, 0, sizes);
  if (sizes.size() > max_dimensions || reader.bounds.size() > max_dimensions) {
    fail(errcode::program_limit_exceeded, "number of array dimensions exceeds the maximum allowed (6)");
  }
  bool fits =
      reader.bounds.empty() || std::equal(sizes.begin(), sizes.end(), reader.bounds.begin(), reader.bounds.end(),
                                          [](std::size_t size, const Dimension& bound) { return size == bound.size; });
  // Up to 16 only the outermost braces may hold nothing.
  bool empty = sizes.back() == 0, nested_empty = empty && sizes.size() > 1 && context.cache.major() < 17;
  if (!regular || !fits || nested_empty) {
    fail(errcode::invalid_text_representation, fmt::format("malformed array literal: \"{}\"", text));
  }
  if (empty) return {"{}", invalid_oid, true};
  if (!reader.bounds.empty()) writer.result.text = bounds_text(reader.bounds);
  writer.write(array);
  return std::move(writer.result);
}

}  // namespace pgplumb::engine::analyze::literal
