#pragma once
// The name of a type as SQL: format_type() of PostgreSQL's format_type.c under search_path = pg_catalog.
#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace pgplumb::catalog {

/// With its modifier: "character varying(255)", "public.mood[]", "timestamp(3) with time zone". A type that the catalog
/// does not hold prints as "???", as in PostgreSQL.
std::string format_type(const Catalog& catalog, TypeRef type);

/// The modifier alone, as the type's typmod output function prints it: "(10,2)"; empty where there is none.
std::string format_typmod(int major, TypeRef type);

/// The schema-qualified name of the type's pg_type row, quoted: "pg_catalog.int4", "public._mood" is "public.mood[]".
std::string qualified_type_name(const Catalog& catalog, Oid type);

/// The inverse of format_type for built-in types: the type whose name is `text`; empty where there is none.
TypeRef parse_builtin_type(const Catalog& catalog, std::string_view text);

/// The modifier written as `arguments` ("10,2") behind the name of a type; -1 for an empty text.
std::int32_t parse_typmod(Oid type, std::string_view arguments);

}  // namespace pgplumb::catalog
