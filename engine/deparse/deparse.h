#pragma once
// Analysed trees back to SQL text, byte for byte as PostgreSQL's utils/adt/ruleutils.c prints them for the Syscache's
// major version under search_path = pg_catalog: every name outside pg_catalog carries its schema. The functions that
// pg_catalog offers for this print without extra parentheses removed ("non-pretty"), but with line breaks.
#include <string>

#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"
#include "engine/analyze/syscache.h"

namespace pgplumb::catalog {
struct Table;
}

namespace pgplumb::engine::deparse {

using analyze::Syscache;
using catalog::invalid_oid;
using catalog::Oid;
namespace expr = catalog::expr;

/// What a bare column reference in an expression belongs to.
struct Scope {
  enum class Kind { none, relation, old_new };
  Kind kind = Kind::none;
  Oid relation = invalid_oid;

  static Scope nothing() { return {}; }
  /// The columns of one relation, at range-table index 1: printed without its name.
  static Scope of_relation(Oid relation) { return {Kind::relation, relation}; }
  /// OLD at index 1 and NEW at index 2, both rows of the relation.
  static Scope old_and_new(Oid relation) { return {Kind::old_new, relation}; }
};

/// pg_get_expr(), also for partition bounds.
std::string print_expression(const Syscache& cache, const expr::Node& node, Scope scope);

/// One argument's default, as pg_get_function_arg_default() prints it: without line breaks.
std::string print_argument_default(const Syscache& cache, const expr::Node& node);

/// An expression of an index or a partition key, in parentheses unless it looks like a function call:
/// pg_get_indexdef(), pg_get_partkeydef().
std::string print_key_expression(const Syscache& cache, const expr::Node& node, Oid relation);

/// pg_get_partkeydef(), from the table's partition_key_parts, whose expressions have their texts already.
std::string print_partition_key(const Syscache& cache, const catalog::Table& table);

/// A trigger's WHEN condition as it stands within pg_get_triggerdef(), with the parentheses around it.
std::string print_trigger_condition(const Syscache& cache, const expr::Node& node, Oid relation);

/// pg_get_viewdef(), of views and materialized views. Output columns are called as the view's columns are now.
std::string print_view(const Syscache& cache, const expr::Query& query, Oid view);

/// What pg_get_ruledef() needs to know besides the rule's compound Query.
struct RuleHead {
  std::string_view name;
  std::string_view event;  // SELECT, INSERT, UPDATE or DELETE
  Oid relation = invalid_oid;
  bool instead = false;
};
std::string print_rule(const Syscache& cache, const RuleHead& head, const expr::Query& actions);

/// pg_get_function_sqlbody(): BEGIN ATOMIC … END for a compound Query, else RETURN ….
std::string print_function_body(const Syscache& cache, const expr::Query& body, Oid function);

/// quote_identifier() by the key words of the Syscache's major.
std::string quote_identifier(const Syscache& cache, std::string_view name);

}  // namespace pgplumb::engine::deparse
