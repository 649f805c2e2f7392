// MERGE (15): get_merge_query_def.
#include <algorithm>

#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::merge_insert(const expr::MergeAction& action, const Entry& target) {
  text("INSERT");
  if (!action.targets.empty()) text(" ");
  const Nodes values = insert_columns(action.targets, target);
  overriding(action.overriding, " ", "");
  if (values.empty()) return text(" DEFAULT VALUES");
  clause(" VALUES (", 4);
  toplevel_list(values, false);
  text(")");
}

void Printer::merge_action(const expr::Query& query, const expr::MergeAction& action, bool by_source,
                           const Entry& target) {
  clause(" WHEN ", 2);
  switch (action.match) {
    case expr::MergeMatch::matched: text("MATCHED"); break;
    case expr::MergeMatch::not_matched_by_source: text("NOT MATCHED BY SOURCE"); break;
    case expr::MergeMatch::not_matched_by_target: text(by_source ? "NOT MATCHED BY TARGET" : "NOT MATCHED"); break;
  }
  if (action.condition) {
    clause(" AND ", 3);
    node(action.condition, false);
  }
  clause(" THEN ", 3);
  switch (action.command) {
    case expr::CommandType::insert: return merge_insert(action, target);
    case expr::CommandType::update:
      text("UPDATE SET ");
      return update_list(query, action.targets, target);
    case expr::CommandType::delete_: return text("DELETE");
    default: return text("DO NOTHING");
  }
}

void Printer::merge(const expr::Query& query) {
  with(query);
  const Entry& target = context_.level->entry(query.result_relation);
  start_command();
  text("MERGE INTO ");
  if (!target.inherit) text("ONLY ");
  text(relation_name(cache_, target.relation));
  alias(target, query.result_relation, before_alias());
  from(query, " USING ");
  clause(" ON ", 2);
  node(query.merge_join_condition ? query.merge_join_condition : query.join_tree.where, false);
  // BY SOURCE is no standard SQL; where it occurs, the others say BY TARGET.
  const bool by_source =
      std::any_of(query.merge_actions.begin(), query.merge_actions.end(), [](const expr::MergeAction& action) {
        return action.match == expr::MergeMatch::not_matched_by_source;
      });
  for (const expr::MergeAction& action : query.merge_actions) merge_action(query, action, by_source, target);
  returning(query);
}

}  // namespace pgplumb::engine::deparse
