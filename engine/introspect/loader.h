#pragma once
// From the rows of a reading to the objects of a Catalog.
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "engine/introspect/reading.h"

namespace pgplumb::engine {

struct Loaded {
  catalog::Catalog catalog;
  /// "catalog/oid" of what objects refer to and was not read: a sign of a mixed reading, or of a right that is missing.
  std::vector<std::string> dangling;
  /// Kinds that the role may not read, with the server's message.
  std::vector<std::string> denied;
};

Loaded load(const Reading& reading);

}  // namespace pgplumb::engine
