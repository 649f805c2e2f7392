#include "catalog/kinds/function.h"

#include "diff/rules/routine.h"
#include "diff/stages.h"

namespace pgplumb::diff {

constinit const KindRules function_rules = {
    .stage = stage::function,
    .create = create_with<create_routine>,
    .drop = drop_by_address,
    .fields = routine_field_rules,
};

}  // namespace pgplumb::diff
