#pragma once
// A procedural language (pg_language).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Language : Object {
  bool trusted = false;
  AnyRef handler, inline_handler, validator;
};

inline constexpr auto language_fields =
    fields(field<&Object::name>("name", identity, "l.lanname"),
           field<&Language::trusted>("trusted", attribute, "l.lanpltrusted"),
           field<&Language::handler>("handler", attribute, "'1255/' || nullif(l.lanplcallfoid, 0)"),
           field<&Language::inline_handler>("inline", attribute, "'1255/' || nullif(l.laninline, 0)"),
           field<&Language::validator>("validator", attribute, "'1255/' || nullif(l.lanvalidator, 0)"));

}  // namespace pgplumb::catalog
