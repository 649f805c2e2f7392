#include "engine/analyze/parse_relation.h"

#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/node_funcs.h"

namespace pgplumb::engine::analyze {

using expr::make;
using expr::RangeTblEntry;
using expr::RteKind;

namespace {

struct SystemColumn {
  std::string_view name;
  int number;
  Oid type;
};
constexpr int tableoid_number = -6;
constexpr SystemColumn system_columns[] = {{"ctid", -1, types::tid},  {"xmin", -2, types::xid}, {"cmin", -3, types::cid},
                                           {"xmax", -4, types::xid},  {"cmax", -5, types::cid},
                                           {"tableoid", tableoid_number, types::oid}};

const SystemColumn* system_column(const Syscache& cache, const RangeTblEntry& entry, std::string_view name) {
  if (entry.kind != RteKind::relation) return nullptr;
  const RelationRow* relation = cache.relation(entry.relation);
  if (!relation || relation->kind == 'v' || relation->kind == 'c') return nullptr;
  for (const SystemColumn& column : system_columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

void check_system_column(ExprKind kind, const SystemColumn& column, int location) {
  if (column.number == tableoid_number) return;
  if (kind == ExprKind::check_constraint) {
    fail(errcode::invalid_column_reference,
         fmt::format("system column \"{}\" reference in check constraint is invalid", column.name), location);
  }
  if (kind == ExprKind::generated_column) {
    fail(errcode::invalid_column_reference,
         fmt::format("cannot use system column \"{}\" in column generation expression", column.name), location);
  }
}

NodePtr column_var(const NamespaceItem& item, std::size_t index, int levels_up, int location) {
  const NamespaceColumn& column = item.columns[index];
  expr::Var var;
  var.rt_index = column.rt_index;
  var.attribute = column.attribute;
  var.levels_up = levels_up;
  var.type = column.type;
  var.typmod = column.typmod;
  var.collation = column.collation;
  var.column = column.column;
  var.returning = item.returning;
  var.written_rt_index = column.written_rt_index;
  var.written_attribute = column.written_attribute;
  return make(std::move(var), location);
}

NodePtr system_var(const NamespaceItem& item, const SystemColumn& column, int levels_up, int location) {
  expr::Var var;
  var.rt_index = item.rt_index;
  var.attribute = column.number;
  var.levels_up = levels_up;
  var.type = column.type;
  var.written_rt_index = item.rt_index;
  var.written_attribute = column.number;
  return make(std::move(var), location);
}

void check_lateral_ref(const ParseState& state, const NamespaceItem& item, int location) {
  if (!item.lateral_only || item.lateral_ok) return;
  bool is_target = state.target && item.entry == state.target->entry;
  SqlError error(errcode::invalid_column_reference,
                 fmt::format("invalid reference to FROM-clause entry for table \"{}\"", item.names.name));
  if (is_target) {
    error.hint = fmt::format(
        "There is an entry for table \"{}\", but it cannot be referenced from this part of the query.", item.names.name);
  } else {
    error.detail = "The combining JOIN type must be INNER or LEFT for a LATERAL reference.";
  }
  error.location = location;
  throw error;
}

bool hidden(const ParseState& state, const NamespaceItem& item) { return item.lateral_only && !state.lateral_active; }

NamespaceItemPtr item_named(ParseState& state, std::string_view name, int location) {
  NamespaceItemPtr found;
  for (const NamespaceItemPtr& item : state.names) {
    if (!item->relation_visible || hidden(state, *item) || item->names.name != name) continue;
    if (found) fail(errcode::ambiguous_alias, fmt::format("table reference \"{}\" is ambiguous", name), location);
    check_lateral_ref(state, *item, location);
    found = item;
  }
  return found;
}

NamespaceItemPtr item_of_relation(ParseState& state, Oid relation, int location) {
  NamespaceItemPtr found;
  for (const NamespaceItemPtr& item : state.names) {
    if (!item->relation_visible || hidden(state, *item)) continue;
    if (item->entry->kind != RteKind::relation || item->entry->relation != relation || item->entry->alias) continue;
    if (found) {
      fail(errcode::ambiguous_alias, fmt::format("table reference {} is ambiguous", relation), location);
    }
    check_lateral_ref(state, *item, location);
    found = item;
  }
  return found;
}

// Of a function in FROM, the row is the function's own result where that is composite or a lone column.
std::optional<expr::Var> function_row_var(ParseState& state, const RangeTblEntry& entry) {
  if (entry.with_ordinality || entry.functions.size() != 1) return std::nullopt;
  expr::Var var;
  Oid type = expr::type_of(*entry.functions[0].call);
  if (type_or_domain_relation(state.cache, type) != invalid_oid) {
    var.type = type;
    return var;
  }
  if (type == types::record || entry.functions[0].column_count != 1) return std::nullopt;
  var.attribute = 1;
  var.type = type;
  var.collation = expr::collation_of(*entry.functions[0].call);
  return var;
}

expr::Var whole_row_var(ParseState& state, const NamespaceItem& item) {
  const RangeTblEntry& entry = *item.entry;
  if (entry.kind == RteKind::function) {
    if (auto var = function_row_var(state, entry)) return *var;
  }
  expr::Var var;
  var.type = types::record;
  if (entry.kind == RteKind::relation) {
    const RelationRow* relation = state.cache.relation(entry.relation);
    if (relation && relation->row_type == invalid_oid)
      fail("42809", "relation \"" + std::string(relation->name) + "\" does not have a composite type");
    if (relation) var.type = relation->row_type;
    var.column = catalog::is_builtin(entry.relation) ? invalid_oid : entry.relation;
  }
  return var;
}

// A name that JOIN … USING (…) AS gave stands for the merged columns alone.
NodePtr using_alias_row(ParseState& state, const FoundItem& found, int location) {
  expr::RowExpr row;
  row.type = types::record;
  row.form = expr::CoercionForm::implicit_cast;
  for (ExpandedColumn& column : expand_item(state, *found.item, found.levels_up, location)) {
    row.args.push_back(std::move(column.var));
    row.column_names.push_back(std::move(column.name));
  }
  return make(std::move(row), location);
}

}  // namespace

bool is_system_column(const Syscache& cache, const RangeTblEntry& entry, std::string_view name) {
  return system_column(cache, entry, name) != nullptr;
}

void check_name_conflicts(ParseState&, const std::vector<NamespaceItemPtr>& first,
                          const std::vector<NamespaceItemPtr>& second) {
  auto bare_relation = [](const NamespaceItem& item) {
    return item.entry->kind == RteKind::relation && !item.entry->alias;
  };
  for (const NamespaceItemPtr& a : first) {
    for (const NamespaceItemPtr& b : second) {
      if (!a->relation_visible || !b->relation_visible || a->names.name != b->names.name) continue;
      if (bare_relation(*a) && bare_relation(*b) && a->entry->relation != b->entry->relation) continue;
      fail(errcode::duplicate_alias, fmt::format("table name \"{}\" specified more than once", a->names.name));
    }
  }
}

void add_item_to_query(ParseState& state, const NamespaceItemPtr& item, bool to_join_list, bool to_relations,
                       bool to_columns) {
  if (to_join_list) state.join_list.push_back({expr::RangeTblRef{item->rt_index}});
  if (!to_relations && !to_columns) return;
  item->relation_visible = to_relations;
  item->columns_visible = to_columns;
  item->lateral_only = false;
  item->lateral_ok = true;
  state.names.push_back(item);
}

FoundItem find_item(ParseState& state, std::string_view schema, std::string_view name, int location) {
  Oid relation = invalid_oid;
  if (!schema.empty()) {
    Oid schema_oid = state.cache.schema_by_name(schema);
    if (schema_oid != invalid_oid) relation = state.cache.relation_named(schema_oid, name);
    if (relation == invalid_oid) return {};
  }
  FoundItem found;
  for (ParseState* level = &state; level; level = level->parent) {
    found.item = schema.empty() ? item_named(*level, name, location) : item_of_relation(*level, relation, location);
    if (found.item) return found;
    ++found.levels_up;
  }
  return {};
}

NodePtr find_column_in(ParseState& state, const NamespaceItem& item, int levels_up, std::string_view column,
                       int location) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < item.names.columns.size(); ++i) {
    if (item.names.columns[i] != column) continue;
    if (found) {
      fail(errcode::ambiguous_column, fmt::format("column reference \"{}\" is ambiguous", column), location);
    }
    found = i;
  }
  if (found) return column_var(item, *found, levels_up, location);
  const SystemColumn* system = system_column(state.cache, *item.entry, column);
  if (!system) return nullptr;
  check_system_column(state.expr_kind, *system, location);
  return system_var(item, *system, levels_up, location);
}

NodePtr find_column(ParseState& state, std::string_view column, bool local_only, int location) {
  int levels_up = 0;
  for (ParseState* level = &state; level; level = level->parent, ++levels_up) {
    NodePtr found;
    for (const NamespaceItemPtr& item : level->names) {
      if (!item->columns_visible || hidden(*level, *item)) continue;
      NodePtr candidate = find_column_in(state, *item, levels_up, column, location);
      if (!candidate) continue;
      if (found) {
        fail(errcode::ambiguous_column, fmt::format("column reference \"{}\" is ambiguous", column), location);
      }
      check_lateral_ref(*level, *item, location);
      found = std::move(candidate);
    }
    if (found || local_only) return found;
  }
  return nullptr;
}

NodePtr whole_row_ref(ParseState& state, const FoundItem& found, int location) {
  if (found.item->names.name != found.item->entry->eref.name ||
      found.item->names.columns.size() != found.item->entry->eref.columns.size()) {
    return using_alias_row(state, found, location);
  }
  expr::Var var = whole_row_var(state, *found.item);
  var.rt_index = found.item->rt_index;
  var.levels_up = found.levels_up;
  var.written_rt_index = var.rt_index;
  var.written_attribute = var.attribute;
  var.returning = found.item->returning;
  return make(std::move(var), location);
}

// An entry of that name, or of that relation under another name, which can't be seen from here: searchRangeTableForRel.
void missing_relation(ParseState& state, std::string_view schema, std::string_view name, int location) {
  Oid schema_oid = schema.empty() ? invalid_oid : state.cache.schema_by_name(schema);
  Oid relation = schema.empty() ? state.cache.find_relation(name) : state.cache.relation_named(schema_oid, name);
  for (ParseState* level = &state; level; level = level->parent) {
    for (RangeTblEntry& entry : level->range_table) {
      bool same_relation = relation != invalid_oid && entry.kind == RteKind::relation && entry.relation == relation;
      if (!same_relation && entry.eref.name != name) continue;
      bool aliased = entry.eref.name != name;
      fail(errcode::undefined_table, fmt::format("invalid reference to FROM-clause entry for table \"{}\"", name),
           location, {},
           aliased ? fmt::format("Perhaps you meant to reference the table alias \"{}\".", entry.eref.name)
                   : fmt::format("There is an entry for table \"{}\", but it cannot be referenced from this part of "
                                 "the query.",
                                 name));
    }
  }
  fail(errcode::undefined_table, fmt::format("missing FROM-clause entry for table \"{}\"", name), location);
}

void missing_column(ParseState&, std::string_view relation, std::string_view column, int location) {
  fail(errcode::undefined_column,
       relation.empty() ? fmt::format("column \"{}\" does not exist", column)
                        : fmt::format("column {}.{} does not exist", relation, column),
       location);
}

std::vector<ExpandedColumn> expand_item(ParseState&, const NamespaceItem& item, int levels_up, int location) {
  std::vector<ExpandedColumn> columns;
  for (std::size_t i = 0; i < item.columns.size(); ++i) {
    if (item.columns[i].rt_index == 0 || item.columns[i].dont_expand) continue;
    columns.push_back({item.names.columns[i], column_var(item, i, levels_up, location)});
  }
  return columns;
}

std::vector<NodePtr> expand_row_var(ParseState& state, const expr::Var& whole_row, int location) {
  std::vector<NodePtr> vars;
  NamespaceItemPtr item = item_at(state, whole_row.rt_index, whole_row.levels_up);
  for (ExpandedColumn& column : expand_item(state, *item, whole_row.levels_up, location)) {
    vars.push_back(std::move(column.var));
  }
  return vars;
}

RangeTblEntry& entry_of(ParseState& state, int rt_index, int levels_up) {
  ParseState* level = &state;
  for (; levels_up > 0; --levels_up) level = level->parent;
  return level->range_table[static_cast<std::size_t>(rt_index) - 1];
}

NamespaceItemPtr item_at(ParseState& state, int rt_index, int levels_up) {
  ParseState* level = &state;
  for (; levels_up > 0; --levels_up) level = level->parent;
  for (const NamespaceItemPtr& item : level->names) {
    if (item->rt_index == rt_index && item->names.name == item->entry->eref.name) return item;
  }
  not_simulated("a whole-row reference to an entry out of sight");
}

Oid open_relation(ParseState& state, ast::RangeVar relation) {
  std::string_view schema = relation.schemaname(), name = relation.relname();
  const Syscache& cache = state.cache;
  Oid found = schema.empty() ? cache.find_relation(name) : [&] {
    Oid schema_oid = cache.schema_by_name(schema);
    return schema_oid == invalid_oid ? invalid_oid : cache.relation_named(schema_oid, name);
  }();
  if (found == invalid_oid) {
    fail(errcode::undefined_table,
         schema.empty() ? fmt::format("relation \"{}\" does not exist", name)
                        : fmt::format("relation \"{}.{}\" does not exist", schema, name),
         relation.location());
  }
  const RelationRow* row = cache.relation(found);
  if (row && (row->kind == 'i' || row->kind == 'c')) {
    fail(errcode::wrong_object_type,
         fmt::format("\"{}\" is {}", name, row->kind == 'i' ? "an index" : "a composite type"),
         relation.location());
  }
  return found;
}

}  // namespace pgplumb::engine::analyze
