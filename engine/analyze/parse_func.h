#pragma once
// Function calls: PostgreSQL's parser/parse_func.c.
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyze/candidates.h"
#include "engine/analyze/expr_kinds.h"
#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// A name with arguments, whatever it turns out to be: function, aggregate, window function, a cast written as a call, or a
/// column of a composite argument. `call` is empty where none was written (a column's notation): then null is returned if
/// there is nothing of that name.
struct CallRequest {
  std::vector<std::string_view> name;
  std::vector<NodePtr> args;
  parser::ast::FuncCall call;
  NodePtr last_srf;
  bool procedure = false;  // CALL
  int location = -1;
};
NodePtr parse_func_or_column(ParseState& state, CallRequest request);

/// The function's name as the grammar of that major makes it: 13 takes EXTRACT for a plain call of date_part.
std::vector<std::string_view> called_name(parser::ast::FuncCall call, int major);

/// What a name with argument types means: func_get_detail.
enum class FunctionSort : std::uint8_t { not_found, ambiguous, normal, procedure, aggregate, window, coercion };
struct FunctionDetail {
  FunctionSort sort = FunctionSort::not_found;
  Oid function = invalid_oid;
  Oid result = invalid_oid;
  bool returns_set = false;
  int variadic_count = 0;
  Oid variadic = invalid_oid;
  std::vector<Oid> declared;     // for each argument of the call, then for each default
  std::vector<int> arg_numbers;  // of named calls
};
FunctionDetail get_function_detail(const Syscache& cache, const std::vector<std::string_view>& name,
                                   const std::vector<NodePtr>& args, const std::vector<Oid>& arg_types,
                                   const CallShape& shape);

/// Coerces each argument to the declared type: make_fn_arguments.
void make_function_arguments(ParseState& state, std::vector<NodePtr>& args, const std::vector<Oid>& actual,
                             const std::vector<Oid>& declared);

/// "f(integer, x => text)"
std::string function_signature(const Syscache& cache, const std::vector<std::string_view>& name,
                               const std::vector<std::string_view>& arg_names, const std::vector<Oid>& arg_types);

/// A function by name and exact argument types, as COMMENT ON FUNCTION and triggers find it; 0 where there is none.
Oid find_function_exact(const Syscache& cache, const std::vector<std::string_view>& name,
                        const std::vector<Oid>& arg_types);

}  // namespace pgplumb::engine::analyze
