#include "catalog/key_resolver.h"

#include <fmt/format.h>

#include "catalog/base/diagnostic.h"
#include "catalog/freeze.h"
#include "catalog/kinds/column.h"
#include "catalog/type_name.h"

namespace pgplumb::catalog {

void KeyResolver::add(const ObjectKey& key, Oid oid) {
  oids_[key.text()] = oid;
  const KindInfo& kind = kind_info(key.kind);
  if (kind.traits.is_type || kind.has_row_type(catalog_.major())) types_[key.identity] = oid;
}

void KeyResolver::add_multirange(const std::string& name, Oid range) {
  types_[name] = type_in_form(range, TypeForm::multirange);
}

AnyRef KeyResolver::resolve(Kind, std::string_view text) {
  if (const auto found = oids_.find(std::string(text)); found != oids_.end())
    return {ObjectKey::parse(text).kind, found->second};
  if (const AnyRef builtin = find_builtin(catalog_, ObjectKey::parse(text))) return builtin;
  throw UsageError(fmt::format("{} refers to {}, which it does not hold", holder_, text));
}

Oid KeyResolver::find_type(const std::string& name) const {
  const auto found = types_.find(name);
  return found == types_.end() ? invalid_oid : found->second;
}

TypeRef KeyResolver::resolve_type(std::string_view text) {
  const bool array = text.ends_with("[]");
  std::string name(array ? text.substr(0, text.size() - 2) : text);
  if (Oid type = find_type(name)) {
    return {array ? type + 1 : type, -1};  // the array form stands behind the plain and the multirange form alike
  }
  if (const TypeRef builtin = parse_builtin_type(catalog_, text)) return builtin;
  // A modifier of a type of an extension: "public.vector(3)".
  const std::size_t open = name.rfind('(');
  if (open != std::string::npos && name.back() == ')')
    if (Oid type = find_type(name.substr(0, open)))
      return {array ? type + 1 : type, parse_typmod(type, std::string_view(name).substr(open + 1))};
  throw UsageError(fmt::format("{} uses the type {}, which it does not hold", holder_, text));
}

void read_fields(Object& object, JsonValue json, RefResolver& refs) {
  for (const FieldInfo* field : all_fields(object.kind)) {
    const JsonValue value = json.get(field->name);
    if (!value.is_null()) field->ops->read(field->get_mutable(&object), value, refs);
  }
  if (object.kind == Kind::column) {
    auto& column = static_cast<Column&>(object);
    if (column.number == 0) column.number = static_cast<std::int16_t>(column.position);
  }
}

}  // namespace pgplumb::catalog
