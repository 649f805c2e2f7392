// CREATE DOMAIN: DefineDomain of commands/typecmds.c.
#include "catalog/kinds/domain.h"

#include "catalog/expr_nodes.h"
#include "catalog/kinds/schema.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/domain_constraints.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ConstrType;

namespace {

void check_base(const Interpreter& interpreter, ast::TypeName name, Oid type) {
  const analyze::Syscache& cache = cache_of(interpreter);
  if (std::string_view("bcderm").find(cache.type(type)->kind) != std::string_view::npos) return;
  SqlError error("42804", "\"" + analyze::type_name_to_string(name) + "\" is not a valid base type for a domain");
  error.location = name.location();
  throw error;
}

/// The constraints of a declaration, as far as they become fields of the domain.
class Declaration {
 public:
  Declaration(Interpreter& interpreter, Domain& domain) : interpreter_(interpreter), domain_(domain) {}

  void read(ast::Constraint constraint) {
    switch (constraint.contype()) {
      case ConstrType::CONSTR_DEFAULT:
        return read_default(constraint);
      case ConstrType::CONSTR_NOTNULL:
        return read_nullability(constraint, true);
      case ConstrType::CONSTR_NULL:
        return read_nullability(constraint, false);
      case ConstrType::CONSTR_CHECK:
        return check_inheritance(constraint);
      default:
        refuse_constraint(constraint);
    }
  }
  const ast::Constraint& not_null() const { return not_null_; }

 private:
  void read_default(ast::Constraint constraint) {
    if (has_default_) throw SqlError("42601", "multiple default expressions");
    has_default_ = true;
    domain_.default_expression = {};
    if (constraint.raw_expr())
      domain_.default_expression =
          analyze_domain_default(interpreter_, domain_.base, domain_.name, constraint.raw_expr());
  }

  void read_nullability(ast::Constraint constraint, bool not_null) {
    if (nullability_known_ && domain_.not_null != not_null)
      throw SqlError("42601", "conflicting NULL/NOT NULL constraints");
    nullability_known_ = true;
    domain_.not_null = not_null;
    if (not_null) not_null_ = constraint;
  }

  static void check_inheritance(ast::Constraint constraint) {
    if (constraint.is_no_inherit())
      throw SqlError("42P17", "check constraints for domains cannot be marked NO INHERIT");
  }

  Interpreter& interpreter_;
  Domain& domain_;
  ast::Constraint not_null_;
  bool has_default_ = false;
  bool nullability_known_ = false;
};

}  // namespace

void create_domain(Interpreter& interpreter, ast::CreateDomainStmt statement) {
  const NewType place = new_type(interpreter, statement.domainname());
  Domain domain;
  domain.parent = Ref<Schema>{place.schema};
  domain.name = place.name;
  domain.owner = new_owner(interpreter);
  domain.base = require_type(interpreter, statement.type_name());
  check_base(interpreter, statement.type_name(), domain.base.type);
  require_type_usage(interpreter, domain.base.type);
  domain.collation = collation_of(interpreter, domain.base.type, statement.coll_clause());
  // A domain over a domain starts with the other's default.
  if (const auto* base = interpreter.catalog().find_as<Domain>(domain.base.type);
      base && form_of_type(domain.base.type) == TypeForm::plain)
    domain.default_expression = base->default_expression;
  Declaration declaration(interpreter, domain);
  for (ast::Node constraint : statement.constraints()) declaration.read(constraint.as<ast::Constraint>());
  const Ref<Domain> stored = interpreter.catalog().insert(std::move(domain));
  grant_defaults(interpreter, stored.oid);
  if (declaration.not_null()) store_domain_not_null(interpreter, stored, declaration.not_null());
  for (ast::Node node : statement.constraints())
    if (const auto constraint = node.as<ast::Constraint>(); constraint.contype() == ConstrType::CONSTR_CHECK)
      add_domain_check(interpreter, stored, constraint);
}

}  // namespace pgplumb::engine::ddl
