// Making range-table entries: the addRangeTableEntry… functions of parse_relation.c.
#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_type.h"
#include "engine/analyze/namespace.h"

namespace pgplumb::engine::analyze {

using expr::RangeTblEntry;
using expr::RteKind;

namespace {

[[noreturn]] void too_many_aliases(const std::string& name, std::size_t available, std::size_t specified) {
  fail(errcode::invalid_column_reference,
       fmt::format("table \"{}\" has {} columns available but {} columns specified", name, available, specified));
}

/// The names in effect: the alias's first, then the columns' own; dropped columns have the empty name. They get one among
/// the alias's too, so that both lists count attributes: buildRelationAliases.
expr::Alias effective_names(std::string default_name, std::optional<expr::Alias>& alias, const RowShape& shape) {
  expr::Alias names;
  names.name = alias ? alias->name : std::move(default_name);
  std::size_t used = 0, dropped = 0;
  std::vector<std::string> aliases;
  for (const ColumnRow& column : shape) {
    const bool left = alias && used < alias->columns.size();
    const bool aliased = !column.dropped && left;
    if (left) aliases.push_back(column.dropped ? "" : alias->columns[used]);
    dropped += column.dropped ? 1 : 0;
    names.columns.push_back(column.dropped ? "" : aliased ? alias->columns[used++] : std::string(column.name));
  }
  if (alias && used < alias->columns.size()) {
    too_many_aliases(names.name, shape.size() - dropped, alias->columns.size());
  }
  if (alias) alias->columns = std::move(aliases);
  return names;
}

NamespaceItemPtr new_item(ParseState& state, RangeTblEntry entry, const RowShape& shape) {
  state.range_table.push_back(std::move(entry));
  auto item = std::make_shared<NamespaceItem>();
  item->entry = &state.range_table.back();
  item->names = item->entry->eref;
  item->rt_index = static_cast<int>(state.range_table.size());
  for (std::size_t i = 0; i < shape.size(); ++i) {
    NamespaceColumn column;
    if (!shape[i].dropped) {
      column.rt_index = column.written_rt_index = item->rt_index;
      column.attribute = column.written_attribute = static_cast<int>(i) + 1;
      column.type = shape[i].type.type;
      column.typmod = shape[i].type.typmod;
      column.collation = shape[i].collation;
      column.column = shape[i].column;
    }
    item->columns.push_back(column);
  }
  return item;
}

RowShape shape_of_targets(const expr::Query& query) {
  RowShape shape;
  for (const expr::TargetEntry& target : query.targets) {
    if (target.junk) continue;
    ColumnRow column;
    column.number = target.resno;
    column.name = target.name;
    column.type = {expr::type_of(*target.expr), expr::typmod_of(*target.expr)};
    column.collation = expr::collation_of(*target.expr);
    shape.push_back(column);
  }
  return shape;
}

RowShape shape_of_types(const expr::ColumnTypes& columns) {
  RowShape shape;
  for (std::size_t i = 0; i < columns.types.size(); ++i) {
    ColumnRow column;
    column.number = static_cast<int>(i) + 1;
    if (i < columns.names.size()) column.name = columns.names[i];
    column.type = {columns.types[i], i < columns.typmods.size() ? columns.typmods[i] : -1};
    if (i < columns.collations.size()) column.collation = columns.collations[i];
    shape.push_back(column);
  }
  return shape;
}

void store_types(RangeTblEntry& entry, const expr::ColumnTypes& columns) {
  entry.column_types = columns.types;
  entry.column_typmods = columns.typmods;
  entry.column_collations = columns.collations;
}

std::string scalar_column_name(const Syscache& cache, const FunctionEntry& function,
                               const std::optional<expr::Alias>& alias, bool only) {
  if (const auto* call = expr::as<expr::FuncExpr>(function.call)) {
    std::string_view out_name;
    int outs = 0;
    for (const ArgRow& arg : cache.proc_args(call->function)) {
      if (arg.mode == ArgMode::in || arg.mode == ArgMode::variadic) continue;
      out_name = arg.name;
      ++outs;
    }
    if (outs == 1 && !out_name.empty()) return std::string(out_name);
  }
  return only && alias ? alias->name : function.name;
}

expr::ColumnTypes read_definition(ParseState& state, ast::List<ast::Node> definition) {
  expr::ColumnTypes columns;
  for (ast::Node node : definition) {
    auto column = node.as<ast::ColumnDef>();
    TypeRef type = resolve_type_name(state.cache, column.type_name());
    if (column.type_name().setof()) {
      fail(errcode::invalid_table_definition,
           fmt::format("column \"{}\" cannot be declared SETOF", column.colname()), column.location());
    }
    columns.names.emplace_back(column.colname());
    columns.types.push_back(type.type);
    columns.typmods.push_back(type.typmod);
    Oid collation = type_collation(state.cache, type.type);
    if (column.coll_clause()) collation = lookup_collation(state.cache, column.coll_clause().collname());
    columns.collations.push_back(collation);
  }
  return columns;
}

void check_definition(const FunctionEntry& function, bool has_shape, bool is_record) {
  if (is_record) return;
  bool out_parameters = has_shape && expr::type_of(*function.call) == types::record;
  fail(errcode::syntax_error,
       out_parameters ? "a column definition list is redundant for a function with OUT parameters"
       : has_shape    ? "a column definition list is redundant for a function returning a named composite type"
                      : "a column definition list is only allowed for functions returning \"record\"",
       function.location);
}

/// The columns of one function of FROM; fills in the definition list.
RowShape function_shape(ParseState& state, const FunctionEntry& function, const std::optional<expr::Alias>& alias,
                        bool only, expr::RangeTblFunction& out, std::deque<std::string>& names) {
  Oid type = expr::type_of(*function.call);
  std::optional<RowShape> composite = expr_row_shape(state, function.call);
  bool is_record = !composite && type == types::record;
  if (!function.definition.empty()) {
    check_definition(function, composite.has_value(), is_record);
    out.definition = read_definition(state, function.definition);
    return shape_of_types(*out.definition);
  }
  if (is_record) {
    fail(errcode::syntax_error, "a column definition list is required for functions returning \"record\"",
         location_of(function.call));
  }
  if (composite) return *composite;
  if (type_kind(state.cache, type) == 'p' && type != types::void_ && type != types::cstring) {
    fail(errcode::datatype_mismatch,
         fmt::format("function \"{}\" in FROM has unsupported return type {}", function.name,
                     format_type(state.cache, type)),
         location_of(function.call));
  }
  names.push_back(scalar_column_name(state.cache, function, alias, only));
  ColumnRow column;
  column.number = 1;
  column.name = names.back();
  column.type = {type, expr::typmod_of(*function.call)};
  column.collation = expr::collation_of(*function.call);
  return {column};
}

}  // namespace

std::optional<expr::Alias> alias_of(ast::Alias alias) {
  if (!alias) return std::nullopt;
  expr::Alias result;
  result.name = alias.aliasname();
  for (ast::Node column : alias.colnames()) result.columns.emplace_back(column.str());
  return result;
}

NamespaceItemPtr add_relation(ParseState& state, Oid relation, std::optional<expr::Alias> alias, bool inherit,
                              bool in_from_clause) {
  const RelationRow* row = state.cache.relation(relation);
  const RowShape& shape = state.cache.columns(relation);
  RangeTblEntry entry;
  entry.kind = RteKind::relation;
  entry.relation = relation;
  entry.inherit = inherit;
  entry.in_from_clause = in_from_clause;
  entry.eref = effective_names(std::string(row->name), alias, shape);
  entry.alias = std::move(alias);
  for (const ColumnRow& column : shape) entry.columns.push_back(column.column);
  return new_item(state, std::move(entry), shape);
}

NamespaceItemPtr add_subquery(ParseState& state, QueryPtr query, std::optional<expr::Alias> alias, bool lateral,
                              bool in_from_clause) {
  RowShape shape = shape_of_targets(*query);
  RangeTblEntry entry;
  entry.kind = RteKind::subquery;
  entry.lateral = lateral;
  entry.in_from_clause = in_from_clause;
  entry.eref = effective_names("unnamed_subquery", alias, shape);
  entry.alias = std::move(alias);
  entry.subquery = std::move(query);
  return new_item(state, std::move(entry), shape);
}

NamespaceItemPtr add_functions(ParseState& state, const std::vector<FunctionEntry>& functions,
                               std::optional<expr::Alias> alias, bool with_ordinality, bool rows_from, bool lateral,
                               bool in_from_clause) {
  RangeTblEntry entry;
  entry.kind = RteKind::function;
  entry.lateral = lateral;
  entry.in_from_clause = in_from_clause;
  entry.with_ordinality = with_ordinality;
  RowShape shape;
  std::deque<std::string> names;
  bool only = functions.size() == 1 && !rows_from;
  for (const FunctionEntry& function : functions) {
    expr::RangeTblFunction out;
    out.call = function.call;
    RowShape columns = function_shape(state, function, alias, functions.size() == 1 || only, out, names);
    out.column_count = static_cast<int>(columns.size());
    shape.insert(shape.end(), columns.begin(), columns.end());
    entry.functions.push_back(std::move(out));
  }
  if (with_ordinality) {
    ColumnRow ordinality;
    ordinality.name = "ordinality";
    ordinality.type = {types::int8, -1};
    shape.push_back(ordinality);
  }
  entry.eref = effective_names(functions.front().name, alias, shape);
  entry.alias = std::move(alias);
  return new_item(state, std::move(entry), shape);
}

NamespaceItemPtr add_table_func(ParseState& state, expr::TableFunc function, std::optional<expr::Alias> alias,
                                bool lateral, bool in_from_clause) {
  RowShape shape = shape_of_types(function.columns);
  RangeTblEntry entry;
  entry.kind = RteKind::table_func;
  entry.lateral = lateral;
  entry.in_from_clause = in_from_clause;
  const char* name = function.kind == expr::TableFuncKind::xmltable ? "xmltable" : "json_table";
  entry.eref = effective_names(name, alias, shape);
  entry.alias = std::move(alias);
  store_types(entry, function.columns);
  entry.table_func = std::move(function);
  return new_item(state, std::move(entry), shape);
}

NamespaceItemPtr add_values(ParseState& state, std::vector<std::vector<NodePtr>> rows, expr::ColumnTypes columns,
                            std::optional<expr::Alias> alias, bool lateral, bool in_from_clause) {
  for (std::size_t i = columns.names.size(); i < columns.types.size(); ++i) {
    columns.names.push_back(fmt::format("column{}", i + 1));
  }
  RowShape shape = shape_of_types(columns);
  RangeTblEntry entry;
  entry.kind = RteKind::values;
  entry.lateral = lateral;
  entry.in_from_clause = in_from_clause;
  entry.eref = effective_names("*VALUES*", alias, shape);
  entry.alias = std::move(alias);
  entry.values = std::move(rows);
  store_types(entry, columns);
  return new_item(state, std::move(entry), shape);
}

NamespaceItemPtr add_cte(ParseState& state, const expr::CommonTableExpr& cte, int levels_up,
                         std::optional<expr::Alias> alias, bool in_from_clause) {
  RangeTblEntry entry;
  entry.kind = RteKind::cte;
  entry.cte_name = cte.name;
  entry.cte_levels_up = levels_up;
  entry.self_reference = !cte.query;
  entry.in_from_clause = in_from_clause;
  if (cte.query && cte.query->command != expr::CommandType::select && cte.query->returning.empty()) {
    fail(errcode::feature_not_supported,
         fmt::format("WITH query \"{}\" does not have a RETURNING clause", cte.name));
  }
  expr::ColumnTypes columns = cte.columns;
  std::size_t plain_columns = columns.types.size();
  auto add_column = [&](const std::string& name, Oid type, std::int32_t typmod, Oid collation) {
    columns.names.push_back(name);
    columns.types.push_back(type);
    columns.typmods.push_back(typmod);
    columns.collations.push_back(collation);
  };
  if (cte.search) {
    add_column(cte.search->sequence_column, cte.search->breadth_first ? types::record : types::record_array, -1,
               invalid_oid);
  }
  if (cte.cycle) {
    add_column(cte.cycle->mark_column, cte.cycle->mark_type, cte.cycle->mark_typmod, cte.cycle->mark_collation);
    add_column(cte.cycle->path_column, types::record_array, -1, invalid_oid);
  }
  RowShape shape = shape_of_types(columns);
  entry.eref = effective_names(cte.name, alias, shape);
  entry.alias = std::move(alias);
  store_types(entry, columns);
  NamespaceItemPtr item = new_item(state, std::move(entry), shape);
  // Within the recursive query, SEARCH's and CYCLE's columns can be named, and `*` does not bring them.
  if (!cte.query) {
    for (std::size_t i = plain_columns; i < item->columns.size(); ++i) item->columns[i].dont_expand = true;
  }
  return item;
}

NamespaceItemPtr add_join(ParseState& state, JoinEntry join, bool in_from_clause) {
  RangeTblEntry entry;
  entry.kind = RteKind::join;
  entry.in_from_clause = in_from_clause;
  entry.join_kind = join.kind;
  entry.merged_columns = join.merged_columns;
  entry.join_alias_vars = std::move(join.alias_vars);
  entry.left_columns = std::move(join.left_columns);
  entry.right_columns = std::move(join.right_columns);
  entry.join_using_alias = std::move(join.using_alias);
  entry.eref.name = join.alias ? join.alias->name : "unnamed_join";
  entry.eref.columns = std::move(join.names);
  if (join.alias) {
    if (join.alias->columns.size() > entry.eref.columns.size()) {
      fail(errcode::invalid_column_reference,
           fmt::format("join expression \"{}\" has {} columns available but {} columns specified", entry.eref.name,
                       entry.eref.columns.size(), join.alias->columns.size()));
    }
    std::copy(join.alias->columns.begin(), join.alias->columns.end(), entry.eref.columns.begin());
  }
  entry.alias = std::move(join.alias);
  NamespaceItemPtr item = new_item(state, std::move(entry), {});
  item->columns = std::move(join.columns);
  return item;
}

RowShape entry_shape(const Syscache& cache, const RangeTblEntry& entry, ParseState* state) {
  RowShape shape;
  switch (entry.kind) {
    case RteKind::relation: shape = cache.columns(entry.relation); break;
    case RteKind::subquery: shape = shape_of_targets(*entry.subquery); break;
    case RteKind::join:
      for (const NodePtr& var : entry.join_alias_vars) {
        ColumnRow column;
        column.dropped = !var;
        if (var) column.type = {expr::type_of(*var), expr::typmod_of(*var)};
        if (var) column.collation = expr::collation_of(*var);
        shape.push_back(column);
      }
      break;
    case RteKind::function:
      for (const expr::RangeTblFunction& function : entry.functions) {
        expr::RangeTblFunction scratch;
        std::deque<std::string> names;
        RowShape columns = function.definition ? shape_of_types(*function.definition)
                                               : function_shape(*state, {"", function.call, {}, -1}, entry.alias, true,
                                                                scratch, names);
        shape.insert(shape.end(), columns.begin(), columns.end());
      }
      if (entry.with_ordinality) {
        ColumnRow ordinality;
        ordinality.type = {types::int8, -1};
        shape.push_back(ordinality);
      }
      break;
    default:
      shape = shape_of_types({entry.eref.columns, entry.column_types, entry.column_typmods, entry.column_collations});
  }
  for (std::size_t i = 0; i < shape.size() && i < entry.eref.columns.size(); ++i) {
    if (!shape[i].dropped) shape[i].name = entry.eref.columns[i];
  }
  return shape;
}

}  // namespace pgplumb::engine::analyze
