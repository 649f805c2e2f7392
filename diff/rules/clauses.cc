#include "diff/rules/clauses.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "catalog/inheritance.h"

namespace pgplumb::diff {

namespace {

struct Option {
  std::string name, value;
};

Option split_option(const std::string& option) {
  const std::size_t equals = option.find('=');
  if (equals == std::string::npos) return {option, "true"};
  return {option.substr(0, equals), option.substr(equals + 1)};
}

std::map<std::string, std::string> by_name(const Options& options) {
  std::map<std::string, std::string> map;
  for (const std::string& option : options) {
    Option split = split_option(option);
    map.emplace(std::move(split.name), std::move(split.value));
  }
  return map;
}

bool is_number(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  };
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return digits(text);
  return digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

std::string parameter_value(const std::string& value) {
  const bool word = value == "true" || value == "false" || value == "on" ||
                    (!value.empty() && catalog::quote_identifier(value) == value);
  return word || is_number(value) ? value : catalog::quote_literal(value);
}

void append_parameters(const Options& options, std::string_view prefix, std::vector<std::string>& out) {
  for (const auto& [name, value] : by_name(options))
    out.push_back(std::string(prefix) + catalog::quote_identifier(name) + "=" + parameter_value(value));
}

constexpr std::string_view hidden = "(hidden)";

std::string option_literal(const std::string& name, const std::string& value, const std::string& address, Script& out) {
  if (value == hidden) out.impossible(address + ": the value of its option " + name + " is hidden");
  return catalog::quote_identifier(name) + " " + catalog::quote_literal(value);
}

}  // namespace

std::string dollar_quoted(std::string_view text) {
  std::string tag = "$$";
  for (int pass = 0; text.find(tag.substr(0, tag.size() - 1)) != std::string_view::npos; ++pass)
    tag = pass == 0 ? "$function$" : "$function" + std::to_string(pass) + "$";
  return tag + std::string(text) + tag;
}

std::string storage_parameters(const Options& options, const Options& toast_options) {
  std::vector<std::string> parts;
  append_parameters(options, "", parts);
  append_parameters(toast_options, "toast.", parts);
  return join(parts);
}

std::string with_clause(const Options& options, const Options& toast_options) {
  const std::string parameters = storage_parameters(options, toast_options);
  return parameters.empty() ? "" : " WITH (" + parameters + ")";
}

void alter_storage_parameters(const std::string& head, const Options& from, const Options& to, std::string_view prefix,
                              Script& out) {
  const auto before = by_name(from), after = by_name(to);
  std::vector<std::string> set, reset;
  for (const auto& [name, value] : after) {
    const auto known = before.find(name);
    if (known == before.end() || known->second != value)
      set.push_back(std::string(prefix) + catalog::quote_identifier(name) + "=" + parameter_value(value));
  }
  for (const auto& [name, value] : before)
    if (!after.count(name)) reset.push_back(std::string(prefix) + catalog::quote_identifier(name));
  if (!reset.empty()) out.add(head, "RESET (" + join(reset) + ")");
  if (!set.empty()) out.add(head, "SET (" + join(set) + ")");
}

std::string foreign_options_clause(const Options& options, const std::string& address, Script& out) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : by_name(options)) parts.push_back(option_literal(name, value, address, out));
  return parts.empty() ? "" : " OPTIONS (" + join(parts) + ")";
}

std::string alter_foreign_options(const Options& from, const Options& to, const std::string& address, Script& out) {
  const auto before = by_name(from), after = by_name(to);
  std::vector<std::string> parts;
  for (const auto& [name, value] : before)
    if (!after.count(name)) parts.push_back("DROP " + catalog::quote_identifier(name));
  for (const auto& [name, value] : after) {
    const auto known = before.find(name);
    if (known == before.end())
      parts.push_back("ADD " + option_literal(name, value, address, out));
    else if (known->second != value)
      parts.push_back("SET " + option_literal(name, value, address, out));
  }
  return "OPTIONS (" + join(parts) + ")";
}

bool has_children(const Catalog& catalog, Oid relation) {
  const std::vector<catalog::Dependent> dependents = catalog.dependents(relation);
  return std::any_of(dependents.begin(), dependents.end(), [&](const catalog::Dependent& dependent) {
    const Object* object = catalog.find(dependent.oid);
    const std::vector<Oid> parents = object ? parents_of(*object) : std::vector<Oid>();
    return std::find(parents.begin(), parents.end(), relation) != parents.end();
  });
}

namespace {

std::string clauses_head(const SqlNames& names, AnyRef relation, bool only) {
  const Object* object = names.catalog().find(relation.oid);
  const Kind kind = object ? object->kind : Kind::table;
  return "ALTER " + std::string(catalog::kind_info(kind).noun) + (only ? " ONLY " : " ") + names.qualified(relation);
}

}  // namespace

std::string alter_head(const SqlNames& names, AnyRef relation) { return clauses_head(names, relation, false); }

std::string alter_only_head(const SqlNames& names, AnyRef relation) {
  return clauses_head(names, relation, has_children(names.catalog(), relation.oid));
}

bool is_default_table_method(AnyRef access_method) {
  constexpr Oid heap = 2;  // pg_am.dat
  return !access_method || access_method.oid == heap;
}

std::string_view enable_word(catalog::Enabled enabled) {
  switch (enabled) {
    case catalog::Enabled::origin: return "ENABLE";
    case catalog::Enabled::disabled: return "DISABLE";
    case catalog::Enabled::replica: return "ENABLE REPLICA";
    case catalog::Enabled::always: return "ENABLE ALWAYS";
  }
  return "ENABLE";
}

}  // namespace pgplumb::diff
