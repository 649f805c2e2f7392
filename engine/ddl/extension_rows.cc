#include "engine/ddl/extension_rows.h"

#include <algorithm>

#include "catalog/kinds/extension.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using builtin::ExtensionData;

namespace {

bool is_array(const ExtensionData& data, Oid type) {
  for (const auto& row : data.types())
    if (row.typarray == type) return true;
  return false;
}

template <class Rows, class GetName>
std::string_view name_in(const Rows& rows, Oid oid, GetName name) {
  for (const auto& row : rows)
    if (row.oid == oid) return name(row);
  return {};
}

/// The pieces of a list of expressions, cut at commas outside of quotes and parentheses.
std::vector<std::string> split_expressions(std::string_view text) {
  std::vector<std::string> pieces(1);
  int depth = 0;
  bool quoted = false;
  for (char c : text) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && (c == '(' || c == '[')) ++depth;
    if (!quoted && (c == ')' || c == ']')) --depth;
    if (c == ',' && depth == 0 && !quoted)
      pieces.emplace_back();
    else if (c != ' ' || !pieces.back().empty())
      pieces.back() += c;
  }
  return pieces;
}

ArgumentMode argument_mode(char mode) {
  switch (mode) {
    case 'o':
      return ArgumentMode::out;
    case 'b':
      return ArgumentMode::inout;
    case 'v':
      return ArgumentMode::variadic;
    case 't':
      return ArgumentMode::table;
    default:
      return ArgumentMode::in;
  }
}

}  // namespace

void MemberOids::add_derived_types() {
  for (const auto& row : data_.types())
    if (row.typarray && known_.count(row.oid)) known_[row.typarray] = type_in_form(known_[row.oid], TypeForm::array);
  for (const auto& row : data_.ranges()) {
    if (!row.rngmultitypid || !known_.count(row.rngtypid)) continue;
    const Oid range = known_[row.rngtypid];
    known_[row.rngmultitypid] = type_in_form(range, TypeForm::multirange);
    for (const auto& type : data_.types())
      if (type.oid == row.rngmultitypid && type.typarray)
        known_[type.typarray] = type_in_form(range, TypeForm::multirange_array);
  }
}

bool MemberOids::is_made_by_another(const builtin::Type& row) const {
  return row.typtype == 'm' || row.typtype == 'c' || is_array(data_, row.oid);
}

bool MemberOids::is_own(Oid row) const {
  return builtin::is_member(row) && builtin::member_extension(row) == data_.number();
}

Name MemberOids::multirange_name(Oid row) const {
  for (const auto& type : data_.types())
    if (type.oid == row) return Name(type.typname.view());
  return {};
}

Oid MemberOids::find(Oid row) const {
  if (!builtin::is_member(row)) return row;
  const auto found = known_.find(row);
  return found != known_.end() ? found->second : find_in_other(row);
}

/// A member of another extension: looked for by its name among the members of those that this one requires.
Oid MemberOids::find_in_other(Oid row) const {
  for (const builtin::Text& required : data_.required()) {
    const auto* other = builtin::find_extension(required.view(), {}, catalog_.major());
    const auto* extension = catalog_.find_named<Extension>(invalid_oid, Name(required.view()));
    if (!other || !extension || builtin::member_extension(row) != other->number()) continue;
    const std::string_view type = name_in(other->types(), row, [](const auto& r) { return r.typname.view(); });
    const std::string_view routine = name_in(other->procs(), row, [](const auto& r) { return r.proname.view(); });
    const std::string_view language = name_in(other->languages(), row, [](const auto& r) { return r.lanname.view(); });
    Oid found = invalid_oid;
    catalog_.for_each([&](const Object& object) {
      if (object.extension != extension->oid) return;
      const KindInfo& kind = kind_info(object.kind);
      if ((kind.traits.is_type && object.name.view() == type && !type.empty()) ||
          (kind.name_space == NameSpace::routine && object.name.view() == routine && !routine.empty()) ||
          (object.kind == Kind::language && object.name.view() == language && !language.empty()))
        found = object.oid;
    });
    if (found != invalid_oid) return found;
  }
  return invalid_oid;
}

std::vector<Argument> routine_arguments(const builtin::Proc& row, const MemberOids& oids) {
  const auto& types = row.proallargtypes.empty() ? row.proargtypes : row.proallargtypes;
  std::vector<Argument> arguments(types.size());
  std::vector<Argument*> inputs;
  for (std::size_t i = 0; i < types.size(); ++i) {
    arguments[i].type = {oids.find(types[i]), -1};
    if (i < row.proargmodes.size()) arguments[i].mode = argument_mode(row.proargmodes[i]);
    if (i < row.proargnames.size()) arguments[i].name = Name(row.proargnames[i].view());
    if (arguments[i].mode != ArgumentMode::out && arguments[i].mode != ArgumentMode::table)
      inputs.push_back(&arguments[i]);
  }
  const std::size_t defaults = static_cast<std::size_t>(row.pronargdefaults);
  if (defaults == 0 || defaults > inputs.size()) return arguments;
  const std::vector<std::string> texts = split_expressions(row.proargdefaults);
  for (std::size_t i = 0; i < defaults; ++i)
    inputs[inputs.size() - defaults + i]->default_expression.text = i < texts.size() ? texts[i] : "NULL";
  return arguments;
}

void family_members(const ExtensionData& data, Oid family, const MemberOids& oids,
                    std::vector<FamilyOperator>& operators, std::vector<FamilyFunction>& functions) {
  for (const auto& row : data.amops()) {
    if (row.amopfamily != family) continue;
    FamilyOperator member;
    member.strategy = row.amopstrategy;
    member.left = {oids.find(row.amoplefttype), -1};
    member.right = {oids.find(row.amoprighttype), -1};
    member.op = {Kind::operator_, oids.find(row.amopopr)};
    if (row.amopsortfamily) member.sort_family = {Kind::operator_family, oids.find(row.amopsortfamily)};
    operators.push_back(std::move(member));
  }
  for (const auto& row : data.amprocs()) {
    if (row.amprocfamily != family) continue;
    FamilyFunction member;
    member.number = row.amprocnum;
    member.left = {oids.find(row.amproclefttype), -1};
    member.right = {oids.find(row.amprocrighttype), -1};
    member.function = {Kind::function, oids.find(row.amproc)};
    functions.push_back(std::move(member));
  }
}

}  // namespace pgplumb::engine::ddl
