// Values to and from what clients see, and from type to type.
#include <algorithm>

#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/literal/literal.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/evaluate.h"
#include "engine/evaluate/executor.h"
#include "engine/evaluate/object_names.h"
#include "engine/evaluate/value_text.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;
using analyze::CoercionContext;
using analyze::CoercionPath;

namespace {

bool is_number_text(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Oid oid_of(const std::string& digits) { return static_cast<Oid>(std::stoul(digits)); }

/// The canonical form has times in UTC and ISO dates; a session that wants others is not followed.
void require_canonical_settings(const Interpreter& interpreter, Oid type) {
  const auto zone = interpreter.session().parameter("timezone").value_or("UTC");
  const bool zoned = type == types::timestamptz || type == types::timetz;
  if (zoned && zone != "UTC" && zone != "GMT" && zone != "Etc/UTC") throw NotSimulated("a time in time zone " + zone);
  const auto style = interpreter.session().parameter("datestyle").value_or("ISO");
  const bool dated = type == types::date || type == types::timestamp || type == types::timestamptz;
  if (dated && style.rfind("ISO", 0) != 0) throw NotSimulated("a date in the style " + style);
}

std::string elements_output(const Interpreter& interpreter, Oid element_type, const Value& value) {
  Array array = read_array(value);
  for (Element& element : array.elements)
    if (element) element = output(interpreter, Value::of(element_type, *element));
  return write_array(array);
}

/// The path by which PL/pgSQL assigns; what no cast covers goes through text.
Value convert_by(Interpreter& interpreter, const Value& value, Oid target) {
  const analyze::Syscache& cache = interpreter.cache();
  const auto way = analyze::find_coercion_pathway(cache, target, value.type, CoercionContext::assignment);
  if (way.path == CoercionPath::relabel) return Value::of(target, value.text);
  if (way.path == CoercionPath::function) {
    const Parameters none;
    Executor executor(interpreter, none);
    const Value arguments[] = {value, Value::of(types::int4, "-1"), Value::boolean(false)};
    const std::size_t count = std::min<std::size_t>(cache.proc(way.function)->args.size(), 3);
    return executor.call(way.function, target, std::span(arguments, count));
  }
  return input(interpreter, {target, -1}, output(interpreter, value));
}

// What the clock says when a server stores an expression nobody else can tell; a value is computed by the simulation's own.
analyze::Settings settings_of_values(const Interpreter& interpreter) {
  analyze::Settings settings = interpreter.analysis_settings();
  settings.now = interpreter.environment().now;
  return settings;
}

}  // namespace

bool is_true(const Value& condition) {
  if (condition.is_unknown()) throw NotSimulated("a condition over " + condition.text);
  return condition.is_known() && condition.text == "t";
}

std::string output(const Interpreter& interpreter, const Value& value) {
  const analyze::Syscache& cache = interpreter.cache();
  const Oid type = analyze::base_type(cache, value.type);
  if (is_reg_type(type) && is_number_text(value.text)) return reg_output(interpreter, type, oid_of(value.text));
  require_canonical_settings(interpreter, type);
  const Oid element = analyze::element_type(cache, type);
  if (element != invalid_oid && is_reg_type(element)) return elements_output(interpreter, element, value);
  return value.text;
}

std::string as_text(const Interpreter& interpreter, const Value& value) {
  if (analyze::base_type(interpreter.cache(), value.type) == types::bool_) return value.text == "t" ? "true" : "false";
  return output(interpreter, value);
}

Value input(const Interpreter& interpreter, TypeRef type, std::string_view text) {
  const analyze::Syscache& cache = interpreter.cache();
  const TypeRef base = analyze::base_type_and_typmod(cache, type.type, type.typmod);
  if (is_reg_type(base.type) && text == "-") return Value::of(type.type, "0");
  if (is_reg_type(base.type) && is_number_text(text)) return Value::of(type.type, std::string(text));
  if (base.type == types::regrole) {
    const Oid role = role_oid(interpreter, Name(text));
    if (role == invalid_oid) throw SqlError("42704", "role \"" + std::string(text) + "\" does not exist");
    return Value::of(type.type, std::to_string(role));
  }
  const auto literal = analyze::literal_in(cache, settings_of_values(interpreter), base.type, base.typmod, text);
  if (literal.object != invalid_oid) return Value::of(type.type, std::to_string(literal.object));
  if (!literal.certain) return Value::unknown(type.type, "the input of type " + analyze::format_type(cache, base.type));
  return Value::of(type.type, literal.text);
}

Value convert(Interpreter& interpreter, const Value& value, TypeRef target) {
  Value result = value;
  result.type = target.type;
  if (!value.is_known()) return result;
  const analyze::Syscache& cache = interpreter.cache();
  const TypeRef base = analyze::base_type_and_typmod(cache, target.type, target.typmod);
  if (analyze::base_type(cache, value.type) != base.type) result = convert_by(interpreter, value, base.type);
  if (base.typmod >= 0 && result.is_known()) {
    if (const auto how = analyze::find_typmod_coercion(cache, base.type); how.path != CoercionPath::none) {
      const Parameters none;
      Executor executor(interpreter, none);
      const Value arguments[] = {result, Value::of(types::int4, std::to_string(base.typmod)), Value::boolean(false)};
      result = executor.call(how.function, base.type, std::span(arguments, cache.proc(how.function)->args.size()));
    }
  }
  result.type = target.type;
  return result;
}

}  // namespace pgplumb::engine::evaluate
