// The common type of several expressions: select_common_type and its kin in parse_coerce.c.
#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"

namespace pgplumb::engine::analyze {

using expr::type_of;

namespace {

constexpr std::size_t mismatch = static_cast<std::size_t>(-1);

struct Choice {
  Oid type = invalid_oid;
  std::size_t chosen = 0;         // index of the input that decided
  std::size_t failed = mismatch;  // index of an input of another category
  Oid failed_type = invalid_oid;
};

bool all_same_known(std::span<const Oid> inputs) {
  for (Oid input : inputs) {
    if (input != inputs.front() || input == types::unknown) return false;
  }
  return true;
}

// A later input takes over if conversion goes towards it alone, unless the type so far is its category's preferred one.
bool takes_over(const Syscache& cache, Oid candidate, Oid present) {
  if (present == types::unknown) return true;
  return !is_preferred(cache, '\0', present) &&
         can_coerce_type(cache, present, candidate, CoercionContext::implicit) &&
         !can_coerce_type(cache, candidate, present, CoercionContext::implicit);
}

Choice choose(const Syscache& cache, std::span<const Oid> inputs) {
  Choice choice;
  if (all_same_known(inputs)) {
    choice.type = inputs.front();
    return choice;
  }
  choice.type = base_type(cache, inputs.front());
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    Oid candidate = base_type(cache, inputs[i]);
    if (candidate == types::unknown || candidate == choice.type) continue;
    bool known = choice.type != types::unknown;
    if (known && type_category(cache, candidate) != type_category(cache, choice.type)) {
      choice.failed = i;
      choice.failed_type = candidate;
      return choice;
    }
    if (!takes_over(cache, candidate, choice.type)) continue;
    choice.type = candidate;
    choice.chosen = i;
  }
  if (choice.type == types::unknown) choice.type = types::text;
  return choice;
}

}  // namespace

Oid select_common_type(ParseState& state, const std::vector<NodePtr>& nodes, std::string_view context, NodePtr* which) {
  std::vector<Oid> inputs;
  for (const NodePtr& node : nodes) inputs.push_back(type_of(*node));
  Choice choice = choose(state.cache, inputs);
  if (choice.failed != mismatch) {
    if (context.empty()) return invalid_oid;
    fail(errcode::datatype_mismatch,
         fmt::format("{} types {} and {} cannot be matched", context, format_type(state.cache, choice.type),
                     format_type(state.cache, choice.failed_type)),
         location_of(nodes[choice.failed]));
  }
  if (which) *which = nodes[choice.chosen];
  return choice.type;
}

Oid select_common_type_from_oids(const Syscache& cache, std::span<const Oid> type_oids, bool no_error) {
  Choice choice = choose(cache, type_oids);
  if (choice.failed == mismatch) return choice.type;
  if (no_error) return invalid_oid;
  fail(errcode::datatype_mismatch,
       fmt::format("argument types {} and {} cannot be matched", format_type(cache, choice.type),
                   format_type(cache, choice.failed_type)));
}

NodePtr coerce_to_common_type(ParseState& state, NodePtr node, Oid target, std::string_view context) {
  Oid input = type_of(*node);
  if (input == target) return node;
  if (can_coerce_type(state.cache, input, target, CoercionContext::implicit)) {
    return coerce_type(state, std::move(node), input, target, -1, {});
  }
  fail(errcode::cannot_coerce,
       fmt::format("{} could not convert type {} to {}", context, format_type(state.cache, input),
                   format_type(state.cache, target)),
       location_of(node));
}

std::int32_t select_common_typmod(const std::vector<NodePtr>& nodes, Oid common) {
  std::int32_t result = -1;
  bool first = true;
  for (const NodePtr& node : nodes) {
    if (type_of(*node) != common) return -1;
    if (!first && expr::typmod_of(*node) != result) return -1;
    result = expr::typmod_of(*node);
    first = false;
  }
  return result;
}

bool verify_common_type(const Syscache& cache, Oid common, const std::vector<NodePtr>& nodes) {
  for (const NodePtr& node : nodes) {
    if (!can_coerce_type(cache, type_of(*node), common, CoercionContext::implicit)) return false;
  }
  return true;
}

}  // namespace pgplumb::engine::analyze
