// CREATE and ALTER PUBLICATION: commands/publicationcmds.c.
#include "catalog/kinds/publication.h"

#include <algorithm>
#include <array>

#include "engine/ddl/def_elem.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/publication_members.h"
#include "engine/ddl/roles.h"
#include "engine/session.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// What WITH (…) and SET (…) say; fields that are not mentioned stay.
struct PublicationOptions {
  OnceOption publish, via_root, generated;
};

PublicationOptions publication_options(const Interpreter& interpreter, ast::List<ast::Node> list) {
  PublicationOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    const std::string_view name = option.defname();
    if (name == "publish")
      options.publish.set(option);
    else if (name == "publish_via_partition_root")
      options.via_root.set(option);
    else if (name == "publish_generated_columns" && interpreter.major() >= 18)
      options.generated.set(option);
    else
      throw SqlError("42601", "unrecognized publication parameter: \"" + std::string(name) + "\"");
  }
  return options;
}

/// The actions of publish = 'insert, update'.
std::array<bool, 4> read_actions(const Interpreter& interpreter, ast::DefElem option) {
  const auto words = split_identifiers(def_string(option));
  if (!words)
    throw SqlError("42601", interpreter.major() >= 15 ? "invalid list syntax in parameter \"publish\""
                                                      : "invalid list syntax for \"publish\" option");
  std::array<bool, 4> actions{};
  for (const std::string& word : *words) {
    if (word == "insert")
      actions[0] = true;
    else if (word == "update")
      actions[1] = true;
    else if (word == "delete")
      actions[2] = true;
    else if (word == "truncate")
      actions[3] = true;
    else
      throw SqlError("42601", interpreter.major() >= 15
                                  ? "unrecognized value for publication option \"publish\": \"" + word + "\""
                                  : "unrecognized \"publish\" value: \"" + word + "\"");
  }
  return actions;
}

GeneratedColumns generated_columns(ast::DefElem option) {
  if (!option.arg()) return GeneratedColumns::stored;
  const std::string word = def_string(option);
  if (equals_ignoring_case(word, "none")) return GeneratedColumns::none;
  if (equals_ignoring_case(word, "stored")) return GeneratedColumns::stored;
  throw SqlError("42601", "invalid value for publication parameter \"publish_generated_columns\": \"" + word + "\"",
                 "Valid values are \"none\" and \"stored\".");
}

void apply_publication(const Interpreter& interpreter, const PublicationOptions& options, Edit<Publication>& edit) {
  if (options.publish) {
    const auto actions = read_actions(interpreter, *options.publish);
    edit.set<&Publication::insert>(actions[0])
        .set<&Publication::update>(actions[1])
        .set<&Publication::delete_>(actions[2])
        .set<&Publication::truncate>(actions[3]);
  }
  if (options.via_root) edit.set<&Publication::via_partition_root>(def_boolean(*options.via_root));
  if (options.generated) edit.set<&Publication::generated_columns>(generated_columns(*options.generated));
}

Ref<Publication> require_publication(const Interpreter& interpreter, std::string_view name) {
  return {find_unqualified(interpreter, ast::ObjectType::OBJECT_PUBLICATION, name).oid};
}

/// CheckAlterPublication
void check_not_all_tables(const Publication& publication, const PublicationObjects& objects) {
  if (!publication.all_tables) return;
  const std::string message = "publication \"" + publication.name.str() + "\" is defined as FOR ALL TABLES";
  if (!objects.schemas.empty())
    throw SqlError("55000", message, "Schemas cannot be added to or dropped from FOR ALL TABLES publications.");
  if (!objects.tables.empty())
    throw SqlError("55000", message, "Tables cannot be added to or dropped from FOR ALL TABLES publications.");
}

void change_members(Interpreter& interpreter, Ref<Publication> publication, ast::AlterPublicationStmt statement) {
  const PublicationObjects objects = read_publication_objects(interpreter, statement.pubobjects());
  if (!objects.schemas.empty()) require_superuser(interpreter, "must be superuser to add or set schemas");
  check_not_all_tables(interpreter.catalog().get(publication), objects);
  switch (statement.action()) {
    case ast::AlterPublicationAction::AP_AddObjects:
      return add_members(interpreter, publication, objects);
    case ast::AlterPublicationAction::AP_DropObjects:
      return drop_members(interpreter, publication, objects);
    default:
      return set_members(interpreter, publication, objects);
  }
}

}  // namespace

void create_publication(Interpreter& interpreter, ast::CreatePublicationStmt statement) {
  Publication publication;
  publication.name = Name(statement.pubname());
  publication.owner = new_owner(interpreter);
  publication.all_tables = statement.for_all_tables();
  if (publication.all_tables) require_superuser(interpreter, "must be superuser to create FOR ALL TABLES publication");
  if (interpreter.catalog().find_named<Publication>(invalid_oid, publication.name))
    throw SqlError("42710", "publication \"" + publication.name.str() + "\" already exists");
  const PublicationOptions options = publication_options(interpreter, statement.options());
  const Ref<Publication> stored = interpreter.catalog().insert(std::move(publication));
  {
    auto edit = interpreter.catalog().edit(stored);
    apply_publication(interpreter, options, edit);
  }
  if (statement.for_all_tables()) return;
  const PublicationObjects objects = read_publication_objects(interpreter, statement.pubobjects());
  if (!objects.schemas.empty())
    require_superuser(interpreter, "must be superuser to create FOR TABLES IN SCHEMA publication");
  add_members(interpreter, stored, objects);
}

void alter_publication(Interpreter& interpreter, ast::AlterPublicationStmt statement) {
  const Ref<Publication> publication = require_publication(interpreter, statement.pubname());
  require_owner(interpreter, interpreter.catalog().get(publication));
  if (statement.options().empty()) return change_members(interpreter, publication, statement);
  const PublicationOptions options = publication_options(interpreter, statement.options());
  if (options.via_root && !def_boolean(*options.via_root)) check_partition_root(interpreter, publication);
  auto edit = interpreter.catalog().edit(publication);
  apply_publication(interpreter, options, edit);
}

}  // namespace pgplumb::engine::ddl
