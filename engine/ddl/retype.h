#pragma once
// What reads a column whose type changes is taken down to text and analysed again: ATPostAlterTypeCleanup of
// commands/tablecmds.c, and what RememberAllDependentForRebuilding refuses.
#include <string>
#include <vector>

#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// Constraints, indexes and statistics of one table that have to be made anew.
class Rebuild {
 public:
  /// Notes what reads the column. Throws 0A000 for what can't be rebuilt: views, rules, triggers, policies, other
  /// generated columns, routines' bodies, publications.
  void remember(Interpreter& interpreter, const Column& column);
  /// Analyses it all again, now that columns have their new types.
  void carry_out(Interpreter& interpreter);

 private:
  struct Item {
    Oid object = invalid_oid;
    std::vector<std::string> texts;  // of its expressions, in a fixed order; empty for those it has not
    std::vector<AnyRef> collations;  // an index's, by column: those that are not the column's or expression's own
  };
  void add(Interpreter& interpreter, Oid object);
  std::vector<Item> items_;
};

}  // namespace pgplumb::engine::ddl
