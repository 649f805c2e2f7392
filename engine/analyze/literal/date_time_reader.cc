// Dates and times as people write them: the parts of ParseDateTime and DecodeDateTime (datetime.c) that occur in schemas.
#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "engine/analyze/literal/calendar.h"
#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

struct Token {
  enum class Kind : std::uint8_t { number, word, time, zone, date } kind;
  std::string text;
};

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Cuts the text where the kind of character changes; what is joined by -, / or . is one date, by : one time.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> tokens() {
    std::vector<Token> result;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (is_space(c) || c == ',') {
        ++at_;
      } else if (is_digit(c)) {
        result.push_back(number());
      } else if (is_alpha(c)) {
        result.push_back(word());
      } else if ((c == '+' || c == '-') && !result.empty()) {
        result.push_back(zone());
      } else {
        throw UnknownForm{};
      }
    }
    return result;
  }

 private:
  Token number() {
    std::size_t start = at_;
    auto run = [this](auto allowed) {
      while (at_ < text_.size() && allowed(text_[at_])) ++at_;
    };
    run(is_digit);
    char next = at_ < text_.size() ? text_[at_] : '\0';
    if (next == ':') {
      run([](char c) { return is_digit(c) || c == ':' || c == '.'; });
      return {Token::Kind::time, std::string(text_.substr(start, at_ - start))};
    }
    if (next == '-' || next == '/' || next == '.') {
      char separator = next;
      run([separator](char c) { return is_digit(c) || is_alpha(c) || c == separator; });
      // 2020-01-01T10:00: the letter ends the date.
      std::string date(text_.substr(start, at_ - start));
      std::size_t t = date.find_last_of("Tt");
      if (t != std::string::npos && t > 0 && is_digit(date[t - 1]) && t + 1 < date.size() && is_digit(date[t + 1])) {
        at_ = start + t;
        date.resize(t);
      }
      return {Token::Kind::date, date};
    }
    return {Token::Kind::number, std::string(text_.substr(start, at_ - start))};
  }
  Token word() {
    std::size_t start = at_;
    while (at_ < text_.size() && (is_alpha(text_[at_]) || text_[at_] == '/' || text_[at_] == '_')) ++at_;
    return {Token::Kind::word, lower(text_.substr(start, at_ - start))};
  }
  Token zone() {
    std::size_t start = at_++;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == ':')) ++at_;
    return {Token::Kind::zone, std::string(text_.substr(start, at_ - start))};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

int month_number(std::string_view word) {
  static constexpr std::string_view names[] = {"january", "february", "march",     "april",   "may",      "june",
                                               "july",    "august",   "september", "october", "november", "december"};
  if (word == "sept") return 9;
  for (int i = 0; i < 12; ++i) {
    if (word == names[i] || (word.size() == 3 && names[i].substr(0, 3) == word)) return i + 1;
  }
  return 0;
}

bool is_week_day(std::string_view word) {
  for (std::string_view name : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
    if (word == name || (word.size() >= 3 && name.substr(0, word.size()) == word)) return true;
  }
  return false;
}

bool is_special(std::string_view word) {
  return word == "now" || word == "today" || word == "tomorrow" || word == "yesterday" || word == "epoch" ||
         word == "infinity" || word == "allballs";
}

int to_int(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw UnknownForm{};
  return value;
}

class Reader {
 public:
  Reader(std::string_view text, int date_order, const char* type_name)
      : text_(text), order_(date_order), type_name_(type_name) {}

  DateTime read() {
    std::string_view body = trimmed(text_);
    if (body == "-infinity" || body == "+infinity") return {{}, {}, {}, std::string(body)};
    std::vector<Token> tokens = Lexer(body).tokens();
    if (tokens.empty()) invalid();
    for (const Token& token : tokens) take(token);
    if (!loose_numbers_.empty()) assemble_date();
    finish();
    return result_;
  }

 private:
  [[noreturn]] void invalid() const {
    fail(errcode::invalid_datetime_format, fmt::format("invalid input syntax for type {}: \"{}\"", type_name_, text_));
  }
  [[noreturn]] void out_of_range() const {
    fail(errcode::datetime_field_overflow, fmt::format("date/time field value out of range: \"{}\"", text_));
  }

  void take(const Token& token) {
    switch (token.kind) {
      case Token::Kind::time: return take_time(token.text);
      case Token::Kind::date: return take_date(token.text);
      case Token::Kind::zone: return take_zone(token.text);
      case Token::Kind::word: return take_word(token.text);
      case Token::Kind::number: return take_number(token.text);
    }
  }

  void take_time(std::string_view text) {
    if (result_.time) throw UnknownForm{};
    TimeOfDay time;
    std::size_t point = text.find('.');
    std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    std::vector<int> parts;
    std::string_view rest = text.substr(0, point);
    while (!rest.empty()) {
      std::size_t colon = rest.find(':');
      parts.push_back(to_int(rest.substr(0, colon)));
      if (colon == std::string_view::npos) break;
      rest.remove_prefix(colon + 1);
    }
    if (parts.size() < 2 || parts.size() > 3) throw UnknownForm{};
    time.hour = parts[0];
    time.minute = parts[1];
    time.second = parts.size() > 2 ? parts[2] : 0;
    time.microsecond = microseconds(fraction);
    result_.time = time;
  }

  static int microseconds(std::string_view fraction) {
    if (fraction.empty()) return 0;
    double value = std::stod("0." + std::string(fraction));
    return static_cast<int>(value * 1000000 + 0.5);
  }

  void take_date(std::string_view text) {
    if (result_.date) throw UnknownForm{};
    char separator = text[text.find_first_not_of("0123456789")];
    std::vector<std::string_view> parts;
    for (;;) {
      std::size_t at = text.find(separator);
      parts.push_back(text.substr(0, at));
      if (at == std::string_view::npos) break;
      text.remove_prefix(at + 1);
    }
    if (parts.size() != 3) throw UnknownForm{};
    numbers_to_date(parts);
  }

  void numbers_to_date(const std::vector<std::string_view>& parts) {
    Date date;
    int named = month_number(lower(parts[1]));
    bool year_first = parts[0].size() >= 3;
    if (named > 0) {
      date.month = named;
      date.year = year(year_first ? parts[0] : parts[2]);
      date.day = to_int(year_first ? parts[2] : parts[0]);
    } else if (year_first || order_ == static_cast<int>(DateOrder::ymd)) {
      date = {year(parts[0]), to_int(parts[1]), to_int(parts[2])};
    } else if (order_ == static_cast<int>(DateOrder::dmy)) {
      date = {year(parts[2]), to_int(parts[1]), to_int(parts[0])};
    } else {
      date = {year(parts[2]), to_int(parts[0]), to_int(parts[1])};
    }
    result_.date = date;
  }

  // Two digits lie between 1970 and 2069.
  static std::int64_t year(std::string_view text) {
    int value = to_int(text);
    if (text.size() > 2) return value;
    return value < 70 ? 2000 + value : 1900 + value;
  }

  void take_zone(std::string_view text) {
    auto offset = zone_offset(text);
    if (!offset || result_.zone) throw UnknownForm{};
    result_.zone = offset;
  }

  void take_word(const std::string& word) {
    if (word == "t" && result_.date) return;
    if (word == "am" || word == "pm") return take_half(word == "pm");
    if (word == "bc" || word == "ad") {
      bc_ = word == "bc";
      return;
    }
    if (is_week_day(word)) return;
    if (int month = month_number(word); month > 0) {
      month_ = month;
      loose_numbers_.push_back("");
      return;
    }
    if (is_special(word)) {
      if (!result_.special.empty()) throw UnknownForm{};
      result_.special = word;
      return;
    }
    auto offset = zone_offset(word);
    bool anything_else = result_.date || result_.time || !loose_numbers_.empty() || !result_.special.empty();
    if (!offset && !anything_else && word.find('/') == std::string::npos) invalid();
    if (!offset || result_.zone) throw UnknownForm{};
    result_.zone = offset;
  }

  void take_half(bool afternoon) {
    if (!result_.time && !loose_numbers_.empty()) {
      result_.time = TimeOfDay{to_int(loose_numbers_.back()), 0, 0, 0};
      loose_numbers_.pop_back();
    }
    if (!result_.time || result_.time->hour > 12) out_of_range();
    if (afternoon && result_.time->hour < 12) result_.time->hour += 12;
    if (!afternoon && result_.time->hour == 12) result_.time->hour = 0;
  }

  void take_number(const std::string& text) {
    if (text.size() == 8 && !result_.date) {
      result_.date = Date{to_int(text.substr(0, 4)), to_int(text.substr(4, 2)), to_int(text.substr(6, 2))};
      return;
    }
    if (text.size() == 6 && result_.date && !result_.time) {
      result_.time = TimeOfDay{to_int(text.substr(0, 2)), to_int(text.substr(2, 2)), to_int(text.substr(4, 2)), 0};
      return;
    }
    loose_numbers_.push_back(text);
  }

  // "January 8 1999", "8 Jan 1999", "1999 Jan 8"
  void assemble_date() {
    std::vector<std::string> numbers;
    for (const std::string& number : loose_numbers_) {
      if (!number.empty()) numbers.push_back(number);
    }
    if (month_ == 0 || numbers.size() != 2 || result_.date) throw UnknownForm{};
    bool year_first = numbers[0].size() >= 3;
    result_.date = Date{year(numbers[year_first ? 0 : 1]), month_, to_int(numbers[year_first ? 1 : 0])};
  }

  void finish() {
    if (result_.date) {
      Date& date = *result_.date;
      if (bc_) date.year = 1 - date.year;
      if (!bc_ && date.year == 0) out_of_range();
      bool valid = date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= days_in_month(date.year, date.month);
      if (!valid) out_of_range();
    }
    if (!result_.time) return;
    const TimeOfDay& time = *result_.time;
    bool end_of_day = time.hour == 24 && time.minute == 0 && time.second == 0 && time.microsecond == 0;
    if (!end_of_day && (time.hour > 23 || time.minute > 59 || time.second > 60)) out_of_range();
  }

  std::string_view text_;
  int order_;
  const char* type_name_;
  DateTime result_;
  int month_ = 0;
  bool bc_ = false;
  std::vector<std::string> loose_numbers_;
};

struct NamedZone {
  std::string_view name;
  int hours;
};

}  // namespace

std::optional<int> zone_offset(std::string_view text) {
  static constexpr NamedZone zones[] = {{"z", 0},    {"utc", 0},  {"gmt", 0},  {"zulu", 0}, {"ut", 0},
                                        {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5}, {"mst", -7},
                                        {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"cet", 1},  {"cest", 2},
                                        {"etc/utc", 0}};
  std::string word = lower(text);
  for (const NamedZone& zone : zones) {
    if (zone.name == word) return zone.hours * 3600;
  }
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  std::string digits;
  int groups = 1;
  for (char c : text.substr(1)) {
    if (c == ':') {
      ++groups;
    } else if (is_digit(c)) {
      digits += c;
    } else {
      return std::nullopt;
    }
  }
  if (groups == 1 && digits.size() <= 2) digits.insert(0, 2 - digits.size(), '0');
  if (groups == 1 && digits.size() == 3) digits.insert(0, 1, '0');
  if (digits.size() % 2 != 0) digits.insert(0, 1, '0');
  digits.resize(6, '0');
  int offset = std::stoi(digits.substr(0, 2)) * 3600 + std::stoi(digits.substr(2, 2)) * 60 + std::stoi(digits.substr(4));
  return text[0] == '-' ? -offset : offset;
}

DateTime read_date_time(std::string_view text, int date_order, const char* type_name) {
  return Reader(text, date_order, type_name).read();
}

}  // namespace pgplumb::engine::analyze::literal
