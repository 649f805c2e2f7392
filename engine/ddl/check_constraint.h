#pragma once
// CHECK constraints of tables: AddRelationNewConstraints and MergeWithExistingConstraint of catalog/heap.c.
#include <vector>

#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

struct AddChecks {
  bool allow_merge = false;  // an inherited constraint of the same name and expression becomes a local one as well
  bool is_local = true;      // false: they come from a parent
};

/// Analyses, names and stores the constraints; gives those that are new, merged ones left out.
std::vector<Ref<Constraint>> add_check_constraints(Interpreter& interpreter, Oid relation,
                                                   const std::vector<CheckSpec>& checks, const AddChecks& how);

/// Stores constraints that are analysed and named, of a new table's parents.
void store_inherited_checks(Interpreter& interpreter, Oid relation, const std::vector<CheckSpec>& checks);

}  // namespace pgplumb::engine::ddl
