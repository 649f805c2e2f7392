// init_params of commands/sequence.c.
#include <limits>

#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/sequence.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

struct Limits {
  std::int64_t low, high;
};

Limits limits_of(Oid type) {
  if (type == catalog::types::int2)
    return {std::numeric_limits<std::int16_t>::min(), std::numeric_limits<std::int16_t>::max()};
  if (type == catalog::types::int4)
    return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
}

/// The options by name, each at most once.
struct SequenceOptions {
  OnceOption as, start, restart, increment, maximum, minimum, cache, cycle;

  SequenceOptions(ast::List<ast::Node> list, bool for_identity) {
    for (ast::Node node : list) {
      const ast::DefElem option = node.as<ast::DefElem>();
      if (OnceOption* known = find(option.defname())) {
        known->set(option);
      } else if (for_identity && (option.defname() == "sequence_name" || option.defname() == "generated")) {
        continue;  // the column's, seen to already
      } else if (option.defname() == "sequence_name") {
        SqlError error("42601", "invalid sequence option SEQUENCE NAME");
        error.location = option.location();
        throw error;
      } else if (option.defname() == "logged" || option.defname() == "unlogged") {
        continue;  // of identity columns: their table's persistence decides
      } else if (option.defname() != "owned_by") {
        throw NotSimulated("sequence option " + std::string(option.defname()));
      }
    }
  }

  OnceOption* find(std::string_view name) {
    if (name == "as") return &as;
    if (name == "start") return &start;
    if (name == "restart") return &restart;
    if (name == "increment") return &increment;
    if (name == "maxvalue") return &maximum;
    if (name == "minvalue") return &minimum;
    if (name == "cache") return &cache;
    if (name == "cycle") return &cycle;
    return nullptr;
  }
};

/// The value of an option that may also say NO …, which has no argument.
std::optional<std::int64_t> value_of(const OnceOption& option) {
  if (!option || !(*option).arg()) return std::nullopt;
  return def_int64(*option);
}

[[noreturn]] void invalid(const std::string& message) { throw SqlError("22023", message); }

std::string compared(std::string_view what, std::int64_t value, std::string_view how, std::int64_t bound) {
  return std::string(what) + " value (" + std::to_string(value) + ") cannot be " + std::string(how) + " (" +
         std::to_string(bound) + ")";
}

class OptionApplier {
 public:
  OptionApplier(Interpreter& interpreter, Sequence& sequence, const SequenceOptions& options, bool is_new)
      : interpreter_(interpreter), sequence_(sequence), options_(options), is_new_(is_new) {}

  void run(bool for_identity) {
    apply_type(for_identity);
    apply_increment();
    if (options_.cycle) sequence_.cycle = def_boolean(*options_.cycle);
    apply_maximum();
    apply_minimum();
    if (sequence_.minimum >= sequence_.maximum)
      invalid("MINVALUE (" + std::to_string(sequence_.minimum) + ") must be less than MAXVALUE (" +
              std::to_string(sequence_.maximum) + ")");
    apply_start();
    check_restart();
    apply_cache();
  }

 private:
  void apply_type(bool for_identity) {
    if (!options_.as) {
      if (is_new_ && !sequence_.type) sequence_.type = {catalog::types::int8, -1};
    } else {
      set_type(for_identity);
    }
  }

  void set_type(bool for_identity) {
    change_type(resolve_type(interpreter_, *options_.as).type, for_identity);
  }

 public:
  void change_type(Oid type, bool for_identity) {
    require_integer(type, for_identity);
    if (!is_new_) {
      // A bound that was the old type's own becomes the new type's.
      const Limits old = limits_of(sequence_.type.type);
      reset_maximum_ = sequence_.maximum == old.high;
      reset_minimum_ = sequence_.minimum == old.low;
    }
    sequence_.type = {type, -1};
  }

  static void require_integer(Oid type, bool for_identity) {
    if (type == catalog::types::int2 || type == catalog::types::int4 || type == catalog::types::int8) return;
    invalid(for_identity ? "identity column type must be smallint, integer, or bigint"
                         : "sequence type must be smallint, integer, or bigint");
  }

 private:
  void apply_increment() {
    if (!options_.increment) return;
    sequence_.increment = def_int64(*options_.increment);
    if (sequence_.increment == 0) invalid("INCREMENT must not be zero");
  }

  void apply_maximum() {
    const Limits limits = limits_of(sequence_.type.type);
    if (const auto value = value_of(options_.maximum))
      sequence_.maximum = *value;
    else if (is_new_ || options_.maximum || reset_maximum_)
      sequence_.maximum = sequence_.increment > 0 || reset_maximum_ ? limits.high : -1;
    require_in_type("MAXVALUE", sequence_.maximum);
  }

  void apply_minimum() {
    const Limits limits = limits_of(sequence_.type.type);
    if (const auto value = value_of(options_.minimum))
      sequence_.minimum = *value;
    else if (is_new_ || options_.minimum || reset_minimum_)
      sequence_.minimum = sequence_.increment < 0 || reset_minimum_ ? limits.low : 1;
    require_in_type("MINVALUE", sequence_.minimum);
  }

  void require_in_type(std::string_view what, std::int64_t value) {
    const Limits limits = limits_of(sequence_.type.type);
    if (value < limits.low || value > limits.high)
      invalid(std::string(what) + " (" + std::to_string(value) + ") is out of range for sequence data type " +
              analyze::format_type(interpreter_.cache(), sequence_.type.type));
  }

  void apply_start() {
    if (options_.start)
      sequence_.start = def_int64(*options_.start);
    else if (is_new_)
      sequence_.start = sequence_.increment > 0 ? sequence_.minimum : sequence_.maximum;
    require_in_bounds("START", sequence_.start);
  }

  /// Where the sequence stands is data; only a place that the statement itself names can be checked.
  void check_restart() {
    if (options_.restart) require_in_bounds("RESTART", value_of(options_.restart).value_or(sequence_.start));
  }

  void require_in_bounds(std::string_view what, std::int64_t value) {
    if (value < sequence_.minimum) invalid(compared(what, value, "less than MINVALUE", sequence_.minimum));
    if (value > sequence_.maximum) invalid(compared(what, value, "greater than MAXVALUE", sequence_.maximum));
  }

  void apply_cache() {
    if (options_.cache) {
      sequence_.cache = def_int64(*options_.cache);
      if (sequence_.cache <= 0) invalid("CACHE (" + std::to_string(sequence_.cache) + ") must be greater than zero");
    } else if (is_new_) {
      sequence_.cache = 1;
    }
  }

  Interpreter& interpreter_;
  Sequence& sequence_;
  const SequenceOptions& options_;
  bool is_new_;
  bool reset_maximum_ = false;
  bool reset_minimum_ = false;
};

}  // namespace

void retype_sequence(Interpreter& interpreter, Ref<Sequence> ref, Oid type) {
  Sequence changed = interpreter.catalog().get(ref);
  const SequenceOptions none({}, false);
  OptionApplier applier(interpreter, changed, none, false);
  applier.change_type(type, true);
  applier.run(true);
  store_sequence_options(interpreter, ref, changed);
}

void apply_sequence_options(Interpreter& interpreter, Sequence& sequence, ast::List<ast::Node> options, bool is_new,
                            bool for_identity) {
  const SequenceOptions parsed(options, for_identity);
  // An identity column's sequence has its type from the column: a further AS contradicts it.
  if (is_new && sequence.type) {
    if (parsed.as) conflicting_option(*parsed.as);
    OptionApplier::require_integer(sequence.type.type, for_identity);
  }
  OptionApplier(interpreter, sequence, parsed, is_new).run(for_identity);
}

}  // namespace pgplumb::engine::ddl
