#include "engine/analyze/literal/date_time_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

using Field = DateTimeField;
constexpr std::size_t max_fields = 25, max_length = 128 + max_fields, token_length = 10;

struct Word {
  std::string_view name;
  WordKind kind;
  int value;
};

constexpr int of(Reserved word) { return static_cast<int>(word); }

constexpr Word words[] = {{"+infinity", WordKind::reserved, of(Reserved::late)},
                          {"-infinity", WordKind::reserved, of(Reserved::early)},
                          {"ad", WordKind::era, 0},
                          {"allballs", WordKind::reserved, of(Reserved::zulu)},
                          {"am", WordKind::half_of_day, 0},
                          {"apr", WordKind::month, 4},
                          {"april", WordKind::month, 4},
                          {"at", WordKind::ignored, 0},
                          {"aug", WordKind::month, 8},
                          {"august", WordKind::month, 8},
                          {"bc", WordKind::era, 1},
                          {"d", WordKind::unit, other_unit},
                          {"dec", WordKind::month, 12},
                          {"december", WordKind::month, 12},
                          {"dow", WordKind::unit, other_unit},
                          {"doy", WordKind::unit, other_unit},
                          {"dst", WordKind::daylight, 3600},
                          {"epoch", WordKind::reserved, of(Reserved::epoch)},
                          {"feb", WordKind::month, 2},
                          {"february", WordKind::month, 2},
                          {"fri", WordKind::day_of_week, 5},
                          {"friday", WordKind::day_of_week, 5},
                          {"h", WordKind::unit, other_unit},
                          {"infinity", WordKind::reserved, of(Reserved::late)},
                          {"isodow", WordKind::unit, other_unit},
                          {"isoyear", WordKind::unit, other_unit},
                          {"j", WordKind::unit, julian_unit},
                          {"jan", WordKind::month, 1},
                          {"january", WordKind::month, 1},
                          {"jd", WordKind::unit, julian_unit},
                          {"jul", WordKind::month, 7},
                          {"julian", WordKind::unit, julian_unit},
                          {"july", WordKind::month, 7},
                          {"jun", WordKind::month, 6},
                          {"june", WordKind::month, 6},
                          {"m", WordKind::unit, other_unit},
                          {"mar", WordKind::month, 3},
                          {"march", WordKind::month, 3},
                          {"may", WordKind::month, 5},
                          {"mm", WordKind::unit, other_unit},
                          {"mon", WordKind::day_of_week, 1},
                          {"monday", WordKind::day_of_week, 1},
                          {"nov", WordKind::month, 11},
                          {"november", WordKind::month, 11},
                          {"now", WordKind::reserved, of(Reserved::now)},
                          {"oct", WordKind::month, 10},
                          {"october", WordKind::month, 10},
                          {"on", WordKind::ignored, 0},
                          {"pm", WordKind::half_of_day, 1},
                          {"s", WordKind::unit, other_unit},
                          {"sat", WordKind::day_of_week, 6},
                          {"saturday", WordKind::day_of_week, 6},
                          {"sep", WordKind::month, 9},
                          {"sept", WordKind::month, 9},
                          {"september", WordKind::month, 9},
                          {"sun", WordKind::day_of_week, 0},
                          {"sunday", WordKind::day_of_week, 0},
                          {"t", WordKind::iso_time, time_prefix},
                          {"thu", WordKind::day_of_week, 4},
                          {"thur", WordKind::day_of_week, 4},
                          {"thurs", WordKind::day_of_week, 4},
                          {"thursday", WordKind::day_of_week, 4},
                          {"today", WordKind::reserved, of(Reserved::today)},
                          {"tomorrow", WordKind::reserved, of(Reserved::tomorrow)},
                          {"tue", WordKind::day_of_week, 2},
                          {"tues", WordKind::day_of_week, 2},
                          {"tuesday", WordKind::day_of_week, 2},
                          {"wed", WordKind::day_of_week, 3},
                          {"wednesday", WordKind::day_of_week, 3},
                          {"weds", WordKind::day_of_week, 3},
                          {"y", WordKind::unit, other_unit},
                          {"yesterday", WordKind::reserved, of(Reserved::yesterday)}};

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_alpha(c) || is_digit(c); }
bool is_punctuation(char c) { return c > ' ' && c < 127 && !is_alphanumeric(c); }

const Word* find_word(std::string_view name) {
  name = name.substr(0, token_length);
  const auto* found = std::lower_bound(std::begin(words), std::end(words), name,
                                       [](const Word& a, std::string_view b) { return a.name < b; });
  return found != std::end(words) && found->name == name ? found : nullptr;
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<Field> fields() {
    std::size_t length = 0;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (is_space(c)) {
        ++at_;
        continue;
      }
      start_ = at_;
      if (is_digit(c)) {
        add(number());
      } else if (c == '.') {
        ++at_;
        run(is_digit);
        add(Field::Kind::number);
      } else if (is_alpha(c)) {
        add(word());
      } else if (c == '+' || c == '-') {
        take_sign();
      } else if (is_punctuation(c)) {
        ++at_;
        continue;
      } else {
        throw DateTimeFault::bad_format;
      }
      length += found_.back().text.size() + 1;
      if (found_.size() > max_fields || length > max_length) throw DateTimeFault::bad_format;
    }
    return std::move(found_);
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  template <class Allowed>
  void run(Allowed allowed) {
    while (at_ < text_.size() && allowed(text_[at_])) ++at_;
  }
  void add(Field::Kind kind) { found_.push_back({kind, lower(text_.substr(start_, at_ - start_))}); }

  Field::Kind number() {
    run(is_digit);
    char delimiter = peek();
    if (delimiter == ':') {
      run([](char c) { return is_digit(c) || c == ':' || c == '.'; });
      return Field::Kind::time;
    }
    if (delimiter != '-' && delimiter != '/' && delimiter != '.') return Field::Kind::number;
    ++at_;
    if (!is_digit(peek())) {
      run([delimiter](char c) { return is_alphanumeric(c) || c == delimiter; });
      return Field::Kind::date;
    }
    run(is_digit);
    if (peek() != delimiter) return delimiter == '.' ? Field::Kind::number : Field::Kind::date;
    run([delimiter](char c) { return is_digit(c) || c == delimiter; });
    return Field::Kind::date;
  }

  // A month's name may stand in a date with separators, and a zone's name may hold them.
  Field::Kind word() {
    run(is_alpha);
    char next = peek();
    bool is_date = next == '-' || next == '/' || next == '.';
    if (next == '+' || is_digit(next)) is_date = !find_word(lower(text_.substr(start_, at_ - start_)));
    if (!is_date) return Field::Kind::word;
    run([](char c) { return is_alphanumeric(c) || std::string_view("+-/_.:").find(c) != std::string_view::npos; });
    return Field::Kind::date;
  }

  void take_sign() {
    std::string sign(1, text_[at_++]);
    run(is_space);
    start_ = at_;
    Field::Kind kind = is_digit(peek()) ? Field::Kind::zone : Field::Kind::signed_word;
    if (kind == Field::Kind::zone) {
      run([](char c) { return is_digit(c) || c == ':' || c == '.' || c == '-'; });
    } else if (is_alpha(peek())) {
      run(is_alpha);
    } else {
      throw DateTimeFault::bad_format;
    }
    found_.push_back({kind, sign + lower(text_.substr(start_, at_ - start_))});
  }

  std::string_view text_;
  std::size_t at_ = 0, start_ = 0;
  std::vector<Field> found_;
};

}  // namespace

std::vector<Field> date_time_fields(std::string_view text) { return Splitter(text).fields(); }

DateTimeWord date_time_word(std::string_view word) {
  const Word* found = find_word(word);
  if (!found) return {};
  return {found->kind, found->value};
}

void fail_date_time(DateTimeFault fault, const char* type_name, std::string_view text) {
  auto out_of_range = [&](const char* state, const char* what) {
    fail(state, fmt::format("{} out of range: \"{}\"", what, text));
  };
  switch (fault) {
    case DateTimeFault::field_overflow: out_of_range(errcode::datetime_field_overflow, "date/time field value"); break;
    case DateTimeFault::interval_overflow: out_of_range("22015", "interval field value"); break;
    case DateTimeFault::zone_overflow: out_of_range("22009", "time zone displacement"); break;
    case DateTimeFault::bad_zone:
      fail(errcode::invalid_parameter_value, fmt::format("time zone \"{}\" not recognized", text));
    case DateTimeFault::bad_format: break;
  }
  fail(errcode::invalid_datetime_format, fmt::format("invalid input syntax for type {}: \"{}\"", type_name, text));
}

double fraction_of(std::string_view text) {
  if (text.empty() || text == ".") return 0;
  if (!std::all_of(text.begin() + 1, text.end(), is_digit)) throw DateTimeFault::bad_format;
  return std::stod("0" + std::string(text));
}

int microseconds_of(std::string_view text) { return static_cast<int>(std::rint(fraction_of(text) * 1000000)); }

std::int64_t take_integer(std::string_view& text, std::int64_t limit, DateTimeFault overflow) {
  std::string_view digits = text;
  bool negative = !digits.empty() && digits.front() == '-';
  if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || !is_digit(digits.front())) return 0;
  if (error != std::errc() || value > limit) throw overflow;
  text = digits.substr(static_cast<std::size_t>(end - digits.data()));
  return negative ? -value : value;
}

}  // namespace pgplumb::engine::analyze::literal
