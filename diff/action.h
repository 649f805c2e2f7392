#pragma once
// What rules write: statements, and subcommands that neighbours may join into one statement.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pgplumb::diff {

/// A statement, or a subcommand of one: "ADD COLUMN a integer" under the head "ALTER TABLE public.t".
struct Step {
  std::string head;  // empty: `sql` is the whole statement
  std::string sql;
  std::vector<std::string> hazards;
  bool data_loss = false;
  bool transactional = true;
};

/// The steps of one action, in order.
class Script {
 public:
  Step& add(std::string sql) { return steps_.emplace_back(Step{{}, std::move(sql), {}}); }
  Step& add(std::string head, std::string subcommand) {
    return steps_.emplace_back(Step{std::move(head), std::move(subcommand), {}});
  }
  /// What can't be done, and why: one line.
  void impossible(std::string reason) { impossible_.push_back(std::move(reason)); }

  std::vector<Step>& steps() { return steps_; }
  const std::vector<Step>& steps() const { return steps_; }
  const std::vector<std::string>& impossible() const { return impossible_; }

 private:
  std::vector<Step> steps_;
  std::vector<std::string> impossible_;
};

/// Says what the step destroys: such steps are only run with --allow data_loss.
inline void destroys(Step& step, std::string what) {
  step.data_loss = true;
  step.hazards.push_back("data_loss: " + std::move(what));
}

}  // namespace pgplumb::diff
