#include "catalog/kinds/operator_class.h"

#include <algorithm>

#include "diff/rules/family.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::OperatorClass;

namespace {

void create_class(const OperatorClass& object, Creation& creation) {
  const SqlNames& names = creation.names;
  std::vector<std::string> members;
  for (const catalog::FamilyOperator& member : object.operators) members.push_back(family_operator(member, names));
  for (const catalog::FamilyFunction& member : object.functions) members.push_back(family_function(member, names));
  std::sort(members.begin(), members.end());
  if (object.storage) members.push_back("STORAGE " + names.type(object.storage));
  if (members.empty()) members.push_back("STORAGE " + names.type(object.input));
  creation.out.add("CREATE OPERATOR CLASS " + names.qualified(object) + (object.is_default ? " DEFAULT" : "") +
                   " FOR TYPE " + names.type(object.input) + " USING " + names.qualified(object.method) + " FAMILY " +
                   names.qualified(object.family) + " AS\n    " + join(members, ",\n    "));
}

constexpr auto operator_class_fields =
    field_rules(replace<&OperatorClass::family>(), replace<&OperatorClass::input>(), replace<&OperatorClass::storage>(),
                replace<&OperatorClass::is_default>(), replace<&OperatorClass::operators>(),
                replace<&OperatorClass::functions>());

}  // namespace

constinit const KindRules operator_class_rules = {
    .stage = stage::oper,
    .create = create_with<create_class>,
    .drop = drop_by_address,
    .fields = operator_class_fields,
};

}  // namespace pgplumb::diff
