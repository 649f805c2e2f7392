#pragma once
// An operator class (pg_opclass), with the members of its family that it can't be without.
#include "catalog/kinds/family_members.h"

namespace pgplumb::catalog {

struct OperatorClass : Object {
  AnyRef method;
  AnyRef family;
  TypeRef input;
  TypeRef storage;  // empty where it is the input type
  bool is_default = false;
  std::vector<FamilyOperator> operators;
  std::vector<FamilyFunction> functions;
};

inline constexpr auto operator_class_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || c.opcnamespace"),
    field<&Object::name>("name", identity, "c.opcname"),
    field<&OperatorClass::method>("method", identity, "'2601/' || c.opcmethod"),
    field<&OperatorClass::family>("family", attribute | EdgeType::automatic, "'2753/' || c.opcfamily"),
    field<&OperatorClass::input>("input", attribute, "c.opcintype"),
    field<&OperatorClass::storage>("storage", attribute, "nullif(c.opckeytype, 0)"),
    field<&OperatorClass::is_default>("default", attribute, "c.opcdefault"),
    field<&OperatorClass::operators>(
        "operators", attribute | set,
        "(SELECT " PGPLUMB_FAMILY_OPERATORS " FROM pg_depend d JOIN pg_amop o ON o.oid = d.objid "
        "WHERE d.classid = 2602 AND d.refclassid = 2616 AND d.refobjid = c.oid AND d.deptype = 'i')"),
    field<&OperatorClass::functions>(
        "functions", attribute | set,
        "(SELECT " PGPLUMB_FAMILY_FUNCTIONS " FROM pg_depend d JOIN pg_amproc p ON p.oid = d.objid "
        "WHERE d.classid = 2603 AND d.refclassid = 2616 AND d.refobjid = c.oid AND d.deptype = 'i')"));

}  // namespace pgplumb::catalog
