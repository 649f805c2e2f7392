#include "engine/ddl/aggregate_functions.h"

#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/lookup_operator.h"
#include "engine/ddl/permissions.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using analyze::Syscache;

namespace {

/// A support function, and what it gives for the aggregate's own types.
struct Found {
  Oid oid = invalid_oid;
  Oid result = invalid_oid;
  bool strict = false;
};

class Resolver {
 public:
  Resolver(const Interpreter& interpreter, Aggregate& aggregate)
      : interpreter_(interpreter), cache_(cache_of(interpreter)), aggregate_(aggregate) {
    for (const TypeRef& type : aggregate.signature) inputs_.push_back(type.type);
  }

  void run(const AggregateOptions& options) {
    check_polymorphic_state(aggregate_.state.type);
    aggregate_.transition = transition(options);
    if (options.moving_state) moving(options);
    aggregate_.result = {final(options), -1};
    parallel(options);
    if (options.sort_operator) aggregate_.sort_operator = sort_operator(options.sort_operator);
  }

 private:
  static AnyRef ref(const Found& found) { return {Kind::function, found.oid}; }

  /// Those that a transition function takes: of an ordered-set aggregate, only the aggregated ones.
  std::vector<Oid> transition_inputs(Oid state) const {
    std::vector<Oid> arguments{state};
    const std::size_t skip =
        aggregate_.aggregate_kind == AggregateKind::normal ? 0 : static_cast<std::size_t>(aggregate_.direct_arguments);
    arguments.insert(arguments.end(), inputs_.begin() + static_cast<std::ptrdiff_t>(std::min(skip, inputs_.size())),
                     inputs_.end());
    return arguments;
  }

  std::vector<Oid> final_inputs(Oid state, bool extra) const {
    std::vector<Oid> arguments{state};
    if (extra) {
      arguments.insert(arguments.end(), inputs_.begin(), inputs_.end());
    } else if (aggregate_.aggregate_kind != AggregateKind::normal) {
      arguments.insert(arguments.end(), inputs_.begin(), inputs_.begin() + aggregate_.direct_arguments);
    }
    return arguments;
  }

  bool accepts(const analyze::ProcRow& row, const std::vector<Oid>& arguments) const {
    if (row.args.size() != arguments.size()) return false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const Oid declared = row.args[i];
      if (declared == arguments[i] || declared == types::any || analyze::is_polymorphic(declared)) continue;
      if (!analyze::is_binary_coercible(cache_, arguments[i], declared)) return false;
    }
    return true;
  }

  /// The function of exactly these arguments, or else one that takes them as they are.
  Oid search(const std::vector<std::string>& name, const std::vector<Oid>& arguments) const {
    if (const Oid exact = lookup_function(interpreter_, name, arguments, /*missing_ok=*/true); exact != invalid_oid)
      return exact;
    std::vector<Oid> schemas = cache_.search_path();
    if (name.size() > 1) schemas = {require_schema(interpreter_, name[name.size() - 2])};
    for (Oid schema : schemas)
      for (Oid candidate : cache_.procs_named(schema, name.back()))
        if (accepts(*cache_.proc(candidate), arguments)) return candidate;
    return invalid_oid;
  }

  /// What a polymorphic function gives here.
  Oid result_of(const analyze::ProcRow& row, const std::vector<Oid>& arguments) const {
    if (!analyze::is_polymorphic(row.result)) return row.result;
    std::vector<Oid> declared(row.args.begin(), row.args.end());
    return analyze::enforce_generic_type_consistency(cache_, arguments, declared, row.result,
                                                     /*allow_polymorphic=*/true);
  }

  /// lookup_agg_function
  Found look_up(ast::DefElem option, const std::vector<Oid>& arguments) const {
    const std::vector<std::string> name = def_qualified_name(option);
    const Oid oid = search(name, arguments);
    const std::string text = function_signature(cache_, name_list_text(name), arguments);
    if (oid == invalid_oid) throw SqlError("42883", "function " + text + " does not exist");
    const analyze::ProcRow& row = *cache_.proc(oid);
    require_execute(interpreter_, oid, name_list_text(name));
    if (row.returns_set) throw SqlError("42804", "function " + text + " returns a set");
    return {oid, result_of(row, arguments), row.strict};
  }

  void require_result(ast::DefElem option, const Found& found, Oid wanted, const char* what) const {
    if (found.result == wanted) return;
    throw SqlError("42804", std::string("return type of ") + what + " function " +
                                name_list_text(def_qualified_name(option)) + " is not " +
                                analyze::format_type(cache_, wanted));
  }

  void check_polymorphic_state(Oid state) const {
    if (!analyze::is_polymorphic(state)) return;
    for (Oid input : inputs_)
      if (analyze::is_polymorphic(input)) return;
    throw SqlError("42P13", "cannot determine transition data type",
                   "A result of type " + analyze::format_type(cache_, state) +
                       " requires at least one input of type anyelement, anyarray, anynonarray, anyenum, anyrange, or "
                       "anymultirange.");
  }

  void check_strict(const Found& found, const std::optional<std::string>& initial, Oid state) const {
    if (!found.strict || initial) return;
    const std::vector<Oid> arguments = transition_inputs(state);
    if (arguments.size() < 2 || !analyze::is_binary_coercible(cache_, arguments[1], state))
      throw SqlError("42P13",
                     "must not omit initial value when transition function is strict and transition type is not "
                     "compatible with input type");
  }

  AnyRef transition(const AggregateOptions& options) const {
    const Oid state = aggregate_.state.type;
    const Found found = look_up(options.transition, transition_inputs(state));
    require_result(options.transition, found, state, "transition");
    check_strict(found, options.initial, state);
    return ref(found);
  }

  void moving(const AggregateOptions& options) {
    const Oid state = aggregate_.moving_state.type;
    check_polymorphic_state(state);
    const Found forward = look_up(options.moving_transition, transition_inputs(state));
    require_result(options.moving_transition, forward, state, "transition");
    check_strict(forward, options.moving_initial, state);
    const Found inverse = look_up(options.moving_inverse, transition_inputs(state));
    require_result(options.moving_inverse, inverse, state, "inverse transition");
    if (forward.strict != inverse.strict)
      throw SqlError("42P13", "strictness of aggregate's forward and inverse transition functions must match");
    aggregate_.moving_transition = ref(forward);
    aggregate_.moving_inverse = ref(inverse);
    moving_result_ = state;
    if (!options.moving_final) return;
    const Found last = look_up(options.moving_final, final_inputs(state, options.moving_final_extra));
    check_final_strict(last, options.moving_final_extra);
    aggregate_.moving_final = ref(last);
    moving_result_ = last.result;
  }

  static void check_final_strict(const Found& found, bool extra) {
    if (extra && found.strict)
      throw SqlError("42P13", "final function with extra arguments must not be declared STRICT");
  }

  Oid final(const AggregateOptions& options) {
    Oid result = aggregate_.state.type;
    if (options.final) {
      const Found found = look_up(options.final, final_inputs(aggregate_.state.type, options.final_extra));
      check_final_strict(found, options.final_extra);
      aggregate_.final = ref(found);
      result = found.result;
    }
    if (result == types::internal && std::find(inputs_.begin(), inputs_.end(), types::internal) == inputs_.end())
      throw SqlError("42P13", "unsafe use of pseudo-type \"internal\"",
                     "A function returning \"internal\" must have at least one \"internal\" argument.");
    if (moving_result_ != invalid_oid && moving_result_ != result)
      throw SqlError("42P13", "moving-aggregate implementation returns type " +
                                  analyze::format_type(cache_, moving_result_) +
                                  ", but plain implementation returns type " + analyze::format_type(cache_, result));
    return result;
  }

  void parallel(const AggregateOptions& options) {
    const Oid state = aggregate_.state.type;
    if (options.combine) {
      const Found found = look_up(options.combine, {state, state});
      require_result(options.combine, found, state, "combine");
      if (state == types::internal && found.strict)
        throw SqlError("42P13", "combine function with transition type " + analyze::format_type(cache_, state) +
                                    " must not be declared STRICT");
      aggregate_.combine = ref(found);
    }
    if (options.serialize) {
      const Found found = look_up(options.serialize, {types::internal});
      require_result(options.serialize, found, types::bytea, "serialization");
      aggregate_.serialize = ref(found);
    }
    if (options.deserialize) {
      const Found found = look_up(options.deserialize, {types::bytea, types::internal});
      require_result(options.deserialize, found, types::internal, "deserialization");
      aggregate_.deserialize = ref(found);
    }
  }

  AnyRef sort_operator(ast::DefElem option) const {
    if (inputs_.size() != 1)
      throw SqlError("42P13", "sort operator can only be specified for single-argument aggregates");
    return {Kind::operator_, lookup_operator(interpreter_, def_qualified_name(option), inputs_[0], inputs_[0])};
  }

  const Interpreter& interpreter_;
  const Syscache& cache_;
  Aggregate& aggregate_;
  std::vector<Oid> inputs_;
  Oid moving_result_ = invalid_oid;
};

}  // namespace

void resolve_aggregate_functions(Interpreter& interpreter, const AggregateOptions& options, Aggregate& aggregate) {
  Resolver(interpreter, aggregate).run(options);
}

}  // namespace pgplumb::engine::ddl
