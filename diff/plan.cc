#include "diff/plan.h"

#include <algorithm>

#include "diff/plan/actions.h"
#include "diff/plan/order.h"

namespace pgplumb::diff {

namespace {

bool has_data_loss(const Action& action) {
  const auto& steps = action.script.steps();
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.data_loss; });
}

/// Withholding one action withholds what can't be done without it, and the other half of what is made again.
std::vector<bool> withheld_actions(const std::vector<Action>& actions, const PlanOptions& options) {
  std::vector<bool> withheld(actions.size());
  if (options.allow_data_loss) return withheld;
  std::vector<std::vector<std::size_t>> followers(actions.size());
  std::vector<std::size_t> pending;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    for (std::size_t before : actions[i].after) followers[before].push_back(i);
    if (has_data_loss(actions[i])) pending.push_back(i);
  }
  while (!pending.empty()) {
    const std::size_t i = pending.back();
    pending.pop_back();
    if (withheld[i]) continue;
    withheld[i] = true;
    pending.insert(pending.end(), followers[i].begin(), followers[i].end());
    if (actions[i].other_half != Action::no_action) pending.push_back(actions[i].other_half);
  }
  return withheld;
}

/// Statements that take a list of subcommands.
bool takes_list(const std::string& head) {
  for (const std::string_view words : {"ALTER TABLE ", "ALTER FOREIGN TABLE ", "ALTER MATERIALIZED VIEW ", "ALTER TYPE "})
    if (head.rfind(words, 0) == 0) return true;
  return false;
}

class Assembler {
 public:
  explicit Assembler(Plan& plan) : plan_(plan) {}

  void add(const Step& step, bool withheld) {
    const bool joins = !step.head.empty() && step.head == head_ && takes_list(step.head) && step.transactional &&
                       plan_.statements.back().transactional && plan_.statements.back().withheld == withheld;
    if (!joins) {
      flush();
      head_ = step.head;
      plan_.statements.push_back({{}, {}, step.transactional, withheld});
    } else if (std::find(parts_.begin(), parts_.end(), step.sql) != parts_.end()) {
      return;  // several objects may ask for the same, as for triggers that are enabled together
    }
    parts_.push_back(step.sql);
    auto& hazards = plan_.statements.back().hazards;
    hazards.insert(hazards.end(), step.hazards.begin(), step.hazards.end());
  }

  void flush() {
    if (parts_.empty()) return;
    std::string sql = head_;
    if (parts_.size() == 1)
      sql += (head_.empty() ? "" : " ") + parts_.front();
    else
      sql += "\n    " + join(parts_, ",\n    ");
    plan_.statements.back().sql = std::move(sql);
    parts_.clear();
    head_.clear();
  }

 private:
  Plan& plan_;
  std::string head_;
  std::vector<std::string> parts_;
};

/// A body that is a text is checked when it is made, and may name what comes later.
bool has_text_body(const catalog::Object& object) {
  constexpr catalog::Oid internal_language = 12, c_language = 13;  // pg_language.dat
  if (object.kind != catalog::Kind::function && object.kind != catalog::Kind::procedure) return false;
  const auto& routine = static_cast<const catalog::Routine&>(object);
  return routine.sql_body.empty() && routine.language.oid != internal_language && routine.language.oid != c_language;
}

bool makes_text_bodies(const Selection& selection, const catalog::SealedCatalog& to) {
  const auto redefined = [](const auto& entry) {
    const AlteredObject& altered = entry.second;
    const bool body = altered.changed.count(catalog::tag_of<&catalog::Routine::body>()) != 0 ||
                      altered.changed.count(catalog::tag_of<&catalog::Routine::language>()) != 0;
    return body && has_text_body(*altered.to->object);
  };
  return std::any_of(selection.altered.begin(), selection.altered.end(), redefined) ||
         std::any_of(selection.created.begin(), selection.created.end(),
                     [&](catalog::Oid oid) { return has_text_body(*to.find(oid)->object); });
}

struct Arranged {
  Selection selection;
  ActionGraph graph;
};

/// What stays stuck however it is ordered is made again, as long as that helps.
Arranged arrange(const Sides& sides, const Comparison& comparison) {
  std::set<catalog::Oid> made_again;
  for (;;) {
    Arranged arranged;
    arranged.selection = select_objects(sides, comparison, made_again);
    arranged.graph = build_actions(sides, arranged.selection);
    const std::size_t known = made_again.size();
    made_again.insert(arranged.graph.stuck.begin(), arranged.graph.stuck.end());
    if (made_again.size() == known) return arranged;
  }
}

}  // namespace

Plan make_plan(const catalog::SealedCatalog& from, const catalog::SealedCatalog& to, const PlanOptions& options,
               Equivalence* equivalence) {
  CompareOptions compared;
  compared.owners = options.owners;
  compared.grants = options.grants;
  compared.roles = options.roles;
  const Comparison comparison = compare(to, from, compared, equivalence);
  const Sides sides(from, to, options);
  const Arranged arranged = arrange(sides, comparison);
  const Selection& selection = arranged.selection;
  const ActionGraph& graph = arranged.graph;
  const std::vector<bool> withheld = withheld_actions(graph.actions, options);

  Plan plan;
  plan.impossible = selection.impossible;
  plan.impossible.insert(plan.impossible.end(), graph.impossible.begin(), graph.impossible.end());
  Assembler assembler(plan);
  if (makes_text_bodies(selection, to)) assembler.add({{}, "SET check_function_bodies = false", {}}, false);
  for (std::size_t action : order_actions(graph.actions))
    for (const Step& step : graph.actions[action].script.steps()) assembler.add(step, withheld[action]);
  assembler.flush();
  std::sort(plan.impossible.begin(), plan.impossible.end());
  plan.impossible.erase(std::unique(plan.impossible.begin(), plan.impossible.end()), plan.impossible.end());
  return plan;
}

namespace {

/// Every line of the text as a comment: line ends within identifiers and literals must not let anything run.
void append_comment(const std::string& text, std::string& out) {
  out += "-- ";
  for (char c : text) {
    if (c == '\r') continue;
    out += c;
    if (c == '\n') out += "-- ";
  }
  out += "\n";
}

}  // namespace

std::string render_sql(const Plan& plan) {
  std::string out;
  for (const std::string& reason : plan.impossible) append_comment("impossible: " + reason, out);
  for (const std::string& reason : plan.unproven) append_comment("not proven: " + reason, out);
  for (const PlannedStatement& statement : plan.statements) {
    for (const std::string& hazard : statement.hazards) append_comment(hazard, out);
    if (statement.withheld)
      append_comment(statement.sql + ";", out);
    else
      out += statement.sql + ";\n";
  }
  return out;
}

}  // namespace pgplumb::diff
