// ADD, DROP, VALIDATE and ALTER CONSTRAINT: ATExecAddConstraint and its kin of commands/tablecmds.c.
#include "catalog/kinds/table.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/check_constraint.h"
#include "engine/ddl/constant_parts.h"
#include "engine/ddl/drop_constraint.h"
#include "engine/ddl/foreign_key.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/message.h"
#include "engine/ddl/names.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/rename.h"
#include "parser/node.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ConstraintType;
using catalog::Table;

[[noreturn]] void no_such_constraint(const Object& relation, Name name) {
  throw SqlError("42704", "constraint " + quoted(name) + " of relation " + quoted(relation.name) + " does not exist");
}

const Constraint& require_constraint(const AlterTable& alter, const Subcommand& command, Name name) {
  const Constraint* constraint = alter.catalog.find_named<Constraint>(command.relation, name);
  if (!constraint) no_such_constraint(alter.relation(command.relation), name);
  return *constraint;
}

/// ATExecAddIndexConstraint
void add_index_constraint(AlterTable& alter, Oid relation, const IndexSpec& spec) {
  if (is_partitioned(alter.catalog, relation))
    throw SqlError("0A000", "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables");
  const Ref<Index> index{spec.existing_index};
  const Name old_name = alter.catalog.get(index).name;
  const Name name = spec.name.empty() ? old_name : spec.name;
  if (name != old_name) {
    alter.interpreter.notice("ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index " + quoted(old_name) + " to " +
                             quoted(name));
    rename_relation_to(alter.interpreter, index.oid, name);
  }
  if (spec.primary) {
    if (primary_key_of(alter.catalog, relation))
      throw SqlError("42P16", "multiple primary keys for table " + quoted(alter.relation(relation).name) +
                                  " are not allowed");
    for (Ref<Column> column : key_columns(alter.catalog.get(index)))
      require_not_null(alter.interpreter, relation, column);
  }
  if (constraint_name_is_used(alter.catalog, relation, name))
    throw SqlError("42710", "constraint " + quoted(name) + " for relation " + quoted(alter.relation(relation).name) +
                                " already exists");
  create_index_constraint(alter.interpreter, index, spec, {});
}

void enqueue_index(AlterTable& alter, Oid relation, IndexSpec spec, bool recurse) {
  analyze_index_expressions(alter.interpreter, relation, spec);
  if (spec.existing_index != invalid_oid)
    return alter.enqueue(relation, Pass::add_index_constraint,
                         [&alter, relation, spec] { add_index_constraint(alter, relation, spec); });
  alter.enqueue(relation, Pass::add_index, [&alter, relation, spec, recurse] {
    DefineIndex how;
    how.is_alter_table = true;
    how.recurse = recurse;
    how.invalid = !recurse;
    define_index(alter.interpreter, relation, spec, how);
  });
}

void validate(AlterTable& alter, const Subcommand& command, Ref<Constraint> ref) {
  const Constraint constraint = alter.catalog.get(ref);
  if (!constraint.validated) {
    if (constraint.foreign_key) alter.enqueue_last([&alter, ref] { check_validation_query(alter.interpreter, ref); });
    const bool inheritable = constraint.type != ConstraintType::foreign_key && !constraint.no_inherit;
    const auto children =
        inheritable ? inheritance_children(alter.catalog, constraint.parent.oid) : std::vector<Oid>();
    if (!children.empty() && !command.recurse)
      throw SqlError("42P16", "constraint must be validated on child tables too");
    for (Oid child : children) {
      const auto* below = alter.catalog.find_named<Constraint>(child, constraint.name);
      if (below) validate(alter, command, Ref<Constraint>{below->oid});
    }
    alter.catalog.edit(ref).set<&Constraint::validated>(true);
  }
}

/// The constraint, and the copies that partitions have of it.
void set_deferrability(AlterTable& alter, Ref<Constraint> ref, bool deferrable, bool deferred) {
  alter.catalog.edit(ref).set<&Constraint::deferrable>(deferrable).set<&Constraint::initially_deferred>(deferred);
  for (const catalog::Dependent& dependent : alter.catalog.dependents(ref.oid)) {
    const auto* clone = alter.catalog.find_as<Constraint>(dependent.oid);
    if (clone && clone->partition_of == ref) set_deferrability(alter, Ref<Constraint>{clone->oid}, deferrable, deferred);
  }
}

/// verifyNotNullPKCompatible
void require_fit_for_key(const AlterTable& alter, const Constraint& not_null) {
  if (!not_null.no_inherit && not_null.validated) return;
  const Name column = alter.catalog.get(not_null.columns.front()).name;
  throw SqlError("55000", "cannot create primary key on column " + quoted(column),
                 "The constraint " + quoted(not_null.name) + " on column " + quoted(column) + " of table " +
                     quoted(alter.relation(not_null.parent.oid).name) + ", marked " +
                     (not_null.no_inherit ? "NO INHERIT" : "NOT VALID") + ", is incompatible with a primary key.",
                 not_null.no_inherit ? "You might need to make the existing constraint inheritable using ALTER TABLE ... "
                                       "ALTER CONSTRAINT ... INHERIT."
                                     : "You might need to validate it using ALTER TABLE ... VALIDATE CONSTRAINT.");
}

const Constraint* find_not_null(const AlterTable& alter, Oid relation, Name name) {
  const Column* column = find_column(alter.catalog, relation, name);
  return column ? not_null_constraint(alter.catalog, column->oid) : nullptr;
}

void set_key_column(AlterTable& alter, Oid relation, Name name) {
  const Object& table = alter.relation(relation);
  if (is_system_column(table, name.view()) && !find_column(alter.catalog, relation, name))
    throw SqlError("0A000", "cannot add not-null constraint on system column " + quoted(name));
  set_not_null(alter.interpreter, relation, name, {});
}

/// ATPrepAddPrimaryKey: from 18 on, with ONLY too, the key's columns are not null in the whole hierarchy.
void prepare_key_column(AlterTable& alter, const Subcommand& command, Name name) {
  if (const Constraint* known = find_not_null(alter, command.relation, name)) return require_fit_for_key(alter, *known);
  if (!command.recurse)
    for (Oid child : inheritance_children(alter.catalog, command.relation)) {
      const Constraint* below = find_not_null(alter, child, name);
      if (!below)
        throw SqlError("XX000", "column " + quoted(name) + " of table " + quoted(alter.relation(child).name) +
                                    " is not marked NOT NULL");
      require_fit_for_key(alter, *below);
    }
  alter.enqueue(command.relation, Pass::add_constraint, [&alter, relation = command.relation, name] {
    alter.enqueue(relation, Pass::column_attributes, [&alter, relation, name] { set_key_column(alter, relation, name); });
  });
}

/// Until 17, a key's columns are SET NOT NULL before anything is looked at that concerns its index (transformIndexConstraint).
void enqueue_key_columns(AlterTable& alter, const Subcommand& command, const TableElements& elements) {
  if (has_not_null_constraints(alter.interpreter)) return;
  for (const IndexSpec& index : elements.indexes)
    if (index.primary && index.existing_index == invalid_oid)
      for (const IndexElementSpec& element : index.elements)
        enqueue_set_not_null(alter, command.relation, element.column, command.recurse);
}

/// The table's rows are looked at, be there any or not.
void plan_validation(AlterTable& alter, Ref<Constraint> check) {
  const Constraint& constraint = alter.catalog.get(check);
  if (!constraint.validated || !has_storage(alter.catalog, constraint.parent.oid)) return;
  alter.enqueue_last([&alter, expression = NodePtr(constraint.expression.tree)] {
    compute_constant_parts(alter.interpreter, expression);
  });
}

}  // namespace

void add_check(AlterTable& alter, Oid relation, const CheckSpec& spec, bool recurse, bool recursing) {
  const auto added = add_check_constraints(alter.interpreter, relation, {spec}, {recursing, !recursing});
  if (!added.empty()) plan_validation(alter, added.front());
  if (added.empty() || spec.no_inherit) return;
  const std::vector<Oid> children = inheritance_children(alter.catalog, relation);
  if (children.empty()) return;
  if (!recurse) throw SqlError("42P16", "constraint must be added to child tables too");
  const Constraint& constraint = alter.catalog.get(added.front());
  CheckSpec child_spec = spec;
  child_spec.name = constraint.name;
  child_spec.raw = {};
  child_spec.cooked = constraint.expression;
  child_spec.source = relation;
  for (Oid child : children) add_check(alter, child, child_spec, true, true);
}

void enqueue_not_null(AlterTable& alter, Oid relation, const NotNullSpec& spec, bool recurse) {
  SetNotNull how;
  how.name = spec.name;
  how.generated = spec.generated;
  how.recurse = recurse;
  how.no_inherit = spec.no_inherit;
  how.validated = spec.validated;
  alter.enqueue(relation, Pass::column_attributes, [&alter, relation, column = spec.column, how] {
    set_not_null(alter.interpreter, relation, column, how);
  });
}

void enqueue_elements(AlterTable& alter, Oid relation, TableElements elements, bool recurse) {
  for (const IndexSpec& index : elements.indexes) enqueue_index(alter, relation, index, recurse);
  for (const CheckSpec& check : elements.checks)
    alter.enqueue(relation, Pass::add_other_constraint,
                  [&alter, relation, check, recurse] { add_check(alter, relation, check, recurse, false); });
  for (const ForeignKeySpec& key : elements.foreign_keys)
    alter.enqueue(relation, Pass::add_other_constraint, [&alter, relation, key, recurse] {
      const Ref<Constraint> added = add_foreign_key(alter.interpreter, relation, key, recurse);
      if (alter.catalog.get(added).validated && !key.skip_validation)
        alter.enqueue_last([&alter, added] { check_validation_query(alter.interpreter, added); });
    });
}

void prepare_add_constraint(AlterTable& alter, const Subcommand& command) {
  const ast::Constraint node = command.node.def().as<ast::Constraint>();
  if (!has_not_null_constraints(alter.interpreter) || node.contype() != ast::ConstrType::CONSTR_PRIMARY) return;
  for (ast::Node key : node.keys()) prepare_key_column(alter, command, Name(key.str()));
}

void add_constraint(AlterTable& alter, const Subcommand& command) {
  const ast::Constraint node = command.node.def().as<ast::Constraint>();
  const Object& relation = alter.relation(command.relation);
  ElementContext context;
  context.table = relation.name;
  context.schema = relation.parent.oid;
  context.owner = relation.owner;
  context.relation = relation.oid;
  context.is_foreign = relation.kind == Kind::foreign_table;
  context.is_partitioned = is_partitioned(alter.catalog, relation.oid);
  ElementTransformer transformer(alter.interpreter, context);
  transformer.add_constraint(node);
  TableElements elements = transformer.finish();
  for (const NotNullSpec& spec : elements.not_nulls) enqueue_not_null(alter, relation.oid, spec, command.recurse);
  enqueue_key_columns(alter, command, elements);
  enqueue_elements(alter, relation.oid, std::move(elements), command.recurse);
}

void drop_constraint(AlterTable& alter, const Subcommand& command) {
  const Object& relation = alter.relation(command.relation);
  const Constraint* constraint = alter.catalog.find_named<Constraint>(command.relation, command.name());
  if (!constraint) {
    if (!command.node.missing_ok()) no_such_constraint(relation, command.name());
    alter.interpreter.notice("constraint " + quoted(command.name()) + " of relation " + quoted(relation.name) +
                             " does not exist, skipping");
    return;
  }
  drop_table_constraint(alter.interpreter, Ref<Constraint>{constraint->oid},
                        {behavior_of(command.node.behavior()), command.recurse, false});
}

void validate_constraint(AlterTable& alter, const Subcommand& command) {
  const Constraint& constraint = require_constraint(alter, command, command.name());
  const bool not_null = constraint.type == ConstraintType::not_null;
  if (constraint.type != ConstraintType::foreign_key && constraint.type != ConstraintType::check && !not_null) {
    if (alter.interpreter.major() >= 18)
      throw SqlError("42809", "cannot validate constraint " + quoted(constraint.name) + " of relation " +
                                  quoted(alter.relation(command.relation).name),
                     "This operation is not supported for this type of constraint.");
    throw SqlError("42809", "constraint " + quoted(constraint.name) + " of relation " +
                                quoted(alter.relation(command.relation).name) +
                                " is not a foreign key or check constraint");
  }
  if (!constraint.enforced) throw SqlError("42809", "cannot validate NOT ENFORCED constraint");
  validate(alter, command, Ref<Constraint>{constraint.oid});
}

void alter_constraint(AlterTable& alter, const Subcommand& command) {
  const ast::Node definition = command.node.def();
  // Grammars before 18 give a Constraint here, later ones a node of its own.
  const ast::Constraint old_form = definition.as<ast::Constraint>();
  const ast::ATAlterConstraint new_form = definition.as<ast::ATAlterConstraint>();
  const Name name(old_form ? old_form.conname() : new_form.conname());
  const Constraint& constraint = require_constraint(alter, command, name);
  const Object& relation = alter.relation(command.relation);
  // Before 18, a command without attributes took them away.
  const bool has_attributes = alter.interpreter.major() < 18 ||
                              parser::has_constraint_attributes(definition, alter.interpreter.statement_text());
  if (has_attributes && constraint.type != ConstraintType::foreign_key)
    throw SqlError("42809", "constraint " + quoted(name) + " of relation " + quoted(relation.name) +
                                " is not a foreign key constraint");
  if (const auto* parent = alter.catalog.find_as<Constraint>(constraint.partition_of.oid))
    throw SqlError(alter.interpreter.major() < 18 ? "XX000" : "55000",
                   "cannot alter constraint " + quoted(name) + " on relation " + quoted(relation.name),
                   "Constraint " + quoted(name) + " is derived from constraint " + quoted(parent->name) +
                       " of relation " + quoted(alter.relation(parent->parent.oid).name) + ".",
                   "You may alter the constraint it derives from instead.");
  if (!has_attributes) return;
  if (new_form && (new_form.alter_enforceability() || new_form.alter_inheritability()))
    throw NotSimulated("ALTER CONSTRAINT beyond deferrability");
  const bool deferrable = old_form ? old_form.deferrable() : new_form.deferrable();
  const bool deferred = old_form ? old_form.initdeferred() : new_form.initdeferred();
  set_deferrability(alter, Ref<Constraint>{constraint.oid}, deferrable, deferred);
}

}  // namespace pgplumb::engine::ddl
