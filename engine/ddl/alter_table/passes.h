#pragma once
// The order in which the parts of one ALTER TABLE are carried out, whatever their order in the statement: AT_PASS_… of
// commands/tablecmds.c.
#include <array>
#include <cstddef>
#include <cstdint>

namespace pgplumb::engine::ddl {

enum class Pass : std::uint8_t {
  drop,              // DROP of all kinds
  alter_type,        // ALTER COLUMN TYPE
  old_index,         // indexes that it took down
  old_constraint,    // constraints that it took down
  add_column,        // ADD COLUMN
  set_expression,    // SET EXPRESSION
  add_constraint,    // ADD CONSTRAINT is looked at
  column_attributes,  // SET NOT NULL …
  add_index_constraint,  // constraints over existing indexes
  add_index,             // keys
  add_other_constraint,  // CHECK, FOREIGN KEY, defaults
  misc,
};
inline constexpr std::size_t pass_count = static_cast<std::size_t>(Pass::misc) + 1;

/// In what order a server of this major goes through them: since 17, new columns come before what a new type took down.
constexpr std::array<Pass, pass_count> pass_order(int major) {
  using enum Pass;
  if (major >= 17)
    return {drop,           alter_type,        add_column,           set_expression, old_index,            old_constraint,
            add_constraint, column_attributes, add_index_constraint, add_index,      add_other_constraint, misc};
  return {drop,           alter_type,        old_index,            old_constraint, add_column,           set_expression,
          add_constraint, column_attributes, add_index_constraint, add_index,      add_other_constraint, misc};
}

}  // namespace pgplumb::engine::ddl
