#pragma once
// CREATE TABLE: transformCreateStmt of parser/parse_utilcmd.c and DefineRelation of commands/tablecmds.c.
#include <functional>

#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// What DefineRelation is told beside the elements.
struct TableDefinition {
  RelationCreation where;
  std::vector<Oid> parents;
  ast::PartitionBoundSpec bound;
  ast::PartitionSpec partition_by;
  ast::TypeName of_type;
  ast::List<ast::Node> options;
  ast::OnCommitAction on_commit = ast::OnCommitAction::ONCOMMIT_NOOP;
  Name tablespace;
  std::string_view access_method;
  /// Of a foreign table: stores its object, whose parents and bound are filled in; gives its oid.
  std::function<Oid(std::vector<AnyRef> inherits, Ref<catalog::Table> partition_of)> store_foreign;
};

/// Makes the table with its columns, defaults and checks, and what it gets from parents; keys come after.
Oid define_relation(Interpreter& interpreter, const TableDefinition& definition, const TableElements& elements);

/// All of CREATE TABLE after its name was looked up: keys, LIKE, foreign keys and owned sequences too.
Oid create_relation(Interpreter& interpreter, TableDefinition definition, ast::CreateStmt statement);

/// What LIKE … INCLUDING asks for and has to wait for the table: generated columns, checks, indexes, comments, statistics
/// (expandTableLikeClause).
void expand_like(Interpreter& interpreter, Oid relation, const LikeSpec& like);

/// Links the sequences that columns brought to those columns.
void own_sequences(Interpreter& interpreter, Oid relation, const std::vector<ColumnSpec>& columns);

/// The access method of a new table: named, or default_table_access_method; 0 where the relation has no storage.
AnyRef resolve_table_method(Interpreter& interpreter, std::string_view named, bool is_partitioned, Oid parent);

}  // namespace pgplumb::engine::ddl
