// pgplumb diff: the SQL that turns one schema into another.
#include "catalog/base/diagnostic.h"
#include "cli/bookkeeping.h"
#include "cli/command.h"
#include "cli/plan.h"
#include "cli/proof.h"
#include "cli/verdict.h"

namespace pgplumb::cli {

void add_diff(CLI::App& app, Outcome& outcome);

namespace {

struct DiffOptions {
  std::string from;
  std::string to;
  LoadOptions load;
  OutputOptions output;
  VerdictOptions verdict;
  std::vector<std::string> allow;
  bool exit_code = false;
};

constexpr const char* diff_footer =
    "What would destroy data is printed commented out unless allowed. Before it is printed, the plan is run in memory on\n"
    "FROM: a plan that does not give TO is marked as not proven, and what is left is named.\n\n"
    "Exit status: 0; with --exit-code 2 when there is a difference; 1 when something was not understood, can't be done by\n"
    "SQL, or the plan is not proven.\n\n"
    "Examples:\n"
    "  pgplumb diff postgres://localhost/app migrations/ > to-migrations.sql\n"
    "  pgplumb diff git:main:migrations migrations/ --format text";

diff::PlanOptions plan_options(const DiffOptions& options) {
  diff::PlanOptions plan;
  plan.owners = options.verdict.compare.owners;
  plan.grants = options.verdict.compare.grants;
  plan.roles = options.verdict.compare.roles;
  for (const std::string& hazard : options.allow) plan.allow_data_loss |= hazard == "data_loss";
  return plan;
}

void run_diff(DiffOptions& options, Outcome& outcome) {
  LoadedPair pair = load_pair(options.from, options.to, options.load);
  analyse_snapshot(pair.first);
  analyse_snapshot(pair.second);
  const std::vector<std::string> bookkeeping = bookkeeping_of(pair.first, pair.second);
  leave_out_bookkeeping(pair.first, bookkeeping);
  leave_out_bookkeeping(pair.second, bookkeeping);
  const ProvenPlan proven = proven_plan(pair.first, pair.second, plan_options(options));
  bool different = false;
  if (options.output.format == "sql") {
    write_output("", diff::render_sql(proven.plan));
    different = !proven.plan.statements.empty() || !proven.plan.impossible.empty();
  } else {
    diff::Report report = decide(pair.second, pair.first, options.verdict);
    report.command = "diff";
    write_report(report, options.output);
    different = !report.changes.empty();
  }
  if (report_plan(proven)) outcome.status = status_error;
  const bool unsure_first = report_unsure(pair.first);
  if (report_unsure(pair.second) || unsure_first) outcome.status = status_error;
  if (outcome.status == status_ok && different && options.exit_code) outcome.status = status_drift;
}

}  // namespace

void add_diff(CLI::App& app, Outcome& outcome) {
  auto options = std::make_shared<DiffOptions>();
  options->output.format = "sql";
  CLI::App* command = app.add_subcommand("diff", "the SQL that turns one schema into another");
  command->footer(diff_footer);
  command->add_option("FROM", options->from, "what there is")->required();
  command->add_option("TO", options->to, "what there should be")->required();
  add_load_options(*command, options->load);
  add_output_options(*command, options->output);
  command->add_flag("--exit-code", options->exit_code, "exit with 2 when there is a difference");
  command->add_option("--allow", options->allow, "hazards that may be run: data_loss")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"data_loss"}));
  command->add_flag("--owners", options->verdict.compare.owners, "compare owners");
  command->add_flag("--grants", options->verdict.compare.grants, "compare grants and default privileges");
  command->add_flag("--roles", options->verdict.compare.roles, "compare roles, memberships and role settings");
  command->callback([options, &outcome] { run_diff(*options, outcome); });
}

}  // namespace pgplumb::cli
