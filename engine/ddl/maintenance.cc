#include "engine/ddl/maintenance.h"

#include "engine/ddl/inheritance.h"
#include "engine/ddl/permissions.h"

namespace pgplumb::engine::ddl {

namespace {

/// TOAST tables are named after OIDs of the server's, and which indexes its catalogs have, nobody told.
bool may_be_unknown(ast::RangeVar name) {
  const std::string_view schema = name.schemaname();
  return schema == "pg_toast" || ((schema.empty() || schema == "pg_catalog") && name.relname().substr(0, 3) == "pg_" &&
                                  name.relname().find("index") != std::string_view::npos);
}

}  // namespace

const Object* tended_relation(const Interpreter& interpreter, ast::RangeVar name) {
  const Oid oid = find_relation(interpreter, name);
  if (oid != invalid_oid) return interpreter.catalog().find(oid);
  if (may_be_unknown(name))
    throw NotSimulated("whether the server has a relation of its own that is named " + std::string(name.relname()));
  return &require_relation(interpreter, name);
}

bool may_maintain(const Interpreter& interpreter, const Object& relation) {
  if (owns(interpreter, relation)) return true;
  return interpreter.major() >= 17 &&
         has_privilege(interpreter, interpreter.session().current_user(), relation, maintain_privilege);
}

void require_maintained_table(const Interpreter& interpreter, const Object& relation) {
  if (relation.kind != Kind::table && relation.kind != Kind::materialized_view)
    throw SqlError("42809", "\"" + relation.name.str() + "\" is not a table or materialized view");
  if (may_maintain(interpreter, relation)) return;
  if (interpreter.major() >= 17) require_privilege(interpreter, relation, maintain_privilege);
  require_owner(interpreter, relation);
}

std::vector<Oid> with_partitions(const catalog::Catalog& catalog, Oid relation) {
  return is_partitioned(catalog, relation) ? all_inheritors(catalog, relation) : std::vector<Oid>{relation};
}

void unrecognized_option(std::string_view statement, ast::DefElem option) {
  throw SqlError("42601",
                 "unrecognized " + std::string(statement) + " option \"" + std::string(option.defname()) + "\"");
}

}  // namespace pgplumb::engine::ddl
