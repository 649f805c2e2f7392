#pragma once
// The parameter lists of CREATE FUNCTION, PROCEDURE and AGGREGATE: interpret_function_parameter_list of
// commands/functioncmds.c.
#include "catalog/kinds/routine.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

enum class RoutineSort : std::uint8_t { function, procedure, aggregate };

struct RoutineParameters {
  std::vector<catalog::Argument> arguments;
  std::vector<catalog::TypeRef> signature;  // of the input arguments
  /// What the result has to be because of OUT arguments; invalid_oid where they don't tell.
  Oid required_result = catalog::invalid_oid;
  bool has_variadic = false;
};
RoutineParameters read_parameters(Interpreter& interpreter, ast::List<ast::Node> list, RoutineSort sort, Oid language);

/// The type, which may be a shell or, for the result of a C function, be made one: compute_return_type.
struct ReturnType {
  Oid type = catalog::invalid_oid;
  bool set = false;
};
ReturnType read_return_type(Interpreter& interpreter, ast::TypeName name, Oid language);

}  // namespace pgplumb::engine::ddl
