// INSERT, UPDATE and DELETE, as rules and SQL-standard function bodies hold them.
#include "catalog/catalog.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::start_command() {
  if (!context_.line_breaks) return;
  context_.indentation += indent_clause;
  text(" ");
}

void Printer::overriding(expr::Overriding what, std::string_view before, std::string_view after) {
  if (what == expr::Overriding::not_set) return;
  text(before);
  text(what == expr::Overriding::system_value ? "OVERRIDING SYSTEM VALUE" : "OVERRIDING USER VALUE");
  text(after);
}

// The columns that are assigned, and what is assigned to each.
Printer::Nodes Printer::insert_columns(const Targets& targets, const Entry& target) {
  Nodes values;
  std::string_view separator = "(";
  for (const expr::TargetEntry& entry : targets) {
    if (entry.junk) continue;
    text(separator);
    separator = ", ";
    identifier(attribute_name(cache_, target.relation, entry.resno));
    values.push_back(indirection(entry.expr));
  }
  if (!values.empty()) text(")");
  return values;
}

void Printer::insert(const expr::Query& query) {
  with(query);
  const Entry* source = nullptr;
  for (const Entry& entry : query.range_table)
    if (entry.kind == expr::RteKind::subquery || entry.kind == expr::RteKind::values) source = &entry;
  const Entry& target = context_.level->entry(query.result_relation);
  start_command();
  text("INSERT INTO ");
  text(relation_name(cache_, target.relation));
  alias(target, query.result_relation, " AS ");
  text(" ");
  const Nodes single = insert_columns(query.targets, target);
  if (!single.empty()) text(" ");
  overriding(query.overriding, "", " ");
  if (source && source->kind == expr::RteKind::subquery) {
    this->query(*source->subquery, {.column_names_visible = false});
  } else if (source) {
    values(source->values);
  } else if (!single.empty()) {
    clause("VALUES (", 2);
    toplevel_list(single, false);
    text(")");
  } else {
    text("DEFAULT VALUES");
  }
  on_conflict(query, target);
  returning(query);
}

void Printer::arbiters(const expr::OnConflict& conflict) {
  const bool qualified = context_.qualify_columns;
  context_.qualify_columns = false;  // they can belong to nothing but the target
  std::string_view separator = "(";
  for (const expr::InferenceElem& arbiter : conflict.arbiters) {
    text(separator);
    separator = ", ";
    const auto* call = expr::as<expr::FuncExpr>(arbiter.expr);
    const bool bare = expr::as<expr::Var>(arbiter.expr) || (call && call->form == expr::CoercionForm::explicit_call);
    if (!bare) text("(");
    node(arbiter.expr, false);
    if (!bare) text(")");
    if (arbiter.collation != invalid_oid) text(" COLLATE " + collation_name(cache_, arbiter.collation));
    const auto op_class = cache_.opclass(arbiter.op_class);
    if (op_class && !op_class->is_default) text(" " + qualified_name(cache_, op_class->schema, op_class->name));
  }
  text(")");
  where(conflict.arbiter_where);
  context_.qualify_columns = qualified;
}

void Printer::on_conflict(const expr::Query& query, const Entry& target) {
  const expr::OnConflict& conflict = query.on_conflict;
  if (conflict.action == expr::OnConflictAction::none) return;
  text(" ON CONFLICT");
  if (!conflict.arbiters.empty()) {
    arbiters(conflict);
  } else if (conflict.constraint != invalid_oid) {
    const catalog::Object* constraint = cache_.objects() ? cache_.objects()->find(conflict.constraint) : nullptr;
    text(" ON CONSTRAINT ");
    identifier(constraint ? constraint->name.view() : "???");
  }
  if (conflict.action == expr::OnConflictAction::nothing) return text(" DO NOTHING");
  text(" DO UPDATE SET ");
  update_list(query, conflict.set, target);
  where(conflict.where);
}

std::string_view Printer::before_alias() const { return late_minor_release() ? " AS " : " "; }

void Printer::update(const expr::Query& query) {
  with(query);
  const Entry& target = context_.level->entry(query.result_relation);
  start_command();
  text("UPDATE ");
  if (!target.inherit) text("ONLY ");
  text(relation_name(cache_, target.relation));
  alias(target, query.result_relation, before_alias());
  text(" SET ");
  update_list(query, query.targets, target);
  from(query, " FROM ");
  where(query.join_tree.where);
  returning(query);
}

void Printer::delete_from(const expr::Query& query) {
  with(query);
  const Entry& target = context_.level->entry(query.result_relation);
  start_command();
  text("DELETE FROM ");
  if (!target.inherit) text("ONLY ");
  text(relation_name(cache_, target.relation));
  alias(target, query.result_relation, before_alias());
  from(query, " USING ");
  where(query.join_tree.where);
  returning(query);
}

void Printer::returning(const expr::Query& query) {
  if (query.returning.empty()) return;
  clause(" RETURNING", 1);
  std::string_view separator = " WITH (";
  auto renamed = [&](const std::string& name, std::string_view usual, std::string_view word) {
    if (name.empty() || name == usual) return;
    text(separator);
    text(word);
    identifier(name);
    separator = ", ";
  };
  renamed(query.returning_old_alias, "old", "OLD AS ");
  renamed(query.returning_new_alias, "new", "NEW AS ");
  if (separator == ", ") text(")");
  target_list(query.returning);
}

void Printer::utility(const expr::Query& query) {
  if (!query.utility) return text("NOTHING");
  keyword("", 0, indent_clause, 1);
  text("NOTIFY ");
  identifier(query.utility->channel);
  if (query.utility->payload) text(", " + string_literal(*query.utility->payload));
}

}  // namespace pgplumb::engine::deparse
