#include "engine/ddl/extension.h"

#include <algorithm>

#include "catalog/builtin/extension_data.h"
#include "catalog/kinds/extension.h"
#include "catalog/kinds/schema.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/extension_members.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/set_schema.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using builtin::ExtensionData;

namespace {

struct ExtensionOptions {
  OnceOption schema, version, cascade;
};

ExtensionOptions extension_options(ast::List<ast::Node> list) {
  ExtensionOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    if (option.defname() == "schema") options.schema.set(option);
    if (option.defname() == "new_version") options.version.set(option);
    if (option.defname() == "cascade") options.cascade.set(option);
  }
  return options;
}

/// What one CREATE EXTENSION asks for; required ones are made with the same wishes.
struct ExtensionRequest {
  Name name;
  std::string version;  // empty: the default
  Name schema;          // empty: not said
  bool cascade = false;
};

const Extension* find_extension(const Interpreter& interpreter, Name name) {
  return interpreter.catalog().find_named<Extension>(invalid_oid, name);
}

/// check_valid_extension_name
void check_name(Name name) {
  const std::string& text = name.str();
  const auto invalid = [&](const char* detail) {
    throw SqlError("22023", "invalid extension name: \"" + text + "\"", detail);
  };
  if (text.empty()) invalid("Extension names must not be empty.");
  if (text.find("--") != std::string::npos) invalid("Extension names must not contain \"--\".");
  if (text.front() == '-' || text.back() == '-') invalid("Extension names must not begin or end with \"-\".");
  if (text.find_first_of("/\\") != std::string::npos)
    invalid("Extension names must not contain directory separator characters.");
}

Oid make_schema(Interpreter& interpreter, Name name) {
  Schema schema;
  schema.name = name;
  schema.owner = new_owner(interpreter);
  const Oid oid = interpreter.catalog().insert(std::move(schema)).oid;
  grant_defaults(interpreter, oid);
  return oid;
}

/// Where the extension goes: what its control file prescribes comes first.
Oid schema_for(Interpreter& interpreter, const ExtensionRequest& request, const ExtensionData* data) {
  if (data && !data->schema().is_null()) {
    const Name prescribed(data->schema().view());
    if (!request.schema.empty() && request.schema != prescribed && !request.cascade)
      throw SqlError(
          "0A000", "extension \"" + request.name.str() + "\" must be installed in schema \"" + prescribed.str() + "\"");
    const Oid known = find_schema(interpreter, prescribed.view());
    return known != invalid_oid ? known : make_schema(interpreter, prescribed);
  }
  if (!request.schema.empty()) return require_schema(interpreter, request.schema.view());
  return creation_schema(interpreter);
}

const ExtensionData* known_contents(const Interpreter& interpreter, const ExtensionRequest& request) {
  const ExtensionData* data = builtin::find_extension(request.name.view(), request.version, interpreter.major());
  if (!data && !request.version.empty()) {
    // Another minor version than those that are known: its contents are those of the default, as far as anyone can
    // tell.
    data = builtin::find_extension(request.name.view(), {}, interpreter.major());
  }
  return data;
}

void create(Interpreter& interpreter, const ExtensionRequest& request, std::vector<Name>& in_progress);

/// get_required_extension
void require_others(Interpreter& interpreter, const ExtensionRequest& request, const ExtensionData& data,
                    std::vector<Name>& in_progress) {
  for (const builtin::Text& required : data.required()) {
    const Name name(required.view());
    if (find_extension(interpreter, name)) continue;
    if (!request.cascade)
      throw SqlError("42704", "required extension \"" + name.str() + "\" is not installed", {},
                     "Use CREATE EXTENSION ... CASCADE to install required extensions too.");
    if (std::find(in_progress.begin(), in_progress.end(), name) != in_progress.end())
      throw SqlError("42P19", "cyclic dependency detected between extensions \"" + name.str() + "\" and \"" +
                                  request.name.str() + "\"");
    interpreter.notice("installing required extension \"" + name.str() + "\"");
    create(interpreter, {name, {}, request.schema, true}, in_progress);
  }
}

void create(Interpreter& interpreter, const ExtensionRequest& request, std::vector<Name>& in_progress) {
  in_progress.push_back(request.name);
  const ExtensionData* data = known_contents(interpreter, request);
  const Oid schema = schema_for(interpreter, request, data);
  if (data) require_others(interpreter, request, *data, in_progress);
  Extension extension;
  extension.name = request.name;
  extension.owner = new_owner(interpreter);
  extension.schema = {schema};
  extension.version = request.version;
  if (data && request.version.empty()) extension.version = data->version();
  if (data) extension.comment = data->comment().view();
  const Ref<Extension> stored = interpreter.catalog().insert(std::move(extension));
  if (data) create_members(interpreter, stored, *data);
}

std::vector<Oid> extension_members(const Catalog& catalog, Oid extension) {
  std::vector<Oid> members;
  catalog.for_each([&](const Object& object) {
    if (object.extension == extension) members.push_back(object.oid);
  });
  return members;
}

[[noreturn]] void not_relocatable(const std::string& name, std::string detail = {}) {
  throw SqlError("0A000", "extension \"" + name + "\" does not support SET SCHEMA", std::move(detail));
}

}  // namespace

void create_extension(Interpreter& interpreter, ast::CreateExtensionStmt statement) {
  const Name name(statement.extname());
  check_name(name);
  if (find_extension(interpreter, name) || name.view() == "plpgsql") {
    const std::string text = "extension \"" + name.str() + "\" already exists";
    if (!statement.if_not_exists()) throw SqlError("42710", text);
    interpreter.notice(text + ", skipping");
    return;
  }
  const ExtensionOptions options = extension_options(statement.options());
  ExtensionRequest request;
  request.name = name;
  if (options.schema) request.schema = def_name(*options.schema);
  if (options.version) request.version = def_string(*options.version);
  if (options.cascade) request.cascade = def_boolean(*options.cascade);
  std::vector<Name> in_progress;
  create(interpreter, request, in_progress);
}

void alter_extension(Interpreter& interpreter, ast::AlterExtensionStmt statement) {
  const Address address = find_unqualified(interpreter, ast::ObjectType::OBJECT_EXTENSION, statement.extname());
  OnceOption version;
  for (ast::Node node : statement.options()) version.set(node.as<ast::DefElem>());
  const Ref<Extension> ref{address.oid};
  std::string wanted;
  if (version) {
    wanted = def_string(*version);
  } else if (const auto* data = builtin::find_extension(statement.extname(), {}, interpreter.major())) {
    wanted = data->version();
  } else {
    return;
  }
  if (interpreter.catalog().get(ref).version == wanted) {
    interpreter.notice("version \"" + wanted + "\" of extension \"" + std::string(statement.extname()) +
                       "\" is already installed");
    return;
  }
  interpreter.catalog().edit(ref).set<&Extension::version>(wanted);
}

void alter_extension_contents(Interpreter& interpreter, ast::AlterExtensionContentsStmt statement) {
  const Address extension = find_unqualified(interpreter, ast::ObjectType::OBJECT_EXTENSION, statement.extname());
  const Address address = find_address(interpreter, statement.objtype(), statement.object());
  if (!address.object) throw NotSimulated("a built-in object as a member of an extension");
  const std::string text = describe(interpreter, *address.object);
  const Oid current = address.object->extension;
  if (statement.action() > 0) {
    if (current != invalid_oid)
      throw SqlError("55000", text + " is already a member of extension \"" +
                                  interpreter.catalog().find(current)->name.str() + "\"");
    if (address.kind == Kind::schema &&
        interpreter.catalog().get(Ref<Extension>{extension.oid}).schema.oid == address.oid)
      throw SqlError("55000", "cannot add schema \"" + address.object->name.str() + "\" to extension \"" +
                                  std::string(statement.extname()) + "\" because the schema contains the extension");
    interpreter.catalog().edit_any(address.object->oid).set<&Object::extension>(extension.oid);
    return;
  }
  if (current != extension.oid)
    throw SqlError("55000", text + " is not a member of extension \"" + std::string(statement.extname()) + "\"");
  interpreter.catalog().edit_any(address.object->oid).set<&Object::extension>(invalid_oid);
}

void set_extension_schema(Interpreter& interpreter, ast::AlterObjectSchemaStmt statement) {
  const std::string name(statement.object().str());
  const Address address = find_unqualified(interpreter, ast::ObjectType::OBJECT_EXTENSION, name);
  const Oid schema = require_schema(interpreter, statement.newschema());
  const Ref<Extension> ref{address.oid};
  const Oid old_schema = interpreter.catalog().get(ref).schema.oid;
  const ExtensionData* data = builtin::find_extension(name, {}, interpreter.major());
  if (data && !data->relocatable()) not_relocatable(name);
  if (schema == old_schema) return;
  for (Oid member : extension_members(interpreter.catalog(), ref.oid)) {
    const Object& object = *interpreter.catalog().find(member);
    if (object.parent.kind != Kind::schema) continue;
    if (object.parent.oid != old_schema)
      not_relocatable(name, describe(interpreter, object) + " is not in the extension's schema \"" +
                                schema_name(interpreter, old_schema) + "\"");
    move_to_schema(interpreter, member, schema);
  }
  interpreter.catalog().edit(ref).set<&Extension::schema>(Ref<Schema>{schema});
}

std::vector<Name> extensions_of_unknown_contents(const Interpreter& interpreter) {
  std::vector<Name> names;
  interpreter.catalog().for_each<Extension>([&](const Extension& extension) {
    if (extension.name.view() != "plpgsql" &&
        !builtin::find_extension(extension.name.view(), {}, interpreter.major()) &&
        extension_members(interpreter.catalog(), extension.oid).empty())
      names.push_back(extension.name);
  });
  return names;
}

std::string may_be_of_extension(const Interpreter& interpreter, const SqlError& error) {
  const bool is_missing =
      error.sqlstate == "42704" || error.sqlstate == "42883" || error.sqlstate == "42P01" || error.sqlstate == "3F000";
  if (!is_missing) return {};
  const std::vector<Name> unknown = extensions_of_unknown_contents(interpreter);
  if (unknown.empty()) return {};
  return error.message + ", unless extension " + unknown.front().str() + " brings it, whose contents are not known";
}

}  // namespace pgplumb::engine::ddl
