#pragma once
// A text search parser (pg_ts_parser).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct TextSearchParser : Object {
  AnyRef start, token, end, headline, token_types;
};

inline constexpr auto text_search_parser_fields =
    fields(field<&Object::parent>("schema", parent, "'2615/' || p.prsnamespace"),
           field<&Object::name>("name", identity, "p.prsname"),
           field<&TextSearchParser::start>("start", attribute, "'1255/' || p.prsstart::oid"),
           field<&TextSearchParser::token>("token", attribute, "'1255/' || p.prstoken::oid"),
           field<&TextSearchParser::end>("end", attribute, "'1255/' || p.prsend::oid"),
           field<&TextSearchParser::headline>("headline", attribute, "'1255/' || nullif(p.prsheadline::oid, 0)"),
           field<&TextSearchParser::token_types>("token_types", attribute, "'1255/' || p.prslextype::oid"));

}  // namespace pgplumb::catalog
