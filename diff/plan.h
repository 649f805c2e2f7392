#pragma once
// The plan: the SQL that turns one database into another, in an order that works.
#include <string>
#include <vector>

#include "diff/compare.h"

namespace pgplumb::diff {

struct PlanOptions {
  bool allow_data_loss = false;  // statements that destroy data are run, not only shown
  bool owners = false;
  bool grants = false;
  bool roles = false;
};

struct PlannedStatement {
  std::string sql;                   // without the closing semicolon and line feed
  std::vector<std::string> hazards;  // "data_loss: …"; shown as comment lines before it
  bool transactional = true;         // may run inside a transaction block
  bool withheld = false;             // needs a permission that the options don't give: shown commented out
};

struct Plan {
  std::vector<PlannedStatement> statements;
  /// What differs and no statement can change, one line each. A plan with any of them does not reach its goal.
  std::vector<std::string> impossible;
  /// What the plan failed to reach when it was tried, one line each: filled in by whoever tries it.
  std::vector<std::string> unproven;
};

/// The statements that turn `from` into `to`, for a server of the major of `from`. The comparison that it starts from
/// takes `to` as expected and `from` as actual. `equivalence` decides expressions whose texts differ; without it they
/// count as different. Deterministic to the byte.
Plan make_plan(const catalog::SealedCatalog& from, const catalog::SealedCatalog& to, const PlanOptions& options,
               Equivalence* equivalence = nullptr);

/// Each statement ending in ";\n", hazards and what can't be done as comment lines; runnable as one script.
std::string render_sql(const Plan& plan);

}  // namespace pgplumb::diff
