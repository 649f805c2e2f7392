#pragma once
// The order in which the parts of one ALTER TABLE are carried out, whatever their order in the statement: AT_PASS_… of
// commands/tablecmds.c.
#include <cstddef>
#include <cstdint>

namespace pgplumb::engine::ddl {

enum class Pass : std::uint8_t {
  drop,              // DROP of all kinds
  alter_type,        // ALTER COLUMN TYPE
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

}  // namespace pgplumb::engine::ddl
