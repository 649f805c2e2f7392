#include "engine/ddl/trigger_clones.h"

#include "engine/ddl/expressions.h"
#include "engine/ddl/inheritance.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Trigger;

void clone_trigger(Interpreter& interpreter, Ref<Trigger> ref, Oid partition, bool replace) {
  catalog::Catalog& catalog = interpreter.catalog();
  const Trigger source = catalog.get(ref);
  const Object& table = *catalog.find(partition);
  const Trigger* known = catalog.find_named<Trigger>(partition, source.name);
  if (known && !replace && known->partition_of != ref)
    throw SqlError("42710", "trigger \"" + source.name.str() + "\" for relation \"" + table.name.str() +
                                "\" already exists");
  Trigger clone = source;
  clone.parent = AnyRef{table.kind, partition};
  clone.comment.clear();
  clone.partition_of = ref;
  for (Ref<Column>& column : clone.update_columns)
    column = Ref<Column>{find_column(catalog, partition, catalog.get(column).name)->oid};
  if (!source.when.empty())
    clone.when = map_columns(catalog, source.when, source.parent.oid, partition, [] {
      throw SqlError("0A000", "cannot convert whole-row table reference");
    });
  if (known) catalog.erase(known->oid);
  clone_trigger_to_partitions(interpreter, catalog.insert(std::move(clone)), replace);
}

}  // namespace

void clone_triggers(Interpreter& interpreter, Oid parent, Oid partition) {
  std::vector<Ref<Trigger>> triggers;
  for (const Trigger* trigger : interpreter.catalog().children_of<Trigger>(parent))
    if (trigger->for_each_row) triggers.push_back(Ref<Trigger>{trigger->oid});
  for (Ref<Trigger> trigger : triggers) clone_trigger(interpreter, trigger, partition, false);
}

void clone_trigger_to_partitions(Interpreter& interpreter, Ref<Trigger> ref, bool replace) {
  const Trigger& trigger = interpreter.catalog().get(ref);
  if (!trigger.for_each_row) return;
  for (Oid partition : partitions_of(interpreter.catalog(), trigger.parent.oid))
    clone_trigger(interpreter, ref, partition, replace);
}

void drop_trigger_clones(Interpreter& interpreter, Oid partition) {
  catalog::Catalog& catalog = interpreter.catalog();
  for (const Trigger* trigger : catalog.children_of<Trigger>(partition)) {
    if (!trigger->partition_of) continue;
    const Oid clone = trigger->oid;
    for (Oid below : partitions_of(catalog, partition))
      for (const Trigger* next : catalog.children_of<Trigger>(below))
        if (next->partition_of.oid == clone) {
          drop_trigger_clones(interpreter, below);
          break;
        }
    catalog.erase(clone);
  }
}

}  // namespace pgplumb::engine::ddl
