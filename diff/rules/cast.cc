#include "catalog/kinds/cast.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Cast;
using catalog::CastContext;
using catalog::CastMethod;

namespace {

void create_cast(const Cast& cast, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = "CREATE " + names.address(cast);
  switch (cast.method) {
    case CastMethod::function: sql += " WITH FUNCTION " + names.signature(cast.function); break;
    case CastMethod::binary: sql += " WITHOUT FUNCTION"; break;
    case CastMethod::inout: sql += " WITH INOUT"; break;
  }
  if (cast.context == CastContext::assignment) sql += " AS ASSIGNMENT";
  if (cast.context == CastContext::implicit) sql += " AS IMPLICIT";
  creation.out.add(std::move(sql));
}

constexpr auto cast_fields =
    field_rules(replace<&Cast::method>(), replace<&Cast::function>(), replace<&Cast::context>());

}  // namespace

constinit const KindRules cast_rules = {
    .stage = stage::oper,
    .create = create_with<create_cast>,
    .drop = drop_by_address,
    .fields = cast_fields,
};

}  // namespace pgplumb::diff
