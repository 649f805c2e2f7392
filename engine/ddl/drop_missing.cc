#include "engine/ddl/drop_missing.h"

#include <optional>

#include "engine/analyze/parse_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/lookup_operator.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/object_description.h"

namespace pgplumb::engine::ddl {

using ast::ObjectType;

namespace {

using Reason = std::optional<std::string>;

std::string missing_named(std::string_view word, const std::string& name) {
  return std::string(word) + " \"" + name + "\" does not exist, skipping";
}

Reason missing_schema(const Interpreter& interpreter, const std::vector<std::string>& names) {
  if (names.size() < 2 || find_schema(interpreter, names[names.size() - 2]) != invalid_oid) return std::nullopt;
  return missing_named("schema", names[names.size() - 2]);
}

Reason missing_type(const Interpreter& interpreter, ast::TypeName type) {
  if (!type) return std::nullopt;
  if (Reason reason = missing_schema(interpreter, string_list(type.names()))) return reason;
  if (analyze::find_type_name(cache_of(interpreter), type)) return std::nullopt;
  return missing_named("type", analyze::type_name_to_string(type));
}

Reason missing_type_in(const Interpreter& interpreter, ast::List<ast::Node> types) {
  for (ast::Node type : types)
    if (Reason reason = missing_type(interpreter, type.as<ast::TypeName>())) return reason;
  return std::nullopt;
}

std::string type_list(ast::List<ast::Node> types) {
  std::string text;
  for (ast::Node type : types) {
    if (!text.empty()) text += ", ";
    text += type.is<ast::TypeName>() ? analyze::type_name_to_string(type.as<ast::TypeName>()) : "none";
  }
  return text;
}

std::string missing_routine(const Interpreter& interpreter, ast::ObjectWithArgs object, std::string_view word) {
  if (Reason reason = missing_schema(interpreter, string_list(object.objname()))) return *reason;
  if (Reason reason = missing_type_in(interpreter, object.objargs())) return *reason;
  return std::string(word) + " " + name_list_text(object.objname()) + "(" + type_list(object.objargs()) +
         ") does not exist, skipping";
}

std::string missing_operator(const Interpreter& interpreter, ast::ObjectWithArgs object) {
  if (Reason reason = missing_schema(interpreter, string_list(object.objname()))) return *reason;
  if (Reason reason = missing_type_in(interpreter, object.objargs())) return *reason;
  return "operator " + name_list_text(object.objname()) + " does not exist, skipping";
}

/// A trigger, rule or policy: perhaps its relation is missing.
std::string missing_on_relation(const Interpreter& interpreter, ObjectType type, ast::List<ast::Node> parts) {
  std::vector<std::string> relation = string_list(parts);
  const std::string name = relation.back();
  relation.pop_back();
  if (Reason reason = missing_schema(interpreter, relation)) return *reason;
  const std::string text = name_list_text(relation);
  const QualifiedName qualified{relation.size() > 1 ? std::string_view(relation[relation.size() - 2]) : "",
                                relation.back()};
  if (find_relation(interpreter, qualified) == invalid_oid) return missing_named("relation", text);
  return std::string(catalog::kind_info(kind_of_type(type)).label) + " \"" + name + "\" for relation \"" + text +
         "\" does not exist, skipping";
}

std::string missing_operator_set(const Interpreter& interpreter, ObjectType type, ast::List<ast::Node> parts) {
  std::vector<std::string> names = string_list(parts);
  const std::string method = names.front();
  names.erase(names.begin());
  if (Reason reason = missing_schema(interpreter, names)) return *reason;
  return std::string(catalog::kind_info(kind_of_type(type)).label) + " \"" + name_list_text(names) +
         "\" does not exist for access method \"" + method + "\", skipping";
}

std::string missing_cast(const Interpreter& interpreter, ast::List<ast::Node> types) {
  if (Reason reason = missing_type_in(interpreter, types)) return *reason;
  return "cast from type " + analyze::type_name_to_string(types[0].as<ast::TypeName>()) + " to type " +
         analyze::type_name_to_string(types[1].as<ast::TypeName>()) + " does not exist, skipping";
}

std::string missing_transform(const Interpreter& interpreter, ast::List<ast::Node> parts) {
  if (Reason reason = missing_type(interpreter, parts[0].as<ast::TypeName>())) return *reason;
  return "transform for type " + analyze::type_name_to_string(parts[0].as<ast::TypeName>()) + " language \"" +
         std::string(parts[1].str()) + "\" does not exist, skipping";
}

}  // namespace

std::string missing_object_notice(const Interpreter& interpreter, ObjectType type, ast::Node object) {
  switch (type) {
    case ObjectType::OBJECT_TYPE:
    case ObjectType::OBJECT_DOMAIN: {
      const auto reason = missing_type(interpreter, object.as<ast::TypeName>());
      return reason ? *reason : missing_named("type", analyze::type_name_to_string(object.as<ast::TypeName>()));
    }
    case ObjectType::OBJECT_FUNCTION:
      return missing_routine(interpreter, object.as<ast::ObjectWithArgs>(), "function");
    case ObjectType::OBJECT_PROCEDURE:
      return missing_routine(interpreter, object.as<ast::ObjectWithArgs>(), "procedure");
    case ObjectType::OBJECT_ROUTINE:
      return missing_routine(interpreter, object.as<ast::ObjectWithArgs>(), "routine");
    case ObjectType::OBJECT_AGGREGATE:
      return missing_routine(interpreter, object.as<ast::ObjectWithArgs>(), "aggregate");
    case ObjectType::OBJECT_OPERATOR:
      return missing_operator(interpreter, object.as<ast::ObjectWithArgs>());
    case ObjectType::OBJECT_TRIGGER:
    case ObjectType::OBJECT_RULE:
    case ObjectType::OBJECT_POLICY:
      return missing_on_relation(interpreter, type, object.items());
    case ObjectType::OBJECT_OPCLASS:
    case ObjectType::OBJECT_OPFAMILY:
      return missing_operator_set(interpreter, type, object.items());
    case ObjectType::OBJECT_CAST:
      return missing_cast(interpreter, object.items());
    case ObjectType::OBJECT_TRANSFORM:
      return missing_transform(interpreter, object.items());
    default:
      break;
  }
  const std::string_view label = catalog::kind_info(kind_of_type(type)).label;
  if (!object.is<ast::ListNode>()) return missing_named(label, std::string(object.str()));
  const std::vector<std::string> names = string_list(object.items());
  if (Reason reason = missing_schema(interpreter, names)) return *reason;
  return missing_named(label, name_list_text(names));
}

std::string describe_routine(const Interpreter& interpreter, Oid routine) {
  return format_procedure(cache_of(interpreter), routine);
}

std::string describe_operator(const Interpreter& interpreter, Oid op) {
  return format_operator(cache_of(interpreter), op);
}

}  // namespace pgplumb::engine::ddl
