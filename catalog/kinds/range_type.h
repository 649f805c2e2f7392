#pragma once
// A range type with its multirange type (pg_type, typtype r, with pg_range).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct RangeType : Object {
  TypeRef subtype;
  AnyRef operator_class;
  AnyRef collation;
  AnyRef canonical;
  AnyRef subtype_diff;
  Name multirange_name;  // 14 and later, as all that concerns it
  AnyRef multirange_schema;
};

/// The name that DefineRange of commands/typecmds.c gives to a range's multirange type where none is given.
std::string default_multirange_name(const std::string& range);

inline constexpr auto range_type_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || t.typnamespace"),
    field<&Object::name>("name", identity, "t.typname"),
    field<&RangeType::subtype>("subtype", attribute, "r.rngsubtype"),
    field<&RangeType::operator_class>("operator_class", attribute, "'2616/' || nullif(r.rngsubopc, 0)"),
    field<&RangeType::collation>("collation", attribute, "'3456/' || nullif(r.rngcollation, 0)"),
    field<&RangeType::canonical>("canonical", attribute, "'1255/' || nullif(r.rngcanonical::oid, 0)"),
    field<&RangeType::subtype_diff>("subtype_diff", attribute, "'1255/' || nullif(r.rngsubdiff::oid, 0)"),
    field<&RangeType::multirange_name>("multirange_name", attribute,
                                       "(SELECT m.typname FROM pg_type m WHERE m.oid = r.rngmultitypid)")
        .since(14),
    field<&RangeType::multirange_schema>(
        "multirange_schema", attribute,
        "(SELECT '2615/' || m.typnamespace FROM pg_type m WHERE m.oid = r.rngmultitypid)")
        .since(14));

}  // namespace pgplumb::catalog
