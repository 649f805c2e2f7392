#include "catalog/kinds/range_type.h"

#include "catalog/type_oids.h"
#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::RangeType;

namespace {

/// The name that DefineRange of typecmds.c gives to the multirange type: "range" at its last place becomes "multirange".
std::string default_multirange_name(const RangeType& range) {
  const std::string& name = range.name.str();
  const std::size_t at = name.rfind("range");
  if (at == std::string::npos)
    return std::string(catalog::clip_utf8(name, catalog::max_identifier_length - 11)) + "_multirange";
  return std::string(catalog::clip_utf8(name.substr(0, at) + "multi" + name.substr(at), catalog::max_identifier_length));
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
  if (!range.multirange_name.empty() && range.multirange_name.str() != default_multirange_name(range)) {
    const catalog::Object* schema = names.catalog().find(range.parent.oid);
    parts.push_back("MULTIRANGE_TYPE_NAME = " + (schema ? quoted(schema->name) + "." : "") + quoted(range.multirange_name));
  }
  creation.out.add("CREATE " + names.address(range) + " AS RANGE (" + join(parts) + ")");
}

constexpr auto range_type_fields = field_rules(replace<&RangeType::subtype>(), replace<&RangeType::operator_class>(),
                                      replace<&RangeType::collation>(), replace<&RangeType::canonical>(),
                                      replace<&RangeType::subtype_diff>(), replace<&RangeType::multirange_name>());

}  // namespace

constinit const KindRules range_type_rules = {
    .stage = stage::type,
    .create = create_with<create_range_type>,
    .drop = drop_by_address,
    .fields = range_type_fields,
};

}  // namespace pgplumb::diff
