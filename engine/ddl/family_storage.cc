// Where the members of operator classes and families are kept: a class has those that it can't be without, its family
// the others. storeOperators and storeProcedures of commands/opclasscmds.c, and the access methods' amadjustmembers.
#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/operator_family.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/family_members.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

template <class Member>
int number_of(const Member& member) {
  if constexpr (std::is_same_v<Member, FamilyOperator>)
    return member.strategy;
  else
    return member.number;
}

template <class Member>
bool same(const Member& a, const Member& b) {
  return number_of(a) == number_of(b) && a.left == b.left && a.right == b.right;
}

template <class Member>
bool contains(const std::vector<Member>& members, const Member& member) {
  return std::any_of(members.begin(), members.end(), [&](const Member& other) { return same(other, member); });
}

bool builtin_has(const Interpreter& interpreter, Oid family, const FamilyOperator& member) {
  return builtin::of(interpreter.major()).amop(family, member.left.type, member.right.type, member.strategy) != nullptr;
}
bool builtin_has(const Interpreter& interpreter, Oid family, const FamilyFunction& member) {
  return builtin::of(interpreter.major()).amproc(family, member.left.type, member.right.type, member.number) != nullptr;
}

const std::vector<FamilyOperator>& members_of(const OperatorFamily& set, const FamilyOperator&) {
  return set.operators;
}
const std::vector<FamilyFunction>& members_of(const OperatorFamily& set, const FamilyFunction&) {
  return set.functions;
}
const std::vector<FamilyOperator>& members_of(const OperatorClass& set, const FamilyOperator&) { return set.operators; }
const std::vector<FamilyFunction>& members_of(const OperatorClass& set, const FamilyFunction&) { return set.functions; }

/// Whether the family, or a class in it, has such a member.
template <class Member>
bool family_has(const Interpreter& interpreter, Oid family, const Member& member) {
  if (builtin_has(interpreter, family, member)) return true;
  const Catalog& catalog = interpreter.catalog();
  if (const auto* made = catalog.find_as<OperatorFamily>(family); made && contains(members_of(*made, member), member))
    return true;
  bool found = false;
  catalog.for_each<OperatorClass>([&](const OperatorClass& set) {
    if (set.family.oid == family && contains(members_of(set, member), member)) found = true;
  });
  return found;
}

std::string family_name(const Interpreter& interpreter, Oid family) {
  if (const Object* made = interpreter.catalog().find(family)) return made->name.str();
  const auto* row = builtin::of(interpreter.major()).opfamily_by_oid(family);
  return row ? std::string(row->opfname.view()) : std::string();
}

template <class Member>
std::string member_text(const Interpreter& interpreter, const char* word, const Member& member) {
  const analyze::Syscache& cache = cache_of(interpreter);
  return std::string(word) + " " + std::to_string(number_of(member)) + "(" +
         analyze::format_type(cache, member.left.type) + "," + analyze::format_type(cache, member.right.type) + ")";
}

template <class Member>
void check_new(const Interpreter& interpreter, Oid family, const std::vector<Member>& members, const char* word) {
  for (const Member& member : members)
    if (family_has(interpreter, family, member))
      throw SqlError("42710", member_text(interpreter, word, member) + " already exists in operator family \"" +
                                  family_name(interpreter, family) + "\"");
}

constexpr Oid btree = 403, hash = 405, gist = 783, gin = 2742, spgist = 4000, brin = 3580;

/// Whether an index of the method can't work without the support function.
bool is_required_function(Oid method, int number) {
  switch (method) {
    case btree:
    case hash:
      return number == 1;
    case gist:
      return number == 1 || number == 2 || number == 5 || number == 6 || number == 7;  // 3, 4 and 8.. are optional
    case gin:
      return number == 2 || number == 3;
    case spgist:
      return number >= 1 && number <= 5;
    default:
      return true;
  }
}

bool has_method_of_its_own(Oid method) {
  return method == btree || method == hash || method == gist || method == gin || method == spgist;
}

/// amadjustmembers, from 14 on; before, all members belonged to the class that brought them.
template <class Member>
bool belongs_to_class(const Interpreter& interpreter, const FamilyMethod& method, const OperatorClass& made,
                      const Member& member) {
  if (interpreter.major() < 14 || !has_method_of_its_own(method.works_as)) return true;
  const bool is_function = std::is_same_v<Member, FamilyFunction>;
  if (method.works_as == btree || method.works_as == hash) {
    if (is_function && !is_required_function(method.works_as, number_of(member))) return false;
    return member.left == member.right && member.left.type == made.input.type;
  }
  return is_function && is_required_function(method.works_as, number_of(member));
}

template <class Member>
void split(const Interpreter& interpreter, const FamilyMethod& method, const OperatorClass& made,
           const std::vector<Member>& members, std::vector<Member>& kept, std::vector<Member>& loose) {
  for (const Member& member : members)
    (belongs_to_class(interpreter, method, made, member) ? kept : loose).push_back(member);
}

template <auto Field, class Member>
void remove_members(Catalog& catalog, Ref<OperatorFamily> family, const std::vector<Member>& members) {
  if (members.empty()) return;
  catalog.edit(family).template change<Field>([&](std::vector<Member>& known) {
    std::erase_if(known, [&](const Member& member) { return contains(members, member); });
  });
}

template <class Member>
void check_present(const Interpreter& interpreter, const Address& family, const std::vector<Member>& members,
                   const char* word) {
  for (const Member& member : members)
    if (!family_has(interpreter, family.oid, member))
      throw SqlError("42704", member_text(interpreter, word, member) + " does not exist in operator family \"" +
                                  family_name(interpreter, family.oid) + "\"");
}

}  // namespace

void check_new_members(const Interpreter& interpreter, Oid family, const Members& members) {
  check_new(interpreter, family, members.operators, "operator");
  check_new(interpreter, family, members.functions, "function");
}

Members split_members(const Interpreter& interpreter, const FamilyMethod& method, OperatorClass& made,
                      const Members& members) {
  Members loose;
  split(interpreter, method, made, members.operators, made.operators, loose.operators);
  split(interpreter, method, made, members.functions, made.functions, loose.functions);
  return loose;
}

void add_to_family(Interpreter& interpreter, Oid family, const Members& members) {
  if (members.operators.empty() && members.functions.empty()) return;
  if (!interpreter.catalog().find_as<OperatorFamily>(family))
    throw NotSimulated("adding members to a built-in operator family");
  auto edit = interpreter.catalog().edit(Ref<OperatorFamily>{family});
  if (!members.operators.empty())
    edit.change<&OperatorFamily::operators>([&](std::vector<FamilyOperator>& known) {
      known.insert(known.end(), members.operators.begin(), members.operators.end());
    });
  if (!members.functions.empty())
    edit.change<&OperatorFamily::functions>([&](std::vector<FamilyFunction>& known) {
      known.insert(known.end(), members.functions.begin(), members.functions.end());
    });
}

void drop_from_family(Interpreter& interpreter, const Address& family, const Members& members) {
  check_present(interpreter, family, members.operators, "operator");
  check_present(interpreter, family, members.functions, "function");
  if (!family.object) throw NotSimulated("dropping members of a built-in operator family");
  remove_members<&OperatorFamily::operators>(interpreter.catalog(), {family.oid}, members.operators);
  remove_members<&OperatorFamily::functions>(interpreter.catalog(), {family.oid}, members.functions);
}

}  // namespace pgplumb::engine::ddl
