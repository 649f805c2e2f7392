#pragma once
// A base type, or a shell of one (pg_type, typtype b and p, made by users or extensions).
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

struct BaseType : Object {
  bool defined = true;  // false: a shell
  AnyRef input, output, receive, send, typmod_input, typmod_output, analyze;
  std::int16_t length = -1;
  bool by_value = false;
  std::string alignment = "i";
  std::string storage = "p";
  std::string category = "U";
  bool preferred = false;
  std::string default_value;
  TypeRef element;
  std::string delimiter = ",";
  AnyRef collation;
};

#define PGPLUMB_PROC(COLUMN) "'1255/' || nullif(t." COLUMN "::oid, 0)"
inline constexpr auto base_type_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || t.typnamespace"),
    field<&Object::name>("name", identity, "t.typname"),
    field<&BaseType::defined>("defined", attribute, "t.typisdefined"),
    field<&BaseType::input>("input", attribute, PGPLUMB_PROC("typinput")),
    field<&BaseType::output>("output", attribute, PGPLUMB_PROC("typoutput")),
    field<&BaseType::receive>("receive", attribute, PGPLUMB_PROC("typreceive")),
    field<&BaseType::send>("send", attribute, PGPLUMB_PROC("typsend")),
    field<&BaseType::typmod_input>("typmod_input", attribute, PGPLUMB_PROC("typmodin")),
    field<&BaseType::typmod_output>("typmod_output", attribute, PGPLUMB_PROC("typmodout")),
    field<&BaseType::analyze>("analyze", attribute, PGPLUMB_PROC("typanalyze")),
    field<&BaseType::length>("length", attribute, "t.typlen"),
    field<&BaseType::by_value>("by_value", attribute, "t.typbyval"),
    field<&BaseType::alignment>("alignment", attribute, "t.typalign"),
    field<&BaseType::storage>("storage", attribute, "t.typstorage"),
    field<&BaseType::category>("category", attribute, "t.typcategory"),
    field<&BaseType::preferred>("preferred", attribute, "t.typispreferred"),
    field<&BaseType::default_value>("default", attribute, "t.typdefault"),
    field<&BaseType::element>("element", attribute, "nullif(t.typelem, 0)"),
    field<&BaseType::delimiter>("delimiter", attribute, "t.typdelim"),
    field<&BaseType::collation>("collation", attribute, "'3456/' || nullif(t.typcollation, 0)"));
#undef PGPLUMB_PROC

}  // namespace pgplumb::catalog
