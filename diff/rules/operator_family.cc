#include "catalog/kinds/operator_family.h"

#include <map>

#include "diff/rules/family.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::FamilyFunction;
using catalog::FamilyOperator;
using catalog::OperatorFamily;

std::string family_operator(const FamilyOperator& member, const SqlNames& names) {
  std::string out = "OPERATOR " + std::to_string(member.strategy) + " " + names.operator_name(member.op) + " (" +
                    names.type(member.left) + ", " + names.type(member.right) + ")";
  if (member.sort_family) out += " FOR ORDER BY " + names.qualified(member.sort_family);
  return out;
}

std::string family_function(const FamilyFunction& member, const SqlNames& names) {
  return "FUNCTION " + std::to_string(member.number) + " (" + names.type(member.left) + ", " + names.type(member.right) +
         ") " + names.signature(member.function);
}

namespace {

/// What is added, and how it is dropped again.
std::map<std::string, std::string> members(const OperatorFamily& family, const SqlNames& names) {
  std::map<std::string, std::string> out;
  const auto sides = [&](catalog::TypeRef left, catalog::TypeRef right) {
    return " (" + names.type(left) + ", " + names.type(right) + ")";
  };
  for (const FamilyOperator& member : family.operators)
    out.emplace(family_operator(member, names),
                "OPERATOR " + std::to_string(member.strategy) + sides(member.left, member.right));
  for (const FamilyFunction& member : family.functions)
    out.emplace(family_function(member, names), "FUNCTION " + std::to_string(member.number) + sides(member.left, member.right));
  return out;
}

void add_members(const OperatorFamily& from, const OperatorFamily& to, Alteration& alteration) {
  const auto before = members(from, alteration.from), after = members(to, alteration.to);
  std::vector<std::string> dropped, added;
  for (const auto& [member, address] : before)
    if (!after.count(member)) dropped.push_back(address);
  for (const auto& [member, address] : after)
    if (!before.count(member)) added.push_back(member);
  const std::string head = "ALTER " + alteration.to.address(to);
  if (!dropped.empty()) alteration.out.add(head + " DROP " + join(dropped));
  if (!added.empty()) alteration.out.add(head + " ADD " + join(added));
}

void create_family(const OperatorFamily& family, Creation& creation) {
  creation.out.add("CREATE " + creation.names.address(family));
}

constexpr auto operator_family_fields = field_rules(alter<&OperatorFamily::operators, add_members>().late(),
                                      alter<&OperatorFamily::functions, add_members>().late());

}  // namespace

constinit const KindRules operator_family_rules = {
    .stage = stage::oper,
    .create = create_with<create_family>,
    .drop = drop_by_address,
    .fields = operator_family_fields,
};

}  // namespace pgplumb::diff
