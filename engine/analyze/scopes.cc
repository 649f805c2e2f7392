#include "engine/analyze/scopes.h"

#include <fmt/format.h>

#include "catalog/base/name.h"
#include "catalog/expr_walk.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_relation.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

namespace {

void visit_query(const expr::Query& query, const std::function<bool(const expr::Node&)>& predicate, bool& found);

void visit(const NodePtr& tree, const std::function<bool(const expr::Node&)>& predicate, bool& found) {
  if (!tree || found) return;
  found = predicate(*tree);
  if (found) return;
  expr::walk(*tree, {[&](const NodePtr& part) { visit(part, predicate, found); },
                     [&](const QueryPtr& part) { visit_query(*part, predicate, found); }});
}

void visit_query(const expr::Query& query, const std::function<bool(const expr::Node&)>& predicate, bool& found) {
  expr::walk(query, {[&](const NodePtr& part) { visit(part, predicate, found); },
                     [&](const QueryPtr& part) { visit_query(*part, predicate, found); }});
}

[[noreturn]] void refuse(const char* sqlstate, const char* message, int location) { fail(sqlstate, message, location); }

void check_old_row(const expr::Var& var, int location, const Analyzer::TriggerEvents& events) {
  if (!events.for_each_row) {
    refuse(errcode::invalid_object_definition, "statement trigger's WHEN condition cannot reference column values",
           location);
  }
  if (var.rt_index == 1 && events.on_insert) {
    refuse(errcode::invalid_object_definition, "INSERT trigger's WHEN condition cannot reference OLD values", location);
  }
  if (var.rt_index == 2 && events.on_delete) {
    refuse(errcode::invalid_object_definition, "DELETE trigger's WHEN condition cannot reference NEW values", location);
  }
  if (events.before && var.rt_index == 2 && var.attribute < 0) {
    refuse(errcode::feature_not_supported, "BEFORE trigger's WHEN condition cannot reference NEW system columns",
           location);
  }
}

}  // namespace

NamespaceItemPtr add_relation_scope(ParseState& state, Oid relation) {
  NamespaceItemPtr item = add_relation(state, relation, std::nullopt, false, true);
  add_item_to_query(state, item, true, true, true);
  return item;
}

void add_old_new_scope(ParseState& state, Oid relation) {
  for (const char* name : {"old", "new"}) {
    expr::Alias alias;
    alias.name = name;
    add_item_to_query(state, add_relation(state, relation, alias, false, false), false, true, true);
  }
}

void add_value_scope(ParseState& state, TypeRef base, Oid collation) {
  state.hooks.pre_column_ref = [base, collation](ParseState&, ast::ColumnRef ref) -> NodePtr {
    if (ref.fields().size() != 1 || ref.fields()[0].str() != "value") return nullptr;
    expr::CoerceToDomainValue value;
    value.type = base.type;
    value.typmod = base.typmod;
    value.collation = collation;
    return expr::make(std::move(value), ref.location());
  };
}

bool contains_node(const NodePtr& tree, const std::function<bool(const expr::Node&)>& predicate) {
  bool found = false;
  visit(tree, predicate, found);
  return found;
}

bool query_is_certain(const expr::Query& query) {
  bool found = false;
  visit_query(query,
              [](const expr::Node& node) {
                const auto* constant = node.as<expr::Const>();
                return constant && !constant->certain;
              },
              found);
  return !found;
}

void check_no_generated_columns(ParseState& state, const NodePtr& node) {
  contains_node(node, [&](const expr::Node& part) {
    const auto* var = part.as<expr::Var>();
    if (!var || var->attribute < 0) return false;
    if (var->attribute == 0) {
      SqlError error(errcode::invalid_object_definition,
                     "cannot use whole-row variable in column generation expression",
                     "This would cause the generated column to depend on its own value.");
      error.location = part.location;
      throw error;
    }
    const expr::RangeTblEntry& entry = entry_of(state, var->rt_index, 0);
    const ColumnRow& column = state.cache.columns(entry.relation)[static_cast<std::size_t>(var->attribute) - 1];
    if (column.generated) {
      fail(errcode::invalid_object_definition,
           fmt::format("cannot use generated column \"{}\" in column generation expression", column.name),
           part.location, "A generated column cannot reference another generated column.");
    }
    return false;
  });
}

void check_trigger_rows(ParseState& state, const NodePtr& node, const Analyzer::TriggerEvents& events) {
  contains_node(node, [&](const expr::Node& part) {
    const auto* var = part.as<expr::Var>();
    if (!var || var->levels_up > 0) return false;
    check_old_row(*var, part.location, events);
    const expr::RangeTblEntry& entry = entry_of(state, var->rt_index, 0);
    if (var->rt_index != 2 || !events.before || var->attribute <= 0) return false;
    const ColumnRow& column = state.cache.columns(entry.relation)[static_cast<std::size_t>(var->attribute) - 1];
    if (column.generated) {
      fail(errcode::invalid_object_definition, "BEFORE trigger's WHEN condition cannot reference NEW generated columns",
           part.location, fmt::format("Column \"{}\" is a generated column.", column.name));
    }
    return false;
  });
}

}  // namespace pgplumb::engine::analyze
