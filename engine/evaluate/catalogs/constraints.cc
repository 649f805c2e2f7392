// pg_constraint, pg_trigger, pg_policy, pg_rewrite.
#include <algorithm>

#include "catalog/expr_walk.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/policy.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "engine/deparse/deparse.h"
#include "engine/evaluate/catalogs/table.h"
#include "engine/evaluate/object_names.h"

namespace pgplumb::engine::evaluate {

using catalog::Kind;

namespace {

using Columns = std::vector<catalog::Ref<catalog::Column>>;

std::vector<std::int64_t> column_numbers(const Source& source, const Columns& columns) {
  std::vector<std::int64_t> numbers;
  for (const auto& column : columns)
    if (const auto* found = source.objects.find_as<catalog::Column>(column.oid)) numbers.push_back(found->number);
  return numbers;
}

// --- pg_constraint
// -----------------------------------------------------------------------------------------------------

using ConstraintRow = const catalog::Constraint*;

bool of_domain(const catalog::Constraint& row) { return row.parent.kind == Kind::domain; }

/// The columns that a check reads, in the order of its text: StoreRelCheck of heap.c.
void add_columns_read(const expr::NodePtr& node, std::vector<std::int64_t>& numbers) {
  if (const auto* var = expr::as<expr::Var>(node))
    if (std::find(numbers.begin(), numbers.end(), var->attribute) == numbers.end()) numbers.push_back(var->attribute);
  expr::Walker walker;
  walker.node = [&](const expr::NodePtr& part) { add_columns_read(part, numbers); };
  expr::walk(*node, walker);
}

Value check_key(const ConstraintRow& row) {
  if (!row->expression.tree) return Value::unknown(invalid_oid, "the columns of a check");
  std::vector<std::int64_t> numbers;
  add_columns_read(row->expression.tree, numbers);
  return numbers.empty() ? null_value() : numbers_value(numbers, false);
}

Value key_numbers(const Source& source, const ConstraintRow& row) {
  if (of_domain(*row)) return null_value();
  if (row->type == catalog::ConstraintType::check) return check_key(row);
  if (row->type != catalog::ConstraintType::exclusion)
    return numbers_value(column_numbers(source, row->columns), false);
  const auto* index = source.objects.find_as<catalog::Index>(row->index.oid);
  if (!index) return Value::unknown(invalid_oid, "the key of an exclusion constraint");
  std::vector<std::int64_t> numbers;
  for (const catalog::IndexColumn& column : index->columns) {
    const auto* found = source.objects.find_as<catalog::Column>(column.column.oid);
    numbers.push_back(found ? found->number : 0);
  }
  return numbers_value(numbers, false);
}

bool no_inherit(const Source& source, const catalog::Constraint& row) {
  if (row.type == catalog::ConstraintType::check || row.type == catalog::ConstraintType::not_null)
    return row.no_inherit;
  if (row.partition_of) return false;
  // Keys of partitioned tables are their partitions' too.
  return source.cache.relation(row.parent.oid) && source.cache.relation(row.parent.oid)->kind != 'p';
}

Value foreign_char(const ConstraintRow& row, Value (*get)(const catalog::ForeignKey&)) {
  return row->foreign_key ? get(*row->foreign_key) : text_value(" ");
}

const CatalogColumn<ConstraintRow> constraint_columns[] = {
    {"oid", [](const Source&, const ConstraintRow& row) { return oid_value(row->oid); }},
    {"conname", [](const Source&, const ConstraintRow& row) { return text_value(row->name.view()); }},
    {"connamespace",
     [](const Source& source, const ConstraintRow& row) {
       return oid_value(source.objects.schema_of(*source.objects.find(row->parent.oid)));
     }},
    {"contype", [](const Source&, const ConstraintRow& row) { return stored_value(row->type); }},
    {"condeferrable", [](const Source&, const ConstraintRow& row) { return flag_value(row->deferrable); }},
    {"condeferred", [](const Source&, const ConstraintRow& row) { return flag_value(row->initially_deferred); }},
    {"conenforced", [](const Source&, const ConstraintRow& row) { return flag_value(row->enforced); }},
    {"convalidated", [](const Source&, const ConstraintRow& row) { return flag_value(row->validated); }},
    {"conrelid", [](const Source&, const ConstraintRow& row) { return oid_value(of_domain(*row) ? 0 : row->parent.oid); }},
    {"contypid", [](const Source&, const ConstraintRow& row) { return oid_value(of_domain(*row) ? row->parent.oid : 0); }},
    {"conindid",
     [](const Source&, const ConstraintRow& row) {
       return oid_value(row->foreign_key ? row->foreign_key->index.oid : row->index.oid);
     }},
    {"conparentid", [](const Source&, const ConstraintRow& row) { return oid_value(row->partition_of.oid); }},
    {"confrelid",
     [](const Source&, const ConstraintRow& row) { return oid_value(row->foreign_key ? row->foreign_key->table.oid : 0); }},
    {"confupdtype",
     [](const Source&, const ConstraintRow& row) {
       return foreign_char(row, [](const catalog::ForeignKey& key) { return stored_value(key.on_update); });
     }},
    {"confdeltype",
     [](const Source&, const ConstraintRow& row) {
       return foreign_char(row, [](const catalog::ForeignKey& key) { return stored_value(key.on_delete); });
     }},
    {"confmatchtype",
     [](const Source&, const ConstraintRow& row) {
       return foreign_char(row, [](const catalog::ForeignKey& key) { return stored_value(key.match); });
     }},
    {"conislocal", [](const Source&, const ConstraintRow& row) { return flag_value(row->local); }},
    {"coninhcount", [](const Source&, const ConstraintRow& row) { return number_value(row->inherited_from); }},
    {"connoinherit", [](const Source& source, const ConstraintRow& row) { return flag_value(no_inherit(source, *row)); }},
    {"conperiod", [](const Source&, const ConstraintRow& row) { return flag_value(row->period); }},
    {"conkey", key_numbers},
    {"confkey",
     [](const Source& source, const ConstraintRow& row) {
       return row->foreign_key ? numbers_value(column_numbers(source, row->foreign_key->columns), false) : null_value();
     }},
    {"confdelsetcols",
     [](const Source& source, const ConstraintRow& row) {
       const bool none = !row->foreign_key || row->foreign_key->set_columns.empty();
       return none ? null_value() : numbers_value(column_numbers(source, row->foreign_key->set_columns), false);
     }},
    {"conexclop",
     [](const Source&, const ConstraintRow& row) {
       std::vector<Oid> oids;
       for (const catalog::AnyRef& op : row->operators) oids.push_back(op.oid);
       return oids.empty() ? null_value() : oids_value(oids, false);
     }},
    {"conbin",
     [](const Source& source, const ConstraintRow& row) {
       return expression_value(source, row->expression, of_domain(*row) ? 0 : row->parent.oid);
     }},
};

// --- pg_trigger
// --------------------------------------------------------------------------------------------------------

using TriggerRow = const catalog::Trigger*;

std::int64_t trigger_type(const catalog::Trigger& row) {
  std::int64_t type = row.for_each_row ? 1 : 0;
  if (row.timing == catalog::TriggerTiming::before) type |= 2;
  if (row.timing == catalog::TriggerTiming::instead_of) type |= 64;
  return type | (row.on_insert ? 4 : 0) | (row.on_delete ? 8 : 0) | (row.on_update ? 16 : 0) |
         (row.on_truncate ? 32 : 0);
}

Value name_or_null(Name name) { return name.empty() ? null_value() : text_value(name.view()); }

const CatalogColumn<TriggerRow> trigger_columns[] = {
    {"oid", [](const Source&, const TriggerRow& row) { return oid_value(row->oid); }},
    {"tgrelid", [](const Source&, const TriggerRow& row) { return oid_value(row->parent.oid); }},
    {"tgparentid", [](const Source&, const TriggerRow& row) { return oid_value(row->partition_of.oid); }},
    {"tgname", [](const Source&, const TriggerRow& row) { return text_value(row->name.view()); }},
    {"tgfoid", [](const Source&, const TriggerRow& row) { return oid_value(row->function.oid); }},
    {"tgtype", [](const Source&, const TriggerRow& row) { return number_value(trigger_type(*row)); }},
    {"tgenabled", [](const Source&, const TriggerRow& row) { return stored_value(row->enabled); }},
    // In 13 and 14 a partition's clone of a trigger counts as internal.
    {"tgisinternal", [](const Source& source,
                        const TriggerRow& row) { return flag_value(source.cache.major() < 15 && row->partition_of); }},
    {"tgconstrrelid", [](const Source&, const TriggerRow& row) { return oid_value(row->constraint_relation.oid); }},
    {"tgconstrindid", [](const Source&, const TriggerRow&) { return oid_value(0); }},
    {"tgdeferrable", [](const Source&, const TriggerRow& row) { return flag_value(row->deferrable); }},
    {"tginitdeferred", [](const Source&, const TriggerRow& row) { return flag_value(row->initially_deferred); }},
    {"tgnargs", [](const Source&,
                   const TriggerRow& row) { return number_value(static_cast<std::int64_t>(row->arguments.size())); }},
    {"tgattr", [](const Source& source,
                  const TriggerRow& row) { return numbers_value(column_numbers(source, row->update_columns), true); }},
    {"tgqual",
     [](const Source& source, const TriggerRow& row) {
       if (row->when.empty()) return null_value();
       if (!row->when.tree) return Value::unknown(invalid_oid, "a trigger's condition");
       return text_value(deparse::print_trigger_condition(source.cache, *row->when.tree, row->parent.oid));
     }},
    {"tgoldtable", [](const Source&, const TriggerRow& row) { return name_or_null(row->old_table); }},
    {"tgnewtable", [](const Source&, const TriggerRow& row) { return name_or_null(row->new_table); }},
};

// --- pg_policy, pg_rewrite
// ---------------------------------------------------------------------------------------------

using PolicyRow = const catalog::Policy*;
const CatalogColumn<PolicyRow> policy_columns[] = {
    {"oid", [](const Source&, const PolicyRow& row) { return oid_value(row->oid); }},
    {"polname", [](const Source&, const PolicyRow& row) { return text_value(row->name.view()); }},
    {"polrelid", [](const Source&, const PolicyRow& row) { return oid_value(row->parent.oid); }},
    {"polcmd", [](const Source&, const PolicyRow& row) { return stored_value(row->command); }},
    {"polpermissive", [](const Source&, const PolicyRow& row) { return flag_value(row->permissive); }},
    {"polroles",
     [](const Source& source, const PolicyRow& row) {
       std::vector<Oid> roles;
       for (const Name& role : row->roles) roles.push_back(role == "public" ? 0 : role_oid(source.interpreter, role));
       return oids_value(roles, false);
     }},
    {"polqual", [](const Source& source,
                   const PolicyRow& row) { return expression_value(source, row->using_expression, row->parent.oid); }},
    {"polwithcheck",
     [](const Source& source, const PolicyRow& row) {
       return expression_value(source, row->check_expression, row->parent.oid);
     }},
};

struct RewriteRow {
  Oid oid = invalid_oid, relation = invalid_oid;
  std::string_view name;
  std::string_view event;
  bool instead = true;
  std::string_view enabled = "O";
};
const CatalogColumn<RewriteRow> rewrite_columns[] = {
    {"oid", [](const Source&, const RewriteRow& row) { return oid_value(row.oid); }},
    {"rulename", [](const Source&, const RewriteRow& row) { return text_value(row.name); }},
    {"ev_class", [](const Source&, const RewriteRow& row) { return oid_value(row.relation); }},
    {"ev_type", [](const Source&, const RewriteRow& row) { return text_value(row.event); }},
    {"ev_enabled", [](const Source&, const RewriteRow& row) { return text_value(row.enabled); }},
    {"is_instead", [](const Source&, const RewriteRow& row) { return flag_value(row.instead); }},
};

template <class E>
std::string_view stored(E value) {
  for (const catalog::EnumEntry& entry : enum_entries(value))
    if (entry.value == static_cast<int>(value)) return entry.stored;
  return {};
}

}  // namespace

RelationPtr make_pg_constraint(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::Constraint>(interpreter), constraint_columns);
}
RelationPtr make_pg_trigger(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::Trigger>(interpreter), trigger_columns);
}
RelationPtr make_pg_policy(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::Policy>(interpreter), policy_columns);
}

/// A view's rule has no object of its own: it goes by the view's oid.
RelationPtr make_pg_rewrite(Interpreter& interpreter, Oid relation) {
  std::vector<RewriteRow> rows;
  for (const auto* rule : objects_of<catalog::Rule>(interpreter))
    rows.push_back(
        {rule->oid, rule->parent.oid, rule->name.view(), stored(rule->event), rule->instead, stored(rule->enabled)});
  for (const auto* view : objects_of<catalog::View>(interpreter))
    rows.push_back({view->oid, view->oid, "_RETURN", "1"});
  for (const auto* view : objects_of<catalog::MaterializedView>(interpreter))
    rows.push_back({view->oid, view->oid, "_RETURN", "1"});
  for (const builtin::Relation& view : interpreter.cache().builtin().relations())
    if (view.relkind == 'v') rows.push_back({view.oid, view.oid, "_RETURN", "1"});
  return catalog_table(interpreter, relation, std::move(rows), rewrite_columns);
}

}  // namespace pgplumb::engine::evaluate
