#include "engine/analyze/parse_oper.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/analyze/candidates.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_func.h"

namespace pgplumb::engine::analyze {

using expr::make;
using expr::type_of;

namespace {

std::string signature(const Syscache& cache, OperatorName name, Oid left, Oid right) {
  std::string text = left == invalid_oid ? "" : format_type(cache, left) + " ";
  return text + name.to_string() + " " + format_type(cache, right);
}

[[noreturn]] void no_operator(const Syscache& cache, OperatorName name, Oid left, Oid right, bool ambiguous,
                              int location) {
  std::string text = signature(cache, name, left, right);
  if (ambiguous) {
    fail(errcode::ambiguous_function, "operator is not unique: " + text, location, {},
         "Could not choose a best candidate operator. You might need to add explicit type casts.");
  }
  fail(errcode::undefined_function, "operator does not exist: " + text, location, {},
       left == invalid_oid
           ? "No operator matches the given name and argument type. You might need to add an explicit type cast."
           : "No operator matches the given name and argument types. You might need to add explicit type casts.");
}

/// Whether one of the first `count` has these operands.
bool shadowed(const std::vector<Candidate>& candidates, std::size_t count, const std::vector<Oid>& args) {
  return std::any_of(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count),
                     [&](const Candidate& candidate) { return candidate.args == args; });
}

void add_operators(const Syscache& cache, Oid schema, std::string_view name, bool prefix,
                   std::vector<Candidate>& candidates) {
  const std::size_t earlier = candidates.size();  // one schema has no two with the same operands
  for (Oid oid : cache.operators_named(schema, name)) {
    const OperatorRow* row = cache.op(oid);
    if (!row || row->right == invalid_oid || (row->left == invalid_oid) != prefix) continue;
    std::vector<Oid> args = prefix ? std::vector<Oid>{row->right} : std::vector<Oid>{row->left, row->right};
    if (shadowed(candidates, earlier, args)) continue;
    Candidate candidate;
    candidate.oid = oid;
    candidate.args = std::move(args);
    candidates.push_back(std::move(candidate));
  }
}

std::vector<Candidate> operator_candidates(const Syscache& cache, OperatorName name, bool prefix) {
  std::vector<Candidate> candidates;
  if (!name.schema.empty()) {
    add_operators(cache, lookup_explicit_namespace(cache, name.schema), name.name, prefix, candidates);
    return candidates;
  }
  for (Oid schema : cache.routine_path()) add_operators(cache, schema, name.name, prefix, candidates);
  return candidates;
}

// An unknown literal is first taken for the other operand's type: binary_oper_exact.
Oid binary_exact(const Syscache& cache, OperatorName name, Oid left, Oid right) {
  bool was_unknown = left == types::unknown || right == types::unknown;
  if (left == types::unknown) {
    left = right;
  } else if (right == types::unknown) {
    right = left;
  }
  Oid found = operator_exact(cache, name, left, right);
  if (found != invalid_oid || !was_unknown) return found;
  Oid base = base_type(cache, left);
  return base == left ? invalid_oid : operator_exact(cache, name, base, base);
}

const OperatorRow* select_operator(const Syscache& cache, OperatorName name, Oid left, Oid right, bool no_error,
                                   int location) {
  bool prefix = left == invalid_oid;
  std::vector<Oid> inputs = prefix ? std::vector<Oid>{right} : std::vector<Oid>{left, right};
  std::vector<Candidate> matching = matching_candidates(cache, inputs, operator_candidates(cache, name, prefix));
  const Candidate* chosen = matching.size() == 1 ? &matching.front() : nullptr;
  if (matching.size() > 1) chosen = select_candidate(cache, inputs, matching);
  if (chosen) return cache.op(chosen->oid);
  if (no_error) return nullptr;
  no_operator(cache, name, left, right, !matching.empty(), location);
}

}  // namespace

std::string OperatorName::to_string() const {
  return schema.empty() ? std::string(name) : fmt::format("{}.{}", schema, name);
}

Oid operator_exact(const Syscache& cache, OperatorName name, Oid left, Oid right) {
  if (!name.schema.empty())
    return cache.operator_named(lookup_explicit_namespace(cache, name.schema), name.name, left, right);
  for (Oid schema : cache.routine_path()) {
    if (Oid found = cache.operator_named(schema, name.name, left, right); found != invalid_oid) return found;
  }
  return invalid_oid;
}

const OperatorRow* find_operator(const Syscache& cache, OperatorName name, Oid left, Oid right, bool no_error,
                                 int location) {
  Oid* known = name.schema.empty() ? cache.operator_memory(name.name, left, right) : nullptr;
  if (known && *known != invalid_oid) return cache.op(*known);
  Oid exact = left == invalid_oid ? operator_exact(cache, name, left, right) : binary_exact(cache, name, left, right);
  const OperatorRow* row =
      exact != invalid_oid ? cache.op(exact) : select_operator(cache, name, left, right, no_error, location);
  if (known && row) *known = row->oid;
  return row;
}

const OperatorRow* compatible_operator(const Syscache& cache, OperatorName name, Oid left, Oid right, bool no_error,
                                       int location) {
  const OperatorRow* row = find_operator(cache, name, left, right, no_error, location);
  if (!row) return nullptr;
  if (is_binary_coercible(cache, left, row->left) && is_binary_coercible(cache, right, row->right)) return row;
  if (no_error) return nullptr;
  fail(errcode::undefined_function,
       "operator requires run-time type coercion: " + signature(cache, name, left, right), location);
}

NodePtr make_op(ParseState& state, OperatorName name, NodePtr left, NodePtr right, const NodePtr& last_srf,
                int location) {
  const Syscache& cache = state.cache;
  Oid left_type = left ? type_of(*left) : invalid_oid;
  const OperatorRow* row = find_operator(cache, name, left_type, type_of(*right), false, location);
  if (row->function == invalid_oid) {
    fail(errcode::undefined_function,
         "operator is only a shell: " + signature(cache, name, row->left, row->right), location);
  }
  expr::OpExpr result;
  std::vector<Oid> actual, declared;
  if (left) {
    result.args.push_back(std::move(left));
    actual.push_back(left_type);
    declared.push_back(row->left);
  }
  actual.push_back(type_of(*right));
  declared.push_back(row->right);
  result.args.push_back(std::move(right));
  result.op = row->oid;
  result.function = row->function;
  result.type = enforce_generic_type_consistency(cache, actual, declared, row->result, false);
  make_function_arguments(state, result.args, actual, declared);
  const ProcRow* proc = cache.proc(row->function);
  result.returns_set = proc && proc->returns_set;
  bool returns_set = result.returns_set;
  if (returns_set) check_srf_call_placement(state, last_srf, location);
  NodePtr node = make(std::move(result), location);
  if (returns_set) state.last_srf = node;
  return node;
}

NodePtr make_scalar_array_op(ParseState& state, OperatorName name, bool use_or, NodePtr left, NodePtr right,
                             int location) {
  const Syscache& cache = state.cache;
  Oid array = type_of(*right);
  Oid element = array == types::unknown ? types::unknown : base_element_type(cache, array);
  if (element == invalid_oid) {
    fail(errcode::wrong_object_type, "op ANY/ALL (array) requires array on right side", location);
  }
  const OperatorRow* row = find_operator(cache, name, type_of(*left), element, false, location);
  std::vector<Oid> actual{type_of(*left), element}, declared{row->left, row->right};
  Oid result_type = enforce_generic_type_consistency(cache, actual, declared, row->result, false);
  if (result_type != types::bool_) {
    fail(errcode::wrong_object_type, "op ANY/ALL (array) requires operator to yield boolean", location);
  }
  const ProcRow* proc = cache.proc(row->function);
  if (proc && proc->returns_set) {
    fail(errcode::wrong_object_type, "op ANY/ALL (array) requires operator not to return a set", location);
  }
  Oid declared_array = is_polymorphic(declared[1]) ? array : array_type(cache, declared[1]);
  if (declared_array == invalid_oid) {
    fail(errcode::undefined_object,
         fmt::format("could not find array type for data type {}", format_type(cache, declared[1])), location);
  }
  actual[1] = array;
  declared[1] = declared_array;
  std::vector<NodePtr> args{std::move(left), std::move(right)};
  make_function_arguments(state, args, actual, declared);
  expr::ScalarArrayOpExpr result;
  result.op = row->oid;
  result.function = row->function;
  result.use_or = use_or;
  result.scalar = args[0];
  result.array = args[1];
  return make(std::move(result), location);
}

}  // namespace pgplumb::engine::analyze
