#pragma once
// What a PostgreSQL server of one major holds before anyone has created anything: all of the schemas pg_catalog and
// information_schema, the key words, parameters and error conditions. The data come from real servers
// (catalog/builtin/export.py, checked by tests/oracles/builtin.py).
//
// Oids. Below 12000 they are PostgreSQL's own: the same on every server of a major. From 12000 to 16383 initdb numbers
// objects as it comes (system views, information_schema, the snowball dictionaries, ICU's collations), differently from
// machine to machine: there the oids are ours, the same in all majors, and a live server's objects must be matched by
// name.
//
// Names compare byte by byte, as stored; fold and truncate before you ask. Lookups by name answer the rows of all
// namespaces together where PostgreSQL looks along search_path; compare the row's namespace yourself.
#include <string_view>

#include "catalog/builtin/records.h"

namespace pgplumb::catalog::builtin {

inline constexpr int oldest_major = 13;
inline constexpr int newest_major = 18;

inline constexpr Oid pg_catalog_namespace = 11;
inline constexpr Oid pg_toast_namespace = 99;
inline constexpr Oid public_namespace = 2200;

inline constexpr Oid internal_language = 12;

class Builtin;

/// The catalogs of one major; a major out of range gets the nearest. Constant data: no cost, any thread.
const Builtin& of(int major);

/// The orders in which each major's rows are kept; schema.py lists the same.
enum class Order : int {
  namespace_oid,
  namespace_name,
  type_oid,
  type_name,
  proc_oid,
  proc_name,
  proc_source,
  aggregate_proc,
  operator_oid,
  operator_name,
  cast_source,
  cast_target,
  am_oid,
  am_name,
  opfamily_oid,
  opfamily_name,
  opclass_oid,
  opclass_name,
  opclass_intype,
  amop_family,
  amop_operator,
  amproc_family,
  collation_oid,
  collation_name,
  language_oid,
  language_name,
  range_type,
  range_subtype,
  range_multirange,
  relation_oid,
  relation_name,
  attribute_number,
  conversion_oid,
  conversion_name,
  ts_parser_oid,
  ts_parser_name,
  ts_token_type,
  ts_template_oid,
  ts_template_name,
  ts_dict_oid,
  ts_dict_name,
  ts_config_oid,
  ts_config_name,
  ts_config_map,
  tablespace_oid,
  tablespace_name,
  role_oid,
  role_name,
  keyword_word,
  setting_name,
  condition_name,
  condition_sqlstate,
  count
};

/// One major's catalogs. Single-row lookups answer nullptr when there is no such row.
class Builtin {
 public:
  int major() const { return major_; }

  const Namespace* namespace_by_oid(Oid oid) const;
  const Namespace* namespace_by_name(std::string_view name) const;
  Rows<Namespace> namespaces() const;

  const Type* type_by_oid(Oid oid) const;
  const Type* type_by_name(Oid nspoid, std::string_view name) const;
  Rows<Type> types_by_name(std::string_view name) const;
  Rows<Type> types() const;  ///< by oid

  const Proc* proc_by_oid(Oid oid) const;
  Rows<Proc> procs_by_name(std::string_view name) const;  ///< among themselves by oid
  Rows<Proc> procs() const;
  /// Whether CREATE FUNCTION … LANGUAGE internal accepts this name (fmgr_internal_validator of pg_proc.c).
  bool has_internal_function(std::string_view name) const;
  const Aggregate* aggregate(Oid proc) const;

  const Operator* operator_by_oid(Oid oid) const;
  Rows<Operator> operators_by_name(std::string_view name) const;                     ///< among themselves by oid
  const Operator* operator_exact(std::string_view name, Oid left, Oid right) const;  ///< left 0: prefix
  Rows<Operator> operators() const;

  const Cast* cast(Oid source, Oid target) const;
  Rows<Cast> casts_from(Oid source) const;
  Rows<Cast> casts_to(Oid target) const;
  Rows<Cast> casts() const;

  const AccessMethod* am_by_oid(Oid oid) const;
  const AccessMethod* am_by_name(std::string_view name) const;
  Rows<AccessMethod> ams() const;

  const OperatorFamily* opfamily_by_oid(Oid oid) const;
  const OperatorFamily* opfamily_by_name(Oid am, std::string_view name) const;
  Rows<OperatorFamily> opfamilies() const;

  const OperatorClass* opclass_by_oid(Oid oid) const;
  const OperatorClass* opclass_by_name(Oid am, std::string_view name) const;
  /// The default class of exactly that input type; binary-coercible types and polymorphism are the caller's
  /// (GetDefaultOpClass of indexcmds.c).
  const OperatorClass* default_opclass(Oid am, Oid intype) const;
  Rows<OperatorClass> opclasses_for(Oid am) const;  ///< by input type
  Rows<OperatorClass> opclasses_for(Oid am, Oid intype) const;
  Rows<OperatorClass> opclasses() const;

  /// Search operators only, as get_opfamily_member of lsyscache.c.
  const FamilyOperator* amop(Oid family, Oid left, Oid right, int strategy) const;
  Rows<FamilyOperator> amops_of_family(Oid family) const;
  Rows<FamilyOperator> amops_of_operator(Oid oper) const;
  Rows<FamilyOperator> amops() const;
  const FamilyFunction* amproc(Oid family, Oid left, Oid right, int number) const;
  Rows<FamilyFunction> amprocs_of_family(Oid family) const;
  Rows<FamilyFunction> amprocs() const;

  const Collation* collation_by_oid(Oid oid) const;
  Rows<Collation> collations_by_name(std::string_view name) const;
  Rows<Collation> collations() const;

  const Language* language_by_oid(Oid oid) const;
  const Language* language_by_name(std::string_view name) const;
  Rows<Language> languages() const;

  const Range* range_by_type(Oid range_type) const;
  const Range* range_by_multirange(Oid multirange_type) const;
  Rows<Range> ranges_by_subtype(Oid subtype) const;
  Rows<Range> ranges() const;

  const Relation* relation_by_oid(Oid oid) const;
  const Relation* relation_by_name(Oid nspoid, std::string_view name) const;
  Rows<Relation> relations() const;
  Rows<Attribute> columns(Oid relation) const;  ///< by attnum

  const Conversion* conversion_by_oid(Oid oid) const;
  const Conversion* conversion_by_name(std::string_view name) const;
  Rows<Conversion> conversions() const;

  const TsParser* ts_parser_by_oid(Oid oid) const;
  const TsParser* ts_parser_by_name(std::string_view name) const;
  Rows<TsParser> ts_parsers() const;
  Rows<TsTokenType> ts_token_types(Oid parser) const;  ///< by tokid
  const TsTemplate* ts_template_by_oid(Oid oid) const;
  const TsTemplate* ts_template_by_name(std::string_view name) const;
  Rows<TsTemplate> ts_templates() const;
  const TsDictionary* ts_dict_by_oid(Oid oid) const;
  const TsDictionary* ts_dict_by_name(std::string_view name) const;
  Rows<TsDictionary> ts_dicts() const;
  const TsConfig* ts_config_by_oid(Oid oid) const;
  const TsConfig* ts_config_by_name(std::string_view name) const;
  Rows<TsConfig> ts_configs() const;
  Rows<TsConfigMap> ts_config_map(Oid config) const;  ///< by token type, then seqno

  const Tablespace* tablespace_by_oid(Oid oid) const;
  const Tablespace* tablespace_by_name(std::string_view name) const;
  Rows<Tablespace> tablespaces() const;

  const Role* role_by_oid(Oid oid) const;
  const Role* role_by_name(std::string_view name) const;
  Rows<Role> roles() const;

  const Keyword* keyword(std::string_view word) const;  ///< in lower case
  Rows<Keyword> keywords() const;

  const Setting* setting(std::string_view name) const;  ///< in any case, as guc_name_compare does
  Rows<Setting> settings() const;

  Rows<Condition> conditions_by_name(std::string_view name) const;
  Rows<Condition> conditions_by_sqlstate(std::string_view sqlstate) const;
  Rows<Condition> conditions() const;

 private:
  template <class T>
  Rows<T> rows(Order order) const;

  std::int32_t major_;
  Array<Rows<Namespace>::Number> orders_[static_cast<int>(Order::count)];
};

}  // namespace pgplumb::catalog::builtin
