// pgplumb diff: the SQL that turns one schema into another.
#include <fmt/format.h>

#include "catalog/base/diagnostic.h"
#include "cli/command.h"
#include "cli/equivalence.h"
#include "cli/plan.h"
#include "cli/verdict.h"
#include "diff/plan.h"
#include "diff/render/render.h"

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

constexpr const char* footer =
    "What would destroy data is printed commented out unless allowed.\n\n"
    "Exit status: 0; with --exit-code 2 when there is a difference; 1 when something was not understood, or can't be\n"
    "done by SQL.\n\n"
    "Examples:\n"
    "  pgplumb diff postgres://localhost/app migrations/ > to-migrations.sql\n"
    "  pgplumb diff git:main:migrations migrations/ --format text";

int print_sql(const DiffOptions& options, const LoadedPair& pair) {
  diff::PlanOptions plan_options;
  plan_options.owners = options.verdict.compare.owners;
  plan_options.grants = options.verdict.compare.grants;
  plan_options.roles = options.verdict.compare.roles;
  for (const std::string& hazard : options.allow) plan_options.allow_data_loss |= hazard == "data_loss";
  AnalysedEquivalence equivalence(pair.second, pair.first);
  const diff::Plan plan = diff::make_plan(*pair.first.sealed, *pair.second.sealed, plan_options, &equivalence);
  write_output("", diff::render_sql(plan));
  for (const std::string& line : plan.impossible) fmt::print(stderr, "cannot be done by SQL: {}\n", diff::visible(line));
  return plan.impossible.empty() ? status_ok : status_error;
}

void run(DiffOptions& options, Outcome& outcome) {
  const LoadedPair pair = load_pair(options.from, options.to, options.load);
  bool different = false;
  if (options.output.format == "sql") {
    outcome.status = print_sql(options, pair);
    different = pair.first.sealed->root() != pair.second.sealed->root();
  } else {
    diff::Report report = decide(pair.second, pair.first, options.verdict);
    report.command = "diff";
    write_report(report, options.output);
    different = !report.changes.empty();
  }
  const bool unsure_first = report_unsure(pair.first);
  if (report_unsure(pair.second) || unsure_first) outcome.status = status_error;
  if (outcome.status == status_ok && different && options.exit_code) outcome.status = status_drift;
}

}  // namespace

void add_diff(CLI::App& app, Outcome& outcome) {
  auto options = std::make_shared<DiffOptions>();
  options->output.format = "sql";
  CLI::App* command = app.add_subcommand("diff", "the SQL that turns one schema into another");
  command->footer(footer);
  command->add_option("FROM", options->from, "what there is")->required();
  command->add_option("TO", options->to, "what there should be")->required();
  add_load_options(*command, options->load);
  add_output_options(*command, options->output);
  command->add_flag("--exit-code", options->exit_code, "exit with 2 when there is a difference");
  command->add_option("--allow", options->allow, "hazards that may be run: data_loss")
      ->delimiter(',')
      ->check(CLI::IsMember({"data_loss"}));
  command->add_flag("--owners", options->verdict.compare.owners, "compare owners");
  command->add_flag("--grants", options->verdict.compare.grants, "compare grants and default privileges");
  command->add_flag("--roles", options->verdict.compare.roles, "compare roles, memberships and role settings");
  command->callback([options, &outcome] { run(*options, outcome); });
}

}  // namespace pgplumb::cli
