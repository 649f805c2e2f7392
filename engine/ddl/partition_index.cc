// Indexes of partitioned tables and of their partitions: generateClonedIndexStmt of parser/parse_utilcmd.c,
// CompareIndexInfo of catalog/index.c, IndexSetParentIndex of commands/indexcmds.c.
#include <algorithm>

#include "engine/ddl/expressions.h"
#include "engine/ddl/foreign_key.h"
#include "engine/ddl/partition.h"
#include "engine/ddl/trigger_clones.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::IndexColumn;

IndexElementSpec clone_element(Interpreter& interpreter, const IndexColumn& column, Oid source, Oid target) {
  const Catalog& catalog = interpreter.catalog();
  IndexElementSpec element;
  // The index's attribute keeps its name where the table's column has been renamed since.
  element.given_name = column.name;
  if (column.column) {
    element.column = catalog.get(column.column).name;
  } else {
    element.cooked = map_columns(catalog, column.expression, source, target, [] {
      throw SqlError("0A000", "cannot convert whole-row table reference");
    });
  }
  element.collation = column.collation.oid;
  element.operator_class = column.operator_class.oid;
  element.operator_class_options = column.operator_class_options;
  element.has_direction = column.descending;
  element.descending = column.descending;
  element.has_nulls = column.descending != column.nulls_first;
  element.nulls_first = column.nulls_first;
  return element;
}

void clone_constraint(const Constraint& constraint, IndexSpec& spec) {
  spec.is_constraint = true;
  spec.primary = constraint.type == catalog::ConstraintType::primary_key;
  spec.exclusion_operators = constraint.operators;
  spec.deferrable = constraint.deferrable;
  spec.initially_deferred = constraint.initially_deferred;
  spec.without_overlaps = constraint.period;
}

/// The columns' names paired; an expression's columns likewise.
bool same_column(const Catalog& catalog, const IndexColumn& a, Oid table_a, const IndexColumn& b, Oid table_b) {
  if (static_cast<bool>(a.column) != static_cast<bool>(b.column)) return false;
  if (a.column && catalog.get(a.column).name != catalog.get(b.column).name) return false;
  if (!a.column && !same_expression(catalog, a.expression, table_a, b.expression, table_b)) return false;
  return a.collation == b.collation && a.operator_class == b.operator_class;
}

/// An index that is part of no parent's yet, with the constraint where one is asked for.
bool is_free(const Catalog& catalog, const Index& index, bool for_constraint) {
  if (index.partition_of) return false;
  return for_constraint == (catalog.find_as<Constraint>(index.constraint.oid) != nullptr) || !for_constraint;
}

/// No unique index reaches into a foreign table (DefineRelation, AttachPartitionEnsureIndexes).
void require_no_unique_index(const Catalog& catalog, Oid parent, Oid partition, Partitioning how) {
  const std::string table = "\"" + catalog.find(parent)->name.str() + "\"";
  for (const Index* index : catalog.children_of<Index>(parent)) {
    if (!index->unique) continue;
    if (how == Partitioning::create)
      throw SqlError("42809", "cannot create foreign partition of partitioned table " + table,
                     "Table " + table + " contains indexes that are unique.");
    throw SqlError("42809",
                   "cannot attach foreign table \"" + catalog.find(partition)->name.str() +
                       "\" as partition of partitioned table " + table,
                   "Partitioned table " + table + " contains unique indexes.");
  }
}

/// Attaches an equal index of the partition, or makes one. A new index takes one that is not valid, and is not valid
/// then; a partition that is attached brings none such.
void give_index(Interpreter& interpreter, Ref<Index> parent, Ref<Constraint> constraint, Oid partition,
                bool for_new_index) {
  Catalog& catalog = interpreter.catalog();
  const Index source = catalog.get(parent);
  for (const Index* known : catalog.children_of<Index>(partition)) {
    if (!known->valid && !for_new_index) continue;
    if (!is_free(catalog, *known, static_cast<bool>(constraint)) || !same_index(catalog, source, *known)) continue;
    attach_index(interpreter, parent, Ref<Index>{known->oid});
    return;
  }
  DefineIndex how;
  how.is_alter_table = true;
  how.parent = parent;
  how.parent_constraint = constraint;
  define_index(interpreter, partition, clone_index(interpreter, source, partition), how);
}

}  // namespace

IndexSpec clone_index(Interpreter& interpreter, const Index& source, Oid target) {
  const Catalog& catalog = interpreter.catalog();
  const Oid table = source.parent.oid;
  IndexSpec spec;
  spec.method = method_name(interpreter, source.method.oid);
  spec.unique = source.unique;
  spec.nulls_not_distinct = source.nulls_not_distinct;
  spec.options = source.options;
  spec.tablespace = source.tablespace;
  spec.default_tablespace = false;
  if (const auto* constraint = catalog.find_as<Constraint>(source.constraint.oid)) clone_constraint(*constraint, spec);
  for (const IndexColumn& column : source.columns)
    spec.elements.push_back(clone_element(interpreter, column, table, target));
  for (const IndexColumn& column : source.included) {
    IndexElementSpec element;
    element.column = catalog.get(column.column).name;
    element.given_name = column.name;
    spec.included.push_back(std::move(element));
  }
  if (!source.predicate.empty())
    spec.predicate = map_columns(catalog, source.predicate, table, target, [] {
      throw SqlError("0A000", "cannot convert whole-row table reference");
    });
  return spec;
}

bool same_index(const catalog::Catalog& catalog, const Index& parent, const Index& child) {
  const Oid a = parent.parent.oid, b = child.parent.oid;
  if (parent.unique != child.unique || parent.nulls_not_distinct != child.nulls_not_distinct ||
      parent.method != child.method || parent.columns.size() != child.columns.size() ||
      parent.included.size() != child.included.size())
    return false;
  for (std::size_t at = 0; at < parent.columns.size(); ++at)
    if (!same_column(catalog, parent.columns[at], a, child.columns[at], b)) return false;
  for (std::size_t at = 0; at < parent.included.size(); ++at)
    if (catalog.get(parent.included[at].column).name != catalog.get(child.included[at].column).name) return false;
  if (parent.predicate.empty() != child.predicate.empty()) return false;
  if (!parent.predicate.empty() && !same_expression(catalog, parent.predicate, a, child.predicate, b)) return false;
  const auto excludes = [&](const Index& index) {
    const auto* constraint = catalog.find_as<Constraint>(index.constraint.oid);
    return constraint && constraint->type == catalog::ConstraintType::exclusion;
  };
  return !excludes(parent) && !excludes(child);
}

void attach_index(Interpreter& interpreter, Ref<Index> parent, Ref<Index> child) {
  Catalog& catalog = interpreter.catalog();
  catalog.edit(child).set<&Index::partition_of>(parent);
  const Ref<Constraint> of_parent = catalog.get(parent).constraint, of_child = catalog.get(child).constraint;
  if (of_parent && of_child)
    catalog.edit(of_child)
        .set<&Constraint::partition_of>(of_parent)
        .set<&Constraint::local>(false)
        .set<&Constraint::inherited_from>(1);
  validate_partitioned_index(interpreter, parent);
}

void validate_partitioned_index(Interpreter& interpreter, Ref<Index> ref) {
  Catalog& catalog = interpreter.catalog();
  const Index& index = catalog.get(ref);
  if (index.valid) return;
  const std::vector<Oid> partitions = partitions_of(catalog, index.parent.oid);
  std::size_t attached = 0;
  for (const catalog::Dependent& dependent : catalog.dependents(ref.oid)) {
    const auto* child = catalog.find_as<Index>(dependent.oid);
    if (child && child->partition_of == ref && child->valid) ++attached;
  }
  if (attached != partitions.size()) return;
  const Ref<Index> parent = index.partition_of;
  catalog.edit(ref).set<&Index::valid>(true);
  if (parent) validate_partitioned_index(interpreter, parent);
}

void index_partitions(Interpreter& interpreter, Ref<Index> index, Ref<Constraint> constraint) {
  const Oid table = interpreter.catalog().get(index).parent.oid;
  for (Oid partition : partitions_of(interpreter.catalog(), table)) {
    const Catalog& catalog = interpreter.catalog();
    if (catalog.find(partition)->kind == Kind::table) {
      give_index(interpreter, index, constraint, partition, true);
    } else if (catalog.get(index).unique) {
      const std::string name = "\"" + catalog.find(table)->name.str() + "\"";
      throw SqlError("42809", "cannot create unique index on partitioned table " + name,
                     "Table " + name + " contains partitions that are foreign tables.");
    }
  }
  const std::vector<Oid> parts = inheritance_children(interpreter.catalog(), index.oid);
  const auto is_invalid = [&](Oid part) { return !interpreter.catalog().get(Ref<Index>{part}).valid; };
  if (std::any_of(parts.begin(), parts.end(), is_invalid)) interpreter.catalog().edit(index).set<&Index::valid>(false);
}

void clone_to_partition(Interpreter& interpreter, Oid parent, Oid partition, Partitioning how) {
  Catalog& catalog = interpreter.catalog();
  std::vector<Ref<Index>> indexes;
  if (catalog.find(partition)->kind == Kind::foreign_table)
    require_no_unique_index(catalog, parent, partition, how);
  else
    for (const Index* index : catalog.children_of<Index>(parent)) indexes.push_back(Ref<Index>{index->oid});
  for (Ref<Index> index : indexes) give_index(interpreter, index, catalog.get(index).constraint, partition, false);
  clone_triggers(interpreter, parent, partition);
  clone_foreign_keys(interpreter, parent, partition);
}

}  // namespace pgplumb::engine::ddl
