#include "engine/ddl/shell_type.h"

#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

constexpr Oid shell_in = 2398;
constexpr Oid shell_out = 2399;

}  // namespace

Oid make_shell_type(Interpreter& interpreter, const NewType& place) {
  BaseType shell;
  shell.parent = Ref<Schema>{place.schema};
  shell.name = place.name;
  shell.owner = new_owner(interpreter);
  shell.defined = false;
  shell.input = {Kind::function, shell_in};
  shell.output = {Kind::function, shell_out};
  shell.length = 4;
  shell.by_value = true;
  shell.category = "P";
  return interpreter.catalog().insert(std::move(shell)).oid;
}

BaseType undefined_type(const BaseType& shell) {
  BaseType base;
  static_cast<Object&>(base) = shell;
  return base;
}

}  // namespace pgplumb::engine::ddl
