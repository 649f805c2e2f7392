#pragma once
// Relations made of a query: what views, materialized views and CREATE TABLE AS have in common.
#include <string>
#include <vector>

#include "engine/analyze/api.h"
#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// The analysed query with its output columns, the first of them called as given.
analyze::AnalyzedQuery analyze_relation_query(Interpreter& interpreter, ast::Node query,
                                              ast::List<ast::Node> column_names, const char* too_many_names);
/// The first of the output columns are called as given; throws 42601 where there are fewer columns than names.
void name_columns(analyze::AnalyzedQuery& analyzed, ast::List<ast::Node> names, const char* too_many_names);
/// The columns that a relation gets from it.
std::vector<ColumnSpec> columns_of_query(const analyze::AnalyzedQuery& analyzed);
/// Throws 42701 where two columns have one name, 42P16 or 42P22 where a column can't be one of a relation.
void check_query_columns(Interpreter& interpreter, const std::vector<ColumnSpec>& columns);
/// Makes the columns, which have been checked.
void insert_query_columns(Interpreter& interpreter, Oid relation, const std::vector<ColumnSpec>& columns);

/// Whether the query reads a temporary relation (isQueryUsingTempRelation).
bool uses_temporary_relation(const Interpreter& interpreter, const catalog::Query& query);

/// CREATE TABLE AS and SELECT INTO (commands/createas.c).
void create_table_from_query(Interpreter& interpreter, ast::Node query, ast::IntoClause into, bool if_not_exists);

/// Why a view is not updatable by itself; empty where it is (view_query_is_auto_updatable of rewriteHandler.c). With
/// `need_column`, one of its columns has to be a column of the relation below.
std::string not_updatable_reason(const Interpreter& interpreter, const catalog::Query& query, bool need_column);

}  // namespace pgplumb::engine::ddl
