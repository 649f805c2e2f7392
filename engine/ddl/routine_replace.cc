#include "engine/ddl/routine_replace.h"

#include <algorithm>

#include "catalog/expr_nodes.h"
#include "catalog/kinds/aggregate.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/node_funcs.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/object_description.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// The new routine against the one that it is to replace.
class Replacement {
 public:
  Replacement(const Interpreter& interpreter, const Routine& old, const Routine& routine)
      : interpreter_(interpreter), old_(old), new_(routine) {}

  void check() const {
    check_kind();
    check_result();
    check_names();
    check_defaults();
    check_aggregate();
  }

 private:
  static char letter(const Routine& routine) {
    if (routine.kind == Kind::procedure) return 'p';
    if (routine.kind == Kind::aggregate) return 'a';
    return routine.window ? 'w' : 'f';
  }

  /// DROP FUNCTION f(…) first.
  std::string drop_first() const {
    const char* word = old_.kind == Kind::procedure   ? "PROCEDURE"
                       : old_.kind == Kind::aggregate ? "AGGREGATE"
                                                      : "FUNCTION";
    return std::string("Use DROP ") + word + " " + format_procedure(cache_of(interpreter_), old_.oid) + " first.";
  }

  void check_kind() const {
    if (letter(old_) == letter(new_)) return;
    const char* word = "a function.";
    switch (letter(old_)) {
      case 'a':
        word = "an aggregate function.";
        break;
      case 'p':
        word = "a procedure.";
        break;
      case 'w':
        word = "a window function.";
        break;
      default:
        break;
    }
    throw SqlError("42809", "cannot change routine kind", "\"" + new_.name.str() + "\" is " + word);
  }

  static std::vector<std::pair<Name, Oid>> outputs(const Routine& routine) {
    std::vector<std::pair<Name, Oid>> list;
    for (const Argument& argument : routine.arguments)
      if (argument.mode != ArgumentMode::in && argument.mode != ArgumentMode::variadic)
        list.emplace_back(argument.name, argument.type.type);
    return list;
  }

  /// AggregateCreate of catalog/pg_aggregate.c
  void check_aggregate() const {
    if (old_.kind != Kind::aggregate) return;
    const auto& before = static_cast<const Aggregate&>(old_);
    const auto& after = static_cast<const Aggregate&>(new_);
    if (before.aggregate_kind != after.aggregate_kind) {
      const char* word = before.aggregate_kind == AggregateKind::normal        ? "an ordinary aggregate function."
                         : before.aggregate_kind == AggregateKind::ordered_set ? "an ordered-set aggregate."
                                                                               : "a hypothetical-set aggregate.";
      throw SqlError("42809", "cannot change routine kind", "\"" + new_.name.str() + "\" is " + word);
    }
    if (before.direct_arguments != after.direct_arguments)
      throw SqlError("42P13", "cannot change number of direct arguments of an aggregate function");
  }

  void check_result() const {
    if (old_.result.type != new_.result.type || old_.returns_set != new_.returns_set)
      throw SqlError("42P13",
                     old_.kind == Kind::procedure ? "cannot change whether a procedure has output parameters"
                                                  : "cannot change return type of existing function",
                     {}, drop_first());
    if (old_.result.type != types::record || old_.kind == Kind::aggregate) return;
    if (outputs(old_) != outputs(new_))
      throw SqlError("42P13", "cannot change return type of existing function",
                     "Row type defined by OUT parameters is different.", drop_first());
  }

  static std::vector<Argument> inputs(const Routine& routine) {
    std::vector<Argument> list;
    for (const Argument& argument : routine.arguments)
      if (argument.mode != ArgumentMode::out && argument.mode != ArgumentMode::table) list.push_back(argument);
    return list;
  }

  void check_names() const {
    const std::vector<Argument> before = inputs(old_), after = inputs(new_);
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i)
      if (!before[i].name.empty() && before[i].name != after[i].name)
        throw SqlError("42P13", "cannot change name of input parameter \"" + before[i].name.str() + "\"", {},
                       drop_first());
  }

  void check_defaults() const {
    const std::vector<Argument> before = inputs(old_), after = inputs(new_);
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
      if (before[i].default_expression.empty()) continue;
      if (after[i].default_expression.empty())
        throw SqlError("42P13", "cannot remove parameter defaults from existing function", {}, drop_first());
    }
  }

  const Interpreter& interpreter_;
  const Routine& old_;
  const Routine& new_;
};

const Routine* existing(const Catalog& catalog, const Routine& routine) {
  for (Oid oid : catalog.lookup(NameSpace::routine, Kind::none, routine.parent.oid, routine.name)) {
    const auto& other = static_cast<const Routine&>(*catalog.find(oid));
    if (other.signature == routine.signature) return &other;
  }
  return nullptr;
}

/// The new definition in the old one's place: every field but those that ProcedureCreate leaves alone.
void replace_fields(Interpreter& interpreter, const Routine& old, Routine& routine) {
  Catalog& catalog = interpreter.catalog();
  routine.oid = old.oid;
  routine.owner = old.owner;
  routine.comment = old.comment;
  routine.extension = old.extension;
  routine.created = old.created;
  routine.touches = old.touches;
  for (const FieldInfo& field : kind_info(routine.kind).fields)
    if (field.role.role == Role::attribute) stamp(routine, field.tag, catalog.statement());
}

/// Types that only C functions may take or give (ProcedureCreate).
void check_internal(const Routine& routine) {
  const auto is_internal = [](const TypeRef& type) { return type.type == types::internal; };
  if (is_internal(routine.result) && std::none_of(routine.signature.begin(), routine.signature.end(), is_internal))
    throw SqlError("42P13", "unsafe use of pseudo-type \"internal\"",
                   "A function returning \"internal\" must have at least one \"internal\" argument.");
}

bool is_any_family(Oid type) {
  return type == types::anyelement || type == types::anyarray || type == types::anynonarray || type == types::anyenum ||
         type == types::anyrange || type == types::anymultirange;
}
bool is_range_like(Oid type) { return type == types::anyrange || type == types::anymultirange; }
bool is_compatible_range(Oid type) {
  return type == types::anycompatiblerange || type == types::anycompatiblemultirange;
}
bool is_compatible_family(Oid type) {
  return type == types::anycompatible || type == types::anycompatiblearray || type == types::anycompatiblenonarray ||
         is_compatible_range(type);
}

/// check_valid_polymorphic_signature: nothing, or why the result can't be told.
std::string polymorphic_problem(const Interpreter& interpreter, Oid result, const std::vector<TypeRef>& inputs) {
  const auto has = [&](auto predicate) {
    return std::any_of(inputs.begin(), inputs.end(), [&](const TypeRef& type) { return predicate(type.type); });
  };
  const std::string text = analyze::format_type(cache_of(interpreter), result);
  if (is_range_like(result) && !has(is_range_like))
    return "A result of type " + text + " requires at least one input of type anyrange or anymultirange.";
  if (is_compatible_range(result) && !has(is_compatible_range))
    return "A result of type " + text +
           " requires at least one input of type anycompatiblerange or anycompatiblemultirange.";
  if (is_any_family(result) && !has(is_any_family))
    return "A result of type " + text +
           " requires at least one input of type anyelement, anyarray, anynonarray, anyenum, anyrange, or "
           "anymultirange.";
  if (is_compatible_family(result) && !has(is_compatible_family))
    return "A result of type " + text +
           " requires at least one input of type anycompatible, anycompatiblearray, anycompatiblenonarray, "
           "anycompatiblerange, or anycompatiblemultirange.";
  return {};
}

void check_polymorphic(const Interpreter& interpreter, const Routine& routine) {
  std::vector<Oid> results{routine.result.type};
  for (const Argument& argument : routine.arguments)
    if (argument.mode == ArgumentMode::out || argument.mode == ArgumentMode::table)
      results.push_back(argument.type.type);
  for (Oid result : results)
    if (const std::string problem = polymorphic_problem(interpreter, result, routine.signature); !problem.empty())
      throw SqlError("42P13", "cannot determine result data type", problem);
}

}  // namespace

Oid store_routine(Interpreter& interpreter, std::shared_ptr<Routine> routine, bool replace) {
  check_polymorphic(interpreter, *routine);
  check_internal(*routine);
  Catalog& catalog = interpreter.catalog();
  const Routine* old = existing(catalog, *routine);
  if (!old) {
    const Oid made = catalog.insert_object(std::move(routine));
    grant_defaults(interpreter, made);
    return made;
  }
  if (!replace)
    throw SqlError("42723", "function \"" + routine->name.str() + "\" already exists with same argument types");
  Replacement(interpreter, *old, *routine).check();
  replace_fields(interpreter, *old, *routine);
  const Oid oid = old->oid;
  catalog.store(std::move(routine));
  return oid;
}

}  // namespace pgplumb::engine::ddl
