#include "catalog/builtin/builtin.h"

#include <cstddef>

#include "catalog/builtin/block.h"

extern "C" const std::byte pgplumb_builtin_block[];

namespace pgplumb::catalog::builtin {

#include "builtin_layout.h"

const std::byte* block() { return pgplumb_builtin_block; }

const Builtin& of(int major) { return head().majors[major_index(major)]; }

template <class T>
Rows<T> Builtin::rows(Order order) const {
  return rows_in<T>(orders_[static_cast<int>(order)]);
}

const Namespace* Builtin::namespace_by_oid(Oid oid) const {
  return first_of(matching<&Namespace::oid>(rows<Namespace>(Order::namespace_oid), oid));
}
const Namespace* Builtin::namespace_by_name(std::string_view name) const {
  return first_of(matching<&Namespace::nspname>(rows<Namespace>(Order::namespace_name), name));
}
Rows<Namespace> Builtin::namespaces() const { return rows<Namespace>(Order::namespace_oid); }

const Type* Builtin::type_by_oid(Oid oid) const {
  return first_of(matching<&Type::oid>(rows<Type>(Order::type_oid), oid));
}
const Type* Builtin::type_by_name(Oid nspoid, std::string_view name) const {
  return first_of(matching<&Type::typname, &Type::typnamespace>(rows<Type>(Order::type_name), name, nspoid));
}
Rows<Type> Builtin::types_by_name(std::string_view name) const {
  return matching<&Type::typname>(rows<Type>(Order::type_name), name);
}
Rows<Type> Builtin::types() const { return rows<Type>(Order::type_oid); }

const Proc* Builtin::proc_by_oid(Oid oid) const {
  return first_of(matching<&Proc::oid>(rows<Proc>(Order::proc_oid), oid));
}
Rows<Proc> Builtin::procs_by_name(std::string_view name) const {
  return matching<&Proc::proname>(rows<Proc>(Order::proc_name), name);
}
Rows<Proc> Builtin::procs() const { return rows<Proc>(Order::proc_oid); }
bool Builtin::has_internal_function(std::string_view name) const {
  const auto namesakes = procs_by_name(name);
  const auto own = [](const Proc& proc) { return proc.prolang == internal_language && proc.prosrc.is_null(); };
  return std::any_of(namesakes.begin(), namesakes.end(), own) ||
         (!name.empty() && !matching<&Proc::prosrc>(rows<Proc>(Order::proc_source), name).empty());
}
const Aggregate* Builtin::aggregate(Oid proc) const {
  return first_of(matching<&Aggregate::aggfnoid>(rows<Aggregate>(Order::aggregate_proc), proc));
}

const Operator* Builtin::operator_by_oid(Oid oid) const {
  return first_of(matching<&Operator::oid>(rows<Operator>(Order::operator_oid), oid));
}
Rows<Operator> Builtin::operators_by_name(std::string_view name) const {
  return matching<&Operator::oprname>(rows<Operator>(Order::operator_name), name);
}
const Operator* Builtin::operator_exact(std::string_view name, Oid left, Oid right) const {
  for (const Operator& found : operators_by_name(name)) {
    if (found.oprleft == left && found.oprright == right) return &found;
  }
  return nullptr;
}
Rows<Operator> Builtin::operators() const { return rows<Operator>(Order::operator_oid); }

const Cast* Builtin::cast(Oid source, Oid target) const {
  return first_of(matching<&Cast::castsource, &Cast::casttarget>(rows<Cast>(Order::cast_source), source, target));
}
Rows<Cast> Builtin::casts_from(Oid source) const {
  return matching<&Cast::castsource>(rows<Cast>(Order::cast_source), source);
}
Rows<Cast> Builtin::casts_to(Oid target) const {
  return matching<&Cast::casttarget>(rows<Cast>(Order::cast_target), target);
}
Rows<Cast> Builtin::casts() const { return rows<Cast>(Order::cast_source); }

const AccessMethod* Builtin::am_by_oid(Oid oid) const {
  return first_of(matching<&AccessMethod::oid>(rows<AccessMethod>(Order::am_oid), oid));
}
const AccessMethod* Builtin::am_by_name(std::string_view name) const {
  return first_of(matching<&AccessMethod::amname>(rows<AccessMethod>(Order::am_name), name));
}
Rows<AccessMethod> Builtin::ams() const { return rows<AccessMethod>(Order::am_oid); }

const OperatorFamily* Builtin::opfamily_by_oid(Oid oid) const {
  return first_of(matching<&OperatorFamily::oid>(rows<OperatorFamily>(Order::opfamily_oid), oid));
}
const OperatorFamily* Builtin::opfamily_by_name(Oid am, std::string_view name) const {
  return first_of(matching<&OperatorFamily::opfmethod, &OperatorFamily::opfname>(
      rows<OperatorFamily>(Order::opfamily_name), am, name));
}
Rows<OperatorFamily> Builtin::opfamilies() const { return rows<OperatorFamily>(Order::opfamily_oid); }

const OperatorClass* Builtin::opclass_by_oid(Oid oid) const {
  return first_of(matching<&OperatorClass::oid>(rows<OperatorClass>(Order::opclass_oid), oid));
}
const OperatorClass* Builtin::opclass_by_name(Oid am, std::string_view name) const {
  return first_of(
      matching<&OperatorClass::opcmethod, &OperatorClass::opcname>(rows<OperatorClass>(Order::opclass_name), am, name));
}
const OperatorClass* Builtin::default_opclass(Oid am, Oid intype) const {
  for (const OperatorClass& found : opclasses_for(am, intype)) {
    if (found.opcdefault) return &found;
  }
  return nullptr;
}
Rows<OperatorClass> Builtin::opclasses_for(Oid am) const {
  return matching<&OperatorClass::opcmethod>(rows<OperatorClass>(Order::opclass_intype), am);
}
Rows<OperatorClass> Builtin::opclasses_for(Oid am, Oid intype) const {
  return matching<&OperatorClass::opcmethod, &OperatorClass::opcintype>(rows<OperatorClass>(Order::opclass_intype), am,
                                                                        intype);
}
Rows<OperatorClass> Builtin::opclasses() const { return rows<OperatorClass>(Order::opclass_oid); }

const FamilyOperator* Builtin::amop(Oid family, Oid left, Oid right, int strategy) const {
  const auto found = matching<&FamilyOperator::amopfamily, &FamilyOperator::amoplefttype,
                              &FamilyOperator::amoprighttype, &FamilyOperator::amopstrategy>(
      rows<FamilyOperator>(Order::amop_family), family, left, right, static_cast<std::int16_t>(strategy));
  return found.empty() || found.front().amoppurpose != 's' ? nullptr : &found.front();
}
Rows<FamilyOperator> Builtin::amops_of_family(Oid family) const {
  return matching<&FamilyOperator::amopfamily>(rows<FamilyOperator>(Order::amop_family), family);
}
Rows<FamilyOperator> Builtin::amops_of_operator(Oid oper) const {
  return matching<&FamilyOperator::amopopr>(rows<FamilyOperator>(Order::amop_operator), oper);
}
Rows<FamilyOperator> Builtin::amops() const { return rows<FamilyOperator>(Order::amop_family); }

const FamilyFunction* Builtin::amproc(Oid family, Oid left, Oid right, int number) const {
  return first_of(matching<&FamilyFunction::amprocfamily, &FamilyFunction::amproclefttype,
                           &FamilyFunction::amprocrighttype, &FamilyFunction::amprocnum>(
      rows<FamilyFunction>(Order::amproc_family), family, left, right, static_cast<std::int16_t>(number)));
}
Rows<FamilyFunction> Builtin::amprocs_of_family(Oid family) const {
  return matching<&FamilyFunction::amprocfamily>(rows<FamilyFunction>(Order::amproc_family), family);
}
Rows<FamilyFunction> Builtin::amprocs() const { return rows<FamilyFunction>(Order::amproc_family); }

const Collation* Builtin::collation_by_oid(Oid oid) const {
  return first_of(matching<&Collation::oid>(rows<Collation>(Order::collation_oid), oid));
}
Rows<Collation> Builtin::collations_by_name(std::string_view name) const {
  return matching<&Collation::collname>(rows<Collation>(Order::collation_name), name);
}
Rows<Collation> Builtin::collations() const { return rows<Collation>(Order::collation_oid); }

const Language* Builtin::language_by_oid(Oid oid) const {
  return first_of(matching<&Language::oid>(rows<Language>(Order::language_oid), oid));
}
const Language* Builtin::language_by_name(std::string_view name) const {
  return first_of(matching<&Language::lanname>(rows<Language>(Order::language_name), name));
}
Rows<Language> Builtin::languages() const { return rows<Language>(Order::language_oid); }

const Range* Builtin::range_by_type(Oid range_type) const {
  return first_of(matching<&Range::rngtypid>(rows<Range>(Order::range_type), range_type));
}
const Range* Builtin::range_by_multirange(Oid multirange_type) const {
  if (multirange_type == invalid_oid) return nullptr;
  return first_of(matching<&Range::rngmultitypid>(rows<Range>(Order::range_multirange), multirange_type));
}
Rows<Range> Builtin::ranges_by_subtype(Oid subtype) const {
  return matching<&Range::rngsubtype>(rows<Range>(Order::range_subtype), subtype);
}
Rows<Range> Builtin::ranges() const { return rows<Range>(Order::range_type); }

const Relation* Builtin::relation_by_oid(Oid oid) const {
  return first_of(matching<&Relation::oid>(rows<Relation>(Order::relation_oid), oid));
}
const Relation* Builtin::relation_by_name(Oid nspoid, std::string_view name) const {
  return first_of(
      matching<&Relation::relname, &Relation::relnamespace>(rows<Relation>(Order::relation_name), name, nspoid));
}
Rows<Relation> Builtin::relations() const { return rows<Relation>(Order::relation_oid); }
Rows<Attribute> Builtin::columns(Oid relation) const {
  return matching<&Attribute::attrelid>(rows<Attribute>(Order::attribute_number), relation);
}

const Conversion* Builtin::conversion_by_oid(Oid oid) const {
  return first_of(matching<&Conversion::oid>(rows<Conversion>(Order::conversion_oid), oid));
}
const Conversion* Builtin::conversion_by_name(std::string_view name) const {
  return first_of(matching<&Conversion::conname>(rows<Conversion>(Order::conversion_name), name));
}
Rows<Conversion> Builtin::conversions() const { return rows<Conversion>(Order::conversion_oid); }

const TsParser* Builtin::ts_parser_by_oid(Oid oid) const {
  return first_of(matching<&TsParser::oid>(rows<TsParser>(Order::ts_parser_oid), oid));
}
const TsParser* Builtin::ts_parser_by_name(std::string_view name) const {
  return first_of(matching<&TsParser::prsname>(rows<TsParser>(Order::ts_parser_name), name));
}
Rows<TsParser> Builtin::ts_parsers() const { return rows<TsParser>(Order::ts_parser_oid); }
Rows<TsTokenType> Builtin::ts_token_types(Oid parser) const {
  return matching<&TsTokenType::parser>(rows<TsTokenType>(Order::ts_token_type), parser);
}

const TsTemplate* Builtin::ts_template_by_oid(Oid oid) const {
  return first_of(matching<&TsTemplate::oid>(rows<TsTemplate>(Order::ts_template_oid), oid));
}
const TsTemplate* Builtin::ts_template_by_name(std::string_view name) const {
  return first_of(matching<&TsTemplate::tmplname>(rows<TsTemplate>(Order::ts_template_name), name));
}
Rows<TsTemplate> Builtin::ts_templates() const { return rows<TsTemplate>(Order::ts_template_oid); }

const TsDictionary* Builtin::ts_dict_by_oid(Oid oid) const {
  return first_of(matching<&TsDictionary::oid>(rows<TsDictionary>(Order::ts_dict_oid), oid));
}
const TsDictionary* Builtin::ts_dict_by_name(std::string_view name) const {
  return first_of(matching<&TsDictionary::dictname>(rows<TsDictionary>(Order::ts_dict_name), name));
}
Rows<TsDictionary> Builtin::ts_dicts() const { return rows<TsDictionary>(Order::ts_dict_oid); }

const TsConfig* Builtin::ts_config_by_oid(Oid oid) const {
  return first_of(matching<&TsConfig::oid>(rows<TsConfig>(Order::ts_config_oid), oid));
}
const TsConfig* Builtin::ts_config_by_name(std::string_view name) const {
  return first_of(matching<&TsConfig::cfgname>(rows<TsConfig>(Order::ts_config_name), name));
}
Rows<TsConfig> Builtin::ts_configs() const { return rows<TsConfig>(Order::ts_config_oid); }
Rows<TsConfigMap> Builtin::ts_config_map(Oid config) const {
  return matching<&TsConfigMap::mapcfg>(rows<TsConfigMap>(Order::ts_config_map), config);
}

const Tablespace* Builtin::tablespace_by_oid(Oid oid) const {
  return first_of(matching<&Tablespace::oid>(rows<Tablespace>(Order::tablespace_oid), oid));
}
const Tablespace* Builtin::tablespace_by_name(std::string_view name) const {
  return first_of(matching<&Tablespace::spcname>(rows<Tablespace>(Order::tablespace_name), name));
}
Rows<Tablespace> Builtin::tablespaces() const { return rows<Tablespace>(Order::tablespace_oid); }

const Role* Builtin::role_by_oid(Oid oid) const {
  return first_of(matching<&Role::oid>(rows<Role>(Order::role_oid), oid));
}
const Role* Builtin::role_by_name(std::string_view name) const {
  return first_of(matching<&Role::rolname>(rows<Role>(Order::role_name), name));
}
Rows<Role> Builtin::roles() const { return rows<Role>(Order::role_oid); }

const Keyword* Builtin::keyword(std::string_view word) const {
  return first_of(matching<&Keyword::word>(rows<Keyword>(Order::keyword_word), word));
}
Rows<Keyword> Builtin::keywords() const { return rows<Keyword>(Order::keyword_word); }

namespace {

// guc_name_compare of guc.c folds ASCII letters only, whatever the locale.
bool name_less(std::string_view a, std::string_view b) {
  const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char x, char y) { return fold(x) < fold(y); });
}

}  // namespace

const Setting* Builtin::setting(std::string_view name) const {
  const Rows<Setting> all = settings();
  const auto found = std::lower_bound(all.begin(), all.end(), name, [](const Setting& row, std::string_view wanted) {
    return name_less(row.name, wanted);
  });
  return found == all.end() || name_less(name, found->name) ? nullptr : &*found;
}
Rows<Setting> Builtin::settings() const { return rows<Setting>(Order::setting_name); }

Rows<Condition> Builtin::conditions_by_name(std::string_view name) const {
  return matching<&Condition::condname>(rows<Condition>(Order::condition_name), name);
}
Rows<Condition> Builtin::conditions_by_sqlstate(std::string_view sqlstate) const {
  return matching<&Condition::sqlstate>(rows<Condition>(Order::condition_sqlstate), sqlstate);
}
Rows<Condition> Builtin::conditions() const { return rows<Condition>(Order::condition_name); }

}  // namespace pgplumb::catalog::builtin
