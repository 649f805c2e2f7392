#include "catalog/kinds/operator_.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Operator;

namespace {

void create_operator(const Operator& oper, Creation& creation) {
  const SqlNames& names = creation.names;
  std::vector<std::string> parts = {"FUNCTION = " + names.qualified(oper.function)};
  if (oper.left) parts.push_back("LEFTARG = " + names.type(oper.left));
  if (oper.right) parts.push_back("RIGHTARG = " + names.type(oper.right));
  const auto link = [&](std::string_view word, AnyRef other) {
    if (other) parts.push_back(std::string(word) + " = OPERATOR(" + names.operator_name(other) + ")");
  };
  link("COMMUTATOR", oper.commutator);
  link("NEGATOR", oper.negator);
  if (oper.restrict_estimator) parts.push_back("RESTRICT = " + names.qualified(oper.restrict_estimator));
  if (oper.join_estimator) parts.push_back("JOIN = " + names.qualified(oper.join_estimator));
  if (oper.hashes) parts.emplace_back("HASHES");
  if (oper.merges) parts.emplace_back("MERGES");
  creation.out.add("CREATE OPERATOR " + names.qualified(oper) + " (" + join(parts) + ")");
}

void alter_estimators(const Operator&, const Operator& to, Alteration& alteration) {
  const auto part = [&](std::string_view word, AnyRef ref) {
    return std::string(word) + " = " + (ref ? alteration.to.qualified(ref) : "NONE");
  };
  alteration.out.add("ALTER " + alteration.to.address(to) + " SET (" + part("RESTRICT", to.restrict_estimator) + ", " +
                     part("JOIN", to.join_estimator) + ")");
}

// The other operator of a pair names this one when it is made.
constexpr auto operator_fields = field_rules(
    replace<&Operator::result>(), replace<&Operator::function>(), replace<&Operator::commutator>().late(),
    replace<&Operator::negator>().late(), alter<&Operator::restrict_estimator, alter_estimators>(),
    alter<&Operator::join_estimator, alter_estimators>(), replace<&Operator::hashes>(), replace<&Operator::merges>());

}  // namespace

constinit const KindRules operator__rules = {
    .stage = stage::oper,
    .create = create_with<create_operator>,
    .drop = drop_by_address,
    .fields = operator_fields,
};

}  // namespace pgplumb::diff
