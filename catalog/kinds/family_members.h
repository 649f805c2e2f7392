#pragma once
// The members of operator families and classes (pg_amop, pg_amproc).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct FamilyOperator {
  std::int16_t strategy = 0;
  TypeRef left, right;
  AnyRef op;
  AnyRef sort_family;  // FOR ORDER BY
};
inline constexpr auto family_operator_fields =
    fields(field<&FamilyOperator::strategy>("strategy", attribute), field<&FamilyOperator::left>("left", attribute),
           field<&FamilyOperator::right>("right", attribute), field<&FamilyOperator::op>("operator", attribute),
           field<&FamilyOperator::sort_family>("sort_family", attribute));
constexpr std::span<const FieldInfo> nested_fields(const FamilyOperator*) { return family_operator_fields; }

struct FamilyFunction {
  std::int16_t number = 0;
  TypeRef left, right;
  AnyRef function;
};
inline constexpr auto family_function_fields =
    fields(field<&FamilyFunction::number>("number", attribute), field<&FamilyFunction::left>("left", attribute),
           field<&FamilyFunction::right>("right", attribute), field<&FamilyFunction::function>("function", attribute));
constexpr std::span<const FieldInfo> nested_fields(const FamilyFunction*) { return family_function_fields; }

#define PGPLUMB_FAMILY_OPERATORS                                                                              \
  "json_agg(json_build_object('strategy', o.amopstrategy, 'left', o.amoplefttype, 'right', o.amoprighttype, " \
  "'operator', '2617/' || o.amopopr, 'sort_family', '2753/' || nullif(o.amopsortfamily, 0)))"
#define PGPLUMB_FAMILY_FUNCTIONS                                                                           \
  "json_agg(json_build_object('number', p.amprocnum, 'left', p.amproclefttype, 'right', p.amprocrighttype, " \
  "'function', '1255/' || p.amproc::oid))"

}  // namespace pgplumb::catalog
