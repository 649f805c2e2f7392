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
  /// Analyses the expressions of indexes and statistics, now that columns have their new types (ATPostAlterTypeParse).
  void analyze(Interpreter& interpreter);
  /// AT_PASS_OLD_INDEX, which exclusion constraints belong to as well.
  void make_indexes(Interpreter& interpreter);
  /// AT_PASS_OLD_CONSTR: checks are analysed and foreign keys looked at no earlier. Statistics come last of all.
  void make_constraints(Interpreter& interpreter);

 private:
  struct Item {
    Oid object = invalid_oid;
    std::vector<std::string> texts;  // of its expressions, in a fixed order; empty for those it has not
    std::vector<AnyRef> collations;  // an index's, by column: those that are not the column's or expression's own
    std::vector<Expr> expressions;   // what analyze makes of the texts
  };
  void add(Interpreter& interpreter, Oid object);
  std::vector<Item> items_;
};

}  // namespace pgplumb::engine::ddl
