// CREATE AGGREGATE: DefineAggregate of commands/aggregatecmds.c.
#include "catalog/kinds/aggregate.h"

#include "catalog/kinds/schema.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/ddl/aggregate_functions.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/define.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/lookup_operator.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/routine_parameters.h"
#include "engine/ddl/routine_replace.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

[[noreturn]] void invalid_aggregate(std::string message) { throw SqlError("42P13", std::move(message)); }

/// The last one given counts, as there.
AggregateOptions aggregate_options(Interpreter& interpreter, ast::List<ast::Node> list) {
  AggregateOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    const std::string_view name = option.defname();
    if (name == "sfunc" || name == "sfunc1")
      options.transition = option;
    else if (name == "finalfunc")
      options.final = option;
    else if (name == "combinefunc")
      options.combine = option;
    else if (name == "serialfunc")
      options.serialize = option;
    else if (name == "deserialfunc")
      options.deserialize = option;
    else if (name == "msfunc")
      options.moving_transition = option;
    else if (name == "minvfunc")
      options.moving_inverse = option;
    else if (name == "mfinalfunc")
      options.moving_final = option;
    else if (name == "finalfunc_extra")
      options.final_extra = def_boolean(option);
    else if (name == "mfinalfunc_extra")
      options.moving_final_extra = def_boolean(option);
    else if (name == "finalfunc_modify")
      options.final_modify = option;
    else if (name == "mfinalfunc_modify")
      options.moving_final_modify = option;
    else if (name == "sortop")
      options.sort_operator = option;
    else if (name == "basetype")
      options.base_type = option;
    else if (name == "hypothetical")
      options.hypothetical = def_boolean(option);
    else if (name == "stype" || name == "stype1")
      options.state = option;
    else if (name == "sspace")
      options.state_space = def_int32(option);
    else if (name == "mstype")
      options.moving_state = option;
    else if (name == "msspace")
      options.moving_state_space = def_int32(option);
    else if (name == "initcond" || name == "initcond1")
      options.initial = def_string(option);
    else if (name == "minitcond")
      options.moving_initial = def_string(option);
    else if (name == "parallel")
      options.parallel = def_string(option);
    else
      interpreter.warning("aggregate attribute \"" + std::string(name) + "\" not recognized", "42601");
  }
  return options;
}

void check_aggregate_options(const AggregateOptions& options) {
  if (!options.state) invalid_aggregate("aggregate stype must be specified");
  if (!options.transition) invalid_aggregate("aggregate sfunc must be specified");
  if (options.moving_state) {
    if (!options.moving_transition) invalid_aggregate("aggregate msfunc must be specified when mstype is specified");
    if (!options.moving_inverse) invalid_aggregate("aggregate minvfunc must be specified when mstype is specified");
    return;
  }
  if (options.moving_transition) invalid_aggregate("aggregate msfunc must not be specified without mstype");
  if (options.moving_inverse) invalid_aggregate("aggregate minvfunc must not be specified without mstype");
  if (options.moving_final) invalid_aggregate("aggregate mfinalfunc must not be specified without mstype");
  if (options.moving_state_space != 0) invalid_aggregate("aggregate msspace must not be specified without mstype");
  if (options.moving_initial) invalid_aggregate("aggregate minitcond must not be specified without mstype");
}

std::string modify_letter(ast::DefElem option, bool is_normal) {
  if (!option) return is_normal ? "r" : "w";
  const std::string word = def_string(option);
  if (word == "read_only") return "r";
  if (word == "shareable") return "s";
  if (word == "read_write") return "w";
  throw SqlError("42601",
                 "parameter \"" + std::string(option.defname()) + "\" must be READ_ONLY, SHAREABLE, or READ_WRITE");
}

Oid state_type(Interpreter& interpreter, ast::DefElem option) {
  const Oid type = option_type(interpreter, option);
  const analyze::Syscache& cache = cache_of(interpreter);
  if (cache.type(type)->kind == 'p' && !analyze::is_polymorphic(type) && type != types::internal)
    invalid_aggregate("aggregate transition data type cannot be " + analyze::format_type(cache, type));
  return type;
}

/// The arguments in the old style: one type, or ANY for count(*)'s kind.
void read_base_type(Interpreter& interpreter, const AggregateOptions& options, Aggregate& aggregate) {
  if (!options.base_type) invalid_aggregate("aggregate input type must be specified");
  const TypeSpelling spelling = def_type_name(options.base_type);
  const std::string text = spelling.type ? name_list_text(spelling.type.names()) : spelling.names[0];
  if (equals_ignoring_case(text, "ANY")) return;
  Argument argument;
  argument.type = {option_type(interpreter, options.base_type), -1};
  aggregate.signature.push_back(argument.type);
  aggregate.arguments.push_back(std::move(argument));
}

void read_arguments(Interpreter& interpreter, ast::DefineStmt statement, const AggregateOptions& options,
                    Aggregate& aggregate) {
  if (statement.oldstyle()) return read_base_type(interpreter, options, aggregate);
  if (options.base_type) invalid_aggregate("basetype is redundant with aggregate input type specification");
  RoutineParameters parameters =
      read_parameters(interpreter, statement.args()[0].items(), RoutineSort::aggregate, invalid_oid);
  aggregate.arguments = std::move(parameters.arguments);
  aggregate.signature = std::move(parameters.signature);
  const int direct = statement.args()[1].as<ast::Integer>().ival();
  if (direct < 0) return;
  aggregate.aggregate_kind = options.hypothetical ? AggregateKind::hypothetical : AggregateKind::ordered_set;
  aggregate.direct_arguments = static_cast<std::int16_t>(direct);
}

Parallel aggregate_parallel(const std::string& word) {
  if (word == "safe") return Parallel::safe;
  if (word == "restricted") return Parallel::restricted;
  if (word == "unsafe") return Parallel::unsafe;
  throw SqlError("42601", "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
}

void check_serialization(const Interpreter& interpreter, const AggregateOptions& options, Oid state) {
  if (!options.serialize && !options.deserialize) return;
  if (state != types::internal)
    invalid_aggregate("serialization functions may be specified only when the aggregate transition data type is " +
            analyze::format_type(cache_of(interpreter), types::internal));
  if (!options.serialize || !options.deserialize)
    invalid_aggregate("must specify both or neither of serialization and deserialization functions");
}

}  // namespace

Oid option_type(Interpreter& interpreter, ast::DefElem option) {
  const TypeSpelling spelling = def_type_name(option);
  if (spelling.type) return require_type(interpreter, spelling.type).type;
  const Oid type = find_type(interpreter, spelling.names);
  if (type == invalid_oid) throw SqlError("42704", "type \"" + spelling.names[0] + "\" does not exist");
  return type;
}

void define_aggregate(Interpreter& interpreter, ast::DefineStmt statement) {
  const CreationName place = creation_name(interpreter, statement.defnames());
  const AggregateOptions options = aggregate_options(interpreter, statement.definition());
  check_aggregate_options(options);
  auto aggregate = std::make_shared<Aggregate>();
  aggregate->kind = Kind::aggregate;
  aggregate->parent = Ref<Schema>{place.schema};
  aggregate->name = place.name;
  aggregate->owner = new_owner(interpreter);
  aggregate->language = {Kind::language, languages::internal};
  read_arguments(interpreter, statement, options, *aggregate);
  const bool is_normal = aggregate->aggregate_kind == AggregateKind::normal;
  if (is_normal && options.hypothetical) invalid_aggregate("only ordered-set aggregates can be hypothetical");
  aggregate->final_extra = options.final_extra;
  aggregate->moving_final_extra = options.moving_final_extra;
  aggregate->final_modify = modify_letter(options.final_modify, is_normal);
  aggregate->moving_final_modify = modify_letter(options.moving_final_modify, is_normal);
  aggregate->state = {state_type(interpreter, options.state), -1};
  check_serialization(interpreter, options, aggregate->state.type);
  if (options.moving_state) aggregate->moving_state = {state_type(interpreter, options.moving_state), -1};
  aggregate->state_space = options.state_space;
  aggregate->moving_state_space = options.moving_state_space;
  aggregate->initial = options.initial;
  aggregate->moving_initial = options.moving_initial;
  if (options.parallel) aggregate->parallel = aggregate_parallel(*options.parallel);
  resolve_aggregate_functions(interpreter, options, *aggregate);
  store_routine(interpreter, std::move(aggregate), statement.replace());
}

}  // namespace pgplumb::engine::ddl
