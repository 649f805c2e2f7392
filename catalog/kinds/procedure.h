#pragma once
// A procedure (pg_proc, prokind p).
#include "catalog/kinds/routine.h"

namespace pgplumb::catalog {

struct Procedure : Routine {};

}  // namespace pgplumb::catalog
