#pragma once
// Choosing among functions or operators of one name: FuncnameGetCandidates of namespace.c and func_select_candidate of
// parse_func.c.
#include <span>
#include <string_view>
#include <vector>

#include "engine/analyze/parse_coerce.h"

namespace pgplumb::engine::analyze {

/// FuncCandidateList's element.
struct Candidate {
  Oid oid = invalid_oid;  // 0: several fit equally well
  int path_position = 0;
  std::vector<Oid> args;         // one for each argument given, in the order of the call, then those with defaults
  std::vector<int> arg_numbers;  // with named arguments: the parameter that each element of args belongs to
  int variadic_count = 0;        // arguments that the VARIADIC parameter took
  int default_count = 0;         // parameters left to their defaults
};

/// How a function is called.
struct CallShape {
  int arg_count = 0;
  std::vector<std::string_view> arg_names;  // of the last arguments, those written with a name
  bool expand_variadic = true;              // VARIADIC was not written
  bool gives_outputs = false;               // CALL since 14: OUT parameters have arguments too
};

/// All functions that could take the call by number and names of arguments. An empty schema: along search_path.
std::vector<Candidate> function_candidates(const Syscache& cache, std::string_view schema, std::string_view name,
                                           const CallShape& call);

/// Those whose arguments the inputs can be coerced to: func_match_argtypes.
std::vector<Candidate> matching_candidates(const Syscache& cache, std::span<const Oid> inputs,
                                           const std::vector<Candidate>& candidates);
/// The best of several; null where none is: func_select_candidate.
const Candidate* select_candidate(const Syscache& cache, std::span<const Oid> inputs,
                                  const std::vector<Candidate>& candidates);

}  // namespace pgplumb::engine::analyze
