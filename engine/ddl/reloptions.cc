#include "engine/ddl/reloptions.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>

#include "catalog/base/diagnostic.h"
#include "engine/ddl/def_elem.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::SqlError;
using T = OptionTarget;

enum class ValueKind : std::uint8_t { boolean, integer, real, words };

constexpr std::uint32_t target_bit(OptionTarget target) { return 1u << static_cast<unsigned>(target); }
constexpr std::uint32_t heap_and_toast = target_bit(T::heap) | target_bit(T::toast);

/// One option as reloptions.c's boolRelOpts, intRelOpts, realRelOpts and enumRelOpts list it.
struct KnownOption {
  std::string_view name;
  std::uint32_t targets;
  ValueKind kind;
  double low = 0, high = 0;
  std::string_view words = {};
  int since = 0, before = 99;
};

constexpr double int_max = INT_MAX;
constexpr std::string_view auto_words = " auto on off true false yes no 1 0 ";

constexpr KnownOption known_options[] = {
    {"autosummarize", target_bit(T::brin), ValueKind::boolean},
    {"autovacuum_enabled", heap_and_toast, ValueKind::boolean},
    {"user_catalog_table", target_bit(T::heap), ValueKind::boolean},
    {"fastupdate", target_bit(T::gin), ValueKind::boolean},
    {"security_barrier", target_bit(T::view), ValueKind::boolean},
    {"security_invoker", target_bit(T::view), ValueKind::boolean, 0, 0, {}, 15},
    {"deduplicate_items", target_bit(T::btree), ValueKind::boolean},
    {"vacuum_truncate", heap_and_toast, ValueKind::boolean},
    {"vacuum_index_cleanup", heap_and_toast, ValueKind::boolean, 0, 0, {}, 0, 14},
    {"vacuum_index_cleanup", heap_and_toast, ValueKind::words, 0, 0, auto_words, 14},
    {"buffering", target_bit(T::gist), ValueKind::words, 0, 0, " auto on off "},
    {"check_option", target_bit(T::view), ValueKind::words, 0, 0, " local cascaded "},
    {"fillfactor", target_bit(T::heap) | target_bit(T::btree) | target_bit(T::hash) | target_bit(T::gist) | target_bit(T::spgist), ValueKind::integer, 10,
     100},
    {"autovacuum_vacuum_threshold", heap_and_toast, ValueKind::integer, 0, int_max},
    {"autovacuum_vacuum_max_threshold", heap_and_toast, ValueKind::integer, -1, int_max, {}, 18},
    {"autovacuum_vacuum_insert_threshold", heap_and_toast, ValueKind::integer, -1, int_max},
    {"autovacuum_analyze_threshold", target_bit(T::heap), ValueKind::integer, 0, int_max},
    {"autovacuum_vacuum_cost_limit", heap_and_toast, ValueKind::integer, 1, 10000},
    {"autovacuum_freeze_min_age", heap_and_toast, ValueKind::integer, 0, 1e9},
    {"autovacuum_multixact_freeze_min_age", heap_and_toast, ValueKind::integer, 0, 1e9},
    {"autovacuum_freeze_max_age", heap_and_toast, ValueKind::integer, 1e5, 2e9},
    {"autovacuum_multixact_freeze_max_age", heap_and_toast, ValueKind::integer, 1e4, 2e9},
    {"autovacuum_freeze_table_age", heap_and_toast, ValueKind::integer, 0, 2e9},
    {"autovacuum_multixact_freeze_table_age", heap_and_toast, ValueKind::integer, 0, 2e9},
    {"log_autovacuum_min_duration", heap_and_toast, ValueKind::integer, -1, int_max},
    {"toast_tuple_target", target_bit(T::heap), ValueKind::integer, 128, 8160},
    {"pages_per_range", target_bit(T::brin), ValueKind::integer, 1, 131072},
    {"gin_pending_list_limit", target_bit(T::gin), ValueKind::integer, 64, int_max},
    {"parallel_workers", target_bit(T::heap), ValueKind::integer, 0, 1024},
    {"autovacuum_vacuum_cost_delay", heap_and_toast, ValueKind::real, 0, 100},
    {"autovacuum_vacuum_scale_factor", heap_and_toast, ValueKind::real, 0, 100},
    {"autovacuum_vacuum_insert_scale_factor", heap_and_toast, ValueKind::real, 0, 100},
    {"autovacuum_analyze_scale_factor", target_bit(T::heap), ValueKind::real, 0, 100},
    {"vacuum_max_eager_freeze_failure_rate", heap_and_toast, ValueKind::real, 0, 1, {}, 18},
    {"vacuum_cleanup_index_scale_factor", target_bit(T::btree), ValueKind::real, 0, 1e10},
    {"n_distinct", target_bit(T::attribute), ValueKind::real, -1, 1.7976931348623157e308},
    // g_int_options and its kin: brin_bloom_options, brin_minmax_multi_options, gtsvector_options.
    {"n_distinct_per_range", target_bit(T::bloom_class), ValueKind::real, -1, int_max},
    {"false_positive_rate", target_bit(T::bloom_class), ValueKind::real, 0.0001, 0.25},
    {"values_per_range", target_bit(T::minmax_multi_class), ValueKind::integer, 8, 256},
    {"siglen", target_bit(T::tsvector_class), ValueKind::integer, 1, 2024},
    {"n_distinct_inherited", target_bit(T::attribute), ValueKind::real, -1, 1.7976931348623157e308},
};

const KnownOption* find_known(std::string_view name, OptionTarget target, int major) {
  for (const KnownOption& option : known_options)
    if (option.name == name && (option.targets & target_bit(target)) && major >= option.since && major < option.before)
      return &option;
  return nullptr;
}

[[noreturn]] void invalid_option(const std::string& message, std::string detail = {}) {
  throw SqlError("22023", message, std::move(detail));
}

std::string bound_text(const KnownOption& option, double bound) {
  if (option.kind == ValueKind::integer) return std::to_string(static_cast<long long>(bound));
  char text[64];
  std::snprintf(text, sizeof text, "%f", bound);
  return text;
}

void check_number(const KnownOption& option, const std::string& value) {
  char* end = nullptr;
  errno = 0;
  const double number = std::strtod(value.c_str(), &end);
  const bool whole = option.kind == ValueKind::real || value.find_first_of(".eExX") == std::string::npos;
  if (value.empty() || *end != '\0' || !whole)
    invalid_option(std::string("invalid value for ") +
                   (option.kind == ValueKind::integer ? "integer" : "floating point") + " option \"" +
                   std::string(option.name) + "\": " + value);
  if (number < option.low || number > option.high)
    invalid_option("value " + value + " out of bounds for option \"" + std::string(option.name) + "\"",
                   "Valid values are between \"" + bound_text(option, option.low) + "\" and \"" +
                       bound_text(option, option.high) + "\".");
}

void check_value(const KnownOption& option, const std::string& value) {
  switch (option.kind) {
    case ValueKind::boolean:
      if (!parse_boolean(value))
        invalid_option("invalid value for boolean option \"" + std::string(option.name) + "\": " + value);
      return;
    case ValueKind::integer:
    case ValueKind::real:
      return check_number(option, value);
    case ValueKind::words: {
      std::string word = " " + value + " ";
      for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      if (option.words.find(word) == std::string_view::npos)
        invalid_option("invalid value for enum option \"" + std::string(option.name) + "\": " + value);
    }
  }
}

bool has_name(const std::string& option, std::string_view name) {
  return option.size() > name.size() && option[name.size()] == '=' && option.compare(0, name.size(), name) == 0;
}

/// "oids" was an option once; false is still swallowed.
bool is_obsolete_oids(ast::DefElem option) {
  if (option.defname() != "oids" || !option.defnamespace().empty()) return false;
  if (def_boolean(option)) throw SqlError("0A000", "tables declared WITH OIDS are not supported");
  return true;
}

OptionTarget index_target(std::string_view method) {
  if (method == "btree") return T::btree;
  if (method == "hash") return T::hash;
  if (method == "gist") return T::gist;
  if (method == "gin") return T::gin;
  if (method == "spgist") return T::spgist;
  if (method == "brin") return T::brin;
  return T::other_index;
}

}  // namespace

void require_known_namespaces(ast::List<ast::Node> list, bool toast_allowed) {
  for (ast::Node node : list) {
    const std::string_view name_space = node.as<ast::DefElem>().defnamespace();
    if (!name_space.empty() && !(toast_allowed && name_space == "toast"))
      invalid_option("unrecognized parameter namespace \"" + std::string(name_space) + "\"");
  }
}

Options transform_reloptions(const Options& old, ast::List<ast::Node> list, std::string_view name_space,
                             OptionTarget target, int major, bool reset) {
  Options result = old;
  std::vector<std::string_view> seen;
  for (ast::Node node : list) {
    const ast::DefElem option = node.as<ast::DefElem>();
    if (option.defnamespace() != name_space) continue;
    if (reset && option.arg()) throw SqlError("42601", "RESET must not include values for parameters");
    const std::string_view name = option.defname();
    if (!reset && target == T::heap && is_obsolete_oids(option)) continue;
    if (!reset && std::find(seen.begin(), seen.end(), name) != seen.end())
      invalid_option("parameter \"" + std::string(name) + "\" specified more than once");
    seen.push_back(name);
    std::erase_if(result, [&](const std::string& known) { return has_name(known, name); });
    if (reset) continue;
    const std::string value = option.arg() ? def_string(option) : "true";
    if (name.find('=') != std::string_view::npos)
      invalid_option("invalid option name \"" + std::string(name) + "\": must not contain \"=\"");
    if (target != T::other_index) {
      const KnownOption* known = find_known(name, target, major);
      if (!known) invalid_option("unrecognized parameter \"" + std::string(name) + "\"");
      check_value(*known, value);
    }
    result.push_back(std::string(name) + "=" + value);
  }
  return result;
}

Options index_reloptions(std::string_view method, ast::List<ast::Node> list, int major, const Options& old,
                         bool reset) {
  require_known_namespaces(list, false);
  return transform_reloptions(old, list, "", index_target(method), major, reset);
}

void check_operator_class_options(std::string_view method, std::string_view operator_class, const Options& options,
                                  int major) {
  if (options.empty()) return;
  OptionTarget target = T::other_index;
  if (method == "brin" && operator_class.ends_with("_bloom_ops")) target = T::bloom_class;
  if (method == "brin" && operator_class.ends_with("_minmax_multi_ops")) target = T::minmax_multi_class;
  if (method == "gist" && operator_class == "tsvector_ops") target = T::tsvector_class;
  if (target == T::other_index) invalid_option("operator class " + std::string(operator_class) + " has no options");
  for (const std::string& option : options) {
    const std::string name = option.substr(0, option.find('='));
    const KnownOption* known = find_known(name, target, major);
    if (!known) invalid_option("unrecognized parameter \"" + name + "\"");
    check_value(*known, option.substr(name.size() + 1));
  }
}

std::optional<std::string> option_value(const Options& options, std::string_view name) {
  for (const std::string& option : options)
    if (has_name(option, name)) return option.substr(name.size() + 1);
  return std::nullopt;
}

}  // namespace pgplumb::engine::ddl
