#pragma once
// The functions that an aggregate is made of: AggregateCreate of catalog/pg_aggregate.c.
#include <optional>
#include <string>

#include "catalog/kinds/aggregate.h"
#include "engine/ddl/def_elem.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// What CREATE AGGREGATE says; empty where it says nothing.
struct AggregateOptions {
  ast::DefElem transition, final, combine, serialize, deserialize, moving_transition, moving_inverse, moving_final;
  ast::DefElem final_modify, moving_final_modify, sort_operator, base_type, state, moving_state;
  bool final_extra = false, moving_final_extra = false, hypothetical = false;
  std::int32_t state_space = 0, moving_state_space = 0;
  std::optional<std::string> initial, moving_initial, parallel;
};

/// Fills in the functions, the sort operator and the result; the arguments and state types are there already.
void resolve_aggregate_functions(Interpreter& interpreter, const AggregateOptions& options,
                                 catalog::Aggregate& aggregate);

/// The type that an option's value means, written as a type or as a bare name.
Oid option_type(Interpreter& interpreter, ast::DefElem option);

}  // namespace pgplumb::engine::ddl
