#pragma once
// The queries of the system's views, as pg_get_viewdef() gives them under a search_path without information_schema:
// catalog/builtin/data/view.tsv, linked into the program as it is.
#include <optional>
#include <string>

#include "catalog/base/ids.h"

namespace pgplumb::catalog::builtin {

/// The definition in that major; nothing where there is no such view.
std::optional<std::string> view_definition(int major, Oid view);

}  // namespace pgplumb::catalog::builtin
