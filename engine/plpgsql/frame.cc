#include "engine/plpgsql/frame.h"

namespace pgplumb::engine::plpgsql {

namespace {

bool same_columns(const Row& a, const Row& b) {
  if (a.columns.size() != b.columns.size()) return false;
  for (std::size_t i = 0; i < a.columns.size(); ++i)
    if (a.columns[i].name != b.columns[i].name || a.columns[i].type != b.columns[i].type) return false;
  return true;
}

}  // namespace

bool same(const Slot& a, const Slot& b) {
  return a.type == b.type && a.value == b.value && a.row.assigned == b.row.assigned && a.row.is_null == b.row.is_null &&
         a.row.unknown == b.row.unknown && same_columns(a.row, b.row) && a.row.values == b.row.values;
}

void forget(Slot& slot, const std::string& reason) {
  slot.value = Value::unknown(slot.type.type, reason);
  slot.row.unknown = reason;
  for (Value& value : slot.row.values) value = Value::unknown(value.type, reason);
}

Slot merged(const Slot& a, const Slot& b, const std::string& reason) {
  if (same(a, b)) return a;
  Slot result = a;
  forget(result, reason);
  return result;
}

}  // namespace pgplumb::engine::plpgsql
