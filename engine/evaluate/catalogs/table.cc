#include "engine/evaluate/catalogs/table.h"

#include "catalog/kinds/grant.h"
#include "engine/ddl/acl.h"
#include "engine/deparse/deparse.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/object_names.h"

namespace pgplumb::engine::evaluate {

namespace {

constexpr std::string_view acl_letters = "arwdDxtXUCTcsAm";  // ACL_ALL_RIGHTS_STR, by bit

std::string acl_item(const ddl::AclEntry& entry, Name grantor, const analyze::Syscache& cache) {
  std::string text = entry.grantee.empty() ? "" : deparse::quote_identifier(cache, entry.grantee.view());
  text += "=";
  for (std::size_t bit = 0; bit < acl_letters.size(); ++bit) {
    if (!(entry.privileges >> bit & 1)) continue;
    text += acl_letters[bit];
    if (entry.grantable >> bit & 1) text += '*';
  }
  return text + "/" + deparse::quote_identifier(cache, grantor.view());
}

template <class Number>
Value list_value(const std::vector<Number>& numbers, bool vector) {
  std::string text;
  for (const Number& number : numbers) {
    if (!text.empty()) text += vector ? " " : ",";
    text += std::to_string(number);
  }
  return text_value(vector ? text : "{" + text + "}");
}

}  // namespace

Value options_value(const std::vector<std::string>& options) {
  if (options.empty()) return null_value();
  std::vector<Element> elements(options.begin(), options.end());
  return array_value(invalid_oid, std::move(elements));
}

Value oids_value(const std::vector<Oid>& oids, bool vector) { return list_value(oids, vector); }
Value numbers_value(const std::vector<std::int64_t>& numbers, bool vector) { return list_value(numbers, vector); }

Value owner_value(const Source& source, const Object* object) {
  if (!object) return oid_value(10);
  const Oid role = role_oid(source.interpreter, object->owner);
  if (role == invalid_oid) return Value::unknown(invalid_oid, "the oid of role " + object->owner.str());
  return oid_value(role);
}

Value acl_value(const Source& source, const Object* object) {
  if (!object) return Value::unknown(invalid_oid, "privileges on a system object");
  if (source.objects.children_of<catalog::Grant>(object->oid).empty()) return null_value();
  std::vector<Element> items;
  for (const ddl::AclEntry& entry : ddl::acl_of(source.objects, *object))
    items.push_back(acl_item(entry, object->owner, source.cache));
  return array_value(invalid_oid, std::move(items));
}

Value expression_value(const Source& source, const catalog::Expr& expression, Oid relation) {
  if (expression.empty()) return null_value();
  if (!expression.tree) return text_value(expression.text);
  const auto scope = relation == invalid_oid ? deparse::Scope::nothing() : deparse::Scope::of_relation(relation);
  return text_value(deparse::print_expression(source.cache, *expression.tree, scope));
}

RelationPtr system_catalog(Interpreter& interpreter, Oid relation, std::string_view name) {
  using Make = RelationPtr (*)(Interpreter&, Oid);
  static const std::unordered_map<std::string_view, Make> all = {
#define CATALOG(name) {#name, &make_##name},
#include "engine/evaluate/catalogs/catalogs.def"
#undef CATALOG
  };
  const auto found = all.find(name);
  return found == all.end() ? nullptr : found->second(interpreter, relation);
}

}  // namespace pgplumb::engine::evaluate
