#include "engine/ddl/routine_attributes.h"

#include <algorithm>

#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/variable.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

[[noreturn]] void not_for_procedures(ast::DefElem option) {
  SqlError error("42P13", "invalid attribute in procedure definition");
  error.location = option.location();
  throw error;
}

Volatility volatility_of(const std::string& word) {
  if (word == "immutable") return Volatility::immutable;
  return word == "stable" ? Volatility::stable : Volatility::volatile_;
}

Parallel parallel_of(const std::string& word) {
  if (word == "safe") return Parallel::safe;
  if (word == "unsafe") return Parallel::unsafe;
  if (word == "restricted") return Parallel::restricted;
  throw SqlError("42601", "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
}

double positive(ast::DefElem option, const char* word) {
  const double value = def_numeric(option);
  if (value <= 0) throw SqlError("22023", std::string(word) + " must be positive");
  return value;
}

/// interpret_func_support
AnyRef support_of(const Interpreter& interpreter, ast::DefElem option) {
  const std::vector<std::string> name = def_qualified_name(option);
  const Oid function = lookup_function(interpreter, name, std::vector<Oid>{types::internal});
  const analyze::Syscache& cache = cache_of(interpreter);
  if (cache.proc(function)->result != types::internal)
    throw SqlError("42P17", "support function " + name_list_text(name) + " must return type internal");
  return {Kind::function, function};
}

class AttributeReader {
 public:
  AttributeReader(const Interpreter& interpreter, bool is_procedure) : interpreter_(interpreter), is_procedure_(is_procedure) {}

  void read(ast::DefElem option) {
    const std::string_view name = option.defname();
    if (name == "set") {
      result_.settings.push_back(option.arg().as<ast::VariableSetStmt>());
      return;
    }
    if (name == "transform") return once(option);
    if (name == "as" || name == "language") return read_definition(option);
    const bool for_both = name == "security";
    if (is_procedure_ && !for_both) not_for_procedures(option);
    once(option);
    read_attribute(option);
  }
  RoutineAttributes result() { return std::move(result_); }

 private:
  void once(ast::DefElem option) {
    const std::string name(option.defname());
    if (std::find(seen_.begin(), seen_.end(), name) != seen_.end()) conflicting_option(option);
    seen_.push_back(name);
  }

  void read_definition(ast::DefElem option) {
    once(option);
    if (option.defname() == "language") {
      result_.language = def_string(option);
      return;
    }
    result_.has_as = true;
    for (ast::Node part : option.arg().items()) result_.as.emplace_back(part.str());
  }

  void read_attribute(ast::DefElem option) {
    const std::string_view name = option.defname();
    if (name == "volatility") result_.volatility = volatility_of(def_string(option));
    if (name == "strict") result_.strict = def_boolean(option);
    if (name == "security") result_.security_definer = def_boolean(option);
    if (name == "leakproof") result_.leakproof = def_boolean(option);
    if (name == "window") result_.window = def_boolean(option);
    if (name == "cost") result_.cost = positive(option, "COST");
    if (name == "rows") result_.rows = positive(option, "ROWS");
    if (name == "support") result_.support = support_of(interpreter_, option);
    if (name == "parallel") result_.parallel = parallel_of(def_string(option));
  }

  const Interpreter& interpreter_;
  const bool is_procedure_;
  RoutineAttributes result_;
  std::vector<std::string> seen_;
};

bool is_setting(const std::string& entry, std::string_view name) {
  return entry.size() > name.size() && entry[name.size()] == '=' &&
         equals_ignoring_case(std::string_view(entry).substr(0, name.size()), name);
}

void set_entry(std::vector<std::string>& settings, const SettingValue& setting) {
  const std::string entry = setting.name + "=" + setting.value;
  for (std::string& known : settings)
    if (is_setting(known, setting.name)) {
      known = entry;
      return;
    }
  settings.push_back(entry);
}

}  // namespace

RoutineAttributes read_attributes(const Interpreter& interpreter, ast::List<ast::Node> options, bool is_procedure) {
  AttributeReader reader(interpreter, is_procedure);
  for (ast::Node option : options) reader.read(option.as<ast::DefElem>());
  return reader.result();
}

std::vector<std::string> update_settings(const Interpreter& interpreter, std::vector<std::string> settings,
                                         const std::vector<ast::VariableSetStmt>& changes) {
  for (ast::VariableSetStmt change : changes) {
    const std::string name(change.name());
    if (change.kind() != ast::VariableSetKind::VAR_RESET_ALL) require_setting(interpreter, name);
    switch (change.kind()) {
      case ast::VariableSetKind::VAR_RESET_ALL:
        settings.clear();
        break;
      case ast::VariableSetKind::VAR_SET_VALUE:
        set_entry(settings, read_setting(interpreter, change));
        break;
      case ast::VariableSetKind::VAR_SET_CURRENT:
        if (const auto value = interpreter.session().parameter(name)) set_entry(settings, {name, *value});
        break;
      default:
        std::erase_if(settings, [&](const std::string& entry) { return is_setting(entry, name); });
        break;
    }
  }
  return settings;
}

}  // namespace pgplumb::engine::ddl
