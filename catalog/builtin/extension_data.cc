#include "catalog/builtin/extension_data.h"

#include "catalog/builtin/block.h"

namespace pgplumb::catalog::builtin {

Array<ExtensionVersion> extension_versions(int major) { return head().versions[major_index(major)]; }

const ExtensionData* find_extension(std::string_view name, std::string_view version, int major) {
  const Array<ExtensionVersion> all = extension_versions(major);
  const auto first =
      std::lower_bound(all.begin(), all.end(), name,
                       [](const ExtensionVersion& row, std::string_view wanted) { return row.name.view() < wanted; });
  for (auto at = first; at != all.end() && at->name == name; ++at) {
    if (version.empty() ? at->is_default : at->version == version) return head().extensions.begin() + at->data;
  }
  return nullptr;
}

template <class T>
Rows<T> ExtensionData::rows(MemberCatalog catalog) const {
  return rows_in<T>(members_[static_cast<int>(catalog)]);
}

Rows<Language> ExtensionData::languages() const { return rows<Language>(MemberCatalog::language); }
Rows<Type> ExtensionData::types() const { return rows<Type>(MemberCatalog::type); }
Rows<Proc> ExtensionData::procs() const { return rows<Proc>(MemberCatalog::proc); }
Rows<Aggregate> ExtensionData::aggregates() const { return rows<Aggregate>(MemberCatalog::aggregate); }
Rows<Operator> ExtensionData::operators() const { return rows<Operator>(MemberCatalog::operator_); }
Rows<Cast> ExtensionData::casts() const { return rows<Cast>(MemberCatalog::cast); }
Rows<AccessMethod> ExtensionData::ams() const { return rows<AccessMethod>(MemberCatalog::am); }
Rows<OperatorFamily> ExtensionData::opfamilies() const { return rows<OperatorFamily>(MemberCatalog::opfamily); }
Rows<OperatorClass> ExtensionData::opclasses() const { return rows<OperatorClass>(MemberCatalog::opclass); }
Rows<FamilyOperator> ExtensionData::amops() const { return rows<FamilyOperator>(MemberCatalog::amop); }
Rows<FamilyFunction> ExtensionData::amprocs() const { return rows<FamilyFunction>(MemberCatalog::amproc); }
Rows<Range> ExtensionData::ranges() const { return rows<Range>(MemberCatalog::range); }
Rows<Relation> ExtensionData::relations() const { return rows<Relation>(MemberCatalog::relation); }
Rows<Attribute> ExtensionData::columns() const { return rows<Attribute>(MemberCatalog::attribute); }
Rows<TsParser> ExtensionData::ts_parsers() const { return rows<TsParser>(MemberCatalog::ts_parser); }
Rows<TsTokenType> ExtensionData::ts_token_types() const { return rows<TsTokenType>(MemberCatalog::ts_token_type); }
Rows<TsTemplate> ExtensionData::ts_templates() const { return rows<TsTemplate>(MemberCatalog::ts_template); }
Rows<TsDictionary> ExtensionData::ts_dicts() const { return rows<TsDictionary>(MemberCatalog::ts_dict); }
Rows<TsConfig> ExtensionData::ts_configs() const { return rows<TsConfig>(MemberCatalog::ts_config); }
Rows<TsConfigMap> ExtensionData::ts_config_maps() const { return rows<TsConfigMap>(MemberCatalog::ts_config_map); }
Rows<ForeignDataWrapper> ExtensionData::fdws() const { return rows<ForeignDataWrapper>(MemberCatalog::fdw); }
Rows<Transform> ExtensionData::transforms() const { return rows<Transform>(MemberCatalog::transform); }

}  // namespace pgplumb::catalog::builtin
