// Columns as parser/parse_utilcmd.c takes them apart: transformColumnDefinition, generateSerialExtraStmts.
#include "catalog/builtin/builtin.h"
#include "catalog/type_oids.h"
#include "engine/ddl/constraint_attributes.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/foreign_options.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/sequence.h"
#include "engine/ddl/storage.h"
#include "engine/ddl/table_elements.h"
#include "engine/ddl/types.h"
#include "parser/node.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::ConstrType;
namespace types = catalog::types;

[[noreturn]] void syntax_error(const std::string& message, int location) {
  SqlError error("42601", message);
  error.location = location;
  throw error;
}

[[noreturn]] void refuse_column(const std::string& message) { throw SqlError("0A000", message); }

/// The integer type of serial and its kin; invalid_oid for any other name.
Oid serial_type(ast::TypeName type) {
  if (type.names().size() != 1 || type.pct_type()) return invalid_oid;
  const std::string_view name = type.names()[0].str();
  if (name == "smallserial" || name == "serial2") return types::int2;
  if (name == "serial" || name == "serial4") return types::int4;
  if (name == "bigserial" || name == "serial8") return types::int8;
  return invalid_oid;
}

bool is_primary_key(ast::ColumnDef definition) {
  for (ast::Node node : definition.constraints())
    if (node.as<ast::Constraint>().contype() == ConstrType::CONSTR_PRIMARY) return true;
  return false;
}

Oid function_named(int major, std::string_view name) {
  const auto rows = catalog::builtin::of(major).procs_by_name(name);
  return rows.begin() == rows.end() ? invalid_oid : rows.begin()->oid;
}

}  // namespace

Expr nextval_of(const Interpreter& interpreter, Oid sequence) {
  namespace expr = catalog::expr;
  expr::Const name;
  name.type = types::regclass;
  name.value = std::to_string(sequence);
  name.object = sequence;
  expr::FuncExpr call;
  call.function = function_named(interpreter.major(), "nextval");
  call.type = types::int8;
  call.args = {expr::make(std::move(name))};
  return make_expression(expr::make(std::move(call)));
}

/// What the clauses of one column have said so far.
struct ElementTransformer::ColumnState {
  bool saw_nullable = false;
  bool needs_not_null = false;
  bool saw_default = false;
  bool saw_identity = false;
  bool saw_generated = false;
  std::optional<std::size_t> not_null;  // its first NOT NULL among those of the table
  std::string column_of_table;  // `column "c" of table "t"`
};

ColumnSpec& ElementTransformer::add_column(ast::ColumnDef definition) {
  ColumnSpec column;
  column.name = Name(definition.colname());
  column.location = definition.location();
  ColumnState state;
  state.column_of_table = "column \"" + column.name.str() + "\" of table \"" + context_.table.str() + "\"";
  const Oid serial = definition.type_name() ? serial_type(definition.type_name()) : invalid_oid;
  if (serial != invalid_oid) {
    if (!definition.type_name().array_bounds().empty()) refuse_column("array of serial is not implemented");
    column.type = {serial, -1};
  } else if (definition.type_name()) {
    if (definition.type_name().setof())
      throw SqlError("42P16", "column \"" + column.name.str() + "\" cannot be declared SETOF");
    column.type = resolve_type(interpreter_, definition.type_name());
    column.collation = column_collation(interpreter_, column.type.type, definition.coll_clause());
  } else {
    column.is_options = true;  // WITH OPTIONS: the type is its table's
  }
  column.compression_word = definition.compression();
  column.storage_word = definition.storage_name();
  try {
    apply_column_storage(interpreter_, column);
  } catch (const SqlError&) {
    // Told when the rest has been looked at: whoever makes the column applies it again.
  }
  if (serial != invalid_oid) {
    make_sequence(column, {}, false);
    column.cooked_default = nextval_of(interpreter_, column.sequence.oid);
    column.not_null = true;
    state.saw_nullable = true;
    state.saw_default = true;
  }
  const std::vector<ConstraintAttributes> attributes = constraint_attributes(definition.constraints());
  std::size_t number = 0;
  for (ast::Node node : definition.constraints())
    apply_column_constraint(node.as<ast::Constraint>(), attributes[number++], column, state);
  if (serial != invalid_oid || column.identity != Identity::none || is_primary_key(definition))
    declare_not_null(column.name);
  if (context_.is_foreign) column.foreign_options = change_foreign_options({}, definition.fdwoptions());
  elements_.columns.push_back(std::move(column));
  return elements_.columns.back();
}

/// A column's NOT NULL that was said before is the same constraint, and may get its name here.
void ElementTransformer::add_not_null(ast::Constraint constraint, Name column, ColumnState& state) {
  const Name name(constraint.conname());
  if (!state.not_null) {
    state.not_null = elements_.not_nulls.size();
    elements_.not_nulls.push_back(
        {name, column, constraint.is_no_inherit(), !constraint.skip_validation(), constraint.location()});
    return;
  }
  NotNullSpec& first = elements_.not_nulls[*state.not_null];
  // Before 18, their names were not kept.
  if (!has_not_null_constraints(interpreter_) || name.empty()) return;
  if (!first.name.empty() && first.name != name)
    throw SqlError("XX000",
                   "conflicting not-null constraint names \"" + first.name.str() + "\" and \"" + name.str() + "\"");
  first.name = name;
}

/// Serial and identity columns and a PRIMARY KEY of the column's own are NOT NULL though nobody wrote it. A table's
/// PRIMARY KEY says so only behind all columns, which decides who gets which name.
void ElementTransformer::declare_not_null(Name column) {
  for (const NotNullSpec& spec : elements_.not_nulls)
    if (spec.column == column) return;
  elements_.not_nulls.push_back({{}, column, false, true, -1});
}

void ElementTransformer::make_sequence(ColumnSpec& column, ast::List<ast::Node> options, bool for_identity) {
  ColumnSequence wanted;
  wanted.schema = context_.schema;
  wanted.table = context_.table.view();
  wanted.column = column.name.view();
  wanted.persistence = context_.persistence;
  wanted.owner = context_.owner;
  wanted.type = column.type.type;
  wanted.options = options;
  wanted.for_identity = for_identity;
  column.sequence = create_column_sequence(interpreter_, wanted);
  if (!given_sequence_name(options)) note_chosen(column);
}

/// The names of all sequences are chosen before the first of them is made, so that the same one may be chosen twice.
void ElementTransformer::note_chosen(const ColumnSpec& column) {
  const Name name = interpreter_.catalog().get(column.sequence).name;
  std::string label = "seq";
  for (int pass = 1;; ++pass) {
    const Name candidate = make_object_name(context_.table.view(), column.name.view(), label);
    if (candidate == name) break;
    if (chosen_twice_.empty() && std::find(chosen_.begin(), chosen_.end(), candidate) != chosen_.end())
      chosen_twice_ = candidate;
    label = "seq" + std::to_string(pass);
  }
  chosen_.push_back(name);
}

void ElementTransformer::apply_column_constraint(ast::Constraint constraint, const ConstraintAttributes& attributes,
                                                 ColumnSpec& column, ColumnState& state) {
  const auto conflict = [&](const char* what) {
    syntax_error(std::string(what) + " " + state.column_of_table, constraint.location());
  };
  switch (constraint.contype()) {
    case ConstrType::CONSTR_NULL:
      if ((state.saw_nullable && column.not_null) || state.needs_not_null)
        conflict("conflicting NULL/NOT NULL declarations for");
      column.not_null = false;
      state.saw_nullable = true;
      break;
    case ConstrType::CONSTR_NOTNULL:
      if (state.saw_nullable && !column.not_null) conflict("conflicting NULL/NOT NULL declarations for");
      column.not_null = true;
      state.saw_nullable = true;
      add_not_null(constraint, column.name, state);
      break;
    case ConstrType::CONSTR_DEFAULT:
      if (state.saw_default) conflict("multiple default values specified for");
      column.raw_default = constraint.raw_expr();
      state.saw_default = true;
      break;
    case ConstrType::CONSTR_IDENTITY:
      if (context_.is_typed) refuse_column("identity columns are not supported on typed tables");
      if (context_.is_partition && interpreter_.major() < 17)
        refuse_column("identity columns are not supported on partitions");
      if (state.saw_identity) conflict("multiple identity specifications for");
      identities_.push_back({elements_.columns.size(), constraint.options()});
      column.identity = constraint.generated_when() == "a" ? Identity::always : Identity::by_default;
      state.saw_identity = true;
      // A NULL before it contradicts what an identity column always is.
      if (state.saw_nullable && !column.not_null) conflict("conflicting NULL/NOT NULL declarations for");
      column.not_null = true;
      state.saw_nullable = true;
      break;
    case ConstrType::CONSTR_GENERATED:
      if (context_.is_typed) refuse_column("generated columns are not supported on typed tables");
      if (state.saw_generated) conflict("multiple generation clauses specified for");
      column.generated =
          parser::generated_kind(constraint) == 'v' ? Generated::virtual_ : Generated::stored;
      column.raw_default = constraint.raw_expr();
      state.saw_generated = true;
      break;
    case ConstrType::CONSTR_CHECK: {
      CheckSpec check;
      check.name = Name(constraint.conname());
      check.raw = constraint.raw_expr();
      check.no_inherit = constraint.is_no_inherit();
      check.enforced = parser::is_enforced(constraint);
      check.location = constraint.location();
      elements_.checks.push_back(std::move(check));
      break;
    }
    case ConstrType::CONSTR_PRIMARY:
      // From 18 on, the column's own key says NOT NULL as if it were written.
      state.needs_not_null = interpreter_.major() >= 18;
      if (state.needs_not_null && state.saw_nullable && !column.not_null)
        conflict("conflicting NULL/NOT NULL declarations for");
      if (context_.is_foreign) refuse_column("primary key constraints are not supported on foreign tables");
      [[fallthrough]];
    case ConstrType::CONSTR_UNIQUE:
      if (context_.is_foreign) refuse_column("unique constraints are not supported on foreign tables");
      keys_.push_back({constraint, {column.name}, attributes.deferrable, attributes.initially_deferred});
      break;
    case ConstrType::CONSTR_FOREIGN: {
      if (context_.is_foreign) refuse_column("foreign key constraints are not supported on foreign tables");
      ForeignKeySpec key;
      key.name = Name(constraint.conname());
      key.node = constraint;
      key.columns = {column.name};
      key.deferrable = attributes.deferrable;
      key.initially_deferred = attributes.initially_deferred;
      key.skip_validation = constraint.skip_validation();
      key.validated = !constraint.skip_validation();
      key.enforced = parser::is_enforced(constraint);
      elements_.foreign_keys.push_back(std::move(key));
      break;
    }
    default:
      break;  // attributes: they belong to the constraint before them
  }
  if (state.saw_default && state.saw_identity) conflict("both default and identity specified for");
  if (state.saw_default && state.saw_generated) conflict("both default and generation expression specified for");
  if (state.saw_identity && state.saw_generated) conflict("both identity and generation expression specified for");
}

}  // namespace pgplumb::engine::ddl
