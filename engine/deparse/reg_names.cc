// The output functions of the reg… types: utils/adt/regproc.c.
#include "catalog/catalog.h"
#include "catalog/type_oids.h"
#include "engine/deparse/deparse.h"
#include "engine/deparse/names.h"

namespace pgplumb::engine::deparse {

using catalog::builtin::pg_catalog_namespace;
namespace types = catalog::types;

namespace {

// format_type_be(): no modifier at all, which shows with the types that have another name for "no modifier given".
std::string plain_type_name(const Syscache& cache, Oid type) {
  if (type == types::bpchar) return "character";
  if (type == types::bit) return "bit";
  const analyze::TypeRow* row = cache.type(type);
  if (row && row->subscripting == analyze::Subscripting::array && row->category == 'A')
    return plain_type_name(cache, row->element) + "[]";
  return type_name(cache, type, -1);
}

// regprocout() leaves the schema out only where the name alone means one function.
std::string regproc_name(const Syscache& cache, Oid function) {
  const analyze::ProcRow* row = cache.proc(function);
  if (!row) return "";
  bool unique = row->schema == pg_catalog_namespace && cache.procs_named(row->schema, row->name).size() == 1;
  return unique ? quote_identifier(cache, row->name) : always_qualified_name(cache, row->schema, row->name);
}

std::string regprocedure_name(const Syscache& cache, Oid function) {
  const analyze::ProcRow* row = cache.proc(function);
  if (!row) return "";
  std::string name = qualified_name(cache, row->schema, row->name) + "(";
  std::string_view separator = "";
  for (Oid argument : row->args) {
    name.append(separator) += plain_type_name(cache, argument);
    separator = ",";
  }
  return name + ")";
}

std::string bare_operator(const Syscache& cache, const analyze::OperatorRow& row, bool qualify) {
  std::string name(row.name);
  return qualify ? quote_identifier(cache, cache.schema_name(row.schema)) + "." + name : name;
}

std::string regoper_name(const Syscache& cache, Oid op) {
  const analyze::OperatorRow* row = cache.op(op);
  if (!row) return "";
  bool unique = row->schema == pg_catalog_namespace && cache.operators_named(row->schema, row->name).size() == 1;
  return bare_operator(cache, *row, !unique);
}

std::string regoperator_name(const Syscache& cache, Oid op) {
  const analyze::OperatorRow* row = cache.op(op);
  if (!row) return "";
  auto operand = [&](Oid type) { return type == catalog::invalid_oid ? "NONE" : plain_type_name(cache, type); };
  return bare_operator(cache, *row, row->schema != pg_catalog_namespace) + "(" + operand(row->left) + "," +
         operand(row->right) + ")";
}

std::string object_name(const Syscache& cache, Oid oid) {
  const catalog::Object* object = cache.objects() ? cache.objects()->find(oid) : nullptr;
  return object ? qualified_name(cache, object->parent.oid, object->name.view()) : "";
}

std::string regconfig_name(const Syscache& cache, Oid config) {
  const auto* row = cache.builtin().ts_config_by_oid(config);
  return row ? qualified_name(cache, row->cfgnamespace, row->cfgname) : object_name(cache, config);
}

std::string regdictionary_name(const Syscache& cache, Oid dictionary) {
  const auto* row = cache.builtin().ts_dict_by_oid(dictionary);
  return row ? qualified_name(cache, row->dictnamespace, row->dictname) : object_name(cache, dictionary);
}

}  // namespace

std::string reg_object_name(const Syscache& cache, Oid reg_type, Oid object) {
  switch (reg_type) {
    case types::regclass: return cache.relation(object) ? relation_name(cache, object) : "";
    case types::regtype: return cache.type(object) ? plain_type_name(cache, object) : "";
    case types::regproc: return regproc_name(cache, object);
    case types::regprocedure: return regprocedure_name(cache, object);
    case types::regoper: return regoper_name(cache, object);
    case types::regoperator: return regoperator_name(cache, object);
    case types::regcollation: return cache.collation(object) ? collation_name(cache, object) : "";
    case types::regnamespace: {
      const auto name = cache.schema_name(object);
      return name.empty() ? "" : quote_identifier(cache, name);
    }
    case types::regconfig: return regconfig_name(cache, object);
    case types::regdictionary: return regdictionary_name(cache, object);
    default: return "";
  }
}

}  // namespace pgplumb::engine::deparse
