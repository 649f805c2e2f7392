#include "catalog/kinds/foreign_data_wrapper.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::ForeignDataWrapper;

namespace {

void create_wrapper(const ForeignDataWrapper& wrapper, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = "CREATE " + names.address(wrapper);
  if (wrapper.handler) sql += " HANDLER " + names.qualified(wrapper.handler);
  if (wrapper.validator) sql += " VALIDATOR " + names.qualified(wrapper.validator);
  creation.out.add(sql + foreign_options_clause(wrapper.options, names.address(wrapper), creation.out));
}

void alter_wrapper(const ForeignDataWrapper& from, const ForeignDataWrapper& to, Alteration& alteration) {
  const SqlNames& names = alteration.to;
  std::string sql = "ALTER " + names.address(to);
  const auto routine = [&](bool changed, std::string_view word, AnyRef ref) {
    if (changed) sql += ref ? " " + std::string(word) + " " + names.qualified(ref) : " NO " + std::string(word);
  };
  routine(alteration.changes<&ForeignDataWrapper::handler>(), "HANDLER", to.handler);
  routine(alteration.changes<&ForeignDataWrapper::validator>(), "VALIDATOR", to.validator);
  if (alteration.changes<&ForeignDataWrapper::options>())
    sql += " " + alter_foreign_options(from.options, to.options, names.address(to), alteration.out);
  alteration.out.add(std::move(sql));
}

constexpr auto foreign_data_wrapper_fields = field_rules(alter<&ForeignDataWrapper::handler, alter_wrapper>(),
                                      alter<&ForeignDataWrapper::validator, alter_wrapper>(),
                                      alter<&ForeignDataWrapper::options, alter_wrapper>());

}  // namespace

constinit const KindRules foreign_data_wrapper_rules = {
    .stage = stage::foreign_server,
    .create = create_with<create_wrapper>,
    .drop = drop_by_address,
    .fields = foreign_data_wrapper_fields,
};

}  // namespace pgplumb::diff
