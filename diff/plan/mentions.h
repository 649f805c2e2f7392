#pragma once
// What the text of a routine's body names. No dependency is recorded for it, but the routine is better made after it.
#include <string>
#include <unordered_map>
#include <vector>

#include "diff/plan/selection.h"

namespace pgplumb::diff {

class Mentions {
 public:
  Mentions(const Sides& sides, const Selection& selection);
  /// Created relations, types and routines whose names occur in the object's body; empty for what is no routine.
  std::vector<catalog::Oid> of(const catalog::Object& object) const;

 private:
  std::unordered_map<std::string, std::vector<catalog::Oid>> by_name_;
};

}  // namespace pgplumb::diff
