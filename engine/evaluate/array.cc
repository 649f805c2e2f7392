#include "engine/evaluate/array.h"

#include <algorithm>

#include "catalog/type_oids.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Reads what array_out wrote: no blanks between the parts.
class ArrayReader {
 public:
  ArrayReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  Array read() {
    bounds();
    level(0);
    if (array_.elements.empty()) return {};
    array_.lows.resize(array_.sizes.size(), 1);
    return std::move(array_);
  }

 private:
  char next() { return at_ < text_.size() ? text_[at_++] : '}'; }

  void bounds() {
    if (text_.empty() || text_.front() != '[') return;
    while (text_[at_] == '[') {
      array_.lows.push_back(std::atoi(text_.data() + at_ + 1));
      at_ = text_.find(']', at_) + 1;
    }
    ++at_;  // the equals sign
  }

  void level(std::size_t depth) {
    if (array_.sizes.size() <= depth) array_.sizes.push_back(0);
    ++at_;
    int count = 0;
    while (at_ < text_.size() && text_[at_] != '}') {
      if (text_[at_] == delimiter_) ++at_;
      if (text_[at_] == '{') {
        level(depth + 1);
      } else {
        array_.elements.push_back(element());
      }
      ++count;
    }
    ++at_;
    array_.sizes[depth] = count;
  }

  Element element() {
    std::string value;
    if (text_[at_] != '"') {
      while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '}') value += text_[at_++];
      return value == "NULL" ? Element() : Element(value);
    }
    ++at_;
    for (char c = next(); c != '"'; c = next()) value += c == '\\' ? next() : c;
    return value;
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  Array array_;
};

Array read_vector(std::string_view text) {
  Array array;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    array.elements.push_back(std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  array.sizes = {static_cast<int>(array.elements.size())};
  array.lows = {0};
  return array;
}

bool needs_quotes(const std::string& element, char delimiter) {
  if (element.empty()) return true;
  if (element.size() == 4 && (element[0] | 32) == 'n' && (element[1] | 32) == 'u' && (element[2] | 32) == 'l' &&
      (element[3] | 32) == 'l')
    return true;
  return std::any_of(element.begin(), element.end(), [&](char c) {
    return c == '"' || c == '\\' || c == '{' || c == '}' || c == delimiter || is_space(c);
  });
}

std::string element_text(const Element& element, char delimiter) {
  if (!element) return "NULL";
  if (!needs_quotes(*element, delimiter)) return *element;
  std::string quoted = "\"";
  for (char c : *element) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

void write_level(const Array& array, std::size_t depth, std::size_t& at, char delimiter, std::string& out) {
  out += '{';
  for (int i = 0; i < array.sizes[depth]; ++i) {
    if (i > 0) out += delimiter;
    if (depth + 1 < array.sizes.size()) {
      write_level(array, depth + 1, at, delimiter, out);
    } else {
      out += element_text(array.elements[at++], delimiter);
    }
  }
  out += '}';
}

}  // namespace

Array read_array(const Value& value) {
  if (value.type == types::oidvector || value.type == types::int2vector) return read_vector(value.text);
  return ArrayReader(value.text, value.type == 1020 ? ';' : ',').read();  // box[] alone is written with semicolons
}

std::string write_array(const Array& array, char delimiter) {
  if (array.elements.empty()) return "{}";
  std::string out;
  if (std::any_of(array.lows.begin(), array.lows.end(), [](int low) { return low != 1; })) {
    for (std::size_t i = 0; i < array.sizes.size(); ++i)
      out += "[" + std::to_string(array.lows[i]) + ":" + std::to_string(array.lows[i] + array.sizes[i] - 1) + "]";
    out += "=";
  }
  std::size_t at = 0;
  write_level(array, 0, at, delimiter, out);
  return out;
}

Array array_of(std::vector<Element> elements) {
  if (elements.empty()) return {};
  const int size = static_cast<int>(elements.size());
  return {{size}, {1}, std::move(elements)};
}

Value array_value(Oid array_type, std::vector<Element> elements) {
  return Value::of(array_type, write_array(array_of(std::move(elements))));
}

Element array_element(const Array& array, const std::vector<int>& subscripts) {
  if (subscripts.size() != array.sizes.size()) return {};
  std::size_t at = 0;
  for (std::size_t i = 0; i < subscripts.size(); ++i) {
    const int place = subscripts[i] - array.lows[i];
    if (place < 0 || place >= array.sizes[i]) return {};
    at = at * static_cast<std::size_t>(array.sizes[i]) + static_cast<std::size_t>(place);
  }
  return array.elements[at];
}

std::vector<Element> read_record(std::string_view text) {
  std::vector<Element> fields;
  std::size_t at = 1;
  while (at < text.size()) {
    std::string value;
    bool quoted = false;
    for (bool inside = false; at < text.size() && (inside || (text[at] != ',' && text[at] != ')')); ++at) {
      if (text[at] == '"') {
        if (inside && at + 1 < text.size() && text[at + 1] == '"') {
          value += text[at++];
          continue;
        }
        inside = !inside;
        quoted = true;
      } else {
        if (text[at] == '\\') ++at;
        value += text[at];
      }
    }
    fields.push_back(quoted || !value.empty() ? Element(value) : Element());
    ++at;
  }
  return fields;
}

std::string write_record(const std::vector<Element>& fields) {
  std::string out;
  for (const Element& field : fields) {
    out += out.empty() ? '(' : ',';
    if (!field) continue;
    const bool quote = field->empty() || std::any_of(field->begin(), field->end(), [](char c) {
                         return c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || is_space(c);
                       });
    if (!quote) {
      out += *field;
      continue;
    }
    out += '"';
    for (char c : *field) {
      if (c == '"' || c == '\\') out += c;
      out += c;
    }
    out += '"';
  }
  return (out.empty() ? "(" : out) + ")";
}

}  // namespace pgplumb::engine::evaluate
