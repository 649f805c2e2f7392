#pragma once
// Constraints of domains: domainAddCheckConstraint and its kin of commands/typecmds.c.
#include "catalog/kinds/domain.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

/// Analyses, names and stores a CHECK.
void add_domain_check(Interpreter& interpreter, catalog::Ref<catalog::Domain> domain, ast::Constraint constraint);
/// From 17 on, NOT NULL is a constraint with a name; before, nothing happens here.
void store_domain_not_null(Interpreter& interpreter, catalog::Ref<catalog::Domain> domain, ast::Constraint constraint);
/// Whether the type is a domain that has to check its values, or is over one (DomainHasConstraints).
bool has_domain_constraints(const catalog::Catalog& catalog, catalog::Oid type);
/// What a domain can't have: keys, foreign keys, deferrability.
[[noreturn]] void refuse_constraint(ast::Constraint constraint);

}  // namespace pgplumb::engine::ddl
