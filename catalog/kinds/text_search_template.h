#pragma once
// A text search template (pg_ts_template).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct TextSearchTemplate : Object {
  AnyRef init, lexize;
};

inline constexpr auto text_search_template_fields =
    fields(field<&Object::parent>("schema", parent, "'2615/' || t.tmplnamespace"),
           field<&Object::name>("name", identity, "t.tmplname"),
           field<&TextSearchTemplate::init>("init", attribute, "'1255/' || nullif(t.tmplinit::oid, 0)"),
           field<&TextSearchTemplate::lexize>("lexize", attribute, "'1255/' || t.tmpllexize::oid"));

}  // namespace pgplumb::catalog
