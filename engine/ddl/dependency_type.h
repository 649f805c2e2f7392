#pragma once
// How objects hang on each other: pg_depend's rows, derived from the fields of the objects themselves.
#include <vector>

#include "catalog/catalog.h"

namespace pgplumb::engine::ddl {

/// pg_depend.deptype, doc chapter "System Catalogs".
enum class DependencyType : std::uint8_t {
  normal,     // 'n'
  automatic,  // 'a'
  internal,   // 'i'
  extension,  // 'e'
  partition,  // 'P' and 'S': goes with any one of those that it hangs on so
};

struct Dependency {
  catalog::Oid oid = catalog::invalid_oid;
  DependencyType type = DependencyType::normal;
};

/// What the object hangs on: the strongest hold first where there are several on one object.
std::vector<Dependency> dependencies_of(const catalog::Catalog& catalog, const catalog::Object& object);

/// What hangs on the object; of a relation, also what hangs on its columns, but not the columns themselves, which are
/// parts of it (pg_depend.refobjsubid).
std::vector<Dependency> dependents_of(const catalog::Catalog& catalog, const catalog::Object& object);

/// A column of a relation or an attribute of a composite type: pg_depend's objsubid.
bool is_sub_object(const catalog::Object& object);

}  // namespace pgplumb::engine::ddl
