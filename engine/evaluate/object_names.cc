#include "engine/evaluate/object_names.h"

#include <algorithm>

#include "catalog/kinds/role.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/roles.h"
#include "engine/deparse/deparse.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;
using analyze::Syscache;

namespace {

constexpr Oid bootstrap_superuser = 10;

std::string visible_name(const Syscache& cache, Oid schema, std::string_view name, bool visible) {
  return visible ? deparse::quote_identifier(cache, name) : qualified(cache, schema, name);
}

std::string relation_text(const Syscache& cache, const analyze::RelationRow& row) {
  return visible_name(cache, row.schema, row.name, cache.relation_is_visible(row));
}

/// regprocout: without the schema only where the name alone finds this very function.
std::string function_text(const Syscache& cache, const analyze::ProcRow& row) {
  std::vector<Oid> found;
  for (Oid schema : cache.search_path())
    for (Oid oid : cache.procs_named(schema, row.name)) found.push_back(oid);
  return visible_name(cache, row.schema, row.name, found.size() == 1 && found.front() == row.oid);
}

std::string signature_text(const Syscache& cache, const analyze::ProcRow& row) {
  std::string text = visible_name(cache, row.schema, row.name, function_is_visible(cache, row.oid)) + "(";
  for (std::size_t i = 0; i < row.args.size(); ++i)
    text += (i > 0 ? "," : "") + analyze::format_type(cache, row.args[i]);
  return text + ")";
}

std::string operator_text(const Syscache& cache, const analyze::OperatorRow& row, bool visible) {
  const std::string name(row.name);
  return visible ? name : deparse::quote_identifier(cache, cache.schema_name(row.schema)) + "." + name;
}

bool is_only_operator(const Syscache& cache, const analyze::OperatorRow& row) {
  std::size_t count = 0;
  for (Oid schema : cache.search_path()) count += cache.operators_named(schema, row.name).size();
  return count == 1;
}

std::string operator_signature(const Syscache& cache, const analyze::OperatorRow& row) {
  const auto operand = [&](Oid type) { return type == invalid_oid ? "NONE" : analyze::format_type(cache, type); };
  return operator_text(cache, row, operator_is_visible(cache, row.oid)) + "(" + operand(row.left) + "," +
         operand(row.right) + ")";
}

std::string in_schema(const Syscache& cache, const catalog::Object& object) {
  const bool visible = cache.path_position(object.parent.oid) >= 0;
  return visible_name(cache, object.parent.oid, object.name.view(), visible);
}

std::string text_search_text(const Interpreter& interpreter, Oid type, Oid oid) {
  const Syscache& cache = interpreter.cache();
  if (const catalog::Object* object = interpreter.catalog().find(oid)) return in_schema(cache, *object);
  if (type == types::regconfig) {
    const auto* row = cache.builtin().ts_config_by_oid(oid);
    return row ? deparse::quote_identifier(cache, row->cfgname) : "";
  }
  const auto* row = cache.builtin().ts_dict_by_oid(oid);
  return row ? deparse::quote_identifier(cache, row->dictname) : "";
}

std::string named(const Interpreter& interpreter, Oid type, Oid oid) {
  const Syscache& cache = interpreter.cache();
  switch (type) {
    case types::regclass:
      return cache.relation(oid) ? relation_text(cache, *cache.relation(oid)) : "";
    case types::regtype:
      return cache.type(oid) ? analyze::format_type(cache, oid) : "";
    case types::regproc:
      return cache.proc(oid) ? function_text(cache, *cache.proc(oid)) : "";
    case types::regprocedure:
      return cache.proc(oid) ? signature_text(cache, *cache.proc(oid)) : "";
    case types::regoper:
      return cache.op(oid) ? operator_text(cache, *cache.op(oid), is_only_operator(cache, *cache.op(oid))) : "";
    case types::regoperator:
      return cache.op(oid) ? operator_signature(cache, *cache.op(oid)) : "";
    case types::regnamespace: {
      const std::string name = ddl::schema_name(interpreter, oid);
      return name.empty() ? name : deparse::quote_identifier(cache, name);
    }
    case types::regrole: {
      const auto name = role_name(interpreter, oid);
      return name ? deparse::quote_identifier(cache, *name) : "";
    }
    case types::regcollation: {
      const analyze::CollationRow* row = cache.collation(oid);
      return row ? visible_name(cache, row->schema, row->name, cache.find_collation(row->name) == oid) : "";
    }
    default:
      return text_search_text(interpreter, type, oid);
  }
}

template <class Found>
bool is_first(const Syscache& cache, Oid wanted, const Found& candidates) {
  for (Oid schema : cache.search_path())
    if (const Oid found = candidates(schema); found != invalid_oid) return found == wanted;
  return false;
}

}  // namespace

std::string qualified(const Syscache& cache, Oid schema, std::string_view name) {
  return deparse::quote_identifier(cache, cache.schema_name(schema)) + "." + deparse::quote_identifier(cache, name);
}

std::string reg_output(const Interpreter& interpreter, Oid reg_type, Oid object) {
  if (object == invalid_oid) return reg_type == types::regoper || reg_type == types::regoperator ? "0" : "-";
  const std::string name = named(interpreter, reg_type, object);
  return name.empty() ? std::to_string(object) : name;
}

std::optional<std::string> role_name(const Interpreter& interpreter, Oid role) {
  if (role == bootstrap_superuser) return interpreter.environment().user.str();
  if (const auto* object = interpreter.catalog().find_as<catalog::DatabaseRole>(role)) return object->name.str();
  if (const auto* builtin = interpreter.cache().builtin().role_by_oid(role))
    return std::string(builtin->rolname.view());
  return {};
}

Oid role_oid(const Interpreter& interpreter, Name name) {
  if (const auto* object = ddl::find_role(interpreter, name)) return object->oid;
  if (name == interpreter.environment().user) return bootstrap_superuser;
  const auto* builtin = interpreter.cache().builtin().role_by_name(name.view());
  return builtin ? builtin->oid : invalid_oid;
}

bool function_is_visible(const Syscache& cache, Oid function) {
  const analyze::ProcRow* row = cache.proc(function);
  return row && is_first(cache, function, [&](Oid schema) {
           for (Oid oid : cache.procs_named(schema, row->name))
             if (const auto* other = cache.proc(oid);
                 std::equal(other->args.begin(), other->args.end(), row->args.begin(), row->args.end()))
               return oid;
           return invalid_oid;
         });
}

bool operator_is_visible(const Syscache& cache, Oid op) {
  const analyze::OperatorRow* row = cache.op(op);
  return row && is_first(cache, op, [&](Oid schema) {
           for (Oid oid : cache.operators_named(schema, row->name))
             if (const auto* other = cache.op(oid); other->left == row->left && other->right == row->right) return oid;
           return invalid_oid;
         });
}

}  // namespace pgplumb::engine::evaluate
