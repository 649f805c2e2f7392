#include "engine/introspect/attach.h"

#include <algorithm>
#include <unordered_map>

#include "engine/introspect/number.h"

namespace pgplumb::engine {

namespace {

using catalog::FieldInfo;
using catalog::Object;
using ObjectAt = std::function<Object*(Oid)>;

LiveAddress address(const QueryResult& rows, int row, int column, bool with_subid) {
  return {number<Oid>(rows.value(row, column)), number<Oid>(rows.value(row, column + 1)),
          with_subid ? number<std::int32_t>(rows.value(row, column + 2)) : 0};
}

/// The Catalog's oid; a type may be that of a relation's rows, or an array.
Oid object_oid(const Linker& linker, const LiveAddress& address) {
  if (address.classid == class_type) return catalog::owner_of_type(linker.find_type(address.oid));
  return linker.find(address).oid;
}

/// Whether the object is what the address names, and not only the relation or the type that it belongs to.
bool is_itself(const Object& object, const LiveAddress& address, const Linker& linker) {
  if (address.classid != class_type) return true;
  return catalog::kind_info(object.kind).traits.is_type && linker.find_type(address.oid) == object_oid(linker, address);
}

void attach_comments(const QueryResult& rows, const Linker& linker, const ObjectAt& object_at) {
  for (int row = 0; row < rows.rows(); ++row) {
    const LiveAddress commented = address(rows, row, 0, true);
    Object* object = object_at(object_oid(linker, commented));
    if (object && is_itself(*object, commented, linker)) object->comment = rows.value(row, 3);
  }
}

void attach_extensions(const QueryResult& rows, const Linker& linker, const ObjectAt& object_at) {
  constexpr Oid class_extension = 3079;
  for (int row = 0; row < rows.rows(); ++row) {
    Object* object = object_at(object_oid(linker, address(rows, row, 0, false)));
    if (object) object->extension = linker.find({class_extension, number<Oid>(rows.value(row, 2)), 0}).oid;
  }
}

/// Gives the references to every expression and query of the object that has a text.
void set_references(Object& object, const std::vector<Oid>& references) {
  for (const FieldInfo& field : catalog::kind_info(object.kind).fields) {
    void* value = field.get_mutable(&object);
    if (field.ops->is_query) {
      auto& query = *static_cast<catalog::Query*>(value);
      if (!query.text.empty()) query.refs = references;
    }
    field.ops->visit_exprs(value, [&](catalog::Expr& expression) {
      if (!expression.text.empty()) expression.refs = references;
    });
  }
}

void attach_references(const QueryResult& rows, const Linker& linker, const ObjectAt& object_at) {
  std::unordered_map<Oid, std::vector<Oid>> references;
  for (int row = 0; row < rows.rows(); ++row) {
    const Oid from = object_oid(linker, address(rows, row, 0, false));
    const Oid to = object_oid(linker, address(rows, row, 2, true));
    if (object_at(from) && object_at(to) && to != from) references[from].push_back(to);
  }
  for (auto& [from, to] : references) {
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
    set_references(*object_at(from), to);
  }
}

}  // namespace

void attach(const Reading& reading, const Linker& linker, const ObjectAt& object_at) {
  if (reading.comments.result) attach_comments(reading.comments.result, linker, object_at);
  if (reading.members.result) attach_extensions(reading.members.result, linker, object_at);
  if (reading.dependencies.result) attach_references(reading.dependencies.result, linker, object_at);
}

}  // namespace pgplumb::engine
