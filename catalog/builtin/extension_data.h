#pragma once
// What CREATE EXTENSION creates, for the extensions that PostgreSQL's own source tree ships (contrib and the procedural
// languages), as real servers of each major show it after CREATE EXTENSION … VERSION. No extension script is run.
//
// Oids. A member has an oid of its own that no server uses: see member_oid(). References to built-in objects are
// built-in oids (catalog/builtin/builtin.h); references to members, also of a required extension, are member oids.
// Member 0 stands for the schema that the extension is created in: a member whose namespace is member_oid(number, 0)
// goes there, others name a built-in schema.
#include <string_view>

#include "catalog/builtin/records.h"

namespace pgplumb::catalog::builtin {

inline constexpr Oid member_base = 0x80000000;

/// The oid of an extension's member; both numbers are our own and mean nothing beyond one build of this program.
inline constexpr Oid member_oid(std::uint32_t extension, std::uint32_t member) {
  return member_base | (extension << 16) | member;
}
inline constexpr bool is_member(Oid oid) { return oid >= member_base; }
inline constexpr std::uint32_t member_extension(Oid oid) { return (oid & ~member_base) >> 16; }
inline constexpr std::uint32_t member_number(Oid oid) { return oid & 0xffff; }

/// The catalogs that an extension can have rows of, in the order of ExtensionData's arrays; schema.py lists the same.
enum class MemberCatalog : int {
  language,
  type,
  proc,
  aggregate,
  operator_,
  cast,
  am,
  opfamily,
  opclass,
  amop,
  amproc,
  range,
  relation,
  attribute,
  ts_parser,
  ts_token_type,
  ts_template,
  ts_dict,
  ts_config,
  ts_config_map,
  fdw,
  transform,
  count
};

/// One version of an extension on one or several majors: the control file's facts, and the rows it creates.
class ExtensionData {
 public:
  std::uint32_t number() const { return number_; }
  std::string_view name() const { return name_; }
  std::string_view version() const { return version_; }
  Text comment() const { return comment_; }
  Text schema() const { return schema_; }  ///< the schema that the control file prescribes, or NULL
  bool relocatable() const { return relocatable_; }
  bool superuser() const { return superuser_; }
  bool trusted() const { return trusted_; }
  const Array<Text>& required() const { return required_; }  ///< names of extensions

  Rows<Language> languages() const;
  Rows<Type> types() const;
  Rows<Proc> procs() const;
  Rows<Aggregate> aggregates() const;
  Rows<Operator> operators() const;
  Rows<Cast> casts() const;
  Rows<AccessMethod> ams() const;
  Rows<OperatorFamily> opfamilies() const;
  Rows<OperatorClass> opclasses() const;
  Rows<FamilyOperator> amops() const;    ///< also those added to another extension's or a built-in family
  Rows<FamilyFunction> amprocs() const;  ///< likewise
  Rows<Range> ranges() const;
  Rows<Relation> relations() const;
  Rows<Attribute> columns() const;  ///< by relation, then attnum
  Rows<TsParser> ts_parsers() const;
  Rows<TsTokenType> ts_token_types() const;
  Rows<TsTemplate> ts_templates() const;
  Rows<TsDictionary> ts_dicts() const;
  Rows<TsConfig> ts_configs() const;
  Rows<TsConfigMap> ts_config_maps() const;
  Rows<ForeignDataWrapper> fdws() const;
  Rows<Transform> transforms() const;

 private:
  template <class T>
  Rows<T> rows(MemberCatalog catalog) const;

  std::uint32_t number_;
  Text name_, version_, comment_, schema_;
  bool relocatable_, superuser_, trusted_;
  Array<Text> required_;
  Array<Rows<Type>::Number> members_[static_cast<int>(MemberCatalog::count)];
};

/// One installable version of an extension, for a listing.
struct ExtensionVersion {
  Text name, version;
  bool is_default;
  std::uint32_t data;  ///< internal: the place of the ExtensionData
};

/// The extension as a server of that major creates it. An empty version means the control file's default.
/// nullptr when no server of that major ships the extension, or has no such version to install.
const ExtensionData* find_extension(std::string_view name, std::string_view version, int major);

/// All that a major ships, by name and version.
Array<ExtensionVersion> extension_versions(int major);

}  // namespace pgplumb::catalog::builtin
