#pragma once
// An enumeration (pg_type, typtype e, with pg_enum).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct EnumType : Object {
  std::vector<Name> labels;  // in order
  // In a simulated catalog, while the transaction runs that added labels, or made the type itself:
  std::vector<Name> uncommitted_labels;
  bool uncommitted = false;
};

inline constexpr auto enum_type_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || t.typnamespace"),
    field<&Object::name>("name", identity, "t.typname"),
    field<&EnumType::labels>("labels", attribute,
                             "(SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e "
                             "WHERE e.enumtypid = t.oid)"),
    field<&EnumType::uncommitted_labels>("uncommitted_labels", info), field<&EnumType::uncommitted>("uncommitted", info));

}  // namespace pgplumb::catalog
