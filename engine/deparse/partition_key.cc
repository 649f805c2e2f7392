// pg_get_partkeydef.
#include "catalog/catalog.h"
#include "catalog/kinds/table.h"
#include "engine/deparse/deparse.h"
#include "engine/deparse/names.h"

namespace pgplumb::engine::deparse {

namespace {

std::string_view word_of(catalog::PartitionStrategy strategy) {
  switch (strategy) {
    case catalog::PartitionStrategy::none: return "";
    case catalog::PartitionStrategy::range: return "RANGE (";
    case catalog::PartitionStrategy::list: return "LIST (";
    case catalog::PartitionStrategy::hash: return "HASH (";
  }
  return "";
}

std::string print_part(const Syscache& cache, const catalog::PartitionKeyPart& part) {
  std::string text = part.expression.text;
  if (part.column) {
    const auto* column = cache.objects()->find(part.column.oid);
    text = quote_identifier(cache, column ? column->name.view() : "???");
  }
  if (part.collation) text += " COLLATE " + collation_name(cache, part.collation.oid);
  if (const auto op_class = cache.opclass(part.operator_class.oid))
    text += " " + qualified_name(cache, op_class->schema, op_class->name);
  return text;
}

}  // namespace

std::string print_partition_key(const Syscache& cache, const catalog::Table& table) {
  std::string text(word_of(table.partition_strategy));
  std::string_view separator = "";
  for (const catalog::PartitionKeyPart& part : table.partition_key_parts) {
    text.append(separator) += print_part(cache, part);
    separator = ", ";
  }
  return text + ")";
}

}  // namespace pgplumb::engine::deparse
