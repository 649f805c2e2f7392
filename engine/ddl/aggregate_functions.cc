#include "engine/ddl/aggregate_functions.h"

#include <algorithm>

#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_func.h"
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
    check_result(aggregate_.result.type);
    if (options.sort_operator) aggregate_.sort_operator = sort_operator(options.sort_operator);
  }

 private:
  static AnyRef ref(const Found& found) { return {Kind::function, found.oid}; }

  /// Those that a transition function takes: of an ordered-set aggregate, only the aggregated ones.
  std::vector<Oid> transition_inputs(Oid state) const {
    std::vector<Oid> arguments{state};
    arguments.insert(arguments.end(), inputs_.begin() + first_aggregated(), inputs_.end());
    return arguments;
  }

  /// Where a variadic argument is direct and aggregated at once, the last one is aggregated.
  std::ptrdiff_t first_aggregated() const {
    if (aggregate_.aggregate_kind == AggregateKind::normal) return 0;
    const auto direct = static_cast<std::ptrdiff_t>(aggregate_.direct_arguments);
    const auto all = static_cast<std::ptrdiff_t>(inputs_.size());
    return direct < all ? direct : all - 1;
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

  bool takes_variadic_any() const {
    return !aggregate_.arguments.empty() && aggregate_.arguments.back().mode == ArgumentMode::variadic &&
           aggregate_.arguments.back().type.type == types::any;
  }

  /// nodeAgg.c passes values as they are.
  void require_no_coercion(const std::string& name, const std::vector<Oid>& actual, std::vector<Oid>& declared) const {
    for (std::size_t i = 0; i < actual.size(); ++i)
      if (!analyze::is_binary_coercible(cache_, actual[i], declared[i]))
        throw SqlError("42804", "function " + function_signature(cache_, name, declared) +
                                    " requires run-time type coercion");
  }

  /// lookup_agg_function
  Found look_up(ast::DefElem option, const std::vector<Oid>& arguments, bool variadic_any = false) const {
    const std::vector<std::string> names = def_qualified_name(option);
    const std::string name = name_list_text(names);
    const std::string text = function_signature(cache_, name, arguments);
    analyze::FunctionDetail detail =
        analyze::get_function_detail(cache_, {names.begin(), names.end()}, {}, arguments,
                                     {static_cast<int>(arguments.size()), {}, /*expand_variadic=*/false});
    // A parameter left to its default is not what a call of the aggregate could do.
    if (detail.sort != analyze::FunctionSort::normal || detail.declared.size() != arguments.size())
      throw SqlError("42883", "function " + text + " does not exist");
    if (detail.returns_set) throw SqlError("42804", "function " + text + " returns a set");
    if (variadic_any && detail.variadic != types::any)
      throw SqlError("42804", "function " + text + " must accept VARIADIC ANY to be used in this aggregate");
    const Oid result = analyze::enforce_generic_type_consistency(cache_, arguments, detail.declared, detail.result,
                                                                 /*allow_polymorphic=*/true);
    require_no_coercion(name, arguments, detail.declared);
    require_execute(interpreter_, detail.function, name);
    return {detail.function, result, cache_.proc(detail.function)->strict};
  }

  void require_result(ast::DefElem option, const Found& found, Oid wanted, const char* what) const {
    if (found.result == wanted) return;
    throw SqlError("42804", std::string("return type of ") + what + " function " +
                                name_list_text(def_qualified_name(option)) + " is not " +
                                analyze::format_type(cache_, wanted));
  }

  void check_polymorphic_state(Oid state) const {
    if (analyze::is_polymorphic(state) && !has_polymorphic_input())
      throw SqlError("42P13", "cannot determine transition data type", polymorphic_detail(state));
  }

  bool has_polymorphic_input() const { return std::any_of(inputs_.begin(), inputs_.end(), analyze::is_polymorphic); }

  std::string polymorphic_detail(Oid type) const {
    return "A result of type " + analyze::format_type(cache_, type) +
           " requires at least one input of type anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange.";
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
    const Found found = look_up(options.transition, transition_inputs(state), takes_variadic_any());
    require_result(options.transition, found, state, "transition");
    check_strict(found, options.initial, state);
    return ref(found);
  }

  void moving(const AggregateOptions& options) {
    const Oid state = aggregate_.moving_state.type;
    check_polymorphic_state(state);
    const Found forward = look_up(options.moving_transition, transition_inputs(state), takes_variadic_any());
    require_result(options.moving_transition, forward, state, "transition");
    check_strict(forward, options.moving_initial, state);
    const Found inverse = look_up(options.moving_inverse, transition_inputs(state), takes_variadic_any());
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
    return result;
  }

  void check_result(Oid result) const {
    if (analyze::is_polymorphic(result) && !has_polymorphic_input())
      throw SqlError("42P13", "cannot determine result data type", polymorphic_detail(result));
    if (result == types::internal && std::find(inputs_.begin(), inputs_.end(), types::internal) == inputs_.end())
      throw SqlError("42P13", "unsafe use of pseudo-type \"internal\"",
                     "A function returning \"internal\" must have at least one \"internal\" argument.");
    if (moving_result_ != invalid_oid && moving_result_ != result)
      throw SqlError("42P13", "moving-aggregate implementation returns type " +
                                  analyze::format_type(cache_, moving_result_) +
                                  ", but plain implementation returns type " + analyze::format_type(cache_, result));
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
