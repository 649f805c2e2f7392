#include "engine/ddl/check_constraint.h"

#include <algorithm>

#include "catalog/expr_walk.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/names.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ConstraintType;

Ref<Constraint> store_check(Interpreter& interpreter, Oid relation, const CheckSpec& spec, Name name, Expr expression) {
  Constraint constraint;
  constraint.type = ConstraintType::check;
  constraint.parent = AnyRef{interpreter.catalog().find(relation)->kind, relation};
  constraint.name = name;
  constraint.expression = std::move(expression);
  constraint.validated = spec.validated && spec.enforced;
  constraint.enforced = spec.enforced;
  constraint.no_inherit = spec.no_inherit;
  constraint.local = spec.local;
  constraint.inherited_from = spec.inherited_from;
  return interpreter.catalog().insert(std::move(constraint));
}

bool reads_system_column(const Expr& expression) {
  return catalog::expr::any_node(NodePtr(expression.tree), [](const catalog::expr::Node& node) {
    const auto* variable = node.as<catalog::expr::Var>();
    return variable && variable->attribute < 0;
  });
}

/// The column's name where the expression reads but one; whole rows count, and so do system columns, of which a check can
/// only read one.
std::string_view only_column(const catalog::Catalog& catalog, const Expr& expression) {
  const std::vector<Oid> columns = columns_used(expression);
  const bool system = reads_system_column(expression);
  if (uses_whole_row(expression) || columns.size() + (system ? 1 : 0) != 1) return {};
  return system ? std::string_view("tableoid") : catalog.find(columns[0])->name.view();
}

class CheckAdder {
 public:
  CheckAdder(Interpreter& interpreter, Oid relation, const AddChecks& how)
      : interpreter_(interpreter), catalog_(interpreter.catalog()), relation_(relation), how_(how) {}

  void add(const CheckSpec& spec) {
    Expr expression = resolve(spec);
    Name name = spec.name;
    if (!name.empty()) {
      if (std::find(names_.begin(), names_.end(), name) != names_.end())
        throw SqlError("42710", "check constraint \"" + name.str() + "\" already exists");
      names_.push_back(name);
      if (merge(spec, name, expression)) return;
    } else {
      name = choose_name(expression);
      names_.push_back(name);
    }
    CheckSpec stored = spec;
    stored.local = how_.is_local;
    stored.inherited_from = how_.is_local ? 0 : 1;
    if (is_partitioned(catalog_, relation_) && stored.no_inherit)
      throw SqlError("42P16", "cannot add NO INHERIT constraint to partitioned table \"" + relation().name.str() + "\"");
    added.push_back(store_check(interpreter_, relation_, stored, name, std::move(expression)));
  }

  std::vector<Ref<Constraint>> added;

 private:
  const Object& relation() const { return *catalog_.find(relation_); }

  std::string already_exists(Name name) const {
    return "constraint \"" + name.str() + "\" for relation \"" + relation().name.str() + "\" already exists";
  }

  Expr resolve(const CheckSpec& spec) {
    if (!spec.cooked) return analyze_check(interpreter_, relation_, spec.raw);
    if (spec.source == invalid_oid || spec.source == relation_) return *spec.cooked;
    return map_columns(catalog_, *spec.cooked, spec.source, relation_, [] {});
  }

  /// A check of one column bears its name.
  Name choose_name(const Expr& expression) const {
    const Object& table = relation();
    return choose_constraint_name(catalog_, table.name.view(), only_column(catalog_, expression), "check",
                                  table.parent.oid, names_);
  }

  /// MergeWithExistingConstraint: true where the table has the constraint already, from a parent.
  bool merge(const CheckSpec& spec, Name name, const Expr& expression) {
    if (!constraint_name_is_used(catalog_, relation_, name)) return false;
    const Constraint* known = catalog_.find_named<Constraint>(relation_, name);
    const bool same = known && known->type == ConstraintType::check &&
                      same_expression(catalog_, known->expression, relation_, expression, relation_);
    // A purely inherited constraint may be declared locally too: parent and child may be altered in either order.
    const bool partition = is_partition(catalog_, relation_);
    const bool allow_merge = how_.allow_merge || (same && how_.is_local && !known->local && !partition);
    if (!same || !allow_merge) throw SqlError("42710", already_exists(name));
    require_compatible(spec, *known);
    interpreter_.notice("merging constraint \"" + name.str() + "\" with inherited definition");
    auto edit = catalog_.edit(Ref<Constraint>{known->oid});
    // A partition has one parent, and what it inherits is never its own.
    if (partition)
      edit.set<&Constraint::inherited_from>(1).set<&Constraint::local>(false);
    else if (how_.is_local)
      edit.set<&Constraint::local>(true);
    else
      edit.set<&Constraint::inherited_from>(known->inherited_from + 1);
    if (spec.no_inherit) edit.set<&Constraint::no_inherit>(true);
    return true;
  }

  void require_compatible(const CheckSpec& spec, const Constraint& known) const {
    const auto refuse = [&](const char* with) {
      throw SqlError("42P17", "constraint \"" + spec.name.str() + "\" conflicts with " + with +
                                  " constraint on relation \"" + relation().name.str() + "\"");
    };
    if (known.no_inherit) refuse("non-inherited");
    if (known.inherited_from > 0 && spec.no_inherit) refuse("inherited");
    if (spec.validated && !known.validated) refuse("NOT VALID");
  }

  Interpreter& interpreter_;
  Catalog& catalog_;
  Oid relation_;
  const AddChecks& how_;
  std::vector<Name> names_;
};

}  // namespace

std::vector<Ref<Constraint>> add_check_constraints(Interpreter& interpreter, Oid relation,
                                                   const std::vector<CheckSpec>& checks, const AddChecks& how) {
  CheckAdder adder(interpreter, relation, how);
  for (const CheckSpec& check : checks) adder.add(check);
  return std::move(adder.added);
}

void store_inherited_checks(Interpreter& interpreter, Oid relation, const std::vector<CheckSpec>& checks) {
  for (const CheckSpec& check : checks) {
    Expr expression = map_columns(interpreter.catalog(), *check.cooked, check.source, relation, [] {});
    store_check(interpreter, relation, check, check.name, std::move(expression));
  }
}

}  // namespace pgplumb::engine::ddl
