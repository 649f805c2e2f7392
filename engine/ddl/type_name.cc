#include "engine/ddl/type_name.h"

#include "engine/analyze/format_type.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/def_elem.h"

namespace pgplumb::engine::ddl {

using analyze::Syscache;
using analyze::TypeRow;

namespace {

/// A type of that name that stands in the way; an array type does not, since it is renamed (moveArrayTypeName).
const TypeRow* obstacle(const Syscache& cache, Oid schema, Name name) {
  const TypeRow* row = cache.type(cache.type_named(schema, name.view()));
  if (!row) return nullptr;
  const bool is_made_array = catalog::form_of_type(row->oid) == catalog::TypeForm::array ||
                             catalog::form_of_type(row->oid) == catalog::TypeForm::multirange_array;
  return is_made_array ? nullptr : row;
}

[[noreturn]] void already_exists(Name name) { throw SqlError("42710", "type \"" + name.str() + "\" already exists"); }

}  // namespace

NewType new_type(Interpreter& interpreter, ast::List<ast::Node> names, bool shell_ok) {
  const CreationName place = creation_name(interpreter, names);
  const Syscache& cache = cache_of(interpreter);
  const TypeRow* row = obstacle(cache, place.schema, place.name);
  if (!row) return {place.schema, place.name, invalid_oid};
  if (row->defined || !shell_ok) already_exists(place.name);
  return {place.schema, place.name, row->oid};
}

void require_free_type_name(const Interpreter& interpreter, Oid schema, Name name) {
  const Syscache& cache = cache_of(interpreter);
  if (obstacle(cache, schema, name)) already_exists(name);
}

Oid find_type(const Interpreter& interpreter, const std::vector<std::string>& names) {
  const Syscache& cache = cache_of(interpreter);
  if (names.size() == 1) return cache.find_type(names[0]);
  const Oid schema = find_schema(interpreter, names[names.size() - 2]);
  return schema == invalid_oid ? invalid_oid : cache.type_named(schema, names.back());
}

catalog::TypeRef require_type(const Interpreter& interpreter, ast::TypeName name) {
  return analyze::resolve_type_name(cache_of(interpreter), name);
}

catalog::AnyRef collation_of(const Interpreter& interpreter, Oid type, ast::CollateClause clause) {
  const Syscache& cache = cache_of(interpreter);
  const Oid own = cache.type(type)->collation;
  const auto ref = [](Oid collation) {
    return collation == invalid_oid ? catalog::AnyRef() : catalog::AnyRef{catalog::Kind::collation, collation};
  };
  if (!clause) return ref(own);
  const Oid collation = analyze::lookup_collation(cache, clause.collname(), clause.location());
  if (own != invalid_oid) return ref(collation);
  SqlError error("42804", "collations are not supported by type " + analyze::format_type(cache, type));
  error.location = clause.location();
  throw error;
}

Oid require_type(const Interpreter& interpreter, ast::List<ast::Node> names) {
  const QualifiedName parts = deconstruct(interpreter, names);
  const Syscache& cache = cache_of(interpreter);
  const Oid type = parts.schema.empty() ? cache.find_type(parts.name)
                                        : cache.type_named(require_schema(interpreter, parts.schema), parts.name);
  if (type == invalid_oid) throw SqlError("42704", "type \"" + name_list_text(names) + "\" does not exist");
  return type;
}

std::string type_text(const Interpreter& interpreter, Oid type) {
  return analyze::format_type(cache_of(interpreter), type);
}

}  // namespace pgplumb::engine::ddl
