#pragma once
// Who uses a relation's row type: find_composite_type_dependencies of commands/tablecmds.c; and who a domain inside a
// larger value, get_rels_with_domain of commands/typecmds.c.
#include <vector>

#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

/// Throws 0A000 where a column of some table has the relation's row type, in an array, domain or other row type too.
void require_row_type_unused(const Interpreter& interpreter, const Object& relation);

/// Throws 0A000 where a stored value has the domain inside it, in an array, range or row: there its values can't be checked.
void require_domain_stored_plainly(const Interpreter& interpreter, Oid domain);

/// Tables made OF the composite type.
std::vector<Oid> typed_tables_of(const catalog::Catalog& catalog, Oid type);

}  // namespace pgplumb::engine::ddl
