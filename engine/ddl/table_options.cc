#include "engine/ddl/table_options.h"

#include "catalog/kinds/foreign_table.h"
#include "engine/ddl/create_table.h"
#include "engine/ddl/opclass.h"

namespace pgplumb::engine::ddl {

using catalog::ForeignTable;
using catalog::Table;

void apply_table_options(Interpreter& interpreter, Table& table, ast::List<ast::Node> list) {
  if (list.empty()) return;
  require_known_namespaces(list, true);
  const int major = interpreter.major();
  if (table.partition_strategy != catalog::PartitionStrategy::none) {
    if (major >= 17)
      throw SqlError("42809", "cannot specify storage parameters for a partitioned table", {},
                     "Specify storage parameters for its leaf partitions instead.");
    table.options = transform_reloptions({}, list, "", OptionTarget::partitioned, major);
    return;
  }
  table.options = transform_reloptions({}, list, "", OptionTarget::heap, major);
  table.toast_options = transform_reloptions({}, list, "toast", OptionTarget::toast, major);
}

AnyRef resolve_table_method(Interpreter& interpreter, std::string_view named, bool is_partitioned, Oid parent) {
  if (is_partitioned) {
    if (named.empty()) return {};
    if (interpreter.major() < 17)
      throw SqlError("0A000", "specifying a table access method is not supported on a partitioned table");
    return AnyRef{Kind::access_method, table_method(interpreter, named)};
  }
  if (!named.empty()) return AnyRef{Kind::access_method, table_method(interpreter, named)};
  if (const auto* table = interpreter.catalog().find_as<Table>(parent); table && table->access_method)
    return table->access_method;
  const std::string usual = interpreter.session().parameter("default_table_access_method").value_or("heap");
  return AnyRef{Kind::access_method, table_method(interpreter, usual)};
}

void set_partition_bound(catalog::Catalog& catalog, Oid relation, catalog::Expr bound) {
  if (catalog.find_as<Table>(relation))
    catalog.edit(Ref<Table>{relation}).set<&Table::partition_bound>(std::move(bound));
  else
    catalog.edit(Ref<ForeignTable>{relation}).set<&ForeignTable::partition_bound>(std::move(bound));
}

}  // namespace pgplumb::engine::ddl
