#include "engine/analyze/candidates.h"

#include <algorithm>

#include "engine/analyze/lsyscache.h"
#include "engine/analyze/namespace.h"

namespace pgplumb::engine::analyze {

namespace {

bool is_given(const ArgRow& parameter, const CallShape& call) {
  if (parameter.mode == ArgMode::out) return call.gives_outputs;
  return parameter.mode != ArgMode::table;
}

/// The types of the parameters that a call has arguments for.
std::vector<Oid> parameter_types(const Syscache& cache, const ProcRow& proc, const CallShape& call) {
  std::vector<Oid> types(proc.args.begin(), proc.args.end());
  if (!call.gives_outputs || proc.kind != 'p') return types;
  types.clear();
  for (const ArgRow& parameter : cache.proc_args(proc.oid))
    if (is_given(parameter, call)) types.push_back(parameter.type);
  return types;
}

/// The parameter for each argument of a call with named arguments, then the parameters that get their defaults:
/// MatchNamedCall. Empty where the names do not fit.
std::vector<int> match_named_call(const Syscache& cache, const ProcRow& proc, const CallShape& call) {
  std::vector<ArgRow> params;
  for (const ArgRow& arg : cache.proc_args(proc.oid)) {
    if (is_given(arg, call)) params.push_back(arg);
  }
  int positional = call.arg_count - static_cast<int>(call.arg_names.size());
  std::vector<bool> given(params.size(), false);
  std::vector<int> numbers;
  for (int i = 0; i < positional; ++i) {
    given[static_cast<std::size_t>(i)] = true;
    numbers.push_back(i);
  }
  for (std::string_view name : call.arg_names) {
    auto found = std::find_if(params.begin(), params.end(), [&](const ArgRow& p) { return p.name == name; });
    if (found == params.end()) return {};
    auto at = static_cast<std::size_t>(found - params.begin());
    if (given[at]) return {};
    given[at] = true;
    numbers.push_back(static_cast<int>(at));
  }
  std::size_t first_default = params.size() - static_cast<std::size_t>(proc.default_count);
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (given[i]) continue;
    if (i < first_default) return {};
    numbers.push_back(static_cast<int>(i));
  }
  return numbers;
}

std::optional<Candidate> named_candidate(const Syscache& cache, const ProcRow& proc, const CallShape& call) {
  const std::vector<Oid> types = parameter_types(cache, proc, call);
  int params = static_cast<int>(types.size());
  if (proc.variadic != invalid_oid && call.expand_variadic) return std::nullopt;
  if (params < call.arg_count || call.arg_count + proc.default_count < params) return std::nullopt;
  Candidate candidate;
  candidate.oid = proc.oid;
  candidate.arg_numbers = match_named_call(cache, proc, call);
  if (candidate.arg_numbers.empty()) return std::nullopt;
  for (int number : candidate.arg_numbers) candidate.args.push_back(types[static_cast<std::size_t>(number)]);
  candidate.default_count = params - call.arg_count;
  return candidate;
}

std::optional<Candidate> positional_candidate(const Syscache& cache, const ProcRow& proc, const CallShape& call) {
  const std::vector<Oid> types = parameter_types(cache, proc, call);
  int params = static_cast<int>(types.size());
  bool variadic = params <= call.arg_count && call.expand_variadic && proc.variadic != invalid_oid;
  if (params > call.arg_count && call.arg_count + proc.default_count < params) return std::nullopt;
  if (params < call.arg_count && !variadic) return std::nullopt;
  Candidate candidate;
  candidate.oid = proc.oid;
  candidate.args = types;
  if (variadic) {
    candidate.variadic_count = call.arg_count - params + 1;
    candidate.args.resize(static_cast<std::size_t>(params - 1));
    candidate.args.resize(static_cast<std::size_t>(call.arg_count), proc.variadic);
  }
  candidate.default_count = std::max(params - call.arg_count, 0);
  return candidate;
}

bool same_given_args(const Candidate& a, const Candidate& b) {
  std::size_t given = a.args.size() - static_cast<std::size_t>(a.default_count);
  if (given != b.args.size() - static_cast<std::size_t>(b.default_count)) return false;
  return std::equal(a.args.begin(), a.args.begin() + static_cast<std::ptrdiff_t>(given), b.args.begin());
}

/// Below 0 the newcomer is better, above 0 the one that is there already.
int preference(const Candidate& newcomer, const Candidate& present) {
  if (newcomer.path_position != present.path_position) return newcomer.path_position - present.path_position;
  if (newcomer.variadic_count > 0 && present.variadic_count == 0) return 1;
  if (newcomer.variadic_count == 0 && present.variadic_count > 0) return -1;
  if (newcomer.variadic_count > 0) return newcomer.variadic_count - present.variadic_count;
  return newcomer.default_count - present.default_count;
}

void add_candidate(std::vector<Candidate>& candidates, Candidate newcomer) {
  auto present = std::find_if(candidates.begin(), candidates.end(),
                              [&](const Candidate& c) { return same_given_args(c, newcomer); });
  if (present == candidates.end()) {
    candidates.push_back(std::move(newcomer));
    return;
  }
  int better = preference(newcomer, *present);
  if (better < 0) *present = std::move(newcomer);
  if (better == 0) present->oid = invalid_oid;
}

void add_candidate_functions(const Syscache& cache, Oid schema, int path_position, std::string_view name, const CallShape& call,
                   std::vector<Candidate>& candidates) {
  for (Oid oid : cache.procs_named(schema, name)) {
    const ProcRow* proc = cache.proc(oid);
    if (!proc) continue;
    auto candidate =
        call.arg_names.empty() ? positional_candidate(cache, *proc, call) : named_candidate(cache, *proc, call);
    if (!candidate) continue;
    candidate->path_position = path_position;
    add_candidate(candidates, std::move(*candidate));
  }
}

/// The choice among candidates by the documented steps, each of which leaves fewer or all of them.
class Selection {
 public:
  Selection(const Syscache& cache, std::span<const Oid> inputs, const std::vector<Candidate>& candidates)
      : cache_(cache) {
    for (const Candidate& candidate : candidates) left_.push_back(&candidate);
    for (Oid input : inputs) base_.push_back(input == types::unknown ? input : base_type(cache, input));
  }

  const Candidate* run() {
    keep_best([this](std::size_t i, Oid arg) { return arg == base_[i]; });
    if (left_.size() == 1) return left_.front();
    keep_best([this](std::size_t i, Oid arg) {
      return arg == base_[i] || is_preferred(cache_, type_category(cache_, base_[i]), arg);
    });
    if (left_.size() == 1) return left_.front();
    if (!has_unknowns()) return nullptr;
    keep_by_unknowns_category();
    if (left_.size() == 1) return left_.front();
    return by_assuming_the_known_type();
  }

 private:
  bool unknown(std::size_t i) const { return base_[i] == types::unknown; }
  bool has_unknowns() const { return std::find(base_.begin(), base_.end(), types::unknown) != base_.end(); }

  template <class Matches>
  void keep_best(Matches matches) {
    std::vector<const Candidate*> best;
    int best_count = 0;
    for (const Candidate* candidate : left_) {
      int count = 0;
      for (std::size_t i = 0; i < base_.size(); ++i) {
        if (!unknown(i) && matches(i, candidate->args[i])) ++count;
      }
      if (count > best_count || best.empty()) {
        best.clear();
        best_count = count;
      }
      if (count == best_count) best.push_back(candidate);
    }
    left_ = std::move(best);
  }

  struct Slot {
    char category = '\0';
    bool has_preferred = false;
    bool resolved = true;
  };

  // The string category wins over others; other categories must agree.
  Slot slot_category(std::size_t i) const {
    Slot slot;
    bool conflict = false;
    for (const Candidate* candidate : left_) {
      char category = type_category(cache_, candidate->args[i]);
      bool preferred = is_preferred(cache_, '\0', candidate->args[i]);
      if (slot.category == '\0') {
        slot.category = category;
        slot.has_preferred = preferred;
      } else if (category == slot.category) {
        slot.has_preferred = slot.has_preferred || preferred;
      } else if (category == 'S') {
        slot.category = category;
        slot.has_preferred = preferred;
      } else {
        conflict = true;
      }
    }
    slot.resolved = !conflict || slot.category == 'S';
    return slot;
  }

  void keep_by_unknowns_category() {
    std::vector<Slot> slots(base_.size());
    for (std::size_t i = 0; i < base_.size(); ++i) {
      if (!unknown(i)) continue;
      slots[i] = slot_category(i);
      if (!slots[i].resolved) return;
    }
    std::vector<const Candidate*> kept;
    for (const Candidate* candidate : left_) {
      if (fits(*candidate, slots)) kept.push_back(candidate);
    }
    if (!kept.empty()) left_ = std::move(kept);
  }

  bool fits(const Candidate& candidate, const std::vector<Slot>& slots) const {
    for (std::size_t i = 0; i < base_.size(); ++i) {
      if (!unknown(i)) continue;
      if (type_category(cache_, candidate.args[i]) != slots[i].category) return false;
      if (slots[i].has_preferred && !is_preferred(cache_, '\0', candidate.args[i])) return false;
    }
    return true;
  }

  const Candidate* by_assuming_the_known_type() const {
    Oid known = types::unknown;
    for (Oid type : base_) {
      if (type == types::unknown) continue;
      if (known != types::unknown && known != type) return nullptr;
      known = type;
    }
    if (known == types::unknown) return nullptr;
    std::vector<Oid> assumed(base_.size(), known);
    const Candidate* only = nullptr;
    for (const Candidate* candidate : left_) {
      std::span<const Oid> args(candidate->args.data(), assumed.size());
      if (!can_coerce_type(cache_, assumed, args, CoercionContext::implicit)) continue;
      if (only) return nullptr;
      only = candidate;
    }
    return only;
  }

  const Syscache& cache_;
  std::vector<Oid> base_;  // the inputs, domains looked through
  std::vector<const Candidate*> left_;
};

}  // namespace

std::vector<Candidate> function_candidates(const Syscache& cache, std::string_view schema, std::string_view name,
                                           const CallShape& call) {
  std::vector<Candidate> candidates;
  if (!schema.empty()) {
    add_candidate_functions(cache, lookup_explicit_namespace(cache, schema), 0, name, call, candidates);
    return candidates;
  }
  const std::vector<Oid>& path = cache.routine_path();
  for (std::size_t i = 0; i < path.size(); ++i) {
    add_candidate_functions(cache, path[i], static_cast<int>(i), name, call, candidates);
  }
  return candidates;
}

std::vector<Candidate> matching_candidates(const Syscache& cache, std::span<const Oid> inputs,
                                           const std::vector<Candidate>& candidates) {
  std::vector<Candidate> matching;
  for (const Candidate& candidate : candidates) {
    std::span<const Oid> args(candidate.args.data(), inputs.size());
    if (can_coerce_type(cache, inputs, args, CoercionContext::implicit)) matching.push_back(candidate);
  }
  return matching;
}

const Candidate* select_candidate(const Syscache& cache, std::span<const Oid> inputs,
                                  const std::vector<Candidate>& candidates) {
  return Selection(cache, inputs, candidates).run();
}

}  // namespace pgplumb::engine::analyze
