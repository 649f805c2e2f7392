#pragma once
// Literals that mean the clock, as 'now' and 'today 10:00' do: what a server made of them.
#include <string_view>

#include "catalog/base/ids.h"

namespace pgplumb::engine::analyze {

class Syscache;

/// Whether there is a moment at which the type's input function makes `value` of `word` (EncodeSpecialDate and what reads the
/// clock in datetime.c). In UTC: what took another zone is not found.
bool could_become(const Syscache& cache, catalog::Oid type, std::string_view word, std::string_view value);

}  // namespace pgplumb::engine::analyze
