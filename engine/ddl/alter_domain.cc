// ALTER DOMAIN: commands/typecmds.c.
#include "catalog/kinds/column.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/domain_constraints.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/row_type_users.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

Ref<Domain> require_domain(const Interpreter& interpreter, ast::List<ast::Node> names) {
  const Oid type = require_type(interpreter, names);
  if (!interpreter.catalog().find_as<Domain>(type) || form_of_type(type) != TypeForm::plain)
    throw SqlError("42809", type_text(interpreter, type) + " is not a domain");
  require_owner(interpreter, *interpreter.catalog().find(type));
  return {type};
}

void set_default(Interpreter& interpreter, Ref<Domain> ref, ast::Node raw) {
  Expr expression;
  const Domain& domain = interpreter.catalog().get(ref);
  if (raw) expression = analyze_domain_default(interpreter, domain.base, domain.name, raw);
  interpreter.catalog().edit(ref).set<&Domain::default_expression>(std::move(expression));
}

const Constraint* not_null_of(const Catalog& catalog, Ref<Domain> domain) {
  for (const auto* constraint : catalog.children_of<Constraint>(domain.oid))
    if (constraint->type == ConstraintType::not_null) return constraint;
  return nullptr;
}

void set_domain_not_null(Interpreter& interpreter, Ref<Domain> domain, bool not_null) {
  Catalog& catalog = interpreter.catalog();
  if (catalog.get(domain).not_null == not_null) return;
  if (not_null) require_domain_stored_plainly(interpreter, domain.oid);
  if (not_null)
    store_domain_not_null(interpreter, domain, ast::Constraint());
  else if (const auto* constraint = not_null_of(catalog, domain))
    catalog.erase(constraint->oid);
  catalog.edit(domain).set<&Domain::not_null>(not_null);
}

void add_constraint(Interpreter& interpreter, Ref<Domain> domain, ast::Constraint constraint) {
  if (constraint.contype() == ast::ConstrType::CONSTR_NOTNULL && interpreter.major() >= 17) {
    if (interpreter.catalog().get(domain).not_null) return;
    store_domain_not_null(interpreter, domain, constraint);
    interpreter.catalog().edit(domain).set<&Domain::not_null>(true);
    return;
  }
  if (constraint.contype() != ast::ConstrType::CONSTR_CHECK) refuse_constraint(constraint);
  add_domain_check(interpreter, domain, constraint);
  if (!constraint.skip_validation()) require_domain_stored_plainly(interpreter, domain.oid);
}

[[noreturn]] void no_such_constraint(const Interpreter& interpreter, Ref<Domain> domain, Name name) {
  throw SqlError("42704", "constraint \"" + name.str() + "\" of domain \"" +
                              interpreter.catalog().get(domain).name.str() + "\" does not exist");
}

void drop_constraint(Interpreter& interpreter, Ref<Domain> domain, ast::AlterDomainStmt statement) {
  const Name name(statement.name());
  const auto* constraint = interpreter.catalog().find_named<Constraint>(domain.oid, name);
  if (!constraint) {
    if (!statement.missing_ok()) no_such_constraint(interpreter, domain, name);
    interpreter.notice("constraint \"" + name.str() + "\" of domain \"" + interpreter.catalog().get(domain).name.str() +
                       "\" does not exist, skipping");
    return;
  }
  const bool was_not_null = constraint->type == ConstraintType::not_null;
  perform_deletion(interpreter, {constraint->oid}, behavior_of(statement.behavior()));
  if (was_not_null) interpreter.catalog().edit(domain).set<&Domain::not_null>(false);
}

void validate_constraint(Interpreter& interpreter, Ref<Domain> domain, Name name) {
  const auto* constraint = interpreter.catalog().find_named<Constraint>(domain.oid, name);
  if (!constraint) no_such_constraint(interpreter, domain, name);
  if (constraint->type != ConstraintType::check)
    throw SqlError("42809", "constraint \"" + name.str() + "\" of domain \"" +
                                interpreter.catalog().get(domain).name.str() + "\" is not a check constraint");
  if (constraint->validated) return;
  require_domain_stored_plainly(interpreter, domain.oid);
  interpreter.catalog().edit(Ref<Constraint>{constraint->oid}).set<&Constraint::validated>(true);
}

}  // namespace

void alter_domain(Interpreter& interpreter, ast::AlterDomainStmt statement) {
  const Ref<Domain> domain = require_domain(interpreter, statement.type_name());
  switch (statement.subtype().empty() ? '\0' : statement.subtype().front()) {
    case 'T':
      return set_default(interpreter, domain, statement.def());
    case 'N':
      return set_domain_not_null(interpreter, domain, false);
    case 'O':
      return set_domain_not_null(interpreter, domain, true);
    case 'C':
      return add_constraint(interpreter, domain, statement.def().as<ast::Constraint>());
    case 'X':
      drop_constraint(interpreter, domain, statement);
      // It sends an invalidation message, whether or not there was a constraint.
      if (interpreter.major() >= 15) interpreter.transaction().leave_invalidations();
      return;
    case 'V':
      return validate_constraint(interpreter, domain, Name(statement.name()));
    default:
      throw NotSimulated("this form of ALTER DOMAIN");
  }
}

}  // namespace pgplumb::engine::ddl
