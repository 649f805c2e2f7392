#include "engine/ddl/opclass.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/access_method.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/ddl/namespace.h"

namespace pgplumb::engine::ddl {

namespace {

using analyze::OpclassRow;
using catalog::AccessMethod;
using catalog::builtin::Builtin;

IndexMethod from_builtin(const catalog::builtin::AccessMethod& row) {
  return {row.oid,           std::string(row.amname.view()), row.can_order,  row.can_unique,
          row.can_multi_col, row.can_exclude,                row.can_include};
}

/// A method made by CREATE ACCESS METHOD can do what its handler can.
IndexMethod from_object(const Builtin& builtin, const AccessMethod& object) {
  IndexMethod method;
  for (const auto& row : builtin.ams())
    if (row.amhandler == object.handler.oid) method = from_builtin(row);
  method.oid = object.oid;
  method.name = object.name.str();
  return method;
}

const AccessMethod* find_object(const Interpreter& interpreter, std::string_view name) {
  return interpreter.catalog().find_named<AccessMethod>(catalog::invalid_oid, Name(name));
}

[[noreturn]] void no_such_method(std::string_view name) {
  throw SqlError("42704", "access method \"" + std::string(name) + "\" does not exist");
}

[[noreturn]] void wrong_method_type(std::string_view name, const char* wanted) {
  throw SqlError("42809", "access method \"" + std::string(name) + "\" is not of type " + wanted);
}

/// Best class for a type that is only binary-coercible to a class's input: an exact preferred type wins.
struct Candidates {
  std::optional<OpclassRow> exact, preferred, compatible;
  int exact_count = 0, preferred_count = 0, compatible_count = 0;

  std::optional<OpclassRow> best() const {
    if (exact_count == 1) return exact;
    if (preferred_count == 1) return preferred;
    if (compatible_count == 1) return compatible;
    return std::nullopt;
  }
};

std::optional<OpclassRow> named_class(Interpreter& interpreter, const QualifiedName& name, Oid method) {
  const analyze::Syscache& cache = interpreter.cache();
  if (!name.schema.empty()) {
    const Oid found = cache.opclass_named(method, require_schema(interpreter, name.schema), name.name);
    return found == catalog::invalid_oid ? std::nullopt : cache.opclass(found);
  }
  for (Oid schema : cache.search_path()) {
    const Oid found = cache.opclass_named(method, schema, name.name);
    if (found != catalog::invalid_oid) return cache.opclass(found);
  }
  return std::nullopt;
}

}  // namespace

IndexMethod index_method(Interpreter& interpreter, std::string_view name) {
  const Builtin& builtin = catalog::builtin::of(interpreter.major());
  if (const AccessMethod* object = find_object(interpreter, name)) {
    if (object->type != catalog::AccessMethodType::index) wrong_method_type(name, "INDEX");
    return from_object(builtin, *object);
  }
  const auto* row = builtin.am_by_name(name);
  if (!row && name == "rtree") {
    interpreter.notice("substituting access method \"gist\" for obsolete method \"rtree\"");
    row = builtin.am_by_name("gist");
  }
  if (!row) no_such_method(name);
  if (row->amtype != 'i') wrong_method_type(name, "INDEX");
  return from_builtin(*row);
}

IndexMethod index_method(const Interpreter& interpreter, Oid oid) {
  const Builtin& builtin = catalog::builtin::of(interpreter.major());
  if (const auto* object = interpreter.catalog().find_as<AccessMethod>(oid)) return from_object(builtin, *object);
  return from_builtin(*builtin.am_by_oid(oid));
}

std::string_view method_name(const Interpreter& interpreter, Oid oid) {
  if (const auto* object = interpreter.catalog().find_as<AccessMethod>(oid)) return object->name.view();
  return catalog::builtin::of(interpreter.major()).am_by_oid(oid)->amname.view();
}

Oid table_method(const Interpreter& interpreter, std::string_view name) {
  if (const AccessMethod* object = find_object(interpreter, name)) {
    if (object->type != catalog::AccessMethodType::table) wrong_method_type(name, "TABLE");
    return object->oid;
  }
  const auto* row = catalog::builtin::of(interpreter.major()).am_by_name(name);
  if (!row) no_such_method(name);
  if (row->amtype != 't') wrong_method_type(name, "TABLE");
  return row->oid;
}

std::optional<OpclassRow> default_operator_class(const analyze::Syscache& cache, Oid type, Oid method) {
  type = analyze::base_type(cache, type);
  const char category = analyze::type_category(cache, type);
  Candidates found;
  for (const OpclassRow& row : cache.opclasses_of(method)) {
    if (!row.is_default) continue;
    if (row.input_type == type) {
      found.exact = row;
      ++found.exact_count;
    } else if (found.exact_count == 0 && analyze::is_binary_coercible(cache, type, row.input_type)) {
      if (analyze::is_preferred(cache, category, row.input_type)) {
        found.preferred = row;
        ++found.preferred_count;
      } else {
        found.compatible = row;
        ++found.compatible_count;
      }
    }
  }
  return found.best();
}

OpclassRow resolve_operator_class(Interpreter& interpreter, ast::List<ast::Node> names, Oid type,
                                  const IndexMethod& method) {
  if (names.empty()) {
    const auto row = default_operator_class(interpreter.cache(), type, method.oid);
    if (row) return *row;
    throw SqlError("42704",
                   "data type " + analyze::format_type(interpreter.cache(), type) +
                       " has no default operator class for access method \"" + method.name + "\"",
                   {},
                   "You must specify an operator class for the index or define a default operator class for the data "
                   "type.");
  }
  const auto row = named_class(interpreter, deconstruct(interpreter, names), method.oid);
  if (!row)
    throw SqlError("42704", "operator class \"" + name_list_text(names) + "\" does not exist for access method \"" +
                                method.name + "\"");
  if (!analyze::is_binary_coercible(interpreter.cache(), type, row->input_type))
    throw SqlError("42804", "operator class \"" + name_list_text(names) + "\" does not accept data type " +
                                analyze::format_type(interpreter.cache(), type));
  return *row;
}

bool operator_classes_agree(const OpclassRow& a, const OpclassRow& b) {
  return a.family == b.family && a.input_type == b.input_type;
}

}  // namespace pgplumb::engine::ddl
