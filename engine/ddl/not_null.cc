#include "engine/ddl/not_null.h"

#include <algorithm>

#include "engine/ddl/inheritance.h"
#include "engine/ddl/names.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ConstraintType;

struct NotNullRow {
  Name name;
  bool generated = false;  // nobody gave the name
  Ref<Column> column;
  bool local = true;
  int inherited_from = 0;
  bool no_inherit = false;
  bool validated = true;
};

void store(Catalog& catalog, Oid relation, const NotNullRow& row) {
  Constraint constraint;
  constraint.type = ConstraintType::not_null;
  constraint.parent = AnyRef{catalog.find(relation)->kind, relation};
  constraint.name = row.name;
  if (row.generated) constraint.generated_name = row.name;
  constraint.columns = {row.column};
  constraint.local = row.local;
  constraint.inherited_from = row.inherited_from;
  constraint.no_inherit = row.no_inherit;
  constraint.validated = row.validated;
  catalog.insert(std::move(constraint));
}

/// The constraints of a table that is being made: AddRelationNotNullConstraints.
class NotNullAdder {
 public:
  NotNullAdder(Catalog& catalog, Oid relation) : catalog_(catalog), relation_(relation) {}

  void add_declared(const std::vector<NotNullSpec>& declared, std::vector<NotNullSpec>& inherited) {
    for (std::size_t at = 0; at < declared.size(); ++at) {
      const NotNullSpec& first = declared[at];
      const auto is_same = [&](const NotNullSpec& other) { return other.column == first.column; };
      if (std::any_of(declared.begin(), declared.begin() + static_cast<std::ptrdiff_t>(at), is_same)) continue;
      NotNullRow row;
      row.column = column_named(first.column);
      row.no_inherit = first.no_inherit;
      row.validated = first.validated;
      for (std::size_t other = at; other < declared.size(); ++other)
        if (is_same(declared[other])) merge(row, first, declared[other]);
      row.inherited_from = static_cast<int>(std::erase_if(inherited, is_same));
      if (row.inherited_from > 0 && row.no_inherit)
        throw SqlError("42804", "cannot define not-null constraint with NO INHERIT on column \"" + first.column.str() +
                                    "\"",
                       "The column has an inherited not-null constraint.");
      finish(std::move(row), first.column, !row.name.empty());
    }
  }

  void add_inherited(std::vector<NotNullSpec>& inherited) {
    while (!inherited.empty()) {
      const NotNullSpec first = inherited.front();
      NotNullRow row;
      row.column = column_named(first.column);
      row.local = false;
      row.name = std::find(names_.begin(), names_.end(), first.name) == names_.end() ? first.name : Name();
      row.generated = first.generated;
      row.inherited_from = static_cast<int>(
          std::erase_if(inherited, [&](const NotNullSpec& other) { return other.column == first.column; }));
      finish(std::move(row), first.column, false);
    }
  }

 private:
  Ref<Column> column_named(Name name) const {
    return Ref<Column>{require_column(catalog_, *catalog_.find(relation_), name).oid};
  }

  static void merge(NotNullRow& row, const NotNullSpec& first, const NotNullSpec& other) {
    if (other.no_inherit != first.no_inherit)
      throw SqlError("42601", "conflicting NO INHERIT declaration for not-null constraint on column \"" +
                                  first.column.str() + "\"");
    if (other.name.empty()) return;
    if (!row.name.empty() && row.name != other.name)
      throw SqlError("42601", "conflicting not-null constraint names \"" + row.name.str() + "\" and \"" +
                                  other.name.str() + "\"");
    row.name = other.name;
    row.generated = other.generated;
  }

  void finish(NotNullRow row, Name column, bool given) {
    const Object& table = *catalog_.find(relation_);
    if (given) check_given_name(row.name, table);
    if (row.name.empty()) {
      row.name =
          choose_constraint_name(catalog_, table.name.view(), column.view(), "not_null", table.parent.oid, names_);
      row.generated = true;
    }
    names_.push_back(row.name);
    store(catalog_, relation_, row);
  }

  /// Only the names of other NOT NULL constraints are looked at.
  void check_given_name(Name name, const Object& table) {
    if (std::find(given_.begin(), given_.end(), name) != given_.end())
      throw SqlError("42710", "constraint \"" + name.str() + "\" for relation \"" + table.name.str() + "\" already exists");
    if (constraint_name_is_used(catalog_, relation_, name))
      throw SqlError("23505", "duplicate key value violates unique constraint \"pg_constraint_conrelid_contypid_conname_index\"");
    given_.push_back(name);
  }

  Catalog& catalog_;
  Oid relation_;
  std::vector<Name> names_, given_;
};

void require_same(const SetNotNull& how, const Constraint& known, const Object& table, Name column) {
  if (known.no_inherit && how.recurse)
    throw SqlError(how.is_subcommand ? "0A000" : "55000", "cannot change NO INHERIT status of NOT NULL constraint \"" +
                                                              known.name.str() + "\" on relation \"" +
                                                              table.name.str() + "\"");
  if (!how.is_recursing && !how.name.empty() && how.name != known.name)
    refuse_other_name(how.name, known, table, column);
}

/// SET NOT NULL as PostgreSQL 18 does it: on an existing constraint, or with a new one.
bool set_constraint(Interpreter& interpreter, Oid relation, const Column& column, const SetNotNull& how) {
  Catalog& catalog = interpreter.catalog();
  if (const Constraint* known = not_null_constraint(catalog, column.oid)) {
    require_same(how, *known, *catalog.find(relation), column.name);
    auto edit = catalog.edit(Ref<Constraint>{known->oid});
    bool changed = false;
    if (how.is_recursing) {
      edit.set<&Constraint::inherited_from>(known->inherited_from + 1);
    } else if (!known->local) {
      edit.set<&Constraint::local>(true);
      changed = true;
    }
    if (!known->validated) {
      edit.set<&Constraint::validated>(true);
      changed = true;
    }
    return changed;
  }
  const Object& table = *catalog.find(relation);
  if (!how.name.empty() && constraint_name_is_used(catalog, relation, how.name))
    throw SqlError("42710",
                   "constraint \"" + how.name.str() + "\" for relation \"" + table.name.str() + "\" already exists");
  NotNullRow row;
  row.name = how.name.empty()
                 ? choose_constraint_name(catalog, table.name.view(), column.name.view(), "not_null", table.parent.oid, {})
                 : how.name;
  row.generated = how.name.empty() || how.generated;
  row.column = Ref<Column>{column.oid};
  row.local = !how.is_recursing;
  row.inherited_from = how.is_recursing ? 1 : 0;
  row.no_inherit = how.no_inherit;
  row.validated = how.validated;
  store(catalog, relation, row);
  return true;
}

}  // namespace

void refuse_other_name(Name name, const Constraint& known, const Object& table, Name column) {
  throw SqlError("55000",
                 "cannot create not-null constraint \"" + name.str() + "\" on column \"" + column.str() +
                     "\" of table \"" + table.name.str() + "\"",
                 "A not-null constraint named \"" + known.name.str() + "\" already exists for this column.");
}

const Constraint* not_null_constraint(const catalog::Catalog& catalog, Oid column) {
  const Object* owner = catalog.find(column);
  for (const Constraint* constraint : catalog.children_of<Constraint>(owner->parent.oid))
    if (constraint->type == ConstraintType::not_null && constraint->columns.front().oid == column) return constraint;
  return nullptr;
}

NotNullSpec inherited_not_null(const catalog::Catalog& catalog, const Constraint& constraint) {
  NotNullSpec spec;
  spec.name = constraint.name;
  spec.generated = constraint.name == constraint.generated_name;
  spec.column = catalog.get(constraint.columns.front()).name;
  return spec;
}

void add_not_null_constraints(Interpreter& interpreter, Oid relation, const std::vector<NotNullSpec>& declared,
                              const std::vector<NotNullSpec>& inherited) {
  if (!has_not_null_constraints(interpreter)) return;
  NotNullAdder adder(interpreter.catalog(), relation);
  std::vector<NotNullSpec> rest = inherited;
  adder.add_declared(declared, rest);
  adder.add_inherited(rest);
}

void require_not_null(Interpreter& interpreter, Oid relation, Ref<Column> column) {
  const Column& known = interpreter.catalog().get(column);
  if (!known.not_null) set_not_null(interpreter, relation, known.name, {});
}

bool set_not_null(Interpreter& interpreter, Oid relation, Name name, const SetNotNull& how) {
  Catalog& catalog = interpreter.catalog();
  const Column& column = require_column(catalog, *catalog.find(relation), name);
  const Ref<Column> ref{column.oid};
  const bool was_set = column.not_null;
  if (!was_set) catalog.edit(ref).set<&Column::not_null>(true);
  bool changed = !was_set;
  if (has_not_null_constraints(interpreter)) {
    const bool had_constraint = not_null_constraint(catalog, ref.oid) != nullptr;
    changed = set_constraint(interpreter, relation, catalog.get(ref), how);
    if (had_constraint || how.no_inherit) return changed;
  } else if (was_set) {
    return false;
  }
  if (!how.recurse) return changed;
  SetNotNull child_how = how;
  child_how.is_recursing = true;
  // The name that was chosen here is the children's, too.
  if (const Constraint* made = not_null_constraint(catalog, ref.oid)) child_how.name = made->name;
  for (Oid child : inheritance_children(catalog, relation)) set_not_null(interpreter, child, name, child_how);
  return changed;
}

}  // namespace pgplumb::engine::ddl
