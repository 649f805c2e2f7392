#include "engine/evaluate/session_values.h"

#include "catalog/type_oids.h"
#include "engine/ddl/namespace.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;
using expr::SqlValueOp;

namespace {

Value now_as(const Interpreter& interpreter, TypeRef type, Oid literal) {
  if (!interpreter.environment().now) return Value::unknown(type.type, "the time at which it runs");
  const std::int32_t typmod = literal == types::date ? -1 : type.typmod;
  Value now = input(interpreter, {literal, typmod}, literal == types::date ? "today" : "now");
  now.type = type.type;
  return now;
}

}  // namespace

std::string current_schema(const Interpreter& interpreter) {
  for (const Name& entry : interpreter.session().search_path()) {
    if (entry == "pg_temp") continue;
    const Oid schema = ddl::find_schema(interpreter, entry.view());
    if (schema != invalid_oid) return ddl::schema_name(interpreter, schema);
  }
  return {};
}

Value session_value(Interpreter& interpreter, SqlValueOp op, TypeRef type) {
  const auto name = [&](std::string text) { return Value::of(type.type, std::move(text)); };
  switch (op) {
    case SqlValueOp::current_date:
      return now_as(interpreter, type, types::date);
    case SqlValueOp::current_time:
    case SqlValueOp::current_time_n:
      return now_as(interpreter, type, types::timetz);
    case SqlValueOp::current_timestamp:
    case SqlValueOp::current_timestamp_n:
      return now_as(interpreter, type, types::timestamptz);
    case SqlValueOp::localtime:
    case SqlValueOp::localtime_n:
      return now_as(interpreter, type, types::time);
    case SqlValueOp::localtimestamp:
    case SqlValueOp::localtimestamp_n:
      return now_as(interpreter, type, types::timestamp);
    case SqlValueOp::session_user:
      return name(interpreter.session().session_user().str());
    case SqlValueOp::current_catalog:
      return name(interpreter.environment().database);
    case SqlValueOp::current_schema: {
      const std::string schema = current_schema(interpreter);
      return schema.empty() ? Value::null(type.type) : name(schema);
    }
    default:
      return name(interpreter.session().current_user().str());
  }
}

}  // namespace pgplumb::engine::evaluate
