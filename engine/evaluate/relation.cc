#include "engine/evaluate/relation.h"

namespace pgplumb::engine::evaluate {

const Relation::Index& Relation::index(int attribute) const {
  auto [found, fresh] = indexes_.try_emplace(attribute);
  Index& index = found->second;
  if (!fresh) return index;
  for (std::size_t row = 0; row < size(); ++row) {
    Value found_value = value(row, attribute);
    if (found_value.is_unknown()) index.complete = false;
    if (found_value.is_known()) index.rows[std::move(found_value.text)].push_back(static_cast<std::uint32_t>(row));
  }
  return index;
}

const Relation::Numbers* Relation::rows_with(int attribute, const std::string& text) const {
  static const Numbers none;
  const Index& found = index(attribute);
  if (!found.complete) return nullptr;
  const auto rows = found.rows.find(text);
  return rows == found.rows.end() ? &none : &rows->second;
}

}  // namespace pgplumb::engine::evaluate
