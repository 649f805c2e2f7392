// CREATE LANGUAGE: commands/proclang.c; CREATE ACCESS METHOD: commands/amcmds.c.
#include "catalog/kinds/language.h"

#include "catalog/kinds/access_method.h"
#include "catalog/type_oids.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

// index_am_handler and table_am_handler of pg_type.dat.
constexpr Oid index_am_handler = 325, table_am_handler = 269;

AnyRef optional_function(const Interpreter& interpreter, ast::List<ast::Node> name, Oid argument) {
  if (name.empty()) return {};
  return {Kind::function, lookup_function(interpreter, name, std::vector<Oid>{argument})};
}

void require_handler_result(const Interpreter& interpreter, Oid function, ast::List<ast::Node> name, Oid wanted,
                    const char* wanted_text) {
  if (cache_of(interpreter).proc(function)->result != wanted)
    throw SqlError("42809", "function " + name_list_text(name) + " must return type " + wanted_text);
}

}  // namespace

void create_language(Interpreter& interpreter, ast::CreatePLangStmt statement) {
  require_superuser(interpreter, "must be superuser to create custom procedural language");
  Language language;
  language.name = Name(statement.plname());
  language.owner = new_owner(interpreter);
  language.trusted = statement.pltrusted();
  const Oid handler = lookup_function(interpreter, statement.plhandler(), {});
  require_handler_result(interpreter, handler, statement.plhandler(), types::language_handler, "language_handler");
  language.handler = {Kind::function, handler};
  language.inline_handler = optional_function(interpreter, statement.plinline(), types::internal);
  language.validator = optional_function(interpreter, statement.plvalidator(), types::oid);
  const Address known = find_unqualified(interpreter, ast::ObjectType::OBJECT_LANGUAGE, statement.plname(), true);
  if (!known) {
    interpreter.catalog().insert(std::move(language));
    return;
  }
  if (!statement.replace()) throw SqlError("42710", "language \"" + language.name.str() + "\" already exists");
  if (!known.object) throw NotSimulated("replacing a built-in language");
  interpreter.catalog()
      .edit(Ref<Language>{known.oid})
      .set<&Language::trusted>(language.trusted)
      .set<&Language::handler>(language.handler)
      .set<&Language::inline_handler>(language.inline_handler)
      .set<&Language::validator>(language.validator);
}

void create_access_method(Interpreter& interpreter, ast::CreateAmStmt statement) {
  require_superuser(interpreter, "permission denied to create access method \"" + std::string(statement.amname()) + "\"",
                    "Must be superuser to create an access method.");
  AccessMethod method;
  method.name = Name(statement.amname());
  if (find_unqualified(interpreter, ast::ObjectType::OBJECT_ACCESS_METHOD, statement.amname(), true))
    throw SqlError("42710", "access method \"" + method.name.str() + "\" already exists");
  const bool is_table = statement.amtype() == "t";
  method.type = is_table ? AccessMethodType::table : AccessMethodType::index;
  const Oid handler = lookup_function(interpreter, statement.handler_name(), std::vector<Oid>{types::internal});
  require_handler_result(interpreter, handler, statement.handler_name(), is_table ? table_am_handler : index_am_handler,
                 is_table ? "table_am_handler" : "index_am_handler");
  method.handler = {Kind::function, handler};
  interpreter.catalog().insert(std::move(method));
}

}  // namespace pgplumb::engine::ddl
