#pragma once
// Whether partitions' bounds overlap: check_new_partition_bound of partitioning/partbounds.c.
#include "engine/ddl/expressions.h"
#include "engine/ddl/partition.h"

namespace pgplumb::engine::ddl {

/// What values for the key column at `position` are compared with.
BoundKey partition_bound_key(Interpreter& interpreter, const Table& partitioned, std::size_t position);

/// The operator class that they are compared by.
analyze::OpclassRow partition_operator_class(Interpreter& interpreter, const Table& partitioned, std::size_t position);

/// Throws 42P17 where the new bound is empty or overlaps another partition's.
void check_partition_overlap(Interpreter& interpreter, const Table& parent,
                             const catalog::expr::PartitionBoundSpec& bound, Name partition);

/// The partitions in the order of their bounds, the default one last, as a PartitionDesc has them (partition_bounds_create of
/// partitioning/partbounds.c); in that of their making where the order of the bounds is not known here.
std::vector<Oid> partitions_by_bound(const catalog::Catalog& catalog, Oid partitioned);

/// Order of two constants of one type: below, equal to or above zero. Throws NotSimulated where the type's order is not
/// known here.
int compare_constants(const catalog::Catalog& catalog, const catalog::expr::Const& a, const catalog::expr::Const& b);

}  // namespace pgplumb::engine::ddl
