// Objects as the statements that make them: ruleutils.c.
#include "catalog/kinds/column.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/routine.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/view.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/deparse/deparse.h"
#include "engine/deparse/names.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/number.h"
#include "engine/evaluate/object_names.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

namespace {

using catalog::Constraint;
using catalog::ConstraintType;
using catalog::Index;
using catalog::IndexColumn;

std::string ident(const Call& call, std::string_view name) { return deparse::quote_identifier(call.cache(), name); }

std::string relation_name(const Call& call, Oid relation, bool always) {
  const analyze::RelationRow* row = call.cache().relation(relation);
  if (!row) throw NotSimulated("the name of relation " + std::to_string(relation));
  if (!always && call.cache().relation_is_visible(*row)) return ident(call, row->name);
  return qualified(call.cache(), row->schema, row->name);
}

const expr::Node& tree_of(const catalog::Expr& expression) {
  if (!expression.tree) throw NotSimulated("an expression that is not understood");
  return *expression.tree;
}

std::string column_list(const Call& call, const std::vector<catalog::Ref<catalog::Column>>& columns) {
  std::string text;
  for (const auto& column : columns) {
    const auto* found = call.interpreter().catalog().find_as<catalog::Column>(column.oid);
    text += (text.empty() ? "" : ", ") + (found ? ident(call, found->name.view()) : "???");
  }
  return text;
}

const char* action_words(catalog::ForeignKeyAction action) {
  switch (action) {
    case catalog::ForeignKeyAction::restrict:
      return "RESTRICT";
    case catalog::ForeignKeyAction::cascade:
      return "CASCADE";
    case catalog::ForeignKeyAction::set_null:
      return "SET NULL";
    case catalog::ForeignKeyAction::set_default:
      return "SET DEFAULT";
    default:
      return nullptr;
  }
}

std::string foreign_key_text(const Call& call, const Constraint& constraint) {
  const catalog::ForeignKey& key = *constraint.foreign_key;
  std::string text = "FOREIGN KEY (" + column_list(call, constraint.columns) + ") REFERENCES " +
                     relation_name(call, key.table.oid, false) + "(" + column_list(call, key.columns) + ")";
  if (constraint.period) throw NotSimulated("the definition of a temporal key");
  if (key.match == catalog::ForeignKeyMatch::full) text += " MATCH FULL";
  if (const char* words = action_words(key.on_update)) text += std::string(" ON UPDATE ") + words;
  if (const char* words = action_words(key.on_delete)) text += std::string(" ON DELETE ") + words;
  if (!key.set_columns.empty()) text += " (" + column_list(call, key.set_columns) + ")";
  return text;
}

std::string key_text(const Call& call, const Constraint& constraint) {
  const auto* index = call.interpreter().catalog().find_as<Index>(constraint.index.oid);
  if (constraint.period) throw NotSimulated("the definition of a temporal key");
  std::string text = constraint.type == ConstraintType::primary_key ? "PRIMARY KEY " : "UNIQUE ";
  if (index && index->nulls_not_distinct) text += "NULLS NOT DISTINCT ";
  text += "(" + column_list(call, constraint.columns) + ")";
  if (index && !index->included.empty()) {
    std::string included;
    for (const IndexColumn& column : index->included)
      included += (included.empty() ? "" : ", ") + column_list(call, {column.column});
    text += " INCLUDE (" + included + ")";
  }
  if (index && !index->options.empty()) throw NotSimulated("the definition of a key with storage parameters");
  return text;
}

std::string check_text(const Call& call, const Constraint& constraint) {
  const bool of_domain = constraint.parent.kind == catalog::Kind::domain;
  const auto scope = of_domain ? deparse::Scope::nothing() : deparse::Scope::of_relation(constraint.parent.oid);
  std::string text = "CHECK (" + deparse::print_expression(call.cache(), tree_of(constraint.expression), scope) + ")";
  return constraint.no_inherit ? text + " NO INHERIT" : text;
}

std::string not_null_text(const Call& call, const Constraint& constraint) {
  if (constraint.parent.kind == catalog::Kind::domain) return "NOT NULL";
  return "NOT NULL " + column_list(call, constraint.columns) + (constraint.no_inherit ? " NO INHERIT" : "");
}

std::string constraint_text(const Call& call, const Constraint& constraint) {
  std::string text;
  switch (constraint.type) {
    case ConstraintType::foreign_key:
      text = foreign_key_text(call, constraint);
      break;
    case ConstraintType::check:
      text = check_text(call, constraint);
      break;
    case ConstraintType::not_null:
      text = not_null_text(call, constraint);
      break;
    case ConstraintType::exclusion:
      throw NotSimulated("the definition of an exclusion constraint");
    default:
      text = key_text(call, constraint);
  }
  if (constraint.deferrable) text += " DEFERRABLE";
  if (constraint.initially_deferred) text += " INITIALLY DEFERRED";
  if (!constraint.enforced) return text + " NOT ENFORCED";
  return constraint.validated ? text : text + " NOT VALID";
}

// --- Indexes
// -----------------------------------------------------------------------------------------------------------

bool is_default_class(const Call& call, const IndexColumn& column, Oid type) {
  const auto row = call.cache().opclass(column.operator_class.oid);
  if (!row || !row->is_default) return false;
  return analyze::is_binary_coercible(call.cache(), type, row->input_type);
}

std::string key_name(const Call& call, const Index& index, const IndexColumn& column, Oid& type, Oid& collation) {
  if (const auto* found = call.interpreter().catalog().find_as<catalog::Column>(column.column.oid)) {
    type = found->type.type;
    collation = found->collation.oid;
    return ident(call, found->name.view());
  }
  const expr::Node& tree = tree_of(column.expression);
  type = expr::type_of(tree);
  collation = expr::collation_of(tree);
  return deparse::print_key_expression(call.cache(), tree, index.parent.oid);
}

std::string index_column_text(const Call& call, const Index& index, const IndexColumn& column) {
  Oid type = invalid_oid, collation = invalid_oid;
  std::string text = key_name(call, index, column, type, collation);
  if (column.collation.oid != invalid_oid && column.collation.oid != collation)
    text += " COLLATE " + deparse::collation_name(call.cache(), column.collation.oid);
  if (!column.operator_class_options.empty())
    throw NotSimulated("the definition of an index with operator class options");
  if (!is_default_class(call, column, type))
    if (const auto row = call.cache().opclass(column.operator_class.oid))
      text += " " + deparse::qualified_name(call.cache(), row->schema, row->name);
  if (column.descending) {
    text += " DESC";
    if (!column.nulls_first) text += " NULLS LAST";
  } else if (column.nulls_first) {
    text += " NULLS FIRST";
  }
  return text;
}

std::string index_columns_text(const Call& call, const Index& index) {
  std::string text;
  for (const IndexColumn& column : index.columns)
    text += (text.empty() ? "" : ", ") + index_column_text(call, index, column);
  if (index.included.empty()) return "(" + text + ")";
  std::string included;
  for (const IndexColumn& column : index.included)
    included += (included.empty() ? "" : ", ") + column_list(call, {column.column});
  return "(" + text + ") INCLUDE (" + included + ")";
}

std::string access_method_name(const Call& call, Oid method) {
  if (const auto* object = call.interpreter().catalog().find(method)) return ident(call, object->name.view());
  const auto* row = call.cache().builtin().am_by_oid(method);
  return row ? std::string(row->amname.view()) : "???";
}

std::string options_text(const Call& call, const catalog::Options& options) {
  std::string text;
  for (const std::string& option : options) {
    const std::size_t sign = option.find('=');
    const std::string value = option.substr(sign + 1);
    const std::string quoted =
        deparse::quote_identifier(call.cache(), value) == value ? value : deparse::string_literal(value);
    text += (text.empty() ? "" : ", ") + ident(call, option.substr(0, sign)) + "=" + quoted;
  }
  return text;
}

std::string index_text(const Call& call, const Index& index) {
  const auto* table = call.interpreter().catalog().find_as<catalog::Table>(index.parent.oid);
  const bool partitioned = table && table->partition_strategy != catalog::PartitionStrategy::none;
  std::string text = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  text += ident(call, index.name.view()) + (partitioned ? " ON ONLY " : " ON ") +
          relation_name(call, index.parent.oid, true);
  text += " USING " + access_method_name(call, index.method.oid) + " " + index_columns_text(call, index);
  if (index.nulls_not_distinct) text += " NULLS NOT DISTINCT";
  if (!index.options.empty()) text += " WITH (" + options_text(call, index.options) + ")";
  if (!index.predicate.empty())
    text += " WHERE " + deparse::print_expression(call.cache(), tree_of(index.predicate),
                                                  deparse::Scope::of_relation(index.parent.oid));
  return text;
}

/// One key column alone: pg_get_indexdef(index, column, pretty).
Value index_column_definition(const Call& call, const Index& index, std::int64_t number) {
  std::vector<const IndexColumn*> all;
  for (const auto* list : {&index.columns, &index.included})
    for (const IndexColumn& column : *list) all.push_back(&column);
  if (number < 1 || number > static_cast<std::int64_t>(all.size())) return call.of("");
  Oid type = invalid_oid, collation = invalid_oid;
  return call.of(key_name(call, index, *all[static_cast<std::size_t>(number - 1)], type, collation));
}

Oid view_of(const Call& call) {
  if (call.args[0].type == types::text)
    return static_cast<Oid>(to_integer(input(call.interpreter(), {types::regclass, -1}, call.text(0))));
  return call.oid(0);
}

void refuse_pretty(const Call& call, std::size_t place) {
  if (call.size() > place && call.args[place].type == types::bool_ && call.truth(place))
    throw NotSimulated("a definition printed prettily");
}

}  // namespace

Value constraint_definition(const Call& call) {
  refuse_pretty(call, 1);
  const auto* constraint = call.interpreter().catalog().find_as<Constraint>(call.oid(0));
  return constraint ? call.of(constraint_text(call, *constraint)) : call.null();
}

Value index_definition(const Call& call) {
  const auto* index = call.interpreter().catalog().find_as<Index>(call.oid(0));
  if (!index && catalog::is_builtin(call.oid(0)))
    return Value::unknown(call.result, "the definition of a system index");
  if (!index) return call.null();
  if (!index->predicate.empty()) refuse_pretty(call, 2);
  for (const IndexColumn& column : index->columns)
    if (!column.expression.empty()) refuse_pretty(call, 2);
  if (call.size() > 1 && call.integer(1) != 0) return index_column_definition(call, *index, call.integer(1));
  return call.of(index_text(call, *index));
}

Value view_definition(const Call& call) {
  refuse_pretty(call, 1);
  const Oid oid = view_of(call);
  const catalog::Catalog& objects = call.interpreter().catalog();
  const catalog::Query* query = nullptr;
  if (const auto* view = objects.find_as<catalog::View>(oid)) query = &view->query;
  if (const auto* view = objects.find_as<catalog::MaterializedView>(oid)) query = &view->query;
  if (catalog::is_builtin(oid)) return Value::unknown(call.result, "the definition of a system view");
  if (!query) return call.null();
  if (!query->tree) throw NotSimulated("the definition of a view that is not understood");
  return call.of(deparse::print_view(call.cache(), *query->tree, oid));
}

/// pg_node_tree columns hold the text already.
Value expression_text(const Call& call) {
  refuse_pretty(call, 2);
  return call.of(call.text(0));
}

Value partition_key_definition(const Call& call) {
  const auto* table = call.interpreter().catalog().find_as<catalog::Table>(call.oid(0));
  if (!table || table->partition_strategy == catalog::PartitionStrategy::none) return call.null();
  return call.of(deparse::print_partition_key(call.cache(), *table));
}

namespace {

std::string arguments_text(const Call& call, bool identity, bool result_columns) {
  std::string text;
  const auto* routine = dynamic_cast<const catalog::Routine*>(call.interpreter().catalog().find(call.oid(0)));
  std::size_t number = 0;
  for (const analyze::ArgRow& arg : call.cache().proc_args(call.oid(0))) {
    const std::size_t place = number++;
    const bool output = arg.mode == analyze::ArgMode::table;
    if (output != result_columns) continue;
    text += text.empty() ? "" : ", ";
    if (arg.mode == analyze::ArgMode::out) text += "OUT ";
    if (arg.mode == analyze::ArgMode::in_out) text += "INOUT ";
    if (arg.mode == analyze::ArgMode::variadic) text += "VARIADIC ";
    const auto* row = call.cache().proc(call.oid(0));
    if (arg.mode == analyze::ArgMode::in && row->kind == 'p' && call.cache().major() >= 14) text += "IN ";
    if (!arg.name.empty()) text += ident(call, arg.name) + " ";
    text += analyze::format_type(call.cache(), arg.type);
    if (identity || !routine || place >= routine->arguments.size()) continue;
    const catalog::Expr& value = routine->arguments[place].default_expression;
    if (!value.empty()) text += " DEFAULT " + deparse::print_argument_default(call.cache(), tree_of(value));
  }
  return text;
}

}  // namespace

Value function_arguments(const Call& call) {
  return call.cache().proc(call.oid(0)) ? call.of(arguments_text(call, false, false)) : call.null();
}
Value function_identity(const Call& call) {
  return call.cache().proc(call.oid(0)) ? call.of(arguments_text(call, true, false)) : call.null();
}
Value function_result(const Call& call) {
  const analyze::ProcRow* row = call.cache().proc(call.oid(0));
  if (!row || row->kind == 'p') return call.null();
  const std::string table = arguments_text(call, true, true);
  if (!table.empty()) return call.of("TABLE(" + table + ")");
  return call.of((row->returns_set ? "SETOF " : "") + analyze::format_type(call.cache(), row->result));
}

}  // namespace pgplumb::engine::evaluate
