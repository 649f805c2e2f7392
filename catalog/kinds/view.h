#pragma once
// A view (pg_class, relkind v). Its output columns are Column objects.
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

struct View : Object {
  Query query;
  Options options;  // security_barrier, security_invoker, check_option
};

inline constexpr auto view_fields =
    fields(field<&Object::parent>("schema", parent, "'2615/' || c.relnamespace"),
           field<&Object::name>("name", identity, "c.relname"),
           field<&View::query>("query", attribute, "pg_get_viewdef(c.oid)").sees(ExprScope::query),
           field<&View::options>("options", attribute | set, "to_json(c.reloptions)"));

}  // namespace pgplumb::catalog
