#pragma once
// The proof of a plan: its SQL runs in memory on a copy of the catalog that it starts from.
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace pgplumb::engine {

struct Trial {
  catalog::Catalog result;           // sealed
  std::vector<std::string> refused;  // what PostgreSQL would refuse, or what is not simulated; the rest was not run
  std::vector<catalog::Oid>
      opaque;  // objects of `from` with texts that can't be analysed: a change of them is not followed
};

/// Runs `sql` as one script on a copy of `from`, which may have been read from a server or a snapshot.
Trial try_out(const catalog::Catalog& from, const std::string& sql);

}  // namespace pgplumb::engine
