#pragma once
// The languages that every database has, as pg_language.dat numbers them.
#include "catalog/base/ids.h"

namespace pgplumb::engine::ddl::languages {

inline constexpr catalog::Oid internal = 12, c = 13, sql = 14;

}  // namespace pgplumb::engine::ddl::languages
