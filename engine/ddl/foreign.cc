// Foreign-data wrappers, servers and user mappings: commands/foreigncmds.c.
#include "catalog/kinds/foreign_data_wrapper.h"
#include "catalog/kinds/foreign_server.h"
#include "catalog/kinds/user_mapping.h"
#include "catalog/type_oids.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/foreign_options.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

/// HANDLER and VALIDATOR, as far as they are mentioned: parse_func_options.
struct WrapperFunctions {
  OnceOption handler, validator;
};

WrapperFunctions wrapper_functions(ast::List<ast::Node> list) {
  WrapperFunctions functions;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    (option.defname() == "handler" ? functions.handler : functions.validator).set(option);
  }
  return functions;
}

AnyRef handler_function(const Interpreter& interpreter, ast::DefElem option) {
  if (!option.arg()) return {};
  const std::vector<std::string> name = def_qualified_name(option);
  const Oid function = lookup_function(interpreter, name, {});
  if (cache_of(interpreter).proc(function)->result != types::fdw_handler)
    throw SqlError("42809", "function " + name_list_text(name) + " must return type fdw_handler");
  return {Kind::function, function};
}

AnyRef validator_function(const Interpreter& interpreter, ast::DefElem option) {
  if (!option.arg()) return {};
  return {Kind::function,
          lookup_function(interpreter, def_qualified_name(option), std::vector<Oid>{types::text_array, types::oid})};
}

Oid require_wrapper(const Interpreter& interpreter, std::string_view name) {
  return find_unqualified(interpreter, ObjectType::OBJECT_FDW, name).oid;
}

Ref<ForeignServer> require_server(const Interpreter& interpreter, std::string_view name) {
  return {find_unqualified(interpreter, ObjectType::OBJECT_FOREIGN_SERVER, name).oid};
}

Name mapping_user(const Interpreter& interpreter, ast::RoleSpec user) {
  const Name role = grantee_of(interpreter, user);
  return role.empty() ? Name("public") : role;
}

/// user_mapping_ddl_aclcheck: the server's owner, or those who may use it for themselves.
void check_may_map(const Interpreter& interpreter, const Object& server, Name user) {
  if (owns(interpreter, server)) return;
  if (user != interpreter.session().current_user())
    throw SqlError("42501", "must be owner of foreign server " + server.name.str());
  require_privilege(interpreter, server, usage_privilege);
}

[[noreturn]] void no_mapping(const std::string& user, std::string_view server) {
  throw SqlError("42704",
                 "user mapping for \"" + user + "\" does not exist for server \"" + std::string(server) + "\"");
}

}  // namespace

void create_foreign_data_wrapper(Interpreter& interpreter, ast::CreateFdwStmt statement) {
  ForeignDataWrapper wrapper;
  wrapper.name = Name(statement.fdwname());
  wrapper.owner = new_owner(interpreter);
  if (!is_superuser(interpreter))
    throw SqlError("42501", "permission denied to create foreign-data wrapper \"" + wrapper.name.str() + "\"", {},
                   "Must be superuser to create a foreign-data wrapper.");
  if (interpreter.catalog().find_named<ForeignDataWrapper>(invalid_oid, wrapper.name))
    throw SqlError("42710", "foreign-data wrapper \"" + wrapper.name.str() + "\" already exists");
  const WrapperFunctions functions = wrapper_functions(statement.func_options());
  if (functions.handler) wrapper.handler = handler_function(interpreter, *functions.handler);
  if (functions.validator) wrapper.validator = validator_function(interpreter, *functions.validator);
  wrapper.options = change_foreign_options({}, statement.options());
  validate_foreign_options(interpreter, wrapper.validator, wrapper.options, ForeignOptionContext::wrapper);
  interpreter.catalog().insert(std::move(wrapper));
}

void alter_foreign_data_wrapper(Interpreter& interpreter, ast::AlterFdwStmt statement) {
  if (!is_superuser(interpreter))
    throw SqlError("42501",
                   "permission denied to alter foreign-data wrapper \"" + std::string(statement.fdwname()) + "\"", {},
                   "Must be superuser to alter a foreign-data wrapper.");
  const Ref<ForeignDataWrapper> ref{require_wrapper(interpreter, statement.fdwname())};
  const WrapperFunctions functions = wrapper_functions(statement.func_options());
  AnyRef handler, validator;
  if (functions.handler) handler = handler_function(interpreter, *functions.handler);
  if (functions.validator) validator = validator_function(interpreter, *functions.validator);
  const Options options = change_foreign_options(interpreter.catalog().get(ref).options, statement.options());
  // Another validator only warns of options that are there.
  if (!statement.options().empty())
    validate_foreign_options(interpreter, functions.validator ? validator : interpreter.catalog().get(ref).validator,
                             options, ForeignOptionContext::wrapper);
  auto edit = interpreter.catalog().edit(ref);
  if (functions.handler) edit.set<&ForeignDataWrapper::handler>(handler);
  if (functions.validator) edit.set<&ForeignDataWrapper::validator>(validator);
  if (!statement.options().empty()) edit.set<&ForeignDataWrapper::options>(options);
}

void create_foreign_server(Interpreter& interpreter, ast::CreateForeignServerStmt statement) {
  ForeignServer server;
  server.name = Name(statement.servername());
  server.owner = new_owner(interpreter);
  if (interpreter.catalog().find_named<ForeignServer>(invalid_oid, server.name)) {
    const std::string text = "server \"" + server.name.str() + "\" already exists";
    if (!statement.if_not_exists()) throw SqlError("42710", text);
    interpreter.notice(text + ", skipping");
    return;
  }
  server.wrapper = {Kind::foreign_data_wrapper, require_wrapper(interpreter, statement.fdwname())};
  require_privilege(interpreter, *interpreter.catalog().find(server.wrapper.oid), usage_privilege);
  server.type = statement.servertype();
  server.version = statement.version();
  server.options = change_foreign_options({}, statement.options());
  const auto& wrapper = static_cast<const ForeignDataWrapper&>(*interpreter.catalog().find(server.wrapper.oid));
  validate_foreign_options(interpreter, wrapper.validator, server.options, ForeignOptionContext::server);
  interpreter.catalog().insert(std::move(server));
}

void alter_foreign_server(Interpreter& interpreter, ast::AlterForeignServerStmt statement) {
  const Ref<ForeignServer> ref = require_server(interpreter, statement.servername());
  require_owner(interpreter, interpreter.catalog().get(ref));
  const Options options = change_foreign_options(interpreter.catalog().get(ref).options, statement.options());
  if (!statement.options().empty())
    validate_foreign_options(interpreter, ref, options, ForeignOptionContext::server);
  auto edit = interpreter.catalog().edit(ref);
  if (statement.has_version()) edit.set<&ForeignServer::version>(std::string(statement.version()));
  if (!statement.options().empty()) edit.set<&ForeignServer::options>(options);
}

void create_user_mapping(Interpreter& interpreter, ast::CreateUserMappingStmt statement) {
  UserMapping mapping;
  mapping.name = mapping_user(interpreter, statement.user());
  const Ref<ForeignServer> server = require_server(interpreter, statement.servername());
  check_may_map(interpreter, interpreter.catalog().get(server), mapping.name);
  mapping.parent = server;
  if (interpreter.catalog().find_named<UserMapping>(server.oid, mapping.name)) {
    const std::string text = "user mapping for \"" + mapping.name.str() + "\" already exists for server \"" +
                             std::string(statement.servername()) + "\"";
    if (!statement.if_not_exists()) throw SqlError("42710", text);
    interpreter.notice(text + ", skipping");
    return;
  }
  mapping.options = change_foreign_options({}, statement.options());
  validate_foreign_options(interpreter, server, mapping.options, ForeignOptionContext::user_mapping);
  interpreter.catalog().insert(std::move(mapping));
}

void alter_user_mapping(Interpreter& interpreter, ast::AlterUserMappingStmt statement) {
  const Name user = mapping_user(interpreter, statement.user());
  const Ref<ForeignServer> server = require_server(interpreter, statement.servername());
  const auto* mapping = interpreter.catalog().find_named<UserMapping>(server.oid, user);
  check_may_map(interpreter, interpreter.catalog().get(server), user);
  if (!mapping) no_mapping(user.str(), statement.servername());
  const Options options = change_foreign_options(mapping->options, statement.options());
  if (!statement.options().empty())
    validate_foreign_options(interpreter, server, options, ForeignOptionContext::user_mapping);
  interpreter.catalog().edit(Ref<UserMapping>{mapping->oid}).set<&UserMapping::options>(options);
}

void drop_user_mapping(Interpreter& interpreter, ast::DropUserMappingStmt statement) {
  const Name user = mapping_user(interpreter, statement.user());
  const Address server =
      find_unqualified(interpreter, ObjectType::OBJECT_FOREIGN_SERVER, statement.servername(), statement.missing_ok());
  if (!server) {
    interpreter.notice("server \"" + std::string(statement.servername()) + "\" does not exist, skipping");
    return;
  }
  const auto* mapping = interpreter.catalog().find_named<UserMapping>(server.oid, user);
  if (mapping) check_may_map(interpreter, *server.object, user);
  if (mapping) return interpreter.catalog().erase(mapping->oid);
  if (!statement.missing_ok()) no_mapping(user.str(), statement.servername());
  interpreter.notice("user mapping for \"" + user.str() + "\" does not exist for server \"" +
                     std::string(statement.servername()) + "\", skipping");
}

void import_foreign_schema(Interpreter& interpreter, ast::ImportForeignSchemaStmt statement) {
  require_server(interpreter, statement.server_name());
  require_schema(interpreter, statement.local_schema());
  throw NotSimulated("IMPORT FOREIGN SCHEMA makes what the other server has");
}

}  // namespace pgplumb::engine::ddl
