#pragma once
// Partition keys and bounds as a server prints them, analysed again.
#include <string>

#include "catalog/expr.h"
#include "catalog/kinds/table.h"
#include "engine/analyze/api.h"

namespace pgplumb::engine {

/// pg_get_partkeydef() of the table, from the text of it: throws SqlError and NotSimulated.
std::string reprinted_partition_key(const analyze::Analyzer& analyzer, const catalog::Table& table, const std::string& text);

/// "FOR VALUES …" or "DEFAULT" of a partition of `parent`.
catalog::Expr read_partition_bound(const analyze::Analyzer& analyzer, catalog::Ref<catalog::Table> parent,
                                   const std::string& text);

}  // namespace pgplumb::engine
