#include "engine/deparse/names.h"

#include <algorithm>

#include "catalog/base/name.h"
#include "catalog/catalog.h"
#include "catalog/type_name.h"
#include "engine/analyze/format_type.h"
#include "engine/deparse/deparse.h"

namespace pgplumb::engine::deparse {

using catalog::builtin::pg_catalog_namespace;

namespace {

bool plain_identifier(std::string_view name) {
  auto first = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  auto later = [&](char c) { return first(c) || (c >= '0' && c <= '9'); };
  return !name.empty() && first(name.front()) && std::all_of(name.begin(), name.end(), later);
}

/// Texts that are compared are printed with nothing but pg_catalog in the path. A session sees other names bare, too.
bool shows_visible_names(const Syscache& cache) { return cache.search_path().size() > 1; }

bool function_is_first(const Syscache& cache, const analyze::ProcRow& row) {
  for (Oid schema : cache.search_path())
    for (Oid candidate : cache.procs_named(schema, row.name)) {
      const analyze::ProcRow* other = cache.proc(candidate);
      if (std::equal(other->args.begin(), other->args.end(), row.args.begin(), row.args.end()))
        return candidate == row.oid;
    }
  return false;
}

}  // namespace

std::string quote_identifier(const Syscache& cache, std::string_view name) {
  if (plain_identifier(name)) {
    const catalog::builtin::Keyword* keyword = cache.builtin().keyword(name);
    if (!keyword || keyword->catcode == 'U') return std::string(name);
  }
  std::string quoted = "\"";
  for (char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string string_literal(std::string_view text) {
  std::string literal = "'";
  for (char c : text) {
    if (c == '\'') literal += c;
    literal += c;
  }
  return literal + '\'';
}

std::string always_qualified_name(const Syscache& cache, Oid schema, std::string_view name) {
  return quote_identifier(cache, cache.schema_name(schema)) + "." + quote_identifier(cache, name);
}

std::string qualified_name(const Syscache& cache, Oid schema, std::string_view name) {
  return schema == pg_catalog_namespace ? quote_identifier(cache, name) : always_qualified_name(cache, schema, name);
}

std::string relation_name(const Syscache& cache, Oid relation) {
  const analyze::RelationRow* row = cache.relation(relation);
  if (row && shows_visible_names(cache) && cache.relation_is_visible(*row)) return quote_identifier(cache, row->name);
  return row ? qualified_name(cache, row->schema, row->name) : "???";
}

std::string function_name(const Syscache& cache, Oid function) {
  const analyze::ProcRow* row = cache.proc(function);
  if (row && shows_visible_names(cache) && function_is_first(cache, *row)) return quote_identifier(cache, row->name);
  return row ? qualified_name(cache, row->schema, row->name) : "???";
}

std::string operator_name(const Syscache& cache, Oid op) {
  const analyze::OperatorRow* row = cache.op(op);
  if (!row) return "???";
  if (row->schema == pg_catalog_namespace) return std::string(row->name);
  return "OPERATOR(" + quote_identifier(cache, cache.schema_name(row->schema)) + "." + std::string(row->name) + ")";
}

std::string collation_name(const Syscache& cache, Oid collation) {
  const analyze::CollationRow* row = cache.collation(collation);
  return row ? qualified_name(cache, row->schema, row->name) : "???";
}

std::string type_name(const Syscache& cache, Oid type, std::int32_t typmod) {
  if (shows_visible_names(cache)) return analyze::format_type_with_typmod(cache, type, typmod);
  return catalog::format_type(*cache.objects(), {type, typmod});
}

std::string_view system_attribute_name(int attribute) {
  switch (attribute) {
    case -1: return "ctid";
    case -2: return "xmin";
    case -3: return "cmin";
    case -4: return "xmax";
    case -5: return "cmax";
    case -6: return "tableoid";
    default: return "???";
  }
}

std::string_view attribute_name(const Syscache& cache, Oid relation, int attribute) {
  if (attribute < 0) return system_attribute_name(attribute);
  const auto& columns = cache.columns(relation);
  auto index = static_cast<std::size_t>(attribute) - 1;
  return index < columns.size() ? columns[index].name : "???";
}

}  // namespace pgplumb::engine::deparse
