#pragma once
// Routines by name and arguments: LookupFuncName and LookupFuncWithArgs of parser/parse_func.c.
#include <span>
#include <string>
#include <vector>

#include "engine/analyze/syscache.h"
#include "engine/ddl/namespace.h"

namespace pgplumb::engine::ddl {

/// `name(type, type)` as messages have it: func_signature_string.
std::string function_signature(const analyze::Syscache& cache, const std::string& name, std::span<const Oid> types);

/// A routine with exactly these argument types, along search_path; throws 42883 where there is none and nothing is
/// `missing_ok`. LookupFuncName.
Oid lookup_function(const Interpreter& interpreter, ast::List<ast::Node> name, std::span<const Oid> types,
                    bool missing_ok = false);
Oid lookup_function(const Interpreter& interpreter, const std::vector<std::string>& name, std::span<const Oid> types,
                    bool missing_ok = false);

/// The routine that a statement names, with or without its arguments; `type` says what it is called there. invalid_oid
/// where there is none and that is fine; throws 42883, 42725 or 42809 as PostgreSQL. LookupFuncWithArgs.
Oid lookup_routine(const Interpreter& interpreter, ast::ObjectType type, ast::ObjectWithArgs object,
                   bool missing_ok = false);

/// 'f', 'p', 'a' or 'w': pg_proc.prokind.
char routine_kind(const analyze::Syscache& cache, Oid routine);

}  // namespace pgplumb::engine::ddl
