#pragma once
// What statements and the comparison ask of analysis: raw expressions and queries in, analysed ones with their references
// out. Every function raises the server's own SqlError where PostgreSQL would refuse, with a location in the statement's
// text, and NotSimulated where this program can't follow: the caller then keeps the text and says so.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/expr.h"
#include "catalog/expr_nodes.h"
#include "engine/analyze/settings.h"
#include "engine/analyze/stored_statements.h"
#include "engine/analyze/syscache.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// An output column of a query, as a view, CREATE TABLE AS or RETURNS TABLE gets it.
struct QueryColumn {
  std::string name;
  TypeRef type;
  Oid collation = invalid_oid;
};

struct AnalyzedQuery {
  catalog::Query query;
  std::vector<QueryColumn> columns;
};

/// A column as a default or a generation expression fills it.
struct AssignedColumn {
  std::string_view name;
  TypeRef type;
};

/// Analyses within one catalog as one session sees it. Cheap to make; valid while the catalog does not change.
class Analyzer {
 public:
  /// `earlier`: see Syscache.
  Analyzer(int major, const catalog::Catalog* objects, std::vector<Oid> search_path, Settings settings = {},
           const Syscache* earlier = nullptr)
      : cache_(major, objects, std::move(search_path), earlier), settings_(std::move(settings)) {}

  const Syscache& cache() const { return cache_; }

  /// See parse_type.h.
  TypeRef resolve_type(parser::ast::TypeName type_name) const;

  /// A column's DEFAULT; empty for a plain NULL, which leaves no default. `name` is the domain's for a domain's default.
  catalog::Expr column_default(parser::ast::Node raw, const AssignedColumn& column) const;
  /// GENERATED ALWAYS AS (…), over the columns of the relation.
  catalog::Expr generated_column(parser::ast::Node raw, Oid relation, const AssignedColumn& column) const;
  catalog::Expr table_check(parser::ast::Node raw, Oid relation) const;
  /// `base` is what VALUE is: the domain's base type.
  catalog::Expr domain_check(parser::ast::Node raw, TypeRef base, Oid collation) const;

  catalog::Expr statistics_expression(parser::ast::Node raw, Oid relation) const;
  catalog::Expr partition_key_expression(parser::ast::Node raw, Oid relation) const;
  /// One value of FOR VALUES, as the key's type; a constant, or NotSimulated where it would have to be computed.
  catalog::expr::NodePtr partition_bound_value(parser::ast::Node raw, const AssignedColumn& key, Oid collation) const;

  catalog::Expr policy(parser::ast::Node raw, Oid relation) const;
  /// OLD and NEW are rows of the relation; which of them the trigger's events allow is checked here.
  struct TriggerEvents {
    bool for_each_row = true, on_insert = false, on_update = false, on_delete = false, before = false;
  };
  catalog::Expr trigger_when(parser::ast::Node raw, Oid relation, const TriggerEvents& events) const;
  /// WHERE of a publication's table.
  catalog::Expr publication_filter(parser::ast::Node raw, Oid relation) const;

  catalog::Expr argument_default(parser::ast::Node raw, Oid type) const;

  /// A query by itself. `allow_into`: INTO is the caller's concern.
  AnalyzedQuery query(parser::ast::Node select, bool allow_into = false) const;
  /// A view's or CREATE TABLE AS's query: its columns have names and types that a relation's can have, the first of them
  /// named by `column_names` (CREATE VIEW v (a, b)). Errors 42701, 42P16, 42601 as the server.
  AnalyzedQuery view_query(parser::ast::Node select, const std::vector<std::string>& column_names = {}) const;

  /// A rule's condition and actions, as one compound query.
  catalog::Query rule(parser::ast::RuleStmt rule, Oid relation) const;
  /// BEGIN ATOMIC … END or RETURN …, where the function's arguments are known by name and number.
  catalog::Query function_body(parser::ast::Node body, std::string_view function_name,
                               const std::vector<FunctionArgument>& arguments) const;

  /// Expressions as the server prints them, in the scope that their owner gives them. The text is analysed under
  /// search_path = pg_catalog, whatever this analyzer's is, when the caller made it so.
  struct LiveScope {
    catalog::ExprScope scope = catalog::ExprScope::none;
    Oid relation = invalid_oid;  // for relation and old_new
    TypeRef value;               // for domain
    Oid value_collation = invalid_oid;
  };
  catalog::Expr live_expression(std::string_view text, const LiveScope& scope) const;
  AnalyzedQuery live_query(std::string_view text) const;

 private:
  Syscache cache_;
  Settings settings_;
};

/// The Oids that a tree refers to, sorted: catalog::Expr::refs.
std::vector<Oid> reference_oids(const catalog::expr::NodePtr& tree);
std::vector<Oid> reference_oids(const catalog::expr::QueryPtr& query);

}  // namespace pgplumb::engine::analyze
