#include "catalog/kinds/aggregate.h"

#include "diff/rules/routine.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Aggregate;
using catalog::AggregateKind;

namespace {

std::string arguments(const Aggregate& aggregate, const SqlNames& names) {
  if (aggregate.arguments.empty()) return "*";
  std::vector<std::string> parts;
  for (const Argument& argument : aggregate.arguments) {
    std::string part = argument.mode == catalog::ArgumentMode::variadic ? "VARIADIC " : "";
    if (!argument.name.empty()) part += quoted(argument.name) + " ";
    parts.push_back(part + names.type(argument.type));
  }
  if (aggregate.aggregate_kind == AggregateKind::normal) return join(parts);
  const auto middle = parts.begin() + aggregate.direct_arguments;
  const std::string direct = join({parts.begin(), middle});
  return direct + (direct.empty() ? "" : " ") + "ORDER BY " + join({middle, parts.end()});
}

std::string_view modify_word(const std::string& letter) {
  return letter == "s" ? "SHAREABLE" : letter == "w" ? "READ_WRITE" : "READ_ONLY";
}

void state_clauses(const Aggregate& a, const SqlNames& names, std::vector<std::string>& out) {
  const std::string usual_modify = a.aggregate_kind == AggregateKind::normal ? "r" : "w";
  const auto routine = [&](std::string_view word, AnyRef ref) {
    if (ref) out.push_back(std::string(word) + " = " + names.qualified(ref));
  };
  routine("SFUNC", a.transition);
  out.push_back("STYPE = " + names.type(a.state));
  if (a.state_space) out.push_back("SSPACE = " + std::to_string(a.state_space));
  routine("FINALFUNC", a.final);
  if (a.final_extra) out.emplace_back("FINALFUNC_EXTRA");
  if (a.final && a.final_modify != usual_modify)
    out.push_back("FINALFUNC_MODIFY = " + std::string(modify_word(a.final_modify)));
  routine("COMBINEFUNC", a.combine);
  routine("SERIALFUNC", a.serialize);
  routine("DESERIALFUNC", a.deserialize);
  if (a.initial) out.push_back("INITCOND = " + catalog::quote_literal(*a.initial));
  routine("MSFUNC", a.moving_transition);
  routine("MINVFUNC", a.moving_inverse);
  if (a.moving_state) out.push_back("MSTYPE = " + names.type(a.moving_state));
  if (a.moving_state_space) out.push_back("MSSPACE = " + std::to_string(a.moving_state_space));
  routine("MFINALFUNC", a.moving_final);
  if (a.moving_final_extra) out.emplace_back("MFINALFUNC_EXTRA");
  if (a.moving_final && a.moving_final_modify != usual_modify)
    out.push_back("MFINALFUNC_MODIFY = " + std::string(modify_word(a.moving_final_modify)));
  if (a.moving_initial) out.push_back("MINITCOND = " + catalog::quote_literal(*a.moving_initial));
}

std::string aggregate_definition(const Aggregate& aggregate, const SqlNames& names) {
  std::vector<std::string> clauses;
  state_clauses(aggregate, names, clauses);
  if (aggregate.sort_operator) clauses.push_back("SORTOP = " + names.infix(aggregate.sort_operator));
  if (aggregate.parallel != catalog::Parallel::unsafe)
    clauses.emplace_back(aggregate.parallel == catalog::Parallel::safe ? "PARALLEL = SAFE" : "PARALLEL = RESTRICTED");
  if (aggregate.aggregate_kind == AggregateKind::hypothetical) clauses.emplace_back("HYPOTHETICAL");
  return "AGGREGATE " + names.qualified(aggregate) + "(" + arguments(aggregate, names) + ") (\n    " +
         join(clauses, ",\n    ") + "\n)";
}

void create_aggregate(const Aggregate& aggregate, Creation& creation) {
  creation.out.add("CREATE " + aggregate_definition(aggregate, creation.names));
}

void redefine(const Aggregate&, const Aggregate& to, Alteration& alteration) {
  alteration.out.add("CREATE OR REPLACE " + aggregate_definition(to, alteration.to));
}

constexpr auto aggregate_fields = field_rules(
    replace<&Routine::arguments>(), replace<&Routine::result>(), alter<&Routine::parallel, redefine>(),
    replace<&Aggregate::aggregate_kind>(), replace<&Aggregate::direct_arguments>(),
    alter<&Aggregate::transition, redefine>(), alter<&Aggregate::final, redefine>(),
    alter<&Aggregate::combine, redefine>(), alter<&Aggregate::serialize, redefine>(),
    alter<&Aggregate::deserialize, redefine>(), alter<&Aggregate::moving_transition, redefine>(),
    alter<&Aggregate::moving_inverse, redefine>(), alter<&Aggregate::moving_final, redefine>(),
    alter<&Aggregate::final_extra, redefine>(), alter<&Aggregate::moving_final_extra, redefine>(),
    alter<&Aggregate::final_modify, redefine>(), alter<&Aggregate::moving_final_modify, redefine>(),
    alter<&Aggregate::sort_operator, redefine>(), alter<&Aggregate::state, redefine>(),
    alter<&Aggregate::moving_state, redefine>(), alter<&Aggregate::state_space, redefine>(),
    alter<&Aggregate::moving_state_space, redefine>(), alter<&Aggregate::initial, redefine>(),
    alter<&Aggregate::moving_initial, redefine>());

}  // namespace

constinit const KindRules aggregate_rules = {
    .stage = stage::function,
    .create = create_with<create_aggregate>,
    .drop = drop_by_address,
    .fields = aggregate_fields,
};

}  // namespace pgplumb::diff
