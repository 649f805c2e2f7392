#include "engine/plpgsql/names.h"

namespace pgplumb::engine::plpgsql {

namespace {

/// The entries of one block, from the last to the block's own.
struct Level {
  const Name* last;
  const Name* block;
};

Level level_at(const Name* from) {
  const Name* at = from;
  while (at->kind == Name::Kind::variable) at = at->previous;
  return {from, at};
}

const Name* variable_in(const Level& level, std::string_view name) {
  for (const Name* at = level.last; at != level.block; at = at->previous)
    if (at->name == name) return at;
  return nullptr;
}

}  // namespace

FoundName find_variable(const Function& function, const Name* from, std::string_view first, std::string_view second) {
  while (from) {
    const Level level = level_at(from);
    if (const Name* found = variable_in(level, first))
      if (second.empty() || function.variables[static_cast<std::size_t>(found->variable)].composite)
        return {found->variable, 1};
    if (!second.empty() && level.block->name == first)
      if (const Name* found = variable_in(level, second)) return {found->variable, 2};
    from = level.block->previous;
  }
  return {};
}

const Name* find_label(const Name* from, std::string_view label) {
  for (; from; from = from->previous)
    if (from->kind != Name::Kind::variable && from->name == label) return from;
  return nullptr;
}

const Name* nearest_loop(const Name* from) {
  for (; from; from = from->previous)
    if (from->kind == Name::Kind::loop) return from;
  return nullptr;
}

bool is_declared_here(const Name* from, std::string_view name) { return variable_in(level_at(from), name) != nullptr; }

}  // namespace pgplumb::engine::plpgsql
