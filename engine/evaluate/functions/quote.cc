// quote_ident, quote_literal, quote_nullable (quote.c) and format() (varlena.c).
#include <optional>

#include "catalog/base/name.h"
#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/deparse/deparse.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/utf8.h"

namespace pgplumb::engine::evaluate {

namespace {

/// One %[position$][flags][width]type of a format string.
struct Directive {
  std::optional<std::int64_t> position;
  bool left = false;
  std::optional<std::int64_t> width;
  bool width_is_argument = false;
  std::optional<std::int64_t> width_position;
  char type = 's';
};

class Formatter {
 public:
  explicit Formatter(const Call& call) : call_(call), format_(call.text(0)) {
    if (!call.variadic) {
      arguments_.assign(call.args.begin() + 1, call.args.end());
      return;
    }
    if (call.args.back().is_null()) return;
    const Oid element = analyze::base_element_type(call.cache(), call.args.back().type);
    for (const Element& one : read_array(call.args.back()).elements)
      arguments_.push_back(one ? Value::of(element, *one) : Value::null(element));
  }

  std::string run() {
    while (at_ < format_.size()) {
      const char c = format_[at_++];
      if (c != '%') {
        out_ += c;
        continue;
      }
      if (at_ >= format_.size()) unterminated();
      if (format_[at_] == '%') {
        out_ += format_[at_++];
        continue;
      }
      apply(directive());
    }
    return std::move(out_);
  }

 private:
  [[noreturn]] static void unterminated() {
    throw SqlError("22023", "unterminated format() type specifier", {}, "For a single \"%\" use \"%%\".");
  }

  std::optional<std::int64_t> digits() {
    if (at_ >= format_.size() || format_[at_] < '0' || format_[at_] > '9') return {};
    std::int64_t number = 0;
    while (at_ < format_.size() && format_[at_] >= '0' && format_[at_] <= '9') {
      number = number * 10 + (format_[at_++] - '0');
      if (number > INT32_MAX) throw SqlError("22003", "number is out of range");
    }
    if (at_ >= format_.size()) unterminated();
    return number;
  }

  static void refuse_zero(std::optional<std::int64_t> position) {
    if (position == 0) throw SqlError("22023", "format specifies argument 0, but arguments are numbered from 1");
  }

  /// text_format_parse_format
  Directive directive() {
    Directive found;
    const auto number = digits();
    if (number && format_[at_] != '$') {
      found.width = number;
    } else {
      if (number) {
        refuse_zero(number);
        found.position = number;
        next();
      }
      while (format_[at_] == '-') {
        found.left = true;
        next();
      }
      if (format_[at_] == '*') {
        next();
        found.width_is_argument = true;
        found.width_position = digits();
        if (found.width_position) {
          if (format_[at_] != '$') throw SqlError("22023", "width argument position must be ended by \"$\"");
          refuse_zero(found.width_position);
          next();
        }
      } else {
        found.width = digits();
      }
    }
    found.type = format_[at_++];
    return found;
  }

  void next() {
    if (++at_ >= format_.size()) unterminated();
  }

  const Value& argument(std::optional<std::int64_t> position) {
    if (position) next_argument_ = static_cast<std::size_t>(*position) - 1;
    if (next_argument_ >= arguments_.size()) throw SqlError("22023", "too few arguments for format()");
    return arguments_[next_argument_++];
  }

  void apply(Directive wanted) {
    if (wanted.width_is_argument) {
      const Value& width = argument(wanted.width_position);
      wanted.width = width.is_null() ? 0 : std::stoll(width.text);
    }
    if (wanted.width && *wanted.width < 0) {
      wanted.left = true;
      wanted.width = -*wanted.width;
    }
    if (wanted.type != 's' && wanted.type != 'I' && wanted.type != 'L')
      throw SqlError("22023", "unrecognized format() type specifier \"" + std::string(1, wanted.type) + "\"", {},
                     "For a single \"%\" use \"%%\".");
    const std::string text = converted(wanted.type, argument(wanted.position));
    const auto size = static_cast<std::int64_t>(character_count(text));
    const std::string blanks(static_cast<std::size_t>(std::max<std::int64_t>(wanted.width.value_or(0) - size, 0)), ' ');
    out_ += wanted.left ? text + blanks : blanks + text;
  }

  std::string converted(char type, const Value& value) const {
    if (value.is_null()) {
      if (type == 'I') throw SqlError("22004", "null values cannot be formatted as an SQL identifier");
      return type == 'L' ? "NULL" : "";
    }
    const std::string text = output(call_.interpreter(), value);
    if (type == 'I') return deparse::quote_identifier(call_.cache(), text);
    return type == 'L' ? catalog::quote_literal(text) : text;
  }

  const Call& call_;
  const std::string& format_;
  std::size_t at_ = 0;
  std::size_t next_argument_ = 0;
  std::vector<Value> arguments_;
  std::string out_;
};

}  // namespace

Value quote_ident_text(const Call& call) { return call.of(deparse::quote_identifier(call.cache(), call.text(0))); }
Value quote_literal_text(const Call& call) {
  return call.of(catalog::quote_literal(as_text(call.interpreter(), call.args[0])));
}
Value quote_nullable_text(const Call& call) { return call.is_null(0) ? call.of("NULL") : quote_literal_text(call); }
Value format_text(const Call& call) { return call.is_null(0) ? call.null() : call.of(Formatter(call).run()); }

}  // namespace pgplumb::engine::evaluate
