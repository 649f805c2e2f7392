#pragma once
// The inside of CREATE TABLE and CREATE FOREIGN TABLE: columns and the constraints that are written along with them.
#include "diff/rules/relation.h"

namespace pgplumb::diff {

/// The columns and absorbed constraints, one a line, without the parentheses.
std::string table_elements(const Object& table, Creation& creation);
/// Storage, statistics targets and options of columns; what a child has otherwise than its parent; index settings.
void table_settings(const Object& table, Creation& creation);
/// KindRules::absorbs
bool table_absorbs(const Object& table, const Object& contained, const SqlNames& names);

}  // namespace pgplumb::diff
