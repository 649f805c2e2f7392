#pragma once
// The SELECT that reads one kind of object, made from its field table.
#include <string>
#include <vector>

#include "catalog/kind_info.h"

namespace pgplumb::engine {

/// The columns in front of the fields.
enum SelectColumn : int { oid_column, subid_column, owner_column, acl_column, first_field_column };

struct KindSelect {
  const catalog::KindInfo* kind = nullptr;
  std::string sql;
  std::vector<const catalog::FieldInfo*> fields;  // from first_field_column on
};

/// One for each kind that a server of this major has a catalog of.
std::vector<KindSelect> kind_selects(int major);

}  // namespace pgplumb::engine
