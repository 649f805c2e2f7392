// CREATE CAST and CREATE TRANSFORM: commands/functioncmds.c.
#include "catalog/kinds/cast.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/transform.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using analyze::Syscache;

namespace {

[[noreturn]] void invalid_cast(std::string message) { throw SqlError("42P17", std::move(message)); }

void check_pseudo_type(const Syscache& cache, Oid type, const std::string& word) {
  if (cache.type(type)->kind == 'p')
    throw SqlError("42809", word + " data type " + analyze::format_type(cache, type) + " is a pseudo-type");
}

void check_cast_function(const Syscache& cache, const analyze::ProcRow& row, Oid source, Oid target) {
  if (row.args.empty() || row.args.size() > 3) invalid_cast("cast function must take one to three arguments");
  if (!analyze::is_binary_coercible(cache, source, row.args[0]))
    invalid_cast("argument of cast function must match or be binary-coercible from source data type");
  if (row.args.size() > 1 && row.args[1] != types::int4)
    invalid_cast("second argument of cast function must be type integer");
  if (row.args.size() > 2 && row.args[2] != types::bool_)
    invalid_cast("third argument of cast function must be type boolean");
  if (!analyze::is_binary_coercible(cache, row.result, target))
    invalid_cast("return data type of cast function must match or be binary-coercible to target data type");
  if (row.kind != 'f') invalid_cast("cast function must be a normal function");
  if (row.returns_set) invalid_cast("cast function must not return a set");
}

void check_binary(const Syscache& cache, Oid source, Oid target) {
  const analyze::TypeRow &from = *cache.type(source), &to = *cache.type(target);
  const auto either = [&](char kind) { return from.kind == kind || to.kind == kind; };
  if (from.variable_length != to.variable_length) invalid_cast("source and target data types are not physically compatible");
  if (either('c')) invalid_cast("composite data types are not binary-compatible");
  if (from.subscripting == analyze::Subscripting::array || to.subscripting == analyze::Subscripting::array)
    invalid_cast("array data types are not binary-compatible");
  if (either('r') || either('m')) invalid_cast("range data types are not binary-compatible");
  if (either('e')) invalid_cast("enum data types are not binary-compatible");
  if (either('d')) invalid_cast("domain data types must not be marked binary-compatible");
}

CastContext cast_context(ast::CoercionContext context) {
  switch (context) {
    case ast::CoercionContext::COERCION_IMPLICIT:
      return CastContext::implicit;
    case ast::CoercionContext::COERCION_ASSIGNMENT:
      return CastContext::assignment;
    default:
      return CastContext::explicit_;
  }
}

bool cast_exists(const Syscache& cache, Oid source, Oid target) { return cache.cast(source, target).has_value(); }

/// check_transform_function
void check_transform(const Syscache& cache, const analyze::ProcRow& row) {
  if (row.volatility == 'v') invalid_cast("transform function must not be volatile");
  if (row.kind != 'f') invalid_cast("transform function must be a normal function");
  if (row.returns_set) invalid_cast("transform function must not return a set");
  if (row.args.size() != 1) invalid_cast("transform function must take one argument");
  if (row.args[0] != types::internal)
    invalid_cast("first argument of transform function must be type " + analyze::format_type(cache, types::internal));
}

AnyRef transform_function(const Interpreter& interpreter, ast::ObjectWithArgs name, Oid wanted,
                          const std::string& message) {
  const Oid function = lookup_routine(interpreter, ast::ObjectType::OBJECT_FUNCTION, name);
  const Syscache& cache = cache_of(interpreter);
  const analyze::ProcRow& row = *cache.proc(function);
  if (row.result != wanted) invalid_cast(message);
  check_transform(cache, row);
  return {Kind::function, function};
}

}  // namespace

void create_cast(Interpreter& interpreter, ast::CreateCastStmt statement) {
  Cast cast;
  cast.source = {require_type(interpreter, statement.sourcetype()).type, -1};
  cast.target = {require_type(interpreter, statement.targettype()).type, -1};
  const Oid source = cast.source.type, target = cast.target.type;
  const Syscache& cache = cache_of(interpreter);
  check_pseudo_type(cache, source, "source");
  check_pseudo_type(cache, target, "target");
  require_cast_owner(interpreter, cast);
  require_type_usage(interpreter, source);
  require_type_usage(interpreter, target);
  if (cache.type(source)->kind == 'd')
    interpreter.warning("cast will be ignored because the source data type is a domain", "42809");
  else if (cache.type(target)->kind == 'd')
    interpreter.warning("cast will be ignored because the target data type is a domain", "42809");
  std::size_t arguments = 0;
  if (statement.func()) {
    cast.method = CastMethod::function;
    cast.function = {Kind::function, lookup_routine(interpreter, ast::ObjectType::OBJECT_FUNCTION, statement.func())};
    const analyze::ProcRow& row = *cache.proc(cast.function.oid);
    check_cast_function(cache, row, source, target);
    arguments = row.args.size();
  } else if (statement.inout()) {
    cast.method = CastMethod::inout;
  } else {
    cast.method = CastMethod::binary;
    require_superuser(interpreter, "must be superuser to create a cast WITHOUT FUNCTION");
    check_binary(cache, source, target);
  }
  if (source == target && arguments < 2) invalid_cast("source data type and target data type are the same");
  if (cast_exists(cache, source, target))
    throw SqlError("42710", "cast from type " + analyze::format_type(cache, source) + " to type " +
                                analyze::format_type(cache, target) + " already exists");
  cast.context = cast_context(statement.context());
  interpreter.catalog().insert(std::move(cast));
}

void create_transform(Interpreter& interpreter, ast::CreateTransformStmt statement) {
  Transform transform;
  transform.type = {require_type(interpreter, statement.type_name()).type, -1};
  const Syscache& cache = cache_of(interpreter);
  const std::string text = analyze::format_type(cache, transform.type.type);
  const char kind = cache.type(transform.type.type)->kind;
  if (kind == 'p') throw SqlError("42809", "data type " + text + " is a pseudo-type");
  if (kind == 'd') throw SqlError("42809", "data type " + text + " is a domain");
  transform.language = {Kind::language, require_language(interpreter, statement.lang())};
  if (statement.fromsql())
    transform.from_sql = transform_function(interpreter, statement.fromsql(), types::internal,
                                            "return data type of FROM SQL function must be internal");
  if (statement.tosql())
    transform.to_sql = transform_function(interpreter, statement.tosql(), transform.type.type,
                                          "return data type of TO SQL function must be the transform data type");
  const Transform* known = nullptr;
  interpreter.catalog().for_each<Transform>([&](const Transform& other) {
    if (other.type == transform.type && other.language == transform.language) known = &other;
  });
  if (!known) {
    interpreter.catalog().insert(std::move(transform));
    return;
  }
  if (!statement.replace())
    throw SqlError("42710",
                   "transform for type " + text + " language \"" + std::string(statement.lang()) + "\" already exists");
  interpreter.catalog()
      .edit(Ref<Transform>{known->oid})
      .set<&Transform::from_sql>(transform.from_sql)
      .set<&Transform::to_sql>(transform.to_sql);
}

}  // namespace pgplumb::engine::ddl
