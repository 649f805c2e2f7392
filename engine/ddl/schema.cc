// CREATE SCHEMA: commands/schemacmds.c, and transformCreateSchemaStmtElements of parser/parse_utilcmd.c.
#include "catalog/kinds/schema.h"

#include <array>
#include <optional>

#include "engine/ddl/default_privileges.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// Elements are executed by kind: what others may refer to comes first.
enum class Phase { sequences, tables, views, indexes, triggers, grants, count };

struct Element {
  Phase phase;
  ast::RangeVar relation;  // what it makes, or makes something on
};

std::optional<Element> classify(ast::Node node) {
  switch (node.tag()) {
    case ast::NodeTag::CreateSeqStmt:
      return Element{Phase::sequences, node.as<ast::CreateSeqStmt>().sequence()};
    case ast::NodeTag::CreateStmt:
      return Element{Phase::tables, node.as<ast::CreateStmt>().relation()};
    case ast::NodeTag::ViewStmt:
      return Element{Phase::views, node.as<ast::ViewStmt>().view()};
    case ast::NodeTag::IndexStmt:
      return Element{Phase::indexes, node.as<ast::IndexStmt>().relation()};
    case ast::NodeTag::CreateTrigStmt:
      return Element{Phase::triggers, node.as<ast::CreateTrigStmt>().relation()};
    case ast::NodeTag::GrantStmt:
      return Element{Phase::grants, ast::RangeVar()};
    default:
      return std::nullopt;
  }
}

/// setSchemaName
void check_schema(ast::RangeVar relation, Name schema) {
  if (!relation || relation.schemaname().empty() || Name(relation.schemaname()) == schema) return;
  throw SqlError("42P15", "CREATE specifies a schema (" + std::string(relation.schemaname()) +
                              ") different from the one being created (" + schema.str() + ")");
}

using Phases = std::array<std::vector<ast::Node>, static_cast<std::size_t>(Phase::count)>;

Phases sort_elements(ast::List<ast::Node> elements, Name schema) {
  Phases phases;
  for (ast::Node node : elements) {
    const auto element = classify(node);
    if (!element) throw NotSimulated("this element of CREATE SCHEMA");
    if (element->relation && element->relation.relpersistence() == "t")
      throw SqlError("42P16", "cannot create temporary relation in non-temporary schema");
    check_schema(element->relation, schema);
    phases[static_cast<std::size_t>(element->phase)].push_back(node);
  }
  return phases;
}

void run_elements(Interpreter& interpreter, ast::List<ast::Node> elements, Name schema, Name owner) {
  if (elements.empty()) return;
  const Phases phases = sort_elements(elements, schema);
  Session& session = interpreter.session();
  const SessionGuard guard(session);
  std::string path = quote_identifier(schema.view());
  if (const auto old_path = session.parameter("search_path");
      old_path && old_path->find_first_not_of(" \t\n\r\f\v") != std::string::npos)
    path += ", " + *old_path;
  session.set_parameter("search_path", path, SetScope::local);
  if (owner != session.current_user()) session.set_parameter("role", owner.str(), SetScope::local);
  for (const auto& phase : phases)
    for (ast::Node element : phase) interpreter.run(element);
}

}  // namespace

void create_schema(Interpreter& interpreter, ast::CreateSchemaStmt statement) {
  const Name owner = statement.authrole() ? role_of(interpreter, statement.authrole()) : new_owner(interpreter);
  require_member(interpreter, owner);
  const Name name = statement.schemaname().empty() ? owner : Name(statement.schemaname());
  if (name.view().substr(0, 3) == "pg_")
    throw SqlError("42939", "unacceptable schema name \"" + name.str() + "\"",
                   "The prefix \"pg_\" is reserved for system schemas.");
  if (find_schema(interpreter, name.view()) != invalid_oid) {
    if (!statement.if_not_exists()) throw SqlError("42P06", "schema \"" + name.str() + "\" already exists");
    interpreter.notice("schema \"" + name.str() + "\" already exists, skipping");
    return;
  }
  Schema schema;
  schema.name = name;
  schema.owner = owner;
  grant_defaults(interpreter, interpreter.catalog().insert(std::move(schema)).oid);
  run_elements(interpreter, statement.schema_elts(), name, owner);
}

}  // namespace pgplumb::engine::ddl
