#include "diff/sql_names.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/aggregate.h"
#include "catalog/kinds/cast.h"
#include "catalog/kinds/operator_.h"
#include "catalog/kinds/operator_class.h"
#include "catalog/kinds/operator_family.h"
#include "catalog/kinds/transform.h"
#include "catalog/type_name.h"

namespace pgplumb::diff {

using namespace catalog;  // NOLINT: everything here is about its objects

namespace {

bool is_routine(Kind kind) { return kind == Kind::function || kind == Kind::procedure || kind == Kind::aggregate; }

bool is_relation(const Object& object) { return kind_info(object.kind).name_space == NameSpace::relation; }

/// Named within its relation or domain, and addressed as "… ON it".
bool lives_on_parent(Kind kind) {
  return kind == Kind::constraint || kind == Kind::trigger || kind == Kind::policy || kind == Kind::rule;
}

/// Of a built-in row's key: without the schema pg_catalog, and without arguments.
std::string builtin_name(const Catalog& catalog, AnyRef ref) {
  std::string name = builtin_identity(catalog, ref);
  constexpr std::string_view prefix = "pg_catalog.";
  if (name.rfind(prefix, 0) == 0) name.erase(0, prefix.size());
  return name.substr(0, name.find('('));
}

std::string in_schema(std::string_view schema, std::string name) {
  return schema == "pg_catalog" ? name : quote_identifier(schema) + "." + name;
}

}  // namespace

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::string quoted(Name name) { return quote_identifier(name.view()); }

std::string role_name(Name role) { return role.empty() || role == Name("public") ? "PUBLIC" : quoted(role); }

std::string SqlNames::qualified(const Object& object) const {
  if (lives_on_parent(object.kind) || object.kind == Kind::column) return quoted(object.name);
  const Object* schema = catalog().find(catalog().schema_of(object));
  const std::string name = object.kind == Kind::operator_ ? object.name.str() : quoted(object.name);
  return schema && schema->kind == Kind::schema ? quoted(schema->name) + "." + name : name;
}

std::string SqlNames::qualified(AnyRef ref) const {
  if (const Object* object = catalog().find(ref.oid)) return qualified(*object);
  if (is_routine(ref.kind)) {
    const std::string whole = signature(ref);
    return whole.substr(0, whole.find('('));
  }
  return builtin_name(catalog(), ref);
}

std::string SqlNames::types(const std::vector<TypeRef>& types) const {
  std::vector<std::string> names;
  for (TypeRef each : types) names.push_back(type(each));
  return join(names);
}

std::string SqlNames::columns(const std::vector<Ref<Column>>& columns) const {
  std::vector<std::string> names;
  for (Ref<Column> column : columns) names.push_back(qualified(column));
  return join(names);
}

std::string SqlNames::operator_name(AnyRef oper) const {
  if (const Object* object = catalog().find(oper.oid)) return qualified(*object);
  const builtin::Builtin& builtin = builtin::of(catalog().major());
  const builtin::Operator* row = builtin.operator_by_oid(oper.oid);
  if (!row) return "?";
  const builtin::Namespace* schema = builtin.namespace_by_oid(row->oprnamespace);
  return in_schema(schema ? schema->nspname.view() : "pg_catalog", std::string(row->oprname.view()));
}

std::string SqlNames::infix(AnyRef oper) const {
  const std::string name = operator_name(oper);
  return name.find('.') == std::string::npos ? name : "OPERATOR(" + name + ")";
}

std::string SqlNames::routine_signature(const Routine& routine) const {
  if (routine.kind != Kind::aggregate) return qualified(routine) + "(" + types(routine.signature) + ")";
  const auto& aggregate = static_cast<const Aggregate&>(routine);
  if (aggregate.signature.empty()) return qualified(routine) + "(*)";
  if (aggregate.aggregate_kind == AggregateKind::normal) return qualified(routine) + "(" + types(aggregate.signature) + ")";
  const auto middle = aggregate.signature.begin() + aggregate.direct_arguments;
  const std::string direct = types({aggregate.signature.begin(), middle});
  return qualified(routine) + "(" + direct + (direct.empty() ? "" : " ") + "ORDER BY " +
         types({middle, aggregate.signature.end()}) + ")";
}

std::string SqlNames::signature(AnyRef routine) const {
  if (const Object* object = catalog().find(routine.oid)) return routine_signature(static_cast<const Routine&>(*object));
  const std::string name = builtin_identity(catalog(), routine);
  constexpr std::string_view prefix = "pg_catalog.";
  return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
}

std::string SqlNames::address(AnyRef ref) const {
  const Object* object = catalog().find(ref.oid);
  return object ? address(*object) : qualified(ref);
}

std::string SqlNames::address(const Object& object) const {
  const std::string noun(kind_info(object.kind).noun);
  const auto on_method = [&](AnyRef method) { return noun + " " + qualified(object) + " USING " + qualified(method); };
  switch (object.kind) {
    case Kind::column: return noun + " " + parent(object) + "." + quoted(object.name);
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate: return noun + " " + routine_signature(static_cast<const Routine&>(object));
    case Kind::operator_: {
      const auto& oper = static_cast<const Operator&>(object);
      const auto side = [&](TypeRef ref) { return ref ? type(ref) : "NONE"; };
      return noun + " " + qualified(object) + " (" + side(oper.left) + ", " + side(oper.right) + ")";
    }
    case Kind::operator_class: return on_method(static_cast<const OperatorClass&>(object).method);
    case Kind::operator_family: return on_method(static_cast<const OperatorFamily&>(object).method);
    case Kind::cast: {
      const auto& cast = static_cast<const Cast&>(object);
      return noun + " (" + type(cast.source) + " AS " + type(cast.target) + ")";
    }
    case Kind::transform: {
      const auto& transform = static_cast<const Transform&>(object);
      return noun + " FOR " + type(transform.type) + " LANGUAGE " + qualified(transform.language);
    }
    default: break;
  }
  if (!lives_on_parent(object.kind)) return noun + " " + qualified(object);
  const Object* on = catalog().find(object.parent.oid);
  return noun + " " + quoted(object.name) + (on && !is_relation(*on) ? " ON DOMAIN " : " ON ") + parent(object);
}

}  // namespace pgplumb::diff
