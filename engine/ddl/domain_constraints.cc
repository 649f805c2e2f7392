#include "engine/ddl/domain_constraints.h"

#include "catalog/kinds/constraint.h"
#include "engine/ddl/names.h"
#include "engine/ddl/object_expressions.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ConstrType;

namespace {

Name constraint_name(const Interpreter& interpreter, const Domain& domain, ast::Constraint constraint,
                     std::string_view label) {
  const Catalog& catalog = interpreter.catalog();
  if (!constraint || !constraint.conname().data())
    return choose_constraint_name(catalog, domain.name.view(), {}, label, domain.parent.oid, {});
  const Name name(constraint.conname());
  if (catalog.find_named<Constraint>(domain.oid, name))
    throw SqlError("42710",
                   "constraint \"" + name.str() + "\" for domain \"" + domain.name.str() + "\" already exists");
  return name;
}

}  // namespace

void refuse_constraint(ast::Constraint constraint) {
  switch (constraint.contype()) {
    case ConstrType::CONSTR_UNIQUE:
      throw SqlError("42601", "unique constraints not possible for domains");
    case ConstrType::CONSTR_PRIMARY:
      throw SqlError("42601", "primary key constraints not possible for domains");
    case ConstrType::CONSTR_EXCLUSION:
      throw SqlError("42601", "exclusion constraints not possible for domains");
    case ConstrType::CONSTR_FOREIGN:
      throw SqlError("42601", "foreign key constraints not possible for domains");
    case ConstrType::CONSTR_ATTR_DEFERRABLE:
    case ConstrType::CONSTR_ATTR_NOT_DEFERRABLE:
    case ConstrType::CONSTR_ATTR_DEFERRED:
    case ConstrType::CONSTR_ATTR_IMMEDIATE:
      throw SqlError("0A000", "specifying constraint deferrability not supported for domains");
    case ConstrType::CONSTR_GENERATED:
    case ConstrType::CONSTR_IDENTITY:
      throw SqlError("0A000", "specifying GENERATED not supported for domains");
    default:
      throw SqlError("XX000", "unrecognized constraint subtype");
  }
}

void add_domain_check(Interpreter& interpreter, Ref<Domain> ref, ast::Constraint node) {
  const Domain& domain = interpreter.catalog().get(ref);
  Constraint constraint;
  constraint.name = constraint_name(interpreter, domain, node, "check");
  constraint.parent = ref;
  constraint.type = ConstraintType::check;
  constraint.expression = analyze_domain_check(interpreter, domain.base, domain.collation, node.raw_expr());
  constraint.validated = !node.skip_validation();
  interpreter.catalog().insert(std::move(constraint));
}

void store_domain_not_null(Interpreter& interpreter, Ref<Domain> ref, ast::Constraint node) {
  if (interpreter.major() < 17) return;
  const Domain& domain = interpreter.catalog().get(ref);
  Constraint constraint;
  constraint.name = constraint_name(interpreter, domain, node, "not_null");
  if (!node || node.conname().empty()) constraint.generated_name = constraint.name;
  constraint.parent = ref;
  constraint.type = ConstraintType::not_null;
  interpreter.catalog().insert(std::move(constraint));
}

bool has_domain_constraints(const catalog::Catalog& catalog, catalog::Oid type) {
  const auto* domain = catalog.find_as<catalog::Domain>(type);
  return domain && (domain->not_null || !catalog.children_of<catalog::Constraint>(domain->oid).empty() ||
                    has_domain_constraints(catalog, domain->base.type));
}

}  // namespace pgplumb::engine::ddl
