// json and jsonb: jsonapi.c's grammar and jsonb.c's output.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/jsonpath.h"

namespace pgplumb::engine::analyze::literal {

namespace {

struct JsonValue {
  enum class Kind : std::uint8_t { word, number, string, array, object } kind = Kind::word;
  std::string text;  // a word or number as it prints, a string decoded
  std::vector<JsonValue> items;
  std::vector<std::string> keys;  // of an object, beside items
};

constexpr int max_depth = 6000;

/// Reads one value; in json's reading strings stay unread, so that \u0000 passes there.
class JsonReader {
 public:
  JsonReader(std::string_view text, bool decode, int major) : text_(text), decode_(decode), major_(major) {}

  JsonValue document() {
    JsonValue value = this->value(0);
    skip_space();
    if (at_ != text_.size()) bad();
    return value;
  }

 private:
  [[noreturn]] void bad() const { fail(errcode::invalid_text_representation, "invalid input syntax for type json"); }

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  char peek() {
    skip_space();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) bad();
  }

  JsonValue value(int depth) {
    if (depth > max_depth) fail(errcode::statement_too_complex, "stack depth limit exceeded");
    switch (peek()) {
      case '{': return object(depth);
      case '[': return array(depth);
      case '"': return {JsonValue::Kind::string, string(), {}, {}};
      default: break;
    }
    char c = peek();
    return c == '-' || is_digit(c) ? number() : word();
  }

  JsonValue word() {
    for (std::string_view known : {"true", "false", "null"}) {
      if (text_.substr(at_, known.size()) != known) continue;
      at_ += known.size();
      if (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_')) bad();
      return {JsonValue::Kind::word, std::string(known), {}, {}};
    }
    bad();
  }

  std::size_t digits() {
    std::size_t start = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ - start;
  }

  JsonValue number() {
    std::size_t start = at_;
    if (text_[at_] == '-') ++at_;
    bool leading_zero = at_ < text_.size() && text_[at_] == '0';
    std::size_t whole = digits();
    if (whole == 0 || (leading_zero && whole > 1)) bad();
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      if (digits() == 0) bad();
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (digits() == 0) bad();
    }
    if (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_')) bad();
    std::string_view token = text_.substr(start, at_ - start);
    return {JsonValue::Kind::number, decode_ ? numeric_in(token, major_) : std::string(), {}, {}};
  }

  std::uint32_t four_hex_digits() {
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      int digit = at_ < text_.size() ? hex_digit(text_[at_]) : -1;
      if (digit < 0) bad();
      code = code * 16 + static_cast<std::uint32_t>(digit);
      ++at_;
    }
    return code;
  }

  void unicode_escape(std::string& out) {
    std::uint32_t code = four_hex_digits();
    if (!decode_) return;
    if (code == 0) fail(errcode::untranslatable_character, "unsupported Unicode escape sequence");
    bool high = code >= 0xd800 && code < 0xdc00;
    if (high) {
      if (text_.substr(at_, 2) != "\\u") bad();
      at_ += 2;
      std::uint32_t low = four_hex_digits();
      if (low < 0xdc00 || low > 0xdfff) bad();
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else if (code >= 0xdc00 && code <= 0xdfff) {
      bad();
    }
    append_utf8(out, code);
  }

  void escape(std::string& out) {
    if (at_ >= text_.size()) bad();
    switch (char c = text_[at_++]) {
      case 'b': out += '\b'; break;
      case 'f': out += '\f'; break;
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case '"':
      case '\\':
      case '/': out += c; break;
      case 'u': unicode_escape(out); break;
      default: bad();
    }
  }

  std::string string() {
    expect('"');
    std::string out;
    for (;;) {
      if (at_ >= text_.size()) bad();
      char c = text_[at_++];
      if (c == '"') return out;
      if (static_cast<unsigned char>(c) < 0x20) bad();
      if (c == '\\') {
        escape(out);
      } else {
        out += c;
      }
    }
  }

  JsonValue array(int depth) {
    expect('[');
    JsonValue result{JsonValue::Kind::array, {}, {}, {}};
    if (take(']')) return result;
    do {
      result.items.push_back(value(depth + 1));
    } while (take(','));
    expect(']');
    return result;
  }

  JsonValue object(int depth) {
    expect('{');
    JsonValue result{JsonValue::Kind::object, {}, {}, {}};
    if (take('}')) return result;
    do {
      if (peek() != '"') bad();
      result.keys.push_back(string());
      expect(':');
      result.items.push_back(value(depth + 1));
    } while (take(','));
    expect('}');
    return result;
  }

  std::string_view text_;
  bool decode_;
  int major_;
  std::size_t at_ = 0;
};

void write_string(const std::string& text, std::string& out) {
  out += '"';
  for (char c : text) {
    switch (c) {
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void write_value(const JsonValue& value, std::string& out);

// Keys by length and then by bytes; of equal ones the last counts.
std::vector<std::size_t> key_order(const JsonValue& object) {
  std::vector<std::size_t> order(object.keys.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const std::string &x = object.keys[a], &y = object.keys[b];
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  });
  std::vector<std::size_t> kept;
  for (std::size_t i : order) {
    if (!kept.empty() && object.keys[kept.back()] == object.keys[i]) kept.pop_back();
    kept.push_back(i);
  }
  return kept;
}

void write_object(const JsonValue& object, std::string& out) {
  out += '{';
  bool first = true;
  for (std::size_t i : key_order(object)) {
    if (!first) out += ", ";
    first = false;
    write_string(object.keys[i], out);
    out += ": ";
    write_value(object.items[i], out);
  }
  out += '}';
}

void write_value(const JsonValue& value, std::string& out) {
  switch (value.kind) {
    case JsonValue::Kind::word:
    case JsonValue::Kind::number: out += value.text; break;
    case JsonValue::Kind::string: write_string(value.text, out); break;
    case JsonValue::Kind::object: write_object(value, out); break;
    case JsonValue::Kind::array:
      out += '[';
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (i > 0) out += ", ";
        write_value(value.items[i], out);
      }
      out += ']';
  }
}

}  // namespace

void append_utf8(std::string& out, std::uint32_t code) {
  auto continuation = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | (code >> 6));
    continuation(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | (code >> 12));
    continuation(6);
    continuation(0);
  } else {
    out += static_cast<char>(0xf0 | (code >> 18));
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

std::string json_string_text(const std::string& text) {
  std::string out;
  write_string(text, out);
  return out;
}

void check_json(std::string_view text) { JsonReader(text, false, 0).document(); }

std::string jsonb_in(std::string_view text, int major) {
  std::string out;
  write_value(JsonReader(text, true, major).document(), out);
  return out;
}

}  // namespace pgplumb::engine::analyze::literal
