#pragma once
// How messages name an object: getObjectDescription of catalog/objectaddress.c, format_procedure and format_operator of
// utils/adt/regproc.c.
#include <string>

#include "catalog/catalog.h"
#include "engine/analyze/syscache.h"

namespace pgplumb::engine::ddl {

/// `table t`, `column a of table t`, `function f(integer)`: qualified where search_path does not find it. In English,
/// as PostgreSQL says it.
std::string describe_object(const analyze::Syscache& cache, const catalog::Object& object);

/// `name(type,type)`, schema-qualified where an unqualified name would mean another routine; built-in ones included.
std::string format_procedure(const analyze::Syscache& cache, catalog::Oid routine);
/// `name(left,right)`; likewise.
std::string format_operator(const analyze::Syscache& cache, catalog::Oid op);
/// The name, quoted, and qualified where search_path finds another of that kind first.
std::string qualified_if_hidden(const analyze::Syscache& cache, const catalog::Object& object);

}  // namespace pgplumb::engine::ddl
