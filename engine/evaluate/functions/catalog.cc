// Names and visibility of objects: regproc.c, format_type.c, pg_…_is_visible of namespace.c, comments, sequences.
#include "catalog/kinds/column.h"
#include "catalog/kinds/extension.h"
#include "catalog/kinds/sequence.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/permissions.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/number.h"
#include "engine/evaluate/object_names.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

namespace {

/// What the input function of the reg… type makes of the name; NULL where there is no such object.
Value looked_up(const Call& call) {
  try {
    return input(call.interpreter(), {call.result, -1}, call.text(0));
  } catch (const SqlError& error) {
    const bool missing = error.sqlstate.substr(0, 3) == "42P" || error.sqlstate == "42704" ||
                         error.sqlstate == "42883" || error.sqlstate == "3F000" || error.sqlstate == "42725";
    if (!missing) throw;
    return call.null();
  }
}

std::string comment_of(const catalog::Object* object) { return object ? object->comment : std::string(); }

const catalog::Column* column_numbered(const Call& call, Oid relation, std::int64_t number) {
  for (const auto* column : call.interpreter().catalog().children_of<catalog::Column>(relation))
    if (column->number == number) return column;
  return nullptr;
}

Value text_or_null(const Call& call, const std::string& text) { return text.empty() ? call.null() : call.of(text); }

}  // namespace

Value to_registered(const Call& call) { return looked_up(call); }

/// text::regclass, which refuses what is not there.
Value text_to_regclass(const Call& call) { return input(call.interpreter(), {types::regclass, -1}, call.text(0)); }

Value format_type_name(const Call& call) {
  if (call.is_null(0)) return call.null();
  const Oid type = call.oid(0);
  if (type == invalid_oid) return call.of("-");
  if (!call.cache().type(type)) return call.of("???");
  if (call.is_null(1)) return call.of(analyze::format_type(call.cache(), type));
  const auto typmod = static_cast<std::int32_t>(call.integer(1));
  return call.of(analyze::format_type_with_typmod(call.cache(), type, typmod));
}

Value relation_visible(const Call& call) {
  const analyze::RelationRow* row = call.cache().relation(call.oid(0));
  return row ? call.boolean(call.cache().relation_is_visible(*row)) : call.null();
}
Value type_visible(const Call& call) {
  const analyze::TypeRow* row = call.cache().type(call.oid(0));
  return row ? call.boolean(call.cache().type_is_visible(*row)) : call.null();
}
Value function_visible(const Call& call) {
  return call.cache().proc(call.oid(0)) ? call.boolean(function_is_visible(call.cache(), call.oid(0))) : call.null();
}
Value operator_visible(const Call& call) {
  return call.cache().op(call.oid(0)) ? call.boolean(operator_is_visible(call.cache(), call.oid(0))) : call.null();
}

/// obj_description(oid, catalog)
Value object_comment(const Call& call) {
  const catalog::Object* object = call.interpreter().catalog().find(call.oid(0));
  if (catalog::is_builtin(call.oid(0))) return Value::unknown(call.result, "comments of system objects");
  if (!object || object->oid != call.oid(0)) return call.null();
  if (call.size() > 1 && catalog::kind_info(object->kind).catalog != call.text(1)) return call.null();
  return text_or_null(call, comment_of(object));
}

Value column_comment(const Call& call) {
  if (catalog::is_builtin(call.oid(0))) return Value::unknown(call.result, "comments of system objects");
  return text_or_null(call, comment_of(column_numbered(call, call.oid(0), call.integer(1))));
}

Value role_name_of(const Call& call) {
  const auto name = role_name(call.interpreter(), call.oid(0));
  return call.of(name ? *name : "unknown (OID=" + call.text(0) + ")");
}

Value serial_sequence(const Call& call) {
  const Value table = input(call.interpreter(), {types::regclass, -1}, call.text(0));
  const Oid relation = static_cast<Oid>(to_integer(table));
  const catalog::Catalog& objects = call.interpreter().catalog();
  const catalog::Column* column = nullptr;
  for (const auto* candidate : objects.children_of<catalog::Column>(relation))
    if (candidate->name == Name(call.text(1))) column = candidate;
  const analyze::RelationRow* row = call.cache().relation(relation);
  if (!column)
    throw SqlError("42703",
                   "column \"" + call.text(1) + "\" of relation \"" + std::string(row->name) + "\" does not exist");
  for (const catalog::Dependent& dependent : objects.dependents(column->oid)) {
    const auto* sequence = objects.find_as<catalog::Sequence>(dependent.oid);
    if (sequence && sequence->owned_by.oid == column->oid)
      return call.of(qualified(call.cache(), sequence->parent.oid, sequence->name.view()));
  }
  return call.null();
}

// --- Privileges
// --------------------------------------------------------------------------------------------------------

namespace {

/// has_…_privilege(): for superusers always true; for others what is known of their rights says.
bool may(const Call& call, Name user, const catalog::Object* object, const std::string& privileges) {
  if (ddl::is_superuser(call.interpreter(), user)) return true;
  if (!object) throw NotSimulated("privileges on a system object");
  std::string rest = privileges;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string one = rest.substr(0, comma);
    rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    one.erase(0, one.find_first_not_of(' '));
    one.erase(one.find_last_not_of(' ') + 1);
    const auto bit = ddl::privilege_bit(call.cache().major(), one);
    if (!bit) throw SqlError("22023", "unrecognized privilege type: \"" + one + "\"");
    if (ddl::has_privilege(call.interpreter(), user, *object, *bit)) return true;
  }
  return false;
}

Name role_argument(const Call& call, std::size_t place) {
  if (call.args[place].type == types::name) {
    if (role_oid(call.interpreter(), Name(call.text(place))) == invalid_oid && call.text(place) != "public")
      throw SqlError("42704", "role \"" + call.text(place) + "\" does not exist");
    return Name(call.text(place));
  }
  const auto name = role_name(call.interpreter(), call.oid(place));
  if (!name) throw SqlError("42704", "role with OID " + call.text(place) + " does not exist");
  return Name(*name);
}

Value privilege_on(const Call& call, Oid reg_type) {
  const bool has_role = call.size() == 3;
  const Name user = has_role ? role_argument(call, 0) : call.interpreter().session().current_user();
  const Value& object = call.args[has_role ? 1 : 0];
  Oid oid = invalid_oid;
  if (object.type != types::text) {
    oid = static_cast<Oid>(to_integer(object));
  } else {
    oid = static_cast<Oid>(to_integer(input(call.interpreter(), {reg_type, -1}, object.text)));
  }
  const catalog::Object* found = call.interpreter().catalog().find(oid);
  if (!found && !catalog::is_builtin(oid)) return call.null();
  return call.boolean(may(call, user, found, call.args.back().text));
}

}  // namespace

Value table_privilege(const Call& call) { return privilege_on(call, types::regclass); }
Value schema_privilege(const Call& call) { return privilege_on(call, types::regnamespace); }
Value function_privilege(const Call& call) { return privilege_on(call, types::regprocedure); }
Value type_privilege(const Call& call) { return privilege_on(call, types::regtype); }

Value superuser_privilege(const Call& call) {
  if (!ddl::is_superuser(call.interpreter(), call.interpreter().session().current_user()))
    throw NotSimulated("privileges of a role that is no superuser");
  return call.boolean(true);
}

Value role_privilege(const Call& call) {
  const bool has_member = call.size() == 3;
  const Name member = has_member ? role_argument(call, 0) : call.interpreter().session().current_user();
  const Name role = role_argument(call, has_member ? 1 : 0);
  const bool usage = call.args.back().text.find("USAGE") != std::string::npos;
  return call.boolean(usage ? ddl::has_privileges_of(call.interpreter(), member, role)
                            : ddl::is_member_of(call.interpreter(), member, role));
}

}  // namespace pgplumb::engine::evaluate
