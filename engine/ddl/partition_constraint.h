#pragma once
// What a partition's bound says of its rows, as an expression over its columns: get_qual_from_partbound of
// partitioning/partbounds.c.
#include <vector>

#include "engine/ddl/expressions.h"
#include "engine/ddl/partition.h"

namespace pgplumb::engine::ddl {

/// The conditions that all rows of the partition meet, those of its ancestors first (RelationGetPartitionQual). Throws
/// NotSimulated for hash partitions, whose condition holds the OID of the partitioned table.
std::vector<NodePtr> partition_constraint(Interpreter& interpreter, Oid partition);

/// Whether the partition's own checks and NOT NULL constraints imply the conditions (ConstraintImpliedByRelConstraint).
bool constraints_imply(Interpreter& interpreter, Oid relation, const std::vector<NodePtr>& conditions);

}  // namespace pgplumb::engine::ddl
