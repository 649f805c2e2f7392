#pragma once
// Logged, unlogged, temporary: relpersistence of the relations that have one of their own.
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

catalog::Persistence persistence_of(const Object& relation);

}  // namespace pgplumb::engine::ddl
