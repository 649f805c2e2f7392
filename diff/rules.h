#pragma once
// KindRules: how to create, drop and alter the objects of one kind in SQL. One file a kind under diff/rules, found
// through kinds.def; the field rules name each compared field of the kind exactly once.
#include <array>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diff/action.h"
#include "diff/sql_names.h"

namespace pgplumb::diff {

/// What a create rule works with. What the new object contains may be made by the same statement: `absorbs` tells which.
struct Creation {
  const SqlNames& names;  // of the desired catalog
  Script& out;
  std::function<bool(catalog::Oid contained)> absorbs;
};

/// What a drop rule works with.
struct Removal {
  const SqlNames& names;  // of the actual catalog
  Script& out;
};

/// What an alter rule works with: an object that both catalogs have, and the fields that differ.
struct Alteration {
  const SqlNames& from;
  const SqlNames& to;
  Script& out;
  std::set<const void*> changed = {};  // tags
  bool replaced = false;

  template <auto Member>
  bool changes() const {
    return changed.count(catalog::tag_of<Member>()) != 0;
  }
  /// The change can't be made in place: drop and create instead.
  void replace() { replaced = true; }
};

enum class FieldChangeBy : std::uint8_t {
  alter,       // a statement of its own
  replace,     // dropping and creating
  impossible,  // nothing
  follows,     // another change brings it along
};

/// What becomes of a dependent while the object that it depends on changes.
enum class Disturbance : std::uint8_t {
  none,
  recreated,  // it must be out of the way: dropped before, created after
  passed_on,  // it changes along; what depends on it is disturbed in turn, by its own kind's rule
};

/// How one field changes.
struct FieldRule {
  const void* field = nullptr;
  FieldChangeBy by = FieldChangeBy::replace;
  void (*apply)(const catalog::Object& from, const catalog::Object& to, Alteration& alteration) = nullptr;
  std::string_view reason = {};  // why it is impossible
  bool applied_late = false;
  bool disturbs_dependents = false;

  /// CREATE leaves it out: `apply` follows once what the field refers to exists.
  constexpr FieldRule late() const {
    FieldRule copy = *this;
    copy.applied_late = true;
    return copy;
  }
  /// PostgreSQL refuses the change while certain objects depend on the changed one: KindRules::disturbed tells which.
  constexpr FieldRule disturbs() const {
    FieldRule copy = *this;
    copy.disturbs_dependents = true;
    return copy;
  }
};

struct KindRules {
  /// Where the kind comes in a plan that nothing else orders; drops come in reverse.
  int stage = 0;
  /// Not empty: changes are detected and no SQL is written for them, for this reason.
  std::string_view reported_only = {};

  void (*create)(const catalog::Object& object, Creation& creation) = nullptr;
  void (*drop)(const catalog::Object& object, Removal& removal) = nullptr;
  std::span<const FieldRule> fields = {};

  /// Whether CREATE of the container makes the contained object as well, where it can. Asked of each of the object's
  /// containers, from the inside out: a default's column, then the column's table.
  bool (*absorbs)(const catalog::Object& container, const catalog::Object& contained, const SqlNames& names) = nullptr;
  /// The object comes and goes by itself with another that is no container of it: a clone on a partition.
  bool (*implied)(const catalog::Object& object, const SqlNames& names) = nullptr;
  /// Of what is implied: whether the two are one object that each side calls by another name, and the statements that rename
  /// it. Asked where neither comes or goes with anything else.
  bool (*is_renamed)(const catalog::Object& from, const catalog::Object& to, const SqlNames& from_names,
                     const SqlNames& to_names) = nullptr;
  void (*rename)(const catalog::Object& from, const catalog::Object& to, Alteration& alteration) = nullptr;
  /// What has to be recreated in its place; itself by default.
  catalog::Oid (*recreated_with)(const catalog::Object& object, const catalog::Catalog& catalog) = nullptr;
  /// What else it needs, beyond its references.
  void (*needs)(const catalog::Object& object, const catalog::Catalog& catalog, const catalog::RefVisitor& visit) = nullptr;
  /// What it is made after and dropped before, and can stay without.
  void (*comes_after)(const catalog::Object& object, const catalog::Catalog& catalog, const catalog::RefVisitor& visit) =
      nullptr;
  /// What its late fields need beyond their references.
  void (*late_needs)(const catalog::Object& object, const catalog::Catalog& catalog, const catalog::RefVisitor& visit) =
      nullptr;
  /// What dropping it would destroy; empty for what holds no data.
  std::string_view (*holds_data)(const catalog::Object& object, const catalog::Catalog& catalog) = nullptr;
  /// What a change that `disturbs` does to a dependent.
  Disturbance (*disturbed)(const catalog::Object& changed, const catalog::Object& dependent,
                           const Alteration& alteration) = nullptr;
};

const KindRules& rules_of(catalog::Kind kind);

#define KIND(word, Struct) extern const KindRules word##_rules;
#include "catalog/kinds.def"
#undef KIND

// --- For the rules' own files ------------------------------------------------------------------------------------------

namespace detail {

template <auto Function>
struct AlterThunk;
template <class T, void (*Function)(const T&, const T&, Alteration&)>
struct AlterThunk<Function> {
  static void call(const catalog::Object& from, const catalog::Object& to, Alteration& alteration) {
    Function(static_cast<const T&>(from), static_cast<const T&>(to), alteration);
  }
};

template <auto Function>
struct WriteThunk;
template <class T, class Context, void (*Function)(const T&, Context&)>
struct WriteThunk<Function> {
  static void call(const catalog::Object& object, Context& context) { Function(static_cast<const T&>(object), context); }
};

}  // namespace detail

/// `alter<&Policy::roles, alter_policy>()`. Fields of one function change together, by one call.
template <auto Member, auto Function>
constexpr FieldRule alter() {
  return {catalog::tag_of<Member>(), FieldChangeBy::alter, detail::AlterThunk<Function>::call};
}
template <auto Member>
constexpr FieldRule replace() {
  return {catalog::tag_of<Member>(), FieldChangeBy::replace};
}
template <auto Member>
constexpr FieldRule impossible(std::string_view reason) {
  return {catalog::tag_of<Member>(), FieldChangeBy::impossible, nullptr, reason};
}
template <auto Member>
constexpr FieldRule follows() {
  return {catalog::tag_of<Member>(), FieldChangeBy::follows};
}

template <class... Rules>
constexpr std::array<FieldRule, sizeof...(Rules)> field_rules(const Rules&... rules) {
  return {rules...};
}

/// Erases the type of a create or drop rule: `create_with<create_policy>`.
template <auto Function>
inline constexpr auto create_with = detail::WriteThunk<Function>::call;
template <auto Function>
inline constexpr auto drop_with = detail::WriteThunk<Function>::call;

/// "DROP POLICY mine ON public.orders": right for most kinds.
void drop_by_address(const catalog::Object& object, Removal& removal);

/// A kind whose changes are detected, and which no statement is written for.
constexpr KindRules report_only(std::string_view reason) { return {.reported_only = reason}; }

}  // namespace pgplumb::diff
