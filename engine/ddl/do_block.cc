// DO: commands/functioncmds.c.
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/routine_effects.h"
#include "engine/plpgsql/call.h"

namespace pgplumb::engine::ddl {

void do_block(Interpreter& interpreter, ast::DoStmt statement) {
  std::string body, language = "plpgsql";
  for (ast::Node node : statement.args()) {
    const auto option = node.as<ast::DefElem>();
    if (option.defname() == "as") body = def_string(option);
    if (option.defname() == "language") language = def_string(option);
  }
  if (language != "plpgsql") {
    if (const auto reason = effect_of_body(interpreter, language, body)) throw NotSimulated("a DO block that " + *reason);
    return;
  }
  try {
    plpgsql::run_block(interpreter, body);
  } catch (const NotSimulated&) {
    // Whatever it may have done, schema and session are the same.
    if (effect_of_text(interpreter, body, Also::session)) throw;
  }
}

}  // namespace pgplumb::engine::ddl
