#include "catalog/kinds/subscription.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

constinit const KindRules subscription_rules = report_only("what it connects to is a secret that is not read");

}  // namespace pgplumb::diff
