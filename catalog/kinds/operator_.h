#pragma once
// An operator (pg_operator). One that was only named so far, as another's commutator or negator, has no function.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Operator : Object {
  TypeRef left, right;  // left is empty for a prefix operator; right was, for a postfix operator of 13
  TypeRef result;
  AnyRef function;
  AnyRef commutator, negator;
  AnyRef restrict_estimator, join_estimator;
  bool hashes = false;
  bool merges = false;
};

inline constexpr auto operator__fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || o.oprnamespace"),
    field<&Object::name>("name", identity, "o.oprname"),
    field<&Operator::left>("left", identity, "nullif(o.oprleft, 0)"),
    field<&Operator::right>("right", identity, "nullif(o.oprright, 0)"),
    field<&Operator::result>("result", attribute, "nullif(o.oprresult, 0)"),
    field<&Operator::function>("function", attribute, "'1255/' || nullif(o.oprcode::oid, 0)"),
    field<&Operator::commutator>("commutator", attribute | EdgeType::none, "'2617/' || nullif(o.oprcom, 0)"),
    field<&Operator::negator>("negator", attribute | EdgeType::none, "'2617/' || nullif(o.oprnegate, 0)"),
    field<&Operator::restrict_estimator>("restrict", attribute, "'1255/' || nullif(o.oprrest::oid, 0)"),
    field<&Operator::join_estimator>("join", attribute, "'1255/' || nullif(o.oprjoin::oid, 0)"),
    field<&Operator::hashes>("hashes", attribute, "o.oprcanhash"),
    field<&Operator::merges>("merges", attribute, "o.oprcanmerge"));

}  // namespace pgplumb::catalog
