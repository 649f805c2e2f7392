#include "engine/ddl/table_persistence.h"

#include "catalog/kinds/sequence.h"
#include "catalog/kinds/table.h"

namespace pgplumb::engine::ddl {

catalog::Persistence persistence_of(const Object& relation) {
  if (const auto* table = dynamic_cast<const catalog::Table*>(&relation)) return table->persistence;
  if (const auto* sequence = dynamic_cast<const catalog::Sequence*>(&relation)) return sequence->persistence;
  return catalog::Persistence::permanent;
}

}  // namespace pgplumb::engine::ddl
