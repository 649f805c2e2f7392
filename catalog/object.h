#pragma once
// What every object of a catalog has, and where it and its fields came from.
#include <memory>
#include <string>
#include <vector>

#include "catalog/base/name.h"
#include "catalog/ref.h"

namespace pgplumb::catalog {

/// The last statement that set one field. Provenance: never hashed, never compared.
struct Touch {
  const void* field = nullptr;  // FieldInfo::tag
  StatementId statement = StatementId::none;
};

struct Object {
  Object() = default;
  Object(const Object&) = default;
  Object& operator=(const Object&) = default;
  virtual ~Object() = default;

  Kind kind = Kind::none;
  Oid oid = invalid_oid;

  AnyRef parent;        // what contains it: a schema, a relation, a domain …; empty for what stands at the top
  Name name;            // empty for what has no name, as casts
  Name owner;           // empty where unknown
  std::string comment;  // empty where there is none
  Oid extension = invalid_oid;  // the extension that it is a member of

  StatementId created = StatementId::none;
  std::vector<Touch> touches;

  /// The statement that last set the field: of its own, else of the object.
  StatementId origin_of(const void* field) const {
    for (const Touch& touch : touches)
      if (touch.field == field) return touch.statement;
    return created;
  }
};

using ObjectPtr = std::shared_ptr<const Object>;

}  // namespace pgplumb::catalog
