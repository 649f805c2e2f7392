#include "engine/ddl/types.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/base_type.h"
#include "catalog/kinds/domain.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/def_elem.h"

namespace pgplumb::engine::ddl {

using catalog::Storage;

namespace {

Storage storage_of_letter(char letter) {
  switch (letter) {
    case 'e':
      return Storage::external;
    case 'x':
      return Storage::extended;
    case 'm':
      return Storage::main;
    default:
      return Storage::plain;
  }
}

}  // namespace

TypeRef resolve_type(Interpreter& interpreter, ast::TypeName type) {
  return analyze::resolve_type_name(interpreter.cache(), type);
}

TypeRef resolve_type(Interpreter& interpreter, ast::DefElem option) {
  const TypeSpelling spelling = def_type_name(option);
  if (!spelling.type) throw NotSimulated("a type given as a plain name in option " + std::string(option.defname()));
  return resolve_type(interpreter, spelling.type);
}

AnyRef default_collation(Interpreter& interpreter, Oid type) {
  return collation_ref(analyze::type_collation(interpreter.cache(), type));
}

AnyRef column_collation(Interpreter& interpreter, Oid type, ast::CollateClause clause) {
  const Oid own = analyze::type_collation(interpreter.cache(), type);
  if (!clause) return collation_ref(own);
  const Oid collation = analyze::lookup_collation(interpreter.cache(), clause.collname(), clause.location());
  if (own == catalog::invalid_oid) {
    SqlError error("42804", "collations are not supported by type " + type_name(interpreter, type));
    error.location = clause.location();
    throw error;
  }
  return collation_ref(collation);
}

Oid collation_named(Interpreter& interpreter, ast::List<ast::Node> names) {
  return analyze::lookup_collation(interpreter.cache(), names);
}

Storage type_storage(Interpreter& interpreter, Oid type) {
  const catalog::Object* object = interpreter.catalog().find(type);
  if (!object) {
    const auto* builtin = catalog::builtin::of(interpreter.major()).type_by_oid(type);
    return builtin ? storage_of_letter(builtin->typstorage) : Storage::extended;
  }
  if (catalog::form_of_type(type) != catalog::TypeForm::plain) return Storage::extended;
  if (const auto* domain = interpreter.catalog().find_as<catalog::Domain>(type))
    return type_storage(interpreter, domain->base.type);
  if (const auto* base = interpreter.catalog().find_as<catalog::BaseType>(type))
    return storage_of_letter(base->storage.empty() ? 'p' : base->storage[0]);
  return object->kind == catalog::Kind::enum_type ? Storage::plain : Storage::extended;
}

std::string type_name(Interpreter& interpreter, TypeRef type) {
  return analyze::format_type_with_typmod(interpreter.cache(), type.type, type.typmod);
}

std::string type_name(Interpreter& interpreter, Oid type) { return analyze::format_type(interpreter.cache(), type); }

}  // namespace pgplumb::engine::ddl
