#pragma once
// Parents and children: catalog/pg_inherits.c, and MergeAttributes of commands/tablecmds.c.
#include <vector>

#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// Direct parents of a table or foreign table, in order; a partition's is its partitioned table, an attached index' the
/// partitioned index.
std::vector<Oid> parents_of(const catalog::Catalog& catalog, Oid relation);
/// Tables that inherit from it directly, partitions included, in the order of their making (find_inheritance_children).
std::vector<Oid> inheritance_children(const catalog::Catalog& catalog, Oid relation);
/// The relation, and all that inherit from it at any depth, breadth first (find_all_inheritors).
std::vector<Oid> all_inheritors(const catalog::Catalog& catalog, Oid relation);
/// The partitions of a partitioned table.
std::vector<Oid> partitions_of(const catalog::Catalog& catalog, Oid relation);
bool is_partition(const catalog::Catalog& catalog, Oid relation);
bool is_partitioned(const catalog::Catalog& catalog, Oid relation);

/// The relation has a child now (SetRelationHasSubclass).
void note_child(catalog::Catalog& catalog, Oid parent);
/// pg_class.relhassubclass: a table has children or had some, an index has indexes attached.
bool has_subclass(const catalog::Catalog& catalog, Oid relation);

/// What a new table gets from its parents, merged with what it says itself.
struct MergedElements {
  std::vector<ColumnSpec> columns;
  std::vector<CheckSpec> checks;        // inherited ones
  std::vector<NotNullSpec> not_nulls;  // inherited ones; PostgreSQL 18
};
struct MergeTarget {
  Name table;
  catalog::Persistence persistence = catalog::Persistence::permanent;
  bool is_partition = false;
  bool is_typed = false;
};
MergedElements merge_attributes(Interpreter& interpreter, std::vector<ColumnSpec> columns,
                                const std::vector<Oid>& parents, const MergeTarget& target);

/// The table's CHECK constraint as a child inherits it, for the child's columns.
CheckSpec inherited_check(const Interpreter& interpreter, const Constraint& constraint, Oid parent);

}  // namespace pgplumb::engine::ddl
