#pragma once
// A materialized view (pg_class, relkind m).
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

struct MaterializedView : Object {
  Query query;
  AnyRef access_method;
  Name tablespace;
  Options options;
  Options toast_options;
  bool has_toast_table = false;
  bool populated = true;  // data, not schema
};

inline constexpr auto materialized_view_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || c.relnamespace"),
    field<&Object::name>("name", identity, "c.relname"),
    field<&MaterializedView::query>("query", attribute, "pg_get_viewdef(c.oid)").sees(ExprScope::query),
    field<&MaterializedView::access_method>("access_method", attribute, "'2601/' || nullif(c.relam, 0)"),
    field<&MaterializedView::tablespace>("tablespace", attribute,
                                         "CASE WHEN c.reltablespace <> 0 THEN "
                              "(SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) END"),
    field<&MaterializedView::options>("options", attribute | set, "to_json(c.reloptions)"),
    field<&MaterializedView::toast_options>(
        "toast_options", attribute | set,
        "(SELECT to_json(t.reloptions) FROM pg_class t WHERE t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL)"),
    field<&MaterializedView::has_toast_table>("has_toast_table", info, "c.reltoastrelid <> 0"),
    field<&MaterializedView::populated>("populated", info, "c.relispopulated"));

}  // namespace pgplumb::catalog
