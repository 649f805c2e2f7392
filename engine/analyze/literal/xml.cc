// Whether text is well-formed XML content, as libxml2 reads it for utils/adt/xml.c.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

bool is_xml_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool in_name(char c) { return starts_name(c) || is_digit(c) || c == '-' || c == '.'; }

class XmlChecker {
 public:
  XmlChecker(std::string_view text, bool document) : text_(text), document_(document) {}

  void check() {
    std::size_t elements = 0;
    bool text_outside = false;
    while (!text_.empty()) {
      if (text_.front() == '<') {
        elements += markup() ? 1 : 0;
      } else {
        text_outside = text_outside || !is_xml_space(text_.front()) || text_.front() == '&';
        character();
      }
    }
    if (!open_.empty() || (document_ && (elements == 0 || text_outside))) bad();
  }

 private:
  [[noreturn]] void bad() const {
    fail(document_ ? errcode::invalid_xml_document : errcode::invalid_xml_content,
         document_ ? "invalid XML document" : "invalid XML content");
  }
  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  void skip_space() {
    while (!text_.empty() && is_xml_space(text_.front())) text_.remove_prefix(1);
  }
  void until(std::string_view end) {
    std::size_t at = text_.find(end);
    if (at == std::string_view::npos) bad();
    text_.remove_prefix(at + end.size());
  }
  std::string_view name() {
    std::size_t end = 0;
    while (end < text_.size() && (end == 0 ? starts_name(text_[end]) : in_name(text_[end]))) ++end;
    if (end == 0) bad();
    std::string_view found = text_.substr(0, end);
    text_.remove_prefix(end);
    return found;
  }

  // true where an element of the outermost level begins
  bool markup() {
    if (take("<!--")) return comment();
    if (take("<![CDATA[")) return until("]]>"), false;
    if (text_.starts_with("<?xml") || text_.starts_with("<!")) throw UnknownForm{};
    if (take("<?")) return name(), until("?>"), false;
    if (take("</")) return end_tag();
    return start_tag();
  }

  bool comment() {
    std::size_t dashes = text_.find("--");
    if (dashes == std::string_view::npos || text_.substr(dashes + 2, 1) != ">") bad();
    text_.remove_prefix(dashes + 3);
    return false;
  }

  bool end_tag() {
    std::string_view tag = name();
    skip_space();
    if (!take(">") || open_.empty() || open_.back() != tag) bad();
    open_.pop_back();
    return false;
  }

  bool start_tag() {
    text_.remove_prefix(1);
    std::string_view tag = name();
    std::vector<std::string_view> attributes;
    bool outermost = open_.empty();
    for (;;) {
      bool blank = !text_.empty() && is_xml_space(text_.front());
      skip_space();
      if (take("/>")) return outermost;
      if (take(">")) break;
      if (!blank) bad();
      attribute(attributes);
    }
    open_.push_back(tag);
    return outermost;
  }

  void attribute(std::vector<std::string_view>& attributes) {
    std::string_view own = name();
    if (std::find(attributes.begin(), attributes.end(), own) != attributes.end()) bad();
    attributes.push_back(own);
    skip_space();
    if (!take("=")) bad();
    skip_space();
    if (text_.empty() || (text_.front() != '"' && text_.front() != '\'')) bad();
    char quote = text_.front();
    text_.remove_prefix(1);
    while (!text_.empty() && text_.front() != quote) {
      if (text_.front() == '<') bad();
      character();
    }
    if (text_.empty()) bad();
    text_.remove_prefix(1);
  }

  void character() {
    if (text_.front() == '&') return reference();
    auto code = static_cast<unsigned char>(text_.front());
    if ((code < 0x20 && !is_xml_space(text_.front())) || text_.starts_with("]]>")) bad();
    text_.remove_prefix(1);
  }

  void reference() {
    text_.remove_prefix(1);
    std::size_t end = text_.find(';');
    if (end == std::string_view::npos || end == 0) bad();
    std::string_view entity = text_.substr(0, end);
    text_.remove_prefix(end + 1);
    if (entity[0] == '#') return number(entity.substr(1));
    static constexpr std::string_view known[] = {"lt", "gt", "amp", "quot", "apos"};
    if (std::find(std::begin(known), std::end(known), entity) == std::end(known)) bad();
  }

  void number(std::string_view digits) const {
    bool hex = digits.starts_with("x");
    if (hex) digits.remove_prefix(1);
    std::uint32_t code = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    bool allowed = code == 9 || code == 10 || code == 13 || (code >= 0x20 && code < 0xd800) ||
                   (code >= 0xe000 && code <= 0x10ffff && code != 0xfffe && code != 0xffff);
    if (error != std::errc() || end != digits.data() + digits.size() || !allowed) bad();
  }

  std::string_view text_;
  bool document_;
  std::vector<std::string_view> open_;
};

}  // namespace

void check_xml(std::string_view text, bool document) { XmlChecker(text, document).check(); }

}  // namespace pgplumb::engine::analyze::literal
