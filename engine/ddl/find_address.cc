// find_address: one function per way of naming an object.
#include "catalog/kinds/cast.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/transform.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/lookup_operator.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

Address address_at(const Interpreter& interpreter, Kind kind, Oid oid) {
  const Object* object = interpreter.catalog().find(oid);
  return {object ? object->kind : kind, oid, object};
}

/// All but the last: `table.rule`.
std::vector<std::string> but_last(ast::List<ast::Node> names) {
  std::vector<std::string> parts = string_list(names);
  parts.pop_back();
  return parts;
}

QualifiedName qualified(const std::vector<std::string>& parts) {
  if (parts.size() == 1) return {{}, parts[0]};
  return {parts[parts.size() - 2], parts.back()};
}

const Object* relation_of(const Interpreter& interpreter, const std::vector<std::string>& parts, bool missing_ok) {
  const QualifiedName name = qualified(parts);
  const Oid oid = find_relation(interpreter, name);
  if (oid == invalid_oid) {
    if (missing_ok) return nullptr;
    if (!name.schema.empty()) require_schema(interpreter, name.schema);
    no_such_relation(name.schema, name.name);
  }
  return interpreter.catalog().find(oid);
}

Address relation(const Interpreter& interpreter, ObjectType type, ast::List<ast::Node> names, bool missing_ok) {
  const Oid oid = find_relation(interpreter, names);
  if (oid == invalid_oid) {
    if (missing_ok) return {};
    require_relation(interpreter, names);
  }
  const Address found = address_at(interpreter, Kind::table, oid);
  if (found.object) check_relation_type(*found.object, type, found.object->name.str());
  return found;
}

Address column(const Interpreter& interpreter, ast::List<ast::Node> names, bool missing_ok) {
  if (names.size() < 2) throw SqlError("42601", "column name must be qualified");
  const Object* owner = relation_of(interpreter, but_last(names), missing_ok);
  if (!owner) return {};
  const Name name(names.back().str());
  const Column* found = find_column(interpreter.catalog(), owner->oid, name);
  if (found) return {Kind::column, found->oid, found};
  if (!missing_ok) require_column(interpreter.catalog(), *owner, name);
  return {};
}

/// What belongs to a relation: a rule, trigger, policy or constraint.
Address of_relation(const Interpreter& interpreter, ObjectType type, ast::List<ast::Node> names, bool missing_ok) {
  if (names.size() < 2) throw SqlError("42601", "must specify relation and object name");
  const Object* owner = relation_of(interpreter, but_last(names), missing_ok);
  if (!owner) return {};
  const Kind kind = kind_of_type(type);
  const Name name(names.back().str());
  if (const Object* found = interpreter.catalog().find_named(kind, owner->oid, name)) return {kind, found->oid, found};
  if (missing_ok) return {};
  const char* word = kind == Kind::rule ? "\" for relation \"" : "\" for table \"";
  throw SqlError("42704", std::string(kind_info(kind).label) + " \"" + name.str() + word + owner->name.str() +
                              "\" does not exist");
}

Oid type_of(const Interpreter& interpreter, ast::Node node, bool missing_ok) {
  const analyze::Syscache& cache = cache_of(interpreter);
  const auto name = node.as<ast::TypeName>();
  const std::size_t parts = name.names().size();
  if (missing_ok && parts > 1 && find_schema(interpreter, name.names()[parts - 2].str()) == invalid_oid)
    return invalid_oid;
  const Oid type = analyze::find_type_name(cache, name).type;
  if (type == invalid_oid && !missing_ok)
    throw SqlError("42704", "type \"" + analyze::type_name_to_string(name) + "\" does not exist");
  return type;
}

Kind kind_of_builtin_type(const analyze::Syscache& cache, Oid type) {
  const analyze::TypeRow* row = cache.type(type);
  return row && row->kind == 'd' ? Kind::domain : Kind::base_type;
}

Address type(const Interpreter& interpreter, ObjectType object_type, ast::Node node, bool missing_ok) {
  const Oid oid = type_of(interpreter, node, missing_ok);
  if (oid == invalid_oid) return {};
  const analyze::Syscache& cache = cache_of(interpreter);
  Address found = address_at(interpreter, kind_of_builtin_type(cache, oid), oid);
  if (object_type == ObjectType::OBJECT_DOMAIN && found.kind != Kind::domain)
    throw SqlError("42809", "\"" + analyze::type_name_to_string(node.as<ast::TypeName>()) + "\" is not a domain");
  return found;
}

Address domain_constraint(const Interpreter& interpreter, ast::List<ast::Node> parts, bool missing_ok) {
  const Address domain = type(interpreter, ObjectType::OBJECT_DOMAIN, parts[0], missing_ok);
  if (!domain) return {};
  const Name name(parts[1].str());
  if (const Object* found = interpreter.catalog().find_named(Kind::constraint, domain.oid, name))
    return {Kind::constraint, found->oid, found};
  if (missing_ok) return {};
  throw SqlError("42704", "constraint \"" + name.str() + "\" for domain " + type_text(interpreter, domain.oid) +
                              " does not exist");
}

Address operator_set(const Interpreter& interpreter, ObjectType type, ast::List<ast::Node> parts, bool missing_ok) {
  // The list starts with the access method; the name follows.
  const Address method =
      find_unqualified(interpreter, ObjectType::OBJECT_ACCESS_METHOD, parts[0].str(), /*missing_ok=*/false);
  std::vector<std::string> names = string_list(parts);
  names.erase(names.begin());
  return find_operator_set(interpreter, kind_of_type(type), method.oid, names, missing_ok);
}

Address cast(const Interpreter& interpreter, ast::List<ast::Node> parts, bool missing_ok) {
  const Oid source = type_of(interpreter, parts[0], missing_ok);
  const Oid target = type_of(interpreter, parts[1], missing_ok);
  Address found;
  interpreter.catalog().for_each<Cast>([&](const Cast& candidate) {
    if (candidate.source.type == source && candidate.target.type == target)
      found = {Kind::cast, candidate.oid, &candidate};
  });
  if (found || (missing_ok && (source == invalid_oid || target == invalid_oid))) return found;
  // Built-in casts have no oid of their own in the built-in catalogs: the source type stands for it.
  if (builtin::of(interpreter.major()).cast(source, target)) return {Kind::cast, source, nullptr};
  if (missing_ok) return {};
  throw SqlError("42704", "cast from type " + type_text(interpreter, source) + " to type " +
                              type_text(interpreter, target) + " does not exist");
}

Address transform(const Interpreter& interpreter, ast::List<ast::Node> parts, bool missing_ok) {
  const Oid type = type_of(interpreter, parts[0], missing_ok);
  const Address language = find_unqualified(interpreter, ObjectType::OBJECT_LANGUAGE, parts[1].str(), missing_ok);
  Address found;
  interpreter.catalog().for_each<Transform>([&](const Transform& candidate) {
    if (candidate.type.type == type && candidate.language.oid == language.oid)
      found = {Kind::transform, candidate.oid, &candidate};
  });
  if (found || missing_ok) return found;
  throw SqlError("42704", "transform for type " + type_text(interpreter, type) + " language \"" +
                              std::string(parts[1].str()) + "\" does not exist");
}

const char* article_and_word(ObjectType type) {
  switch (type) {
    case ObjectType::OBJECT_INDEX:
      return "an index";
    case ObjectType::OBJECT_SEQUENCE:
      return "a sequence";
    case ObjectType::OBJECT_VIEW:
      return "a view";
    case ObjectType::OBJECT_MATVIEW:
      return "a materialized view";
    case ObjectType::OBJECT_FOREIGN_TABLE:
      return "a foreign table";
    default:
      return "a table";
  }
}

Kind relation_kind(ObjectType type) {
  switch (type) {
    case ObjectType::OBJECT_INDEX:
      return Kind::index;
    case ObjectType::OBJECT_SEQUENCE:
      return Kind::sequence;
    case ObjectType::OBJECT_VIEW:
      return Kind::view;
    case ObjectType::OBJECT_MATVIEW:
      return Kind::materialized_view;
    case ObjectType::OBJECT_FOREIGN_TABLE:
      return Kind::foreign_table;
    default:
      return Kind::table;
  }
}

}  // namespace

void check_relation_type(const Object& relation, ObjectType type, const std::string& name) {
  if (relation.kind != relation_kind(type))
    throw SqlError("42809", "\"" + name + "\" is not " + article_and_word(type));
}

Address find_address(const Interpreter& interpreter, ObjectType object_type, ast::Node object, bool missing_ok) {
  switch (object_type) {
    case ObjectType::OBJECT_INDEX:
    case ObjectType::OBJECT_SEQUENCE:
    case ObjectType::OBJECT_TABLE:
    case ObjectType::OBJECT_VIEW:
    case ObjectType::OBJECT_MATVIEW:
    case ObjectType::OBJECT_FOREIGN_TABLE:
      return relation(interpreter, object_type, object.items(), missing_ok);
    case ObjectType::OBJECT_COLUMN:
      return column(interpreter, object.items(), missing_ok);
    case ObjectType::OBJECT_RULE:
    case ObjectType::OBJECT_TRIGGER:
    case ObjectType::OBJECT_POLICY:
    case ObjectType::OBJECT_TABCONSTRAINT:
      return of_relation(interpreter, object_type, object.items(), missing_ok);
    case ObjectType::OBJECT_DOMCONSTRAINT:
      return domain_constraint(interpreter, object.items(), missing_ok);
    case ObjectType::OBJECT_TYPE:
    case ObjectType::OBJECT_DOMAIN:
      return type(interpreter, object_type, object, missing_ok);
    case ObjectType::OBJECT_FUNCTION:
    case ObjectType::OBJECT_PROCEDURE:
    case ObjectType::OBJECT_ROUTINE:
    case ObjectType::OBJECT_AGGREGATE:
      return address_at(interpreter, Kind::function,
                     lookup_routine(interpreter, object_type, object.as<ast::ObjectWithArgs>(), missing_ok));
    case ObjectType::OBJECT_OPERATOR:
      return address_at(interpreter, Kind::operator_,
                     lookup_operator(interpreter, object.as<ast::ObjectWithArgs>(), missing_ok));
    case ObjectType::OBJECT_OPCLASS:
    case ObjectType::OBJECT_OPFAMILY:
      return operator_set(interpreter, object_type, object.items(), missing_ok);
    case ObjectType::OBJECT_CAST:
      return cast(interpreter, object.items(), missing_ok);
    case ObjectType::OBJECT_TRANSFORM:
      return transform(interpreter, object.items(), missing_ok);
    case ObjectType::OBJECT_COLLATION:
    case ObjectType::OBJECT_CONVERSION:
    case ObjectType::OBJECT_STATISTIC_EXT:
    case ObjectType::OBJECT_TSPARSER:
    case ObjectType::OBJECT_TSTEMPLATE:
    case ObjectType::OBJECT_TSDICTIONARY:
    case ObjectType::OBJECT_TSCONFIGURATION:
      return find_in_schema(interpreter, kind_of_type(object_type), object.items(), missing_ok);
    default:
      break;
  }
  if (kind_of_type(object_type) == Kind::none)
    throw NotSimulated("an object of type " + std::string(ast::to_string(object_type)));
  return find_unqualified(interpreter, object_type, object.str(), missing_ok);
}

}  // namespace pgplumb::engine::ddl
