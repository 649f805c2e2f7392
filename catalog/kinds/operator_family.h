#pragma once
// An operator family (pg_opfamily), with the members that belong to it and not to one of its classes.
#include "catalog/kinds/family_members.h"

namespace pgplumb::catalog {

struct OperatorFamily : Object {
  AnyRef method;
  std::vector<FamilyOperator> operators;
  std::vector<FamilyFunction> functions;
};

inline constexpr auto operator_family_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || f.opfnamespace"),
    field<&Object::name>("name", identity, "f.opfname"),
    field<&OperatorFamily::method>("method", identity, "'2601/' || f.opfmethod"),
    field<&OperatorFamily::operators>(
        "operators", attribute | set,
        "(SELECT " PGPLUMB_FAMILY_OPERATORS " FROM pg_amop o WHERE o.amopfamily = f.oid AND NOT EXISTS (SELECT "
        "FROM pg_depend d WHERE d.classid = 2602 AND d.objid = o.oid AND d.refclassid = 2616 AND d.deptype = 'i'))"),
    field<&OperatorFamily::functions>(
        "functions", attribute | set,
        "(SELECT " PGPLUMB_FAMILY_FUNCTIONS " FROM pg_amproc p WHERE p.amprocfamily = f.oid AND NOT EXISTS (SELECT "
        "FROM pg_depend d WHERE d.classid = 2603 AND d.objid = p.oid AND d.refclassid = 2616 AND d.deptype = 'i'))"));

}  // namespace pgplumb::catalog
