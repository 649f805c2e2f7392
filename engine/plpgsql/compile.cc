#include "engine/plpgsql/compile.h"

#include <set>

#include "catalog/kinds/routine.h"
#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/plpgsql/reader.h"

namespace pgplumb::engine::plpgsql {

namespace {

using catalog::ArgumentMode;
namespace types = catalog::types;

struct TriggerVariable {
  const char* name;
  Oid type;
};
constexpr TriggerVariable row_trigger_variables[] = {{"tg_name", types::name},       {"tg_when", types::text},
                                                     {"tg_level", types::text},      {"tg_op", types::text},
                                                     {"tg_relid", types::oid},       {"tg_relname", types::name},
                                                     {"tg_table_name", types::name}, {"tg_table_schema", types::name},
                                                     {"tg_nargs", types::int4},      {"tg_argv", types::text_array}};
constexpr TriggerVariable event_trigger_variables[] = {{"tg_event", types::text}, {"tg_tag", types::text}};

TypeRef concrete(TypeRef type) {
  switch (type.type) {
    case types::anyelement:
    case types::anyenum:
    case types::anynonarray:
    case types::anycompatible:
    case types::anycompatiblenonarray:
      return {types::int4, -1};
    case types::anyarray:
    case types::anycompatiblearray:
      return {types::int4_array, -1};
    default:
      return type;
  }
}

/// Names that are read and names that are written are of one kind here, unlike in the signature (add_parameter_name).
void add_parameter_name(Reader& reader, std::set<std::string>& names, const std::string& name, int variable) {
  if (!names.insert(name).second) throw SqlError("42P13", "parameter name \"" + name + "\" used more than once");
  reader.add_name(name, variable);
}

void add_parameters(Reader& reader, Function& function, const Signature& signature) {
  std::set<std::string> names;
  int number = 0;
  for (const ParameterDeclaration& parameter : signature.parameters) {
    const std::string positional = "$" + std::to_string(++number);
    const int variable =
        reader.add_variable(parameter.name.empty() ? positional : parameter.name, concrete(parameter.type));
    add_parameter_name(reader, names, positional, variable);
    if (!parameter.name.empty()) add_parameter_name(reader, names, parameter.name, variable);
    if (parameter.is_in) function.parameters.push_back(variable);
    if (parameter.is_out) function.out_parameters.push_back(variable);
  }
}

void add_named(Reader& reader, const std::string& name, Oid type) {
  reader.add_name(name, reader.add_variable(name, {type, -1}));
}

void add_trigger_variables(Reader& reader, TriggerKind trigger) {
  if (trigger == TriggerKind::event)
    for (const TriggerVariable& variable : event_trigger_variables) add_named(reader, variable.name, variable.type);
  if (trigger != TriggerKind::row) return;
  add_named(reader, "new", types::record);
  add_named(reader, "old", types::record);
  for (const TriggerVariable& variable : row_trigger_variables) add_named(reader, variable.name, variable.type);
}

}  // namespace

Signature signature_of(const catalog::Routine& routine) {
  Signature signature;
  signature.name = routine.name.str();
  for (const catalog::Argument& argument : routine.arguments) {
    ParameterDeclaration parameter;
    parameter.name = argument.name.str();
    parameter.type = argument.type;
    parameter.is_in = argument.mode != ArgumentMode::out && argument.mode != ArgumentMode::table;
    parameter.is_out = !parameter.is_in || argument.mode == ArgumentMode::inout;
    signature.returns.out_parameters |= parameter.is_out;
    signature.parameters.push_back(std::move(parameter));
  }
  signature.returns.type = routine.result;
  signature.returns.set = routine.returns_set;
  signature.returns.procedure = routine.kind == catalog::Kind::procedure;
  if (routine.result.type == types::trigger) signature.trigger = TriggerKind::row;
  if (routine.result.type == types::event_trigger) {
    signature.trigger = TriggerKind::event;
    signature.returns.type = {types::void_, -1};
  }
  return signature;
}

Signature block_signature() {
  Signature signature;
  signature.name = "inline_code_block";
  signature.returns.type = {types::void_, -1};
  return signature;
}

std::shared_ptr<const Function> compile(Interpreter& interpreter, std::string_view body, const Signature& signature,
                                        bool check_sql) {
  auto function = std::make_shared<Function>();
  function->name = signature.name;
  function->returns = signature.returns;
  Reader reader(interpreter, *function, body, check_sql);
  reader.open_scope(Name::Kind::block, signature.name);
  add_parameters(reader, *function, signature);
  add_trigger_variables(reader, signature.trigger);
  function->found = reader.add_variable("found", {types::bool_, -1});
  reader.add_name("found", function->found);
  reader.read_function();
  return function;
}

}  // namespace pgplumb::engine::plpgsql
