#include "engine/analyze/parse_func.h"

#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_agg.h"
#include "engine/analyze/row_shape.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;
using expr::type_of;

namespace {

constexpr std::size_t max_args = 100;  // FUNC_MAX_ARGS

FunctionSort sort_of(char prokind) {
  switch (prokind) {
    case 'a': return FunctionSort::aggregate;
    case 'p': return FunctionSort::procedure;
    case 'w': return FunctionSort::window;
    default: return FunctionSort::normal;
  }
}

// The type that the name would be, for a cast written as a call: FuncNameAsType.
Oid name_as_type(const Syscache& cache, const QualifiedName& name) {
  Oid oid;
  if (name.schema.empty()) {
    oid = cache.find_type(name.name);
  } else {
    Oid schema = cache.schema_by_name(name.schema);
    oid = schema == invalid_oid ? invalid_oid : cache.type_named(schema, name.name);
  }
  const TypeRow* row = cache.type(oid);
  return row && row->defined && row->relation == invalid_oid ? oid : invalid_oid;
}

bool is_row(const Syscache& cache, Oid type) {
  return type == types::record || type_or_domain_relation(cache, type) != invalid_oid;
}

bool is_coercion_call(const Syscache& cache, Oid target, Oid source, const NodePtr& arg) {
  if (source == types::unknown && arg->is<expr::Const>()) return true;
  CoercionPathway way = find_coercion_pathway(cache, target, source, CoercionContext::explicit_);
  if (way.path == CoercionPath::relabel) return true;
  if (way.path != CoercionPath::via_io) return false;
  return !(is_row(cache, source) && type_category(cache, target) == 'S');
}

const Candidate* exact_candidate(const std::vector<Candidate>& candidates, const std::vector<Oid>& types) {
  for (const Candidate& candidate : candidates) {
    if (std::equal(types.begin(), types.end(), candidate.args.begin())) return &candidate;
  }
  return nullptr;
}

FunctionDetail detail_of(const Syscache& cache, const Candidate& candidate) {
  FunctionDetail detail;
  if (candidate.oid == invalid_oid) {
    detail.sort = FunctionSort::ambiguous;
    return detail;
  }
  const ProcRow& proc = *cache.proc(candidate.oid);
  detail.sort = sort_of(proc.kind);
  detail.function = proc.oid;
  detail.result = proc.result;
  detail.returns_set = proc.returns_set;
  detail.variadic_count = candidate.variadic_count;
  detail.variadic = proc.variadic;
  detail.declared = candidate.args;
  detail.arg_numbers = candidate.arg_numbers;
  return detail;
}

std::string arguments_text(const Syscache& cache, const std::vector<std::string_view>& names,
                           const std::vector<Oid>& arg_types) {
  std::string text;
  std::size_t positional = arg_types.size() - names.size();
  for (std::size_t i = 0; i < arg_types.size(); ++i) {
    if (i > 0) text += ", ";
    if (i >= positional) text += fmt::format("{} => ", names[i - positional]);
    text += format_type(cache, arg_types[i]);
  }
  return text;
}

// One call on its way to a node.
class Call {
 public:
  Call(ParseState& state, CallRequest request) : state_(state), cache_(state.cache), request_(std::move(request)) {}

  NodePtr run() {
    check_arg_count();
    collect_names();
    if (is_column() && may_be_projection()) {
      if (NodePtr field = projection()) return field;
    }
    CallShape shape{static_cast<int>(request_.args.size()), names_, !func_variadic(),
                    request_.procedure && cache_.major() >= 14};
    detail_ = get_function_detail(cache_, request_.name, request_.args, arg_types_, shape);
    check_procedure();
    switch (detail_.sort) {
      case FunctionSort::not_found: return not_found();
      case FunctionSort::ambiguous: return ambiguous();
      case FunctionSort::coercion:
        check_plain();
        return coerce_type(state_, request_.args[0], arg_types_[0], detail_.result, -1,
                           {CoercionContext::explicit_, CoercionForm::explicit_call, request_.location});
      default: break;
    }
    check_decorations();
    return build();
  }

 private:
  bool is_column() const { return !request_.call; }
  bool over() const { return request_.call && request_.call.over(); }
  bool star() const { return request_.call && request_.call.agg_star(); }
  bool distinct() const { return request_.call && request_.call.agg_distinct(); }
  bool within_group() const { return request_.call && request_.call.agg_within_group(); }
  bool has_order() const { return request_.call && !request_.call.agg_order().empty(); }
  bool has_filter() const { return request_.call && static_cast<bool>(request_.call.agg_filter()); }
  bool func_variadic() const { return request_.call && request_.call.func_variadic(); }
  std::string name() const { return fmt::format("{}", fmt::join(request_.name, ".")); }

  void check_arg_count() const {
    if (request_.args.size() <= max_args) return;
    fail(errcode::too_many_arguments, fmt::format("cannot pass more than {} arguments to a function", max_args),
         request_.location);
  }

  void collect_names() {
    for (const NodePtr& arg : request_.args) {
      arg_types_.push_back(type_of(*arg));
      if (const auto* named = as<expr::NamedArgExpr>(arg)) {
        add_name(*named, location_of(arg));
      } else if (!names_.empty()) {
        fail(errcode::syntax_error, "positional argument cannot follow named argument", location_of(arg));
      }
    }
  }
  void add_name(const expr::NamedArgExpr& named, int location) {
    for (std::string_view known : names_) {
      if (known == named.name) {
        fail(errcode::syntax_error, fmt::format("argument name \"{}\" used more than once", named.name), location);
      }
    }
    names_.push_back(named.name);
  }

  bool may_be_projection() const {
    return request_.args.size() == 1 && !request_.procedure && !has_order() && !has_filter() && !star() &&
           !distinct() && !over() && !func_variadic() && names_.empty() && request_.name.size() == 1 &&
           is_row(cache_, arg_types_[0]);
  }
  NodePtr projection() const {
    return parse_complex_projection(state_, request_.name[0], request_.args[0], request_.location);
  }

  std::string signature() const { return function_signature(cache_, request_.name, names_, arg_types_); }

  NodePtr not_found() const {
    if (is_column()) return nullptr;
    if (may_be_projection()) {
      if (NodePtr field = projection()) return field;
    }
    if (request_.procedure) {
      fail(errcode::undefined_function, fmt::format("procedure {} does not exist", signature()), request_.location, {},
           "No procedure matches the given name and argument types. You might need to add explicit type casts.");
    }
    bool order_misplaced = has_order() && request_.call.agg_order().size() > 1 && !within_group();
    fail(errcode::undefined_function, fmt::format("function {} does not exist", signature()), request_.location, {},
         order_misplaced
             ? "No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; ORDER "
               "BY must appear after all regular arguments of the aggregate."
             : "No function matches the given name and argument types. You might need to add explicit type casts.");
  }

  NodePtr ambiguous() const {
    const char* what = request_.procedure ? "procedure" : "function";
    fail(errcode::ambiguous_function, fmt::format("{} {} is not unique", what, signature()), request_.location, {},
         fmt::format("Could not choose a best candidate {}. You might need to add explicit type casts.", what));
  }

  void check_procedure() const {
    bool found = detail_.sort != FunctionSort::not_found && detail_.sort != FunctionSort::ambiguous;
    bool is_procedure = detail_.sort == FunctionSort::procedure;
    if (!found || is_procedure == request_.procedure) return;
    fail(errcode::wrong_object_type,
         signature() + (is_procedure ? " is a procedure" : " is not a procedure"), request_.location, {},
         is_procedure ? "To call a procedure, use CALL." : "To call a function, use SELECT.");
  }

  // What only aggregates and window functions may be written with.
  void check_plain() const {
    auto refuse = [this](std::string_view what, std::string_view needed) {
      fail(errcode::wrong_object_type, fmt::format("{} specified, but {} is not {}", what, name(), needed),
           request_.location);
    };
    if (star()) {
      fail(errcode::wrong_object_type,
           fmt::format("{}(*) specified, but {} is not an aggregate function", name(), name()), request_.location);
    }
    if (distinct()) refuse("DISTINCT", "an aggregate function");
    if (within_group()) refuse("WITHIN GROUP", "an aggregate function");
    if (has_order()) refuse("ORDER BY", "an aggregate function");
    if (has_filter()) refuse("FILTER", "an aggregate function");
    if (over()) refuse("OVER", "a window function nor an aggregate function");
  }

  void check_decorations() const {
    switch (detail_.sort) {
      case FunctionSort::normal:
      case FunctionSort::procedure: check_plain(); break;
      case FunctionSort::window:
        if (!over()) {
          fail(errcode::wrong_object_type, fmt::format("window function {} requires an OVER clause", name()),
               request_.location);
        }
        if (within_group()) {
          fail(errcode::wrong_object_type, fmt::format("window function {} cannot have WITHIN GROUP", name()),
               request_.location);
        }
        break;
      default: break;
    }
  }

  /// The default of a polymorphic parameter takes the type that arguments give; what it is by itself is not told here.
  Oid default_type(Oid declared) const {
    if (!is_polymorphic(declared)) return declared;
    for (std::size_t i = 0; i < arg_types_.size() && i < detail_.declared.size(); ++i)
      if (is_polymorphic(detail_.declared[i]) && arg_types_[i] != types::unknown) return types::unknown;
    return declared;
  }

  NodePtr build() {
    if (detail_.sort == FunctionSort::aggregate) check_ordered_set();
    number_named_args();
    std::vector<Oid> actual = arg_types_;
    for (std::size_t i = actual.size(); i < detail_.declared.size(); ++i)
      actual.push_back(default_type(detail_.declared[i]));
    result_type_ = enforce_generic_type_consistency(cache_, actual, detail_.declared, detail_.result, false);
    make_function_arguments(state_, request_.args, arg_types_, detail_.declared);
    bool variadic = collect_variadic();
    if (detail_.returns_set) check_srf_call_placement(state_, request_.last_srf, request_.location);
    NodePtr node;
    if (detail_.sort == FunctionSort::normal || detail_.sort == FunctionSort::procedure) {
      node = function_call(variadic);
    } else if (detail_.sort == FunctionSort::aggregate && !over()) {
      node = aggregate_call(variadic);
    } else {
      node = window_call();
    }
    if (detail_.returns_set) state_.last_srf = node;
    return node;
  }

  void check_ordered_set() {
    const AggregateRow* row = cache_.aggregate(detail_.function);
    aggregate_kind_ = row ? row->kind : 'n';
    OrderedSetCall call{request_.call, name(), signature(), request_.location, static_cast<int>(arg_types_.size()),
                        names_.size(), row ? *row : AggregateRow{}, detail_.variadic, detail_.variadic_count};
    check_ordered_set_call(call);
    if (aggregate_kind_ == 'h') {
      unify_hypothetical_args(state_, request_.args, row->direct_args, arg_types_, detail_.declared,
                              detail_.variadic);
    }
  }

  void number_named_args() {
    for (std::size_t i = 0; i < request_.args.size() && i < detail_.arg_numbers.size(); ++i) {
      if (const auto* named = as<expr::NamedArgExpr>(request_.args[i])) {
        expr::NamedArgExpr copy = *named;
        copy.number = detail_.arg_numbers[i];
        request_.args[i] = make(std::move(copy), request_.args[i]->location);
      }
    }
  }

  // The arguments that a VARIADIC parameter took become one array, unless it is VARIADIC "any".
  bool collect_variadic() {
    if (detail_.variadic_count > 0 && detail_.variadic != types::any) {
      auto first = request_.args.end() - detail_.variadic_count;
      expr::ArrayExpr array;
      array.elements.assign(first, request_.args.end());
      array.element_type = type_of(*array.elements.front());
      array.array_type = array_type(cache_, array.element_type);
      int location = location_of(array.elements);
      if (array.array_type == invalid_oid) {
        fail(errcode::undefined_object,
             fmt::format("could not find array type for data type {}", format_type(cache_, array.element_type)),
             location);
      }
      request_.args.erase(first, request_.args.end());
      request_.args.push_back(make(std::move(array), location));
      return true;
    }
    if (func_variadic() && detail_.variadic == types::any &&
        base_element_type(cache_, type_of(*request_.args.back())) == invalid_oid) {
      fail(errcode::datatype_mismatch, "VARIADIC argument must be an array", location_of(request_.args.back()));
    }
    return func_variadic();
  }

  NodePtr function_call(bool variadic) {
    expr::FuncExpr call;
    call.function = detail_.function;
    call.type = result_type_;
    call.returns_set = detail_.returns_set;
    call.variadic = variadic;
    call.form = call_form();
    call.args = std::move(request_.args);
    return make(std::move(call), request_.location);
  }

  CoercionForm call_form() const {
    bool sql_syntax = request_.call && request_.call.funcformat() == ast::CoercionForm::COERCE_SQL_SYNTAX;
    return sql_syntax && cache_.major() >= 14 ? CoercionForm::sql_syntax : CoercionForm::explicit_call;
  }

  void check_star() const {
    if (star() || !request_.args.empty() || within_group()) return;
    fail(errcode::wrong_object_type,
         fmt::format("{}(*) must be used to call a parameterless aggregate function", name()), request_.location);
  }

  NodePtr aggregate_call(bool variadic) {
    check_star();
    if (detail_.returns_set) fail(errcode::invalid_function_definition, "aggregates cannot return sets", request_.location);
    if (!names_.empty()) {
      fail(errcode::feature_not_supported, "aggregates cannot use named arguments", request_.location);
    }
    expr::Aggref aggregate;
    aggregate.function = detail_.function;
    aggregate.type = result_type_;
    aggregate.star = star();
    aggregate.variadic = variadic;
    aggregate.kind = aggregate_kind_ == 'o'   ? expr::AggregateKind::ordered_set
                     : aggregate_kind_ == 'h' ? expr::AggregateKind::hypothetical
                                              : expr::AggregateKind::normal;
    return transform_aggregate_call(state_, std::move(aggregate), std::move(request_.args), clauses_of(request_.call),
                                    request_.location);
  }

  NodePtr window_call() {
    bool is_aggregate = detail_.sort == FunctionSort::aggregate;
    auto unsupported = [this](const char* message) {
      fail(errcode::feature_not_supported, message, request_.location);
    };
    if (distinct()) unsupported("DISTINCT is not implemented for window functions");
    if (is_aggregate) check_star();
    if (has_order()) unsupported("aggregate ORDER BY is not implemented for window functions");
    if (!is_aggregate && has_filter()) unsupported("FILTER is not implemented for non-aggregate window functions");
    if (is_aggregate && aggregate_kind_ != 'n') {
      unsupported("OVER is not supported for ordered-set aggregate");
    }
    if (detail_.returns_set) {
      fail(errcode::invalid_function_definition, "window functions cannot return sets", request_.location);
    }
    expr::WindowFunc call;
    call.function = detail_.function;
    call.type = result_type_;
    call.args = std::move(request_.args);
    call.star = star();
    call.aggregate = is_aggregate;
    return transform_window_func_call(state_, std::move(call), clauses_of(request_.call), request_.location);
  }

  ParseState& state_;
  const Syscache& cache_;
  CallRequest request_;
  std::vector<Oid> arg_types_;
  std::vector<std::string_view> names_;
  FunctionDetail detail_;
  Oid result_type_ = invalid_oid;
  char aggregate_kind_ = 'n';
};

}  // namespace

FunctionDetail get_function_detail(const Syscache& cache, const std::vector<std::string_view>& name,
                                   const std::vector<NodePtr>& args, const std::vector<Oid>& arg_types,
                                   const CallShape& shape) {
  QualifiedName parts = deconstruct_qualified_name(name);
  std::vector<Candidate> candidates = function_candidates(cache, parts.schema, parts.name, shape);
  if (const Candidate* exact = exact_candidate(candidates, arg_types)) return detail_of(cache, *exact);
  if (arg_types.size() == 1 && !args.empty() && shape.arg_names.empty()) {
    Oid target = name_as_type(cache, parts);
    if (target != invalid_oid && is_coercion_call(cache, target, arg_types[0], args[0])) {
      FunctionDetail detail;
      detail.sort = FunctionSort::coercion;
      detail.result = target;
      detail.declared = arg_types;
      return detail;
    }
  }
  std::vector<Candidate> matching = matching_candidates(cache, arg_types, candidates);
  if (matching.empty()) return {};
  const Candidate* chosen = matching.size() == 1 ? &matching.front() : select_candidate(cache, arg_types, matching);
  if (chosen) return detail_of(cache, *chosen);
  FunctionDetail detail;
  detail.sort = FunctionSort::ambiguous;
  return detail;
}

void make_function_arguments(ParseState& state, std::vector<NodePtr>& args, const std::vector<Oid>& actual,
                             const std::vector<Oid>& declared) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (actual[i] == declared[i]) continue;
    if (const auto* named = as<expr::NamedArgExpr>(args[i])) {
      expr::NamedArgExpr copy = *named;
      copy.arg = coerce_type(state, named->arg, actual[i], declared[i], -1, {});
      args[i] = make(std::move(copy), args[i]->location);
    } else {
      args[i] = coerce_type(state, args[i], actual[i], declared[i], -1, {});
    }
  }
}

std::string function_signature(const Syscache& cache, const std::vector<std::string_view>& name,
                               const std::vector<std::string_view>& arg_names, const std::vector<Oid>& arg_types) {
  return fmt::format("{}({})", fmt::join(name, "."), arguments_text(cache, arg_names, arg_types));
}

Oid find_function_exact(const Syscache& cache, const std::vector<std::string_view>& name,
                        const std::vector<Oid>& arg_types) {
  QualifiedName parts = deconstruct_qualified_name(name);
  CallShape shape{static_cast<int>(arg_types.size()), {}, false};
  for (const Candidate& candidate : function_candidates(cache, parts.schema, parts.name, shape)) {
    if (candidate.args == arg_types) return candidate.oid;
  }
  return invalid_oid;
}

std::vector<std::string_view> called_name(parser::ast::FuncCall call, int major) {
  std::vector<std::string_view> name = name_list(call.funcname());
  const bool sql_syntax = call.funcformat() == parser::ast::CoercionForm::COERCE_SQL_SYNTAX;
  if (sql_syntax && major < 14 && name.back() == "extract") name.back() = "date_part";
  return name;
}

NodePtr parse_func_or_column(ParseState& state, CallRequest request) { return Call(state, std::move(request)).run(); }

}  // namespace pgplumb::engine::analyze
