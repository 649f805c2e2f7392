#pragma once
// Partitioned tables and their partitions: ComputePartitionAttrs of commands/tablecmds.c, transformPartitionBound of
// parser/parse_utilcmd.c, check_new_partition_bound of partitioning/partbounds.c.
#include <vector>

#include "catalog/expr_nodes.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

using catalog::PartitionStrategy;
using catalog::Table;

/// The word behind PARTITION BY; throws 22023 where it is none.
PartitionStrategy partition_strategy(ast::PartitionSpec spec);
/// Stores the table's partition key. Its columns exist already.
void store_partition_key(Interpreter& interpreter, Ref<Table> table, ast::PartitionSpec spec);

/// FOR VALUES … or DEFAULT as a partition of `parent` has it, analysed (transformPartitionBound).
Expr transform_partition_bound(Interpreter& interpreter, Ref<Table> parent, ast::PartitionBoundSpec bound);
/// Throws 42P17 where the bound is empty or overlaps with that of another partition of the parent.
void check_new_partition_bound(Interpreter& interpreter, Ref<Table> parent, const Expr& bound, Name partition);

/// The default partition; invalid_oid where there is none.
Oid default_partition(const catalog::Catalog& catalog, Oid partitioned);

/// The bound of a partition as a tree; null where the relation is none.
const catalog::expr::PartitionBoundSpec* partition_bound(const catalog::Catalog& catalog, Oid relation);

// --- What partitions get from their parent ------------------------------------------------------------------------------

/// How a table became a partition, which messages tell.
enum class Partitioning : std::uint8_t { create, attach };
/// Gives a new or newly attached partition the parent's indexes, keys and triggers.
void clone_to_partition(Interpreter& interpreter, Oid parent, Oid partition, Partitioning how);
/// Gives all partitions the new index of their parent: an equal one that is there is attached, else one is made.
void index_partitions(Interpreter& interpreter, Ref<Index> index, Ref<Constraint> constraint);
/// Makes one index of a partition part of the parent's (IndexSetParentIndex, with the constraint's).
void attach_index(Interpreter& interpreter, Ref<Index> parent, Ref<Index> child);

/// An index made by ON ONLY becomes valid once each partition has a part of it.
void validate_partitioned_index(Interpreter& interpreter, Ref<Index> index);

/// Whether the child's index may serve as a part of the parent's (CompareIndexInfo), columns paired by name.
bool same_index(const catalog::Catalog& catalog, const Index& parent, const Index& child);

}  // namespace pgplumb::engine::ddl
