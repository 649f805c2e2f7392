#pragma once
// What belongs to a role or names it: pg_shdepend, catalog/pg_shdepend.c.
#include <string>
#include <vector>

#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Throws 2BP01 with the list of what stands in the way of dropping the role (checkSharedDependencies).
void require_no_dependents(const Interpreter& interpreter, Name role);

/// The objects that the role owns, by ascending oid.
std::vector<Oid> owned_by(const Interpreter& interpreter, Name role);

}  // namespace pgplumb::engine::ddl
