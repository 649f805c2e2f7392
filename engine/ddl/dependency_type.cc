#include "engine/ddl/dependency_type.h"

#include <algorithm>
#include <utility>

#include "catalog/expr_references.h"
#include "catalog/kinds/base_type.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/sequence.h"
#include "catalog/kinds/statistics.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/relation_parts.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

DependencyType from_edge(EdgeType edge) {
  switch (edge) {
    case EdgeType::normal:
      return DependencyType::normal;
    case EdgeType::automatic:
      return DependencyType::automatic;
    case EdgeType::internal:
      return DependencyType::internal;
    case EdgeType::none:
      break;
  }
  return DependencyType::normal;
}

/// Whether `target` is the relation that the object belongs to, or a column of it.
bool is_own_relation(const Object& object, const Object& target) {
  const Oid relation =
      object.kind == Kind::statistics ? static_cast<const Statistics&>(object).table.oid : object.parent.oid;
  return target.oid == relation || (target.kind == Kind::column && target.parent.oid == relation);
}

/// What stands in a schema or on a server has a life of its own; all else goes with its parent.
bool parent_needs_cascade(const Object& object, const Object& parent) {
  if (parent.kind == Kind::schema)
    return object.kind != Kind::default_privilege && kind_info(object.kind).name_space != NameSpace::none &&
           !object.name.empty();
  return parent.kind == Kind::foreign_server;
}

DependencyType hold_of_parent(const Catalog& catalog, const Object& object, const Object& parent) {
  if (parent_needs_cascade(object, parent)) return DependencyType::normal;
  if (object.kind == Kind::column_default) {
    const auto& column = static_cast<const Column&>(parent);
    if (column.generated != Generated::none && catalog.major() >= 15) return DependencyType::internal;
  }
  return DependencyType::automatic;
}

/// A foreign key's clone for a partition of the table that it refers to: a part of the original, on the same table
/// (addFkRecurseReferenced).
bool is_clone_for_referenced(const Catalog& catalog, const Object& object) {
  if (object.kind != Kind::constraint) return false;
  const auto* original = catalog.find_as<Constraint>(static_cast<const Constraint&>(object).partition_of.oid);
  return original && original->parent.oid == object.parent.oid;
}

/// An attached index or a cloned constraint hangs on the partitioned one and on its own table alike.
bool belongs_to_partition(const Catalog& catalog, const Object& object) {
  if (is_clone_for_referenced(catalog, object)) return false;
  if (object.kind != Kind::index && object.kind != Kind::constraint && object.kind != Kind::trigger) return false;
  for (const FieldInfo& field : kind_info(object.kind).fields)
    if (field.name == "partition_of") return !field.ops->empty(field.get(&object));
  return false;
}

/// The kinds' tables call a field automatic where its references to the object's own relation are; what else an index's
/// or a check's expression calls holds it normally (recordDependencyOnSingleRelExpr).
DependencyType hold_of_field(const Catalog& catalog, const Object& object, const FieldInfo& field,
                             const Object& target) {
  if (field.role.role == Role::parent && target.oid == object.parent.oid) {
    if (belongs_to_partition(catalog, object)) return DependencyType::partition;
    return hold_of_parent(catalog, object, target);
  }
  if (field.name == "made_for") return DependencyType::internal;
  if (field.name == "partition_of" && object.kind != Kind::table && object.kind != Kind::foreign_table)
    return is_clone_for_referenced(catalog, object) ? DependencyType::internal : DependencyType::partition;
  if (object.kind == Kind::sequence && target.kind == Kind::column &&
      static_cast<const Sequence&>(object).ownership == SequenceOwnership::identity)
    return DependencyType::internal;
  const DependencyType hold = from_edge(field.role.edge);
  const bool mixed = object.kind == Kind::index || object.kind == Kind::constraint || object.kind == Kind::statistics;
  if (mixed && hold == DependencyType::automatic && !is_own_relation(object, target)) return DependencyType::normal;
  if (object.kind == Kind::operator_family && field.name == "method") return DependencyType::automatic;
  return hold;
}

/// Internal and automatic together are what pg_depend would hold as two rows; the search wants to see both.
void add(std::vector<Dependency>& found, Oid target, DependencyType type) {
  for (const Dependency& known : found)
    if (known.oid == target && known.type == type) return;
  found.push_back({target, type});
}

/// Before 15, the column itself went with what its generation expression needs.
bool is_old_generation(const Catalog& catalog, const Object& object) {
  if (object.kind != Kind::column_default || catalog.major() >= 15) return false;
  const auto* column = catalog.find_as<Column>(object.parent.oid);
  return column && column->generated != Generated::none;
}

/// A class hangs on its method through its family; a family's own members go with what they name, and leave it behind; what
/// a partition key names is held in ways of its own (add_partition_key).
bool is_loose(const Object& object, const FieldInfo& field) {
  if (object.kind == Kind::table) return field.name == "partition_key_parts";
  if (object.kind == Kind::operator_class) return field.name == "method";
  return object.kind == Kind::operator_family && (field.name == "operators" || field.name == "functions");
}

void add_fields(const Catalog& catalog, const Object& object, std::vector<Dependency>& found) {
  for (const FieldInfo& field : kind_info(object.kind).fields) {
    if (!field.role.makes_edges() || is_loose(object, field)) continue;
    field.ops->visit_refs(field.get(&object), [&](Oid target) {
      const Object* other = catalog.find(target);
      // A relation's own columns are parts of it.
      if (!other || other->oid == object.oid || other->parent.oid == object.oid) return;
      add(found, other->oid, hold_of_field(catalog, object, field, *other));
      // A trigger's clone hangs on its table as every trigger does, too.
      if (object.kind == Kind::trigger && other->oid == object.parent.oid) add(found, other->oid, DependencyType::automatic);
    });
  }
}

/// A check reads its columns as expressions do, beside being a constraint of them.
void add_check_columns(const Catalog& catalog, const Object& object, std::vector<Dependency>& found) {
  const auto* constraint = catalog.find_as<Constraint>(object.oid);
  if (!constraint || constraint->type != ConstraintType::check) return;
  for (Oid target : constraint->expression.refs)
    if (catalog.find_as<Column>(target)) add(found, target, DependencyType::normal);
}

/// A rule's actions hold OLD and NEW, though they may read neither; where they read a column, they hold that. What its
/// condition reads is apart (InsertRule).
void add_rule_relation(const Catalog& catalog, const Object& object, std::vector<Dependency>& found) {
  const auto* rule = catalog.find_as<Rule>(object.oid);
  if (!rule || !rule->definition.tree) return;
  for (const expr::QueryPtr& action : rule->definition.tree->statements)
    for (const expr::Reference& reference : expr::references_of(action))
      if (const auto* column = catalog.find_as<Column>(reference.id); column && column->parent.oid == object.parent.oid) return;
  add(found, object.parent.oid, DependencyType::normal);
}

/// A domain has its base type's functions for output (DefineDomain).
void add_base_functions(const Catalog& catalog, const Object& object, std::vector<Dependency>& found) {
  const auto* domain = catalog.find_as<Domain>(object.oid);
  const auto* base = domain ? catalog.find_as<BaseType>(domain->base.type) : nullptr;
  if (!base) return;
  for (const AnyRef& function : {AnyRef(base->output), AnyRef(base->send), AnyRef(base->analyze)})
    if (catalog.find(function.oid)) add(found, function.oid, DependencyType::normal);
}

/// A table needs what its partition key calls. The columns of the key can't go without the table, so they hang on it,
/// not the other way round (StorePartitionKey).
void add_partition_key(const Catalog& catalog, const Object& object, std::vector<Dependency>& found) {
  if (const auto* column = catalog.find_as<Column>(object.oid); column && in_partition_key(catalog, *column))
    add(found, column->parent.oid, DependencyType::internal);
  const auto* table = catalog.find_as<Table>(object.oid);
  if (!table) return;
  const auto need = [&](Oid target) {
    const Object* other = catalog.find(target);
    if (other && other->parent.oid != table->oid) add(found, other->oid, DependencyType::normal);
  };
  for (const PartitionKeyPart& part : table->partition_key_parts) {
    need(part.operator_class.oid);
    need(part.collation.oid);
    for (Oid target : part.expression.refs) need(target);
  }
}

/// An index over expressions alone hangs on its table too (index_create), and so do such statistics (CreateStatistics).
bool holds_whole_table(const Object& object) {
  if (object.kind == Kind::statistics) return static_cast<const Statistics&>(object).columns.empty();
  const auto* index = object.kind == Kind::index ? static_cast<const Index*>(&object) : nullptr;
  return index && index->included.empty() &&
         std::none_of(index->columns.begin(), index->columns.end(),
                      [](const IndexColumn& column) { return static_cast<bool>(column.column); });
}

/// Whether an expression of the index, or its predicate, reads the column.
bool reads(const Index& index, Oid column) {
  const auto mentions = [&](const Expr& expression) {
    return std::find(expression.refs.begin(), expression.refs.end(), column) != expression.refs.end();
  };
  return mentions(index.predicate) ||
         std::any_of(index.columns.begin(), index.columns.end(), [&](const IndexColumn& part) { return mentions(part.expression); });
}

/// What hangs on a column in the same way needs not hang on the whole relation (eliminate_duplicate_dependencies); an index
/// of a constraint hangs on that alone, but for what its expressions read.
void remove_covered(const Catalog& catalog, const Object& object, std::vector<Dependency>& found) {
  const auto* index = catalog.find_as<Index>(object.oid);
  const bool follows = index && index->constraint;
  const std::vector<Dependency> all = found;
  std::erase_if(found, [&](const Dependency& dependency) {
    if (dependency.type == DependencyType::partition) return false;
    const Object& target = *catalog.find(dependency.oid);
    const bool own = is_own_relation(object, target);
    if (follows && own && !reads(*index, target.oid)) return true;
    if (own && !is_sub_object(target) && holds_whole_table(object)) return false;
    return std::any_of(all.begin(), all.end(), [&](const Dependency& other) {
      const Object* column = catalog.find(other.oid);
      return other.type == dependency.type && is_sub_object(*column) && column->parent.oid == dependency.oid;
    });
  });
}

}  // namespace

bool is_sub_object(const Object& object) { return object.kind == Kind::column; }

std::vector<Dependency> dependencies_of(const Catalog& catalog, const Object& object) {
  std::vector<Dependency> found;
  if (is_old_generation(catalog, object)) {
    found.push_back({object.parent.oid, DependencyType::automatic});
    return found;
  }
  add_fields(catalog, object, found);
  add_check_columns(catalog, object, found);
  add_base_functions(catalog, object, found);
  add_partition_key(catalog, object, found);
  remove_covered(catalog, object, found);
  add_rule_relation(catalog, object, found);
  if (object.kind == Kind::column)
    for (const auto* value : catalog.children_of<ColumnDefault>(object.oid))
      if (is_old_generation(catalog, *value))
        for (const Dependent& needed : references_of(*value))
          if (needed.oid != object.oid) add(found, needed.oid, DependencyType::automatic);
  if (object.extension && catalog.find(object.extension)) add(found, object.extension, DependencyType::extension);
  return found;
}

namespace {

/// Before 15, what a generation expression needs is recorded under its default: name the column instead.
const Object* holder(const Catalog& catalog, Oid dependent) {
  const Object* object = catalog.find(dependent);
  if (object && is_old_generation(catalog, *object)) return catalog.find(object->parent.oid);
  return object;
}

/// The key whose index includes the column: it holds that as it holds its own columns (CreateConstraintEntry).
Oid key_including(const Object& object, Oid column) {
  if (object.kind != Kind::index) return invalid_oid;
  const auto& index = static_cast<const Index&>(object);
  const auto is_column = [&](const IndexColumn& part) { return part.column.oid == column; };
  return std::any_of(index.included.begin(), index.included.end(), is_column) ? index.constraint.oid : invalid_oid;
}

void add_dependents(const Catalog& catalog, Oid target, const Object& whole, std::vector<Dependency>& found) {
  for (const Dependent& dependent : catalog.dependents(target)) {
    const Object* direct = catalog.find(dependent.oid);
    if (!direct || (is_sub_object(*direct) && direct->parent.oid == whole.oid)) continue;
    if (const Oid key = key_including(*direct, target); key != invalid_oid) {
      add(found, key, DependencyType::automatic);
      continue;
    }
    const Object* object = direct->parent.oid == target ? direct : holder(catalog, dependent.oid);
    for (const Dependency& hold : dependencies_of(catalog, *object))
      if (hold.oid == target) add(found, object->oid, hold.type);
  }
}

}  // namespace

std::vector<Dependency> dependents_of(const Catalog& catalog, const Object& object) {
  std::vector<Dependency> found;
  add_dependents(catalog, object.oid, object, found);
  if (!is_sub_object(object))
    for (Oid child : catalog.children(object.oid))
      if (is_sub_object(*catalog.find(child))) add_dependents(catalog, child, object, found);
  // Newer objects first, the columns of one relation in their order: object_address_comparator.
  const auto place = [&](Oid oid) {
    const auto* column = catalog.find_as<Column>(oid);
    return column ? std::pair<Oid, int>(column->parent.oid, column->number) : std::pair<Oid, int>(oid, 0);
  };
  std::stable_sort(found.begin(), found.end(), [&](const Dependency& a, const Dependency& b) {
    const auto [a_oid, a_number] = place(a.oid);
    const auto [b_oid, b_number] = place(b.oid);
    return a_oid != b_oid ? a_oid > b_oid : a_number < b_number;
  });
  return found;
}

}  // namespace pgplumb::engine::ddl
