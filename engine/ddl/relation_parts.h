#pragma once
// What hangs together with a relation: sequences of its columns, tables that inherit from it.
#include <vector>

#include "catalog/catalog.h"
#include "catalog/kinds/column.h"

namespace pgplumb::engine::ddl {

/// The sequences that the relation's columns own, of serial and identity columns alike: getOwnedSequences.
std::vector<catalog::Oid> owned_sequences(const catalog::Catalog& catalog, catalog::Oid relation);

/// Whether `child` inherits from `parent` itself, or is a partition of it.
bool inherits_directly(const catalog::Object& child, catalog::Oid parent);
/// The tables that do, by ascending oid: find_inheritance_children.
std::vector<catalog::Oid> find_inheritance_children(const catalog::Catalog& catalog, catalog::Oid relation);
/// Those at any depth, the relation itself first: find_all_inheritors.
std::vector<catalog::Oid> find_all_inheritors(const catalog::Catalog& catalog, catalog::Oid relation);

/// Whether the partition key of its table has the column, by itself or in an expression: has_partition_attrs.
bool in_partition_key(const catalog::Catalog& catalog, const catalog::Column& column);

}  // namespace pgplumb::engine::ddl
