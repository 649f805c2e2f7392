#pragma once
// From a body's text to what is run: PostgreSQL's pl_comp.c and pl_gram.y. libpg_query's own compiler is no help here:
// its JSON leaves out where variables are declared, their row types, the SQLSTATEs that are caught and which names an
// expression sees, and up to 15 it takes every function for one that returns void.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/interpreter.h"
#include "engine/plpgsql/tree.h"

namespace pgplumb::catalog {
struct Routine;
}

namespace pgplumb::engine::plpgsql {

struct ParameterDeclaration {
  std::string name;  // empty where it has none
  TypeRef type;
  bool is_in = true, is_out = false;
};

enum class TriggerKind : std::uint8_t { none, row, event };

/// What the body is compiled for.
struct Signature {
  std::string name;
  std::vector<ParameterDeclaration> parameters;
  ReturnShape returns;
  TriggerKind trigger = TriggerKind::none;
};
/// A routine's, polymorphic types as validation takes them (plpgsql_resolve_polymorphic_argtypes).
Signature signature_of(const catalog::Routine& routine);
/// A DO block's.
Signature block_signature();

/// Throws the compiler's errors, of 42601 mostly. `check_sql`: the syntax of embedded SQL too, as check_function_bodies
/// has it.
std::shared_ptr<const Function> compile(Interpreter& interpreter, std::string_view body, const Signature& signature,
                                        bool check_sql);

}  // namespace pgplumb::engine::plpgsql
