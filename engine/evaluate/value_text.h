#pragma once
// Small questions about values.
#include "engine/evaluate/value.h"

namespace pgplumb::engine::evaluate {

/// regclass, regtype, regproc …: oids that print as names.
bool is_reg_type(Oid type);
/// text, varchar, bpchar, name, cstring, unknown.
bool is_string_type(Oid type);

}  // namespace pgplumb::engine::evaluate
