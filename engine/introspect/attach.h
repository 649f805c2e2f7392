#pragma once
// What other catalogs say of an object: its comment, its extension, what its expressions refer to.
#include <functional>

#include "engine/introspect/link.h"
#include "engine/introspect/reading.h"

namespace pgplumb::engine {

/// `object_at` gives the object that an oid of the Catalog belongs to, or null.
void attach(const Reading& reading, const Linker& linker, const std::function<catalog::Object*(Oid)>& object_at);

}  // namespace pgplumb::engine
