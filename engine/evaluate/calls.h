#pragma once
// What is known of functions and operators without calling them.
#include "engine/analyze/syscache.h"

namespace pgplumb::engine::evaluate {

using catalog::Oid;

/// The C function behind a built-in function (pg_proc.prosrc); its own name where it is written in SQL; empty for
/// others.
std::string_view c_name(const catalog::builtin::Builtin& builtin, Oid function);

/// What a comparison operator asks of the order of its operands, by its btree family: 1 <, 2 <=, 3 =, 4 >=, 5 >, and 6
/// for <>. 0 for other operators.
int comparison_strategy(const analyze::Syscache& cache, Oid op);

/// Whether the operator is an equality that holds exactly where the texts are the same.
bool is_textual_equality(const analyze::Syscache& cache, Oid op);
/// Whether the function, a cast, gives the same text, and the same for no two different ones.
bool keeps_text(const analyze::Syscache& cache, Oid function);

}  // namespace pgplumb::engine::evaluate
