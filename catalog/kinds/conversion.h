#pragma once
// A conversion between two encodings (pg_conversion).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Conversion : Object {
  Name source, destination;  // encodings
  AnyRef function;
  bool is_default = false;
};

inline constexpr auto conversion_fields =
    fields(field<&Object::parent>("schema", parent, "'2615/' || co.connamespace"),
           field<&Object::name>("name", identity, "co.conname"),
           field<&Conversion::source>("source", attribute, "pg_encoding_to_char(co.conforencoding)"),
           field<&Conversion::destination>("destination", attribute, "pg_encoding_to_char(co.contoencoding)"),
           field<&Conversion::function>("function", attribute, "'1255/' || co.conproc::oid"),
           field<&Conversion::is_default>("default", attribute, "co.condefault"));

}  // namespace pgplumb::catalog
