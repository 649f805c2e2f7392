#pragma once
// KindInfo: everything that generic code needs to know about one kind of object. Made by `describe<T>()` in the kind's
// own unit; found through `kind_info(kind)`.
#include <memory>
#include <span>
#include <string_view>

#include "catalog/field_types.h"

namespace pgplumb::catalog {

class Catalog;

/// Which names may not be used twice. Relations, types and routines of several kinds share one name space each, as
/// pg_class, pg_type and pg_proc do.
enum class NameSpace : std::uint8_t { none, own, relation, type, routine };

/// Kinds that are compared only when asked for, and by which flag.
enum class OptIn : std::uint8_t { none, grants, roles };

/// Facts about a kind that generic code asks for.
struct Traits {
  bool in_parents_schema = false;  // named within the schema of its parent, as an index is
  bool in_schema_too = false;      // named within its parent, but found by its parent's schema as well
  bool has_row_type = false;       // a relation that is a type as well
  int row_type_until = 0;          // likewise, but on servers up to this major only, and without an array type
  bool is_type = false;
  bool has_owner = false;
  bool has_comment = true;
  bool parent_kind_in_key = false;  // parents of several kinds: the key names which
  OptIn opt_in = OptIn::none;
};

struct KindInfo {
  Kind kind = Kind::none;
  std::string_view word = {};     // in keys, snapshots and reports: "materialized_view"
  std::string_view noun = {};     // in SQL: "MATERIALIZED VIEW"
  std::string_view label = {};    // in sentences, as PostgreSQL's own messages: "materialized view"
  std::string_view catalog = {};  // "pg_class"; empty for what has no catalog of its own
  Oid catalog_oid = 0;       // of that catalog: pg_depend.classid
  /// FROM and WHERE that give one row an object, system objects left out.
  std::string_view from = {};
  std::string_view oid_sql = {};     // "c.oid"
  std::string_view subid_sql = "0";  // pg_depend.objsubid
  std::string_view owner_sql = {};   // a role's oid; empty where !has_owner
  std::string_view acl_sql = {};     // the aclitem[]; empty for what no privilege can be granted on
  char acl_type = 0;                 // acldefault()'s name for the kind of object
  NameSpace name_space = NameSpace::own;
  Traits traits = {};
  int since_major = 0;  // the catalog exists from this major on
  std::span<const FieldInfo> fields = {};
  /// Whether the object's name is one that the server chose, and that means nothing. Null for kinds whose names always do.
  bool (*has_generated_name)(const Object& object, const Catalog& catalog) = nullptr;

  /// Whether relations of the kind are types on servers of this major.
  bool has_row_type(int major) const { return traits.has_row_type || major <= traits.row_type_until; }

  std::shared_ptr<Object> (*make)() = nullptr;
  std::shared_ptr<Object> (*clone)(const Object& object) = nullptr;
};

// Each kind's unit defines its own; a kind without one does not link.
#define KIND(word, Struct) extern const KindInfo word##_kind;
#include "catalog/kinds.def"
#undef KIND

/// The kind's KindInfo; `kind` must not be Kind::none.
const KindInfo& kind_info(Kind kind);
/// The kind whose word it is; Kind::none where there is none.
Kind kind_from_word(std::string_view word);
/// All kinds, in the registry's order.
std::span<const KindInfo* const> all_kinds();

/// Fills in what follows from T.
template <class T>
constexpr KindInfo describe(KindInfo info) {
  info.kind = kind_of<T>;
  info.make = []() -> std::shared_ptr<Object> {
    auto object = std::make_shared<T>();
    object->kind = kind_of<T>;
    return object;
  };
  info.clone = [](const Object& object) -> std::shared_ptr<Object> {
    return std::make_shared<T>(static_cast<const T&>(object));
  };
  return info;
}

}  // namespace pgplumb::catalog
