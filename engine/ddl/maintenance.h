#pragma once
// What the statements that tend relations have in common: VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH and LOCK.
#include <string_view>

#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

/// The relation that the statement names; null for one of the server's own, which none of these changes. Throws 42P01
/// where there is none.
const Object* tended_relation(const Interpreter& interpreter, ast::RangeVar name);

/// Whether the user may tend the relation: its owner may, and since 17 who has MAINTAIN.
bool may_maintain(const Interpreter& interpreter, const Object& relation);
/// Throws 42809 for what holds no rows of its own, and 42501 (RangeVarCallbackMaintainsTable of commands/tablecmds.c).
void require_maintained_table(const Interpreter& interpreter, const Object& relation);

/// The relation and, of a partitioned table, its partitions at any depth.
std::vector<Oid> with_partitions(const catalog::Catalog& catalog, Oid relation);

/// An option that the statement does not know: 42601.
[[noreturn]] void unrecognized_option(std::string_view statement, ast::DefElem option);

}  // namespace pgplumb::engine::ddl
