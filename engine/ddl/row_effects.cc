#include "engine/ddl/row_effects.h"

#include <algorithm>
#include <set>
#include <utility>

#include "catalog/kinds/column_default.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/routine_effects.h"
#include "engine/ddl/table_columns.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// System catalogs whose rows are no part of a schema: what the server measures and stores, and the cluster's databases.
constexpr std::string_view catalogs_of_data[] = {"pg_database",         "pg_largeobject",         "pg_largeobject_metadata",
                                                 "pg_shdescription",    "pg_statistic",           "pg_statistic_ext_data",
                                                 "pg_stat_database",    "pg_replication_origin"};

std::optional<std::string> effect_of_catalog(const Interpreter& interpreter, Oid relation) {
  const analyze::RelationRow* row = cache_of(interpreter).relation(relation);
  if (!row || row->schema != builtin::pg_catalog_namespace) return std::nullopt;
  if (std::find(std::begin(catalogs_of_data), std::end(catalogs_of_data), row->name) != std::end(catalogs_of_data))
    return std::nullopt;
  return "changes rows of the system catalog " + std::string(row->name);
}

bool fires_on(const Trigger& trigger, RowChange change) {
  if (trigger.enabled == Enabled::disabled || trigger.enabled == Enabled::replica) return false;
  switch (change) {
    case RowChange::insert: return trigger.on_insert;
    case RowChange::update: return trigger.on_update;
    case RowChange::delete_: return trigger.on_delete;
    case RowChange::truncate: return trigger.on_truncate;
  }
  return false;
}

bool fires_on(const Rule& rule, RowChange change) {
  if (rule.enabled == Enabled::disabled || rule.enabled == Enabled::replica) return false;
  switch (rule.event) {
    case RuleEvent::insert: return change == RowChange::insert;
    case RuleEvent::update: return change == RowChange::update;
    case RuleEvent::delete_: return change == RowChange::delete_;
    case RuleEvent::select: return false;
  }
  return false;
}

/// What a foreign key does to the rows that refer to those that change.
std::optional<RowChange> passed_on(const ForeignKey& key, RowChange change) {
  if (change != RowChange::update && change != RowChange::delete_) return std::nullopt;
  switch (change == RowChange::delete_ ? key.on_delete : key.on_update) {
    case ForeignKeyAction::cascade: return change;
    case ForeignKeyAction::set_null:
    case ForeignKeyAction::set_default: return RowChange::update;
    default: return std::nullopt;
  }
}

class RowSearch {
 public:
  explicit RowSearch(const Interpreter& interpreter) : interpreter_(interpreter), catalog_(interpreter.catalog()) {}

  std::optional<std::string> all(Oid relation, RowChange change) {
    if (is_builtin(relation)) return effect_of_catalog(interpreter_, relation);
    for (Oid one : all_inheritors(catalog_, relation)) {
      if (!seen_.insert({one, change}).second) continue;
      if (auto reason = of_one(one, change)) return reason;
    }
    return std::nullopt;
  }

 private:
  std::optional<std::string> of_one(Oid relation, RowChange change) {
    if (auto reason = triggers(relation, change)) return reason;
    if (auto reason = rules(relation, change)) return reason;
    if (change == RowChange::insert)
      if (auto reason = defaults(relation)) return reason;
    if (const auto* view = catalog_.find_as<View>(relation)) return beneath(*view, change);
    return change == RowChange::update || change == RowChange::delete_ ? keys(relation, change) : std::nullopt;
  }

  std::optional<std::string> triggers(Oid relation, RowChange change) {
    for (const Trigger* trigger : catalog_.children_of<Trigger>(relation)) {
      if (!fires_on(*trigger, change)) continue;
      if (auto reason = effect_of_routine(interpreter_, trigger->function.oid))
        return "fires trigger " + trigger->name.str() + ", which " + *reason;
    }
    return std::nullopt;
  }

  std::optional<std::string> rules(Oid relation, RowChange change) {
    for (const Rule* rule : catalog_.children_of<Rule>(relation)) {
      if (!fires_on(*rule, change)) continue;
      if (auto reason = effect_of_refs(interpreter_, rule->definition.refs))
        return "is rewritten by rule " + rule->name.str() + ", which " + *reason;
    }
    return std::nullopt;
  }

  std::optional<std::string> defaults(Oid relation) {
    for (const Column* column : catalog_.children_of<Column>(relation)) {
      const ColumnDefault* value = default_of(catalog_, column->oid);
      if (!value) continue;
      if (auto reason = effect_of_refs(interpreter_, value->expression.refs))
        return "fills column " + column->name.str() + ", whose default " + *reason;
    }
    return std::nullopt;
  }

  std::optional<std::string> beneath(const View& view, RowChange change) {
    for (Oid oid : view.query.refs) {
      const Object* object = catalog_.find(oid);
      if (object && object->kind == Kind::column) object = catalog_.find(object->parent.oid);
      if (object && (object->kind == Kind::table || object->kind == Kind::view))
        if (auto reason = all(object->oid, change)) return reason;
    }
    return std::nullopt;
  }

  std::optional<std::string> keys(Oid relation, RowChange change) {
    for (const Dependent& dependent : catalog_.dependents(relation)) {
      const auto* constraint = catalog_.find_as<Constraint>(dependent.oid);
      if (!constraint || !constraint->foreign_key || constraint->foreign_key->table.oid != relation) continue;
      if (const auto next = passed_on(*constraint->foreign_key, change))
        if (auto reason = all(constraint->parent.oid, *next)) return reason;
    }
    return std::nullopt;
  }

  const Interpreter& interpreter_;
  const Catalog& catalog_;
  std::set<std::pair<Oid, RowChange>> seen_;
};

}  // namespace

std::optional<std::string> effect_of_rows(const Interpreter& interpreter, Oid relation, RowChange change) {
  if (relation == invalid_oid) return std::nullopt;
  return RowSearch(interpreter).all(relation, change);
}

}  // namespace pgplumb::engine::ddl
