#pragma once
// Objects by oid to the names that the session would see: the output functions of utils/adt/regproc.c, and
// pg_…_is_visible.
#include <optional>
#include <string>

#include "engine/interpreter.h"

namespace pgplumb::engine::evaluate {

using catalog::invalid_oid;
using catalog::Oid;

/// What regclassout() and its kin print for the oid: "-" for 0, digits for what is not there.
std::string reg_output(const Interpreter& interpreter, Oid reg_type, Oid object);

/// pg_get_userbyid(), nothing where there is no such role; and the role's oid, 0 where it has none here.
std::optional<std::string> role_name(const Interpreter& interpreter, Oid role);
Oid role_oid(const Interpreter& interpreter, Name name);

/// Whether search_path finds this one first: PROCs and operators among those of the same arguments.
bool function_is_visible(const analyze::Syscache& cache, Oid function);
bool operator_is_visible(const analyze::Syscache& cache, Oid op);

/// schema.name, quoted where it must be.
std::string qualified(const analyze::Syscache& cache, Oid schema, std::string_view name);

}  // namespace pgplumb::engine::evaluate
