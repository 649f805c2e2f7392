#pragma once
// The selection as a graph of actions: what each statement makes, changes and takes away, and which must come first.
#include <tuple>

#include "diff/plan/selection.h"

namespace pgplumb::diff {

enum class ActionType : std::uint8_t { create, drop, alter, late };

/// Orders what nothing else does: by stage, then what belongs together, then by name.
using ActionKey = std::tuple<int, std::string, int, catalog::Kind, std::string, int>;

struct Action {
  ActionType type = ActionType::create;
  catalog::Oid object = catalog::invalid_oid;  // of the actual catalog for drop and alter, else of the desired one
  const AlteredGroup* group = nullptr;         // of an alter
  ActionKey key;
  Script script;
  std::set<std::size_t> after;         // actions that must have run
  std::set<std::size_t> rather_after;  // and those that should have, where that is possible
  /// The other half where an object is dropped and made again: neither may run without the other.
  std::size_t other_half = no_action;

  static constexpr std::size_t no_action = static_cast<std::size_t>(-1);
};

struct ActionGraph {
  std::vector<Action> actions;
  std::vector<std::string> impossible;
  /// Of the actual catalog: without data, altered, and waiting for what waits for them. Made again, they might not.
  std::set<catalog::Oid> stuck;
};

/// The actions, with their statements; cycles are broken by making and dropping constraints and defaults by themselves.
ActionGraph build_actions(const Sides& sides, const Selection& selection);

}  // namespace pgplumb::diff
