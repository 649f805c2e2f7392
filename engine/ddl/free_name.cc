#include "catalog/builtin/builtin.h"
#include "catalog/kinds/operator_class.h"
#include "catalog/kinds/operator_family.h"
#include "catalog/kinds/routine.h"
#include "engine/ddl/builtin_rows.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/rename.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// IsThereFunctionInNamespace
void require_free_routine(const Interpreter& interpreter, const Routine& routine, Oid schema, Name name) {
  const analyze::Syscache& cache = cache_of(interpreter);
  std::vector<Oid> types;
  for (const TypeRef& type : routine.signature) types.push_back(type.type);
  for (Oid other : cache.procs_named(schema, name.view())) {
    const analyze::ProcRow& row = *cache.proc(other);
    if (!std::equal(row.args.begin(), row.args.end(), types.begin(), types.end())) continue;
    throw SqlError("42723", "function " + function_signature(cache, name.str(), types) +
                                " already exists in schema \"" + std::string(cache.schema_name(schema)) + "\"");
  }
}

Oid method_of(const Object& set) {
  if (set.kind == Kind::operator_class) return static_cast<const OperatorClass&>(set).method.oid;
  return static_cast<const OperatorFamily&>(set).method.oid;
}

/// Whether another object of its kind has the name; operator classes and families are told apart by access method too.
bool is_taken(const Interpreter& interpreter, const Object& object, Oid schema, Name name) {
  const bool is_set = object.kind == Kind::operator_class || object.kind == Kind::operator_family;
  for (Oid oid : interpreter.catalog().lookup(NameSpace::own, object.kind, schema, name))
    if (!is_set || method_of(*interpreter.catalog().find(oid)) == method_of(object)) return true;
  if (schema == invalid_oid) return builtin_unqualified(interpreter.major(), object.kind, name.view()) != invalid_oid;
  if (is_set)
    return builtin_operator_set(interpreter.major(), object.kind, method_of(object), schema, name.view()) !=
           invalid_oid;
  return builtin_in_schema(interpreter.major(), object.kind, schema, name.view()) != invalid_oid;
}

}  // namespace

void require_free_name(const Interpreter& interpreter, const Object& object, Oid schema, Name name) {
  const KindInfo& kind = kind_info(object.kind);
  if (kind.name_space == NameSpace::routine)
    return require_free_routine(interpreter, static_cast<const Routine&>(object), schema, name);
  if (!is_taken(interpreter, object, schema, name)) return;
  std::string text = std::string(kind.label) + " \"" + name.str() + "\"";
  if (object.kind == Kind::collation) text += " for encoding \"UTF8\"";
  if (object.kind == Kind::operator_class || object.kind == Kind::operator_family)
    text += " for access method \"" + std::string(method_name(interpreter, method_of(object))) + "\"";
  text += " already exists";
  if (schema != invalid_oid) text += " in schema \"" + schema_name(interpreter, schema) + "\"";
  throw SqlError("42710", text);
}

}  // namespace pgplumb::engine::ddl
