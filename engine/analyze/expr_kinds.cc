#include "engine/analyze/expr_kinds.h"

#include <fmt/format.h>

#include "engine/analyze/node_funcs.h"

namespace pgplumb::engine::analyze {

namespace {

// What is allowed in a place.
constexpr unsigned aggregates = 1, windows = 2, subqueries = 4, sets = 8, columns = 16;

struct Place {
  const char* name;       // in "not allowed in NAME", unless there is a phrase
  const char* phrase;     // plural: "not allowed in check constraints"
  const char* singular;   // "cannot use subquery in check constraint"
  unsigned allowed;
};

constexpr unsigned query_parts = subqueries | columns;

const Place& place_of(ExprKind kind) {
  static constexpr Place places[] = {
      {"invalid expression context", nullptr, nullptr, query_parts | aggregates | windows | sets},  // none
      {"extension expression", nullptr, nullptr, query_parts | aggregates | windows | sets},        // other
      {"JOIN/ON", "JOIN conditions", nullptr, query_parts},
      {"JOIN/USING", "JOIN conditions", nullptr, query_parts},
      {"sub-SELECT in FROM", "FROM clause of their own query level", nullptr, query_parts},
      {"function in FROM", "functions in FROM", nullptr, query_parts | sets},
      {"WHERE", nullptr, nullptr, query_parts},
      {"HAVING", nullptr, nullptr, query_parts | aggregates},
      {"FILTER", nullptr, nullptr, query_parts},
      {"window PARTITION BY", "window definitions", nullptr, query_parts | aggregates | sets},
      {"window ORDER BY", "window definitions", nullptr, query_parts | aggregates | sets},
      {"window RANGE", "window definitions", nullptr, query_parts},
      {"window ROWS", "window definitions", nullptr, query_parts},
      {"window GROUPS", "window definitions", nullptr, query_parts},
      {"SELECT", nullptr, nullptr, query_parts | aggregates | windows | sets},
      {"INSERT", nullptr, nullptr, query_parts | sets},
      {"UPDATE", nullptr, nullptr, query_parts},
      {"UPDATE", nullptr, nullptr, query_parts},
      {"MERGE WHEN", "MERGE WHEN conditions", nullptr, query_parts},
      {"GROUP BY", nullptr, nullptr, query_parts | sets},
      {"ORDER BY", nullptr, nullptr, query_parts | aggregates | windows | sets},
      {"DISTINCT ON", nullptr, nullptr, query_parts | aggregates | windows | sets},
      {"LIMIT", nullptr, nullptr, query_parts},
      {"OFFSET", nullptr, nullptr, query_parts},
      {"RETURNING", nullptr, nullptr, query_parts},
      {"RETURNING", nullptr, nullptr, query_parts},
      {"VALUES", nullptr, nullptr, query_parts},
      {"VALUES", nullptr, nullptr, query_parts | sets},
      {"CHECK", "check constraints", "check constraint", columns},
      {"CHECK", "check constraints", "check constraint", columns},
      {"DEFAULT", "DEFAULT expressions", "DEFAULT expression", 0},
      {"DEFAULT", "DEFAULT expressions", "DEFAULT expression", columns},
      {"index expression", "index expressions", "index expression", columns},
      {"index predicate", "index predicates", "index predicate", columns},
      {"statistics expression", "statistics expressions", "statistics expression", columns},
      {"USING", "transform expressions", "transform expression", columns},
      {"EXECUTE", "EXECUTE parameters", "EXECUTE parameter", columns},
      {"WHEN", "trigger WHEN conditions", "trigger WHEN condition", columns},
      {"POLICY", "policy expressions", nullptr, query_parts},
      {"partition bound", "partition bound", "partition bound", 0},
      {"PARTITION BY", "partition key expressions", "partition key expression", columns},
      {"CALL", "CALL arguments", "CALL argument", columns},
      {"WHERE", "COPY FROM WHERE conditions", "COPY FROM WHERE condition", columns},
      {"GENERATED AS", "column generation expressions", "column generation expression", columns},
      {"CYCLE", nullptr, nullptr, query_parts},
  };
  static_assert(std::size(places) == static_cast<std::size_t>(ExprKind::cycle_mark) + 1);
  return places[static_cast<std::size_t>(kind)];
}

bool allows(ExprKind kind, unsigned what) { return (place_of(kind).allowed & what) != 0; }

std::string place_phrase(ExprKind kind) {
  const Place& place = place_of(kind);
  return place.phrase ? place.phrase : place.name;
}

// Window frames have names of their own where aggregates are refused.
std::string place_for_aggregates(ExprKind kind) {
  bool frame = kind == ExprKind::window_frame_range || kind == ExprKind::window_frame_rows ||
               kind == ExprKind::window_frame_groups;
  return frame ? place_of(kind).name : place_phrase(kind);
}

}  // namespace

const char* expr_kind_name(ExprKind kind) { return place_of(kind).name; }

void check_aggregate_allowed(ExprKind kind, bool is_aggregate, int location) {
  if (allows(kind, aggregates)) return;
  fail(errcode::grouping_error,
       fmt::format("{} are not allowed in {}", is_aggregate ? "aggregate functions" : "grouping operations",
                   place_for_aggregates(kind)),
       location);
}

void check_window_function_allowed(ExprKind kind, int location) {
  if (allows(kind, windows)) return;
  fail(errcode::windowing_error, "window functions are not allowed in " + place_phrase(kind), location);
}

void check_sublink_allowed(ExprKind kind, int location) {
  if (allows(kind, subqueries)) return;
  fail(errcode::feature_not_supported, fmt::format("cannot use subquery in {}", place_of(kind).singular), location);
}

void check_column_ref_allowed(ExprKind kind, int location) {
  if (allows(kind, columns)) return;
  fail(errcode::feature_not_supported,
       kind == ExprKind::partition_bound ? "cannot use column reference in partition bound expression"
                                         : "cannot use column reference in DEFAULT expression",
       location);
}

void check_srf_call_placement(ParseState& state, const NodePtr& last_srf, int location) {
  ExprKind kind = state.expr_kind;
  if (!allows(kind, sets)) {
    fail(errcode::feature_not_supported, "set-returning functions are not allowed in " + place_phrase(kind), location);
  }
  if (kind != ExprKind::from_function) {
    state.has_target_srfs = true;
    return;
  }
  if (state.last_srf.get() != last_srf.get()) {
    fail(errcode::feature_not_supported, "set-returning functions must appear at top level of FROM",
         location_of(state.last_srf));
  }
}

}  // namespace pgplumb::engine::analyze
