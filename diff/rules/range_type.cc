#include "catalog/kinds/range_type.h"

#include "catalog/type_oids.h"
#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::RangeType;

namespace {

std::string multirange_type(const RangeType& range, const SqlNames& names) {
  return names.type({catalog::type_in_form(range.oid, catalog::TypeForm::multirange), -1});
}

void create_range_type(const RangeType& range, Creation& creation) {
  const SqlNames& names = creation.names;
  std::vector<std::string> parts = {"SUBTYPE = " + names.type(range.subtype)};
  const auto part = [&](std::string_view word, AnyRef ref) {
    if (ref) parts.push_back(std::string(word) + " = " + names.qualified(ref));
  };
  if (!catalog::is_builtin(range.operator_class.oid)) part("SUBTYPE_OPCLASS", range.operator_class);
  if (range.collation.oid != catalog::collations::default_) part("COLLATION", range.collation);
  part("CANONICAL", range.canonical);
  part("SUBTYPE_DIFF", range.subtype_diff);
  const bool is_default = range.multirange_name.str() == catalog::default_multirange_name(range.name.str()) &&
                          range.multirange_schema == range.parent;
  if (!range.multirange_name.empty() && !is_default) parts.push_back("MULTIRANGE_TYPE_NAME = " + multirange_type(range, names));
  creation.out.add("CREATE " + names.address(range) + " AS RANGE (" + join(parts) + ")");
}

void move_multirange_type(const RangeType& from, const RangeType& to, Alteration& alteration) {
  alteration.out.add("ALTER TYPE " + multirange_type(from, alteration.from) + " SET SCHEMA " +
                     quoted(alteration.to.catalog().find(to.multirange_schema.oid)->name));
}

constexpr auto range_type_fields = field_rules(replace<&RangeType::subtype>(), replace<&RangeType::operator_class>(),
                                      replace<&RangeType::collation>(), replace<&RangeType::canonical>(),
                                      replace<&RangeType::subtype_diff>(), replace<&RangeType::multirange_name>(),
                                      alter<&RangeType::multirange_schema, move_multirange_type>());

}  // namespace

constinit const KindRules range_type_rules = {
    .stage = stage::type,
    .create = create_with<create_range_type>,
    .drop = drop_by_address,
    .fields = range_type_fields,
};

}  // namespace pgplumb::diff
