#pragma once
// A function, window functions included (pg_proc, prokind f and w).
#include "catalog/kinds/routine.h"

namespace pgplumb::catalog {

struct Function : Routine {};

}  // namespace pgplumb::catalog
