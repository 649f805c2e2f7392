// CREATE OPERATOR and ALTER OPERATOR: commands/operatorcmds.c, catalog/pg_operator.c.
#include "catalog/kinds/operator_.h"
#include "catalog/kinds/schema.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/aggregate_functions.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/define.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/lookup_operator.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

[[noreturn]] void invalid_operator(std::string message, std::string detail = {}) {
  throw SqlError("42P13", std::move(message), std::move(detail));
}

struct OperatorOptions {
  ast::DefElem left, right, function, commutator, negator, restrict_estimator, join_estimator;
  bool hashes = false, merges = false;
};

OperatorOptions operator_options(Interpreter& interpreter, ast::List<ast::Node> list) {
  OperatorOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    const std::string_view name = option.defname();
    if (name == "leftarg")
      options.left = option;
    else if (name == "rightarg")
      options.right = option;
    else if (name == "function" || name == "procedure")
      options.function = option;
    else if (name == "commutator")
      options.commutator = option;
    else if (name == "negator")
      options.negator = option;
    else if (name == "restrict")
      options.restrict_estimator = option;
    else if (name == "join")
      options.join_estimator = option;
    else if (name == "hashes")
      options.hashes = def_boolean(option);
    else if (name == "merges")
      options.merges = def_boolean(option);
    else if (name == "sort1" || name == "sort2" || name == "ltcmp" || name == "gtcmp")
      options.merges = true;
    else
      interpreter.warning("operator attribute \"" + std::string(name) + "\" not recognized", "42601");
  }
  return options;
}

Oid operand_type(Interpreter& interpreter, ast::DefElem option) {
  if (!option) return invalid_oid;
  if (def_type_name(option).type && def_type_name(option).type.setof())
    invalid_operator("SETOF type not allowed for operator argument");
  return option_type(interpreter, option);
}

/// ValidateRestrictionEstimator
AnyRef restriction_estimator(const Interpreter& interpreter, ast::DefElem option) {
  const std::vector<std::string> name = def_qualified_name(option);
  const Oid function =
      lookup_function(interpreter, name, std::vector<Oid>{types::internal, types::oid, types::internal, types::int4});
  if (cache_of(interpreter).proc(function)->result != types::float8)
    throw SqlError("42P17",
                   "restriction estimator function " + name_list_text(name) + " must return type double precision");
  return {Kind::function, function};
}

/// ValidateJoinEstimator
AnyRef join_estimator(const Interpreter& interpreter, ast::DefElem option) {
  const std::vector<std::string> name = def_qualified_name(option);
  const std::vector<Oid> five{types::internal, types::oid, types::internal, types::int2, types::internal};
  const std::vector<Oid> four(five.begin(), five.end() - 1);
  const Oid with_info = lookup_function(interpreter, name, five, /*missing_ok=*/true);
  const Oid without = lookup_function(interpreter, name, four, /*missing_ok=*/true);
  if (with_info != invalid_oid && without != invalid_oid)
    throw SqlError("42725", "join estimator function " + name_list_text(name) + " has multiple matches");
  if (with_info == invalid_oid && without == invalid_oid) lookup_function(interpreter, name, five);
  const Oid function = with_info != invalid_oid ? with_info : without;
  if (cache_of(interpreter).proc(function)->result != types::float8)
    throw SqlError("42P17", "join estimator function " + name_list_text(name) + " must return type double precision");
  return {Kind::function, function};
}

/// What makes sense for unary operators and for those that are no condition.
void check_operator_options(const OperatorOptions& options, bool is_binary, bool is_boolean) {
  if (!is_binary) {
    if (options.commutator) invalid_operator("only binary operators can have commutators");
    if (options.join_estimator) invalid_operator("only binary operators can have join selectivity");
    if (options.merges) invalid_operator("only binary operators can merge join");
    if (options.hashes) invalid_operator("only binary operators can hash");
  }
  if (is_boolean) return;
  if (options.negator) invalid_operator("only boolean operators can have negators");
  if (options.restrict_estimator) invalid_operator("only boolean operators can have restriction selectivity");
  if (options.join_estimator) invalid_operator("only boolean operators can have join selectivity");
  if (options.merges) invalid_operator("only boolean operators can merge join");
  if (options.hashes) invalid_operator("only boolean operators can hash");
}

/// The user's operator of exactly these operands in one schema, made or only named so far.
const Operator* operator_in(const Catalog& catalog, Oid schema, Name name, Oid left, Oid right) {
  for (Oid oid : catalog.lookup(NameSpace::own, Kind::operator_, schema, name)) {
    const auto& op = *catalog.find_as<Operator>(oid);
    if (op.left.type == left && op.right.type == right) return &op;
  }
  return nullptr;
}

Oid make_shell(Interpreter& interpreter, Oid schema, Name name, Oid left, Oid right) {
  Operator shell;
  shell.parent = Ref<Schema>{schema};
  shell.name = name;
  shell.owner = new_owner(interpreter);
  if (left) shell.left = {left, -1};
  if (right) shell.right = {right, -1};
  return interpreter.catalog().insert(std::move(shell)).oid;
}

/// get_other_operator: the commutator or negator, made as a shell where there is none yet.
Oid other_operator(Interpreter& interpreter, ast::DefElem option, Oid left, Oid right, const Operator& self) {
  const std::vector<std::string> name = def_qualified_name(option);
  const Oid known = lookup_operator(interpreter, name, left, right, /*missing_ok=*/true);
  if (known != invalid_oid) return known;
  const Oid schema =
      name.size() > 1 ? require_schema(interpreter, name[name.size() - 2]) : creation_schema(interpreter);
  if (schema == self.parent.oid && Name(name.back()) == self.name && left == self.left.type && right == self.right.type)
    return invalid_oid;  // itself
  if (const Operator* shell = operator_in(interpreter.catalog(), schema, Name(name.back()), left, right))
    return shell->oid;
  return make_shell(interpreter, schema, Name(name.back()), left, right);
}

/// OperatorUpd: the others point back, where they point nowhere yet.
void link_back(Interpreter& interpreter, Oid self, Oid commutator, Oid negator) {
  Catalog& catalog = interpreter.catalog();
  if (const auto* other = catalog.find_as<Operator>(commutator); other && !other->commutator)
    catalog.edit(Ref<Operator>{commutator}).set<&Operator::commutator>(AnyRef{Kind::operator_, self});
  if (const auto* other = catalog.find_as<Operator>(negator); other && !other->negator)
    catalog.edit(Ref<Operator>{negator}).set<&Operator::negator>(AnyRef{Kind::operator_, self});
}

Oid store_operator(Interpreter& interpreter, Operator op) {
  const Operator* shell = operator_in(interpreter.catalog(), op.parent.oid, op.name, op.left.type, op.right.type);
  if (!shell) return interpreter.catalog().insert(std::move(op)).oid;
  if (shell->function) throw SqlError("42723", "operator " + op.name.str() + " already exists");
  auto filled = std::make_shared<Operator>(std::move(op));
  filled->kind = Kind::operator_;
  filled->oid = shell->oid;
  if (!filled->commutator) filled->commutator = shell->commutator;
  if (!filled->negator) filled->negator = shell->negator;
  filled->created = interpreter.catalog().statement();
  const Oid oid = shell->oid;
  interpreter.catalog().store(std::move(filled));
  return oid;
}

void check_operands(const Interpreter& interpreter, Oid left, Oid right) {
  if (left == invalid_oid && right == invalid_oid) invalid_operator("operator argument types must be specified");
  if (right == invalid_oid && interpreter.major() >= 14)
    invalid_operator("operator right argument type must be specified", "Postfix operators are not supported.");
}

}  // namespace

void define_operator(Interpreter& interpreter, ast::DefineStmt statement) {
  const CreationName place = creation_name(interpreter, statement.defnames());
  const OperatorOptions options = operator_options(interpreter, statement.definition());
  if (!options.function) invalid_operator("operator function must be specified");
  const Oid left = operand_type(interpreter, options.left), right = operand_type(interpreter, options.right);
  check_operands(interpreter, left, right);
  for (Oid type : {left, right})
    if (type) require_type_usage(interpreter, type);
  std::vector<Oid> arguments;
  if (left) arguments.push_back(left);
  if (right) arguments.push_back(right);
  Operator op;
  op.parent = Ref<Schema>{place.schema};
  op.name = place.name;
  op.owner = new_owner(interpreter);
  if (left) op.left = {left, -1};
  if (right) op.right = {right, -1};
  op.function = {Kind::function, lookup_function(interpreter, def_qualified_name(options.function), arguments)};
  require_execute(interpreter, op.function.oid, name_list_text(def_qualified_name(options.function)));
  require_type_usage(interpreter, cache_of(interpreter).proc(op.function.oid)->result);
  op.result = {cache_of(interpreter).proc(op.function.oid)->result, -1};
  if (options.restrict_estimator)
    op.restrict_estimator = restriction_estimator(interpreter, options.restrict_estimator);
  if (options.join_estimator) op.join_estimator = join_estimator(interpreter, options.join_estimator);
  check_operator_options(options, arguments.size() == 2, op.result.type == types::bool_);
  op.hashes = options.hashes;
  op.merges = options.merges;
  const Operator* known = operator_in(interpreter.catalog(), place.schema, op.name, left, right);
  if (known && known->function) throw SqlError("42723", "operator " + op.name.str() + " already exists");
  bool own_commutator = false;
  if (options.commutator) {
    const Oid other = other_operator(interpreter, options.commutator, right, left, op);
    own_commutator = other == invalid_oid || (known && other == known->oid);
    if (!own_commutator) op.commutator = {Kind::operator_, other};
  }
  if (options.negator) {
    const Oid other = other_operator(interpreter, options.negator, left, right, op);
    if (other == invalid_oid || (known && other == known->oid)) invalid_operator("operator cannot be its own negator");
    op.negator = {Kind::operator_, other};
  }
  const Oid commutator = op.commutator.oid, negator = op.negator.oid;
  const Oid oid = store_operator(interpreter, std::move(op));
  if (own_commutator)
    interpreter.catalog().edit(Ref<Operator>{oid}).set<&Operator::commutator>(AnyRef{Kind::operator_, oid});
  link_back(interpreter, oid, commutator, negator);
}

namespace {

/// What ALTER OPERATOR may change.
void check_changeable(int major, ast::List<ast::Node> options) {
  for (ast::Node node : options) {
    const std::string_view name = node.as<ast::DefElem>().defname();
    const bool merges = name == "hashes" || name == "merges";
    if (name == "restrict" || name == "join" || (major >= 17 && merges)) continue;
    const bool known = name == "leftarg" || name == "rightarg" || name == "function" || name == "procedure" ||
                       name == "commutator" || name == "negator" || merges;
    throw SqlError("42601", "operator attribute \"" + std::string(name) +
                                (known ? "\" cannot be changed" : "\" not recognized"));
  }
}

}  // namespace

void alter_operator(Interpreter& interpreter, ast::AlterOperatorStmt statement) {
  const Oid oid = lookup_operator(interpreter, statement.opername());
  check_changeable(interpreter.major(), statement.options());
  const auto* op = interpreter.catalog().find_as<Operator>(oid);
  if (!op) throw NotSimulated("altering a built-in operator");
  require_owner(interpreter, *op, name_list_text(statement.opername().objname()));
  const bool is_binary = op->left && op->right;
  const bool is_boolean = op->result.type == types::bool_;
  auto edit = interpreter.catalog().edit(Ref<Operator>{oid});
  for (ast::Node node : statement.options()) {
    const auto option = node.as<ast::DefElem>();
    const std::string_view name = option.defname();
    const bool none = !option.arg();
    if (name == "restrict") {
      const AnyRef function = none ? AnyRef() : restriction_estimator(interpreter, option);
      if (function && !is_boolean) invalid_operator("only boolean operators can have restriction selectivity");
      edit.set<&Operator::restrict_estimator>(function);
    } else if (name == "join") {
      const AnyRef function = none ? AnyRef() : join_estimator(interpreter, option);
      if (function && !is_binary) invalid_operator("only binary operators can have join selectivity");
      if (function && !is_boolean) invalid_operator("only boolean operators can have join selectivity");
      edit.set<&Operator::join_estimator>(function);
    } else if (name == "hashes") {
      edit.set<&Operator::hashes>(def_boolean(option));
    } else {
      edit.set<&Operator::merges>(def_boolean(option));
    }
  }
}

}  // namespace pgplumb::engine::ddl
