// money: utils/adt/cash.c, with the symbols of the locales C and en_US.
#include <fmt/format.h>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

class MoneyReader {
 public:
  explicit MoneyReader(std::string_view text) : whole_(text), text_(text) {}

  std::int64_t read() {
    blank_and_sign();
    if (take('-') || take('(')) {
      negative_ = true;
    } else {
      take('+');
    }
    blank_and_sign();
    cents();
    rest();
    return value_;
  }

 private:
  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  bool take(char c) {
    if (text_.empty() || peek() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void skip_space() {
    while (is_space(peek())) text_.remove_prefix(1);
  }
  void blank_and_sign() {
    skip_space();
    take('$');
    skip_space();
  }

  // Accumulated below zero, where there is room for the least value.
  void append(int digit) {
    bool overflow = __builtin_mul_overflow(value_, 10, &value_) || __builtin_sub_overflow(value_, digit, &value_);
    if (overflow) out_of_range("money", whole_);
  }

  void cents() {
    int decimals = 0;
    bool point = false;
    for (; !text_.empty(); text_.remove_prefix(1)) {
      char c = peek();
      if (is_digit(c) && (!point || decimals < 2)) {
        append(c - '0');
        if (point) ++decimals;
      } else if (c == '.' && !point) {
        point = true;
      } else if (c != ',') {
        break;
      }
    }
    if (is_digit(peek()) && peek() >= '5' && __builtin_sub_overflow(value_, 1, &value_)) out_of_range("money", whole_);
    for (; decimals < 2; ++decimals) append(0);
    while (is_digit(peek())) text_.remove_prefix(1);
  }

  void rest() {
    while (!text_.empty()) {
      if (take('-')) {
        negative_ = true;
      } else if (is_space(peek())) {
        text_.remove_prefix(1);
      } else if (!take(')') && !take('+') && !take('$')) {
        invalid_syntax("money", whole_);
      }
    }
    if (!negative_ && __builtin_sub_overflow(std::int64_t{0}, value_, &value_)) out_of_range("money", whole_);
  }

  std::string_view whole_, text_;
  std::int64_t value_ = 0;
  bool negative_ = false;
};

}  // namespace

std::string money_in(std::string_view text) {
  std::int64_t cents = MoneyReader(text).read();
  std::uint64_t size =
      cents < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
  std::string whole = std::to_string(size / 100);
  for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, ",");
  return fmt::format("{}${}.{:02}", cents < 0 ? "-" : "", whole, size % 100);
}

}  // namespace pgplumb::engine::analyze::literal
