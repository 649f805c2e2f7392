#include "engine/ddl/object_description.h"

#include "catalog/kinds/cast.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/default_privilege.h"
#include "catalog/kinds/operator_class.h"
#include "catalog/kinds/operator_family.h"
#include "catalog/kinds/publication_schema.h"
#include "catalog/kinds/publication_table.h"
#include "catalog/kinds/routine.h"
#include "catalog/kinds/transform.h"
#include "engine/analyze/format_type.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using analyze::Syscache;

namespace {

std::string described_types(const Syscache& cache, std::span<const Oid> types) {
  std::string text;
  for (Oid type : types) {
    if (!text.empty()) text += ',';
    text += analyze::format_type(cache, type);
  }
  return text;
}

bool is_routine(Kind kind) { return kind_info(kind).name_space == NameSpace::routine; }

/// Whether an unqualified call with these argument types means this routine: FunctionIsVisible.
bool routine_is_visible(const Syscache& cache, const analyze::ProcRow& routine) {
  for (Oid schema : cache.search_path())
    for (Oid other : cache.procs_named(schema, routine.name)) {
      const analyze::ProcRow& row = *cache.proc(other);
      if (std::equal(row.args.begin(), row.args.end(), routine.args.begin(), routine.args.end()))
        return other == routine.oid;
    }
  return false;
}

bool operator_is_visible(const Syscache& cache, const analyze::OperatorRow& op) {
  for (Oid schema : cache.search_path())
    for (Oid other : cache.operators_named(schema, op.name)) {
      const analyze::OperatorRow& row = *cache.op(other);
      if (row.left == op.left && row.right == op.right) return other == op.oid;
    }
  return false;
}

/// Whether the search path finds this very object under its bare name.
bool is_visible(const Syscache& cache, const Object& object, Oid schema) {
  if (const analyze::RelationRow* relation = cache.relation(object.oid)) return cache.relation_is_visible(*relation);
  if (const analyze::TypeRow* type = cache.type(object.oid)) return cache.type_is_visible(*type);
  const KindInfo& kind = kind_info(object.kind);
  for (Oid candidate : cache.search_path()) {
    if (candidate == schema) return true;
    if (!cache.objects()->lookup(kind.name_space, object.kind, candidate, object.name).empty()) return false;
  }
  return false;
}

std::string describe_parent(const Syscache& cache, const Object& object) {
  const Object* parent = cache.objects()->find(object.parent.oid);
  return parent ? describe_object(cache, *parent) : std::string();
}

/// As pg_class sees it: a composite type is its relation here.
std::string describe_relation(const Syscache& cache, Oid relation) {
  const Object* object = cache.objects()->find(relation);
  if (!object) return {};
  if (object->kind == Kind::composite_type) return "composite type " + qualified_if_hidden(cache, *object);
  return describe_object(cache, *object);
}

std::string describe_part(const Syscache& cache, const Object& object, std::string_view label) {
  return std::string(label) + " " + object.name.str() + " on " + describe_parent(cache, object);
}

std::string describe_constraint(const Syscache& cache, const Object& constraint) {
  const Object* parent = cache.objects()->find(constraint.parent.oid);
  if (parent && parent->kind == Kind::domain) return "constraint " + constraint.name.str();
  return describe_part(cache, constraint, "constraint");
}

bool has_schema(const Syscache& cache, const Object& object) {
  const Object* parent = cache.objects()->find(object.parent.oid);
  return parent ? parent->kind == Kind::schema : object.parent.kind == Kind::schema;
}

std::string access_method_name(const Syscache& cache, Oid method) {
  if (const Object* object = cache.objects()->find(method)) return object->name.str();
  const auto* row = cache.builtin().am_by_oid(method);
  return row ? std::string(row->amname.view()) : std::string();
}

std::string describe_operator_set(const Syscache& cache, const Object& set, AnyRef method) {
  return std::string(kind_info(set.kind).label) + " " + qualified_if_hidden(cache, set) + " for access method " +
         access_method_name(cache, method.oid);
}

std::string describe_transform(const Syscache& cache, const Transform& transform) {
  const Object* language = cache.objects()->find(transform.language.oid);
  const auto* row = cache.builtin().language_by_oid(transform.language.oid);
  return "transform for " + analyze::format_type(cache, transform.type.type) + " language " +
         (language ? language->name.str() : row ? std::string(row->lanname.view()) : std::string());
}

const char* plural_of(DefaultPrivilegeTarget target) {
  switch (target) {
    case DefaultPrivilegeTarget::tables:
      return "relations";
    case DefaultPrivilegeTarget::sequences:
      return "sequences";
    case DefaultPrivilegeTarget::functions:
      return "functions";
    case DefaultPrivilegeTarget::types:
      return "types";
    case DefaultPrivilegeTarget::schemas:
      return "schemas";
    case DefaultPrivilegeTarget::large_objects:
      return "large objects";
  }
  return "relations";
}

std::string describe_default_privilege(const Syscache& cache, const DefaultPrivilege& entry) {
  std::string text =
      "default privileges on new " + std::string(plural_of(entry.target)) + " belonging to role " + entry.name.str();
  if (entry.parent) text += " in schema " + cache.objects()->find(entry.parent.oid)->name.str();
  return text;
}

/// Kinds that have no name of their own, or whose name is not all; empty for the others.
std::string describe_special(const Syscache& cache, const Object& object) {
  const Catalog& catalog = *cache.objects();
  switch (object.kind) {
    case Kind::cast: {
      const auto& cast = static_cast<const Cast&>(object);
      return "cast from " + analyze::format_type(cache, cast.source.type) + " to " +
             analyze::format_type(cache, cast.target.type);
    }
    case Kind::transform: return describe_transform(cache, static_cast<const Transform&>(object));
    case Kind::default_privilege: return describe_default_privilege(cache, static_cast<const DefaultPrivilege&>(object));
    case Kind::operator_: return "operator " + format_operator(cache, object.oid);
    case Kind::operator_class:
      return describe_operator_set(cache, object, static_cast<const OperatorClass&>(object).method);
    case Kind::operator_family:
      return describe_operator_set(cache, object, static_cast<const OperatorFamily&>(object).method);
    case Kind::user_mapping:
      return "user mapping for " + object.name.str() + " on " + describe_parent(cache, object);
    case Kind::publication_table: {
      const Object* table = catalog.find(static_cast<const PublicationTable&>(object).table.oid);
      return "publication of " + (table ? describe_object(cache, *table) : std::string()) + " in " +
             describe_parent(cache, object);
    }
    case Kind::publication_schema: {
      const Object* schema = catalog.find(static_cast<const PublicationSchema&>(object).schema.oid);
      return "publication of " + (schema ? describe_object(cache, *schema) : std::string()) + " in " +
             describe_parent(cache, object);
    }
    default: return {};
  }
}

}  // namespace

std::string format_procedure(const Syscache& cache, Oid routine) {
  const analyze::ProcRow* row = cache.proc(routine);
  if (!row) return std::to_string(routine);
  const std::string_view schema = routine_is_visible(cache, *row) ? "" : cache.schema_name(row->schema);
  return quote_qualified(schema, row->name) + "(" + described_types(cache, row->args) + ")";
}

std::string format_operator(const Syscache& cache, Oid op) {
  const analyze::OperatorRow* row = cache.op(op);
  if (!row) return std::to_string(op);
  std::string text;
  if (!operator_is_visible(cache, *row)) text = quote_identifier(cache.schema_name(row->schema)) + ".";
  text += std::string(row->name) + "(";
  text += row->left == invalid_oid ? "NONE" : analyze::format_type(cache, row->left);
  text += "," + (row->right == invalid_oid ? "NONE" : analyze::format_type(cache, row->right));
  return text + ")";
}

std::string qualified_if_hidden(const Syscache& cache, const Object& object) {
  const Oid schema = cache.objects()->schema_of(object);
  const bool hidden = !is_visible(cache, object, schema);
  return quote_qualified(hidden ? cache.schema_name(schema) : std::string_view(), object.name.view());
}

std::string describe_object(const Syscache& cache, const Object& object) {
  const KindInfo& kind = kind_info(object.kind);
  switch (object.kind) {
    case Kind::column:
      return "column " + object.name.str() + " of " + describe_relation(cache, object.parent.oid);
    case Kind::column_default:
      return "default value for " + describe_parent(cache, object);
    case Kind::constraint:
      return describe_constraint(cache, object);
    case Kind::rule:
    case Kind::trigger:
    case Kind::policy:
      return describe_part(cache, object, kind.label);
    case Kind::composite_type:
      return "type " + analyze::format_type(cache, object.oid);
    default:
      break;
  }
  if (std::string text = describe_special(cache, object); !text.empty()) return text;
  if (is_routine(object.kind)) return "function " + format_procedure(cache, object.oid);
  if (kind.traits.is_type) return "type " + analyze::format_type(cache, object.oid);
  const bool in_schema = has_schema(cache, object) || kind.traits.in_parents_schema;
  return std::string(kind.label) + " " + (in_schema ? qualified_if_hidden(cache, object) : object.name.str());
}

}  // namespace pgplumb::engine::ddl
