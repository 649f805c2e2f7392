#pragma once
// The statements of each action, and what orders actions that nothing else does.
#include "diff/plan/actions.h"

namespace pgplumb::diff {

/// `number`: of the actions that share all else.
ActionKey action_key(const Sides& sides, ActionType type, catalog::Oid object, int number);

/// What no other object can be called while this one exists, as texts that mean the same in both catalogs.
std::vector<std::string> taken_names(const catalog::SealedCatalog& side, const catalog::SealedObject& object);

/// Fills in every action's script. `creators`: which action makes which object of the desired catalog.
void write_statements(const Sides& sides, const Selection& selection, const std::map<catalog::Oid, std::size_t>& creators,
                      ActionGraph& graph);

}  // namespace pgplumb::diff
