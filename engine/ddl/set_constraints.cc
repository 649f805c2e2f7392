// SET CONSTRAINTS: AfterTriggerSetState of commands/trigger.c.
#include <algorithm>

#include "catalog/kinds/constraint.h"
#include "catalog/kinds/trigger.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Constraint;
using catalog::Trigger;

/// Whether each constraint of the name in the schema can be deferred, those that are triggers among them.
std::vector<bool> deferrable_ones(const catalog::Catalog& catalog, Oid schema, Name name) {
  std::vector<bool> found;
  const auto is_there = [&](const Object& constraint) {
    return constraint.name == name && catalog.schema_of(*catalog.find(constraint.parent.oid)) == schema;
  };
  catalog.for_each<Constraint>([&](const Constraint& constraint) {
    if (is_there(constraint)) found.push_back(constraint.deferrable);
  });
  catalog.for_each<Trigger>([&](const Trigger& trigger) {
    if (trigger.is_constraint && is_there(trigger)) found.push_back(trigger.deferrable);
  });
  return found;
}

std::vector<Oid> schemas_to_search(const Interpreter& interpreter, ast::RangeVar constraint) {
  if (constraint.schemaname().empty()) return interpreter.search_path();
  return {require_schema(interpreter, constraint.schemaname())};
}

void check_constraint(const Interpreter& interpreter, ast::RangeVar named, bool deferred) {
  const Name name(named.relname());
  for (Oid schema : schemas_to_search(interpreter, named)) {
    const std::vector<bool> found = deferrable_ones(interpreter.catalog(), schema, name);
    if (found.empty()) continue;
    if (deferred && std::find(found.begin(), found.end(), false) != found.end())
      throw SqlError("42809", "constraint \"" + name.str() + "\" is not deferrable");
    return;
  }
  throw SqlError("42704", "constraint \"" + name.str() + "\" does not exist");
}

}  // namespace

void set_constraints(Interpreter& interpreter, ast::ConstraintsSetStmt statement) {
  for (ast::Node constraint : statement.constraints())
    check_constraint(interpreter, constraint.as<ast::RangeVar>(), statement.deferred());
}

}  // namespace pgplumb::engine::ddl
