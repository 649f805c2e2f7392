#include "engine/ddl/constraint_attributes.h"

#include <string>

#include "catalog/base/diagnostic.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::ConstrType;

[[noreturn]] void refuse(const std::string& message, ast::Constraint constraint) {
  catalog::SqlError error("42601", message);
  error.location = constraint.location();
  throw error;
}

bool supports_attributes(ConstrType type) {
  return type == ConstrType::CONSTR_PRIMARY || type == ConstrType::CONSTR_UNIQUE ||
         type == ConstrType::CONSTR_EXCLUSION || type == ConstrType::CONSTR_FOREIGN;
}

/// The constraint that attributes are read for, and what was said of it.
struct Reader {
  std::vector<ConstraintAttributes>& attributes;
  std::size_t primary = 0;
  bool has_primary = false;
  bool saw_deferrability = false;
  bool saw_initially = false;

  ConstraintAttributes& target(ast::Constraint constraint, const char* clause) {
    if (!has_primary) refuse(std::string("misplaced ") + clause + " clause", constraint);
    return attributes[primary];
  }

  void deferrability(ast::Constraint constraint, bool deferrable) {
    ConstraintAttributes& on = target(constraint, deferrable ? "DEFERRABLE" : "NOT DEFERRABLE");
    if (saw_deferrability) refuse("multiple DEFERRABLE/NOT DEFERRABLE clauses not allowed", constraint);
    saw_deferrability = true;
    on.deferrable = deferrable;
    if (!deferrable && saw_initially && on.initially_deferred)
      refuse("constraint declared INITIALLY DEFERRED must be DEFERRABLE", constraint);
  }

  void initially(ast::Constraint constraint, bool deferred) {
    ConstraintAttributes& on = target(constraint, deferred ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE");
    if (saw_initially) refuse("multiple INITIALLY IMMEDIATE/DEFERRED clauses not allowed", constraint);
    saw_initially = true;
    on.initially_deferred = deferred;
    if (!deferred) return;
    if (!saw_deferrability)
      on.deferrable = true;
    else if (!on.deferrable)
      refuse("constraint declared INITIALLY DEFERRED must be DEFERRABLE", constraint);
  }
};

}  // namespace

std::vector<ConstraintAttributes> constraint_attributes(ast::List<ast::Node> constraints) {
  std::vector<ConstraintAttributes> attributes(constraints.size());
  Reader reader{attributes};
  std::size_t at = 0;
  for (ast::Node node : constraints) {
    const ast::Constraint constraint = node.as<ast::Constraint>();
    switch (constraint.contype()) {
      case ConstrType::CONSTR_ATTR_DEFERRABLE:
        reader.deferrability(constraint, true);
        break;
      case ConstrType::CONSTR_ATTR_NOT_DEFERRABLE:
        reader.deferrability(constraint, false);
        break;
      case ConstrType::CONSTR_ATTR_DEFERRED:
        reader.initially(constraint, true);
        break;
      case ConstrType::CONSTR_ATTR_IMMEDIATE:
        reader.initially(constraint, false);
        break;
      default:
        reader.primary = at;
        reader.has_primary = supports_attributes(constraint.contype());
        reader.saw_deferrability = reader.saw_initially = false;
        break;
    }
    ++at;
  }
  return attributes;
}

}  // namespace pgplumb::engine::ddl
