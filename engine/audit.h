#pragma once
// Every expression and query of a catalog that was read from a server, analysed and printed again: what prints otherwise
// was not understood as PostgreSQL understands it.
#include <functional>
#include <string>

#include "catalog/freeze.h"

namespace pgplumb::engine {

enum class AuditOutcome : std::uint8_t {
  fixpoint,      // prints as it stands
  same_tree,     // prints otherwise; the print means the same
  different,     // means something else
  refused,       // PostgreSQL would refuse it, we say
  not_simulated
};
std::string_view word_of(AuditOutcome outcome);

struct AuditedText {
  const catalog::SealedObject& object;
  const catalog::FieldInfo& field;
  AuditOutcome outcome = AuditOutcome::fixpoint;
  std::string text;
  std::string printed;     // where it was analysed
  std::string reason;      // where it was not
  std::string unresolved;  // why even an equal print proves nothing; most often empty
};

void audit(const catalog::SealedCatalog& live, const std::function<void(const AuditedText&)>& take);

}  // namespace pgplumb::engine
