#pragma once
// What can be done with a *type* of field. Written once per type; the tables of all kinds share them.
#include <functional>
#include <string>
#include <string_view>

#include "catalog/expr.h"
#include "catalog/json.h"
#include "catalog/object.h"

namespace pgplumb::catalog {

/// Gives the names that stand for references outside one catalog.
class NameSource {
 public:
  virtual ~NameSource() = default;
  /// The object's key as text (key.h); "?" followed by the oid where there is none.
  virtual std::string key_of(AnyRef ref) const = 0;
  /// format_type(), schema-qualified but for pg_catalog.
  virtual std::string type_name(TypeRef type) const = 0;
};

/// Finds what a reference in a snapshot or in a row of a live catalog stands for. Throws UsageError where there is none.
class RefResolver {
 public:
  virtual ~RefResolver() = default;
  /// `text`: a key in a snapshot; from a live server "oid", "oid/subid" or "classoid/oid/subid".
  virtual AnyRef resolve(Kind expected, std::string_view text) = 0;
  /// `text`: a type's name in a snapshot; "oid" or "oid,typmod" from a live server.
  virtual TypeRef resolve_type(std::string_view text) = 0;
};

using RefVisitor = std::function<void(Oid user_object)>;
using ExprVisitor = std::function<void(Expr&)>;
using QueryVisitor = std::function<void(Query&)>;

/// The operations on one type of field, over type-erased values.
struct FieldOps {
  /// Canonical JSON; what is equal has equal text. `set`: the order of the elements means nothing.
  void (*write)(const void* value, JsonWriter& out, const NameSource& names, bool set);
  /// Left out of JSON, and shown as nothing.
  bool (*empty)(const void* value);
  void (*read)(void* value, JsonValue json, RefResolver& refs);
  /// From a server's text form: scalars as they are, everything else as JSON.
  void (*decode)(void* value, std::string_view text, RefResolver& refs);
  void (*visit_refs)(const void* value, const RefVisitor& visit);
  void (*visit_exprs)(void* value, const ExprVisitor& visit);
  bool is_expr = false;
  bool is_query = false;
};

/// `FieldType<V>::ops` are the operations on V (field_types.h).
template <class V>
struct FieldType;

}  // namespace pgplumb::catalog
