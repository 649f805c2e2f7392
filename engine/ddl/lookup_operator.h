#pragma once
// Operators by name and operand types: LookupOperName and LookupOperWithArgs of parser/parse_oper.c.
#include <string>
#include <vector>

#include "engine/analyze/syscache.h"
#include "engine/ddl/namespace.h"

namespace pgplumb::engine::ddl {

/// `left name right`, as messages have it: op_signature_string.
std::string operator_signature(const analyze::Syscache& cache, const std::string& name, Oid left, Oid right);

/// The operator with exactly these operands (left 0: prefix); throws 42883 where there is none, unless `missing_ok`.
Oid lookup_operator(const Interpreter& interpreter, const std::vector<std::string>& name, Oid left, Oid right,
                    bool missing_ok = false);
/// The operator that a statement names with its operands.
Oid lookup_operator(const Interpreter& interpreter, ast::ObjectWithArgs object, bool missing_ok = false);

/// The operands that are written; `known` is false where one's type does not exist and that is fine.
struct Operands {
  Oid left = invalid_oid;
  Oid right = invalid_oid;
  bool known = true;
};
Operands operands_of(const Interpreter& interpreter, ast::ObjectWithArgs object, bool missing_ok = false);

std::vector<std::string> string_list(ast::List<ast::Node> names);

}  // namespace pgplumb::engine::ddl
