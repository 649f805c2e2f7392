#include "engine/psql/slash_arguments.h"

#include "catalog/base/diagnostic.h"
#include "engine/psql/interpolate.h"

namespace pgplumb::engine::psql {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }

class ArgumentReader {
 public:
  ArgumentReader(std::string_view text, const Variables& variables) : text_(text), variables_(variables) {}

  std::vector<std::string> run() {
    std::vector<std::string> arguments;
    for (;;) {
      while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
      if (at_ >= text_.size()) return arguments;
      arguments.push_back(argument());
    }
  }

 private:
  std::string argument() {
    std::string value;
    while (at_ < text_.size() && !is_blank(text_[at_])) {
      switch (text_[at_]) {
        case '\'': single_quoted(value); break;
        case '"': double_quoted(value); break;
        case '`': throw catalog::NotSimulated("a program outside the database would give an argument");
        case ':': reference(value); break;
        default: value += text_[at_++];
      }
    }
    return value;
  }

  void single_quoted(std::string& value) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        escape(value);
      } else if (text_[at_] != '\'') {
        value += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '\'') {
        value += text_[at_++];
      } else {
        ++at_;
        return;
      }
    }
  }

  // Leaves at_ on the escape's last character.
  void escape(std::string& value) {
    if (++at_ >= text_.size()) return;
    const char c = text_[at_];
    if (is_octal(c)) return number(value, 8, 3);
    if (c == 'x') {
      ++at_;
      return number(value, 16, 2);
    }
    constexpr std::string_view letters = "nbtrf", controls = "\n\b\t\r\f";
    const std::size_t found = letters.find(c);
    value += found == std::string_view::npos ? c : controls[found];
  }

  void number(std::string& value, int base, std::size_t most) {
    std::size_t digits = 0;
    const std::string part(text_.substr(at_, most));
    try {
      value += static_cast<char>(std::stoi(part, &digits, base));
    } catch (const std::logic_error&) {
      digits = 0;
    }
    at_ += digits;
    --at_;
  }

  void double_quoted(std::string& value) {
    do value += text_[at_++];
    while (at_ < text_.size() && text_[at_] != '"');
    if (at_ < text_.size()) value += text_[at_++];
  }

  void reference(std::string& value) {
    const Reference found = reference_at(text_, at_, variables_);
    value += found.end == 0 ? ":" : found.value;
    at_ = found.end == 0 ? at_ + 1 : found.end;
  }

  std::string_view text_;
  const Variables& variables_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string> slash_arguments(std::string_view text, const Variables& variables) {
  return ArgumentReader(text, variables).run();
}

}  // namespace pgplumb::engine::psql
