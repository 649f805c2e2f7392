// pgplumb check: the drift gate.
#include "catalog/base/diagnostic.h"
#include "cli/command.h"
#include "cli/config.h"
#include "cli/verdict.h"

namespace pgplumb::cli {

void add_check(CLI::App& app, Outcome& outcome);

namespace {

struct CheckOptions {
  std::string expected;
  std::string live;
  LoadOptions load;
  OutputOptions output;
  VerdictOptions verdict;
  bool require_current = false;
};

constexpr const char* check_footer =
    "Exit status: 0 in sync or pending, 2 drift, 1 could not decide (the reasons are listed).\n\n"
    "Examples:\n"
    "  pgplumb check migrations/ postgres://localhost/app\n"
    "  pgplumb check production.json postgres://localhost/staging --format json\n"
    "  pgplumb check db/migrate service=staging --output github=annotations.txt --output json=drift.json";

int status_of(diff::Verdict verdict, bool require_current) {
  switch (verdict) {
    case diff::Verdict::in_sync: return status_ok;
    case diff::Verdict::pending: return require_current ? status_drift : status_ok;
    case diff::Verdict::drift: return status_drift;
    case diff::Verdict::undecided: break;
  }
  return status_error;
}

/// Goes with the process: to free two catalogs piece by piece takes longer than to compare them.
const LoadedPair& kept(LoadedPair pair) {
  static auto* const pairs = new std::vector<const LoadedPair*>;
  return *pairs->emplace_back(new LoadedPair(std::move(pair)));
}

void run_check(CheckOptions& options, Outcome& outcome) {
  const Config& config = find_config();
  if (options.expected.empty()) options.expected = config.expected;
  if (options.live.empty()) options.live = config.live;
  if (options.expected.empty() || options.live.empty())
    throw catalog::UsageError("check needs two sources: pgplumb check MIGRATIONS postgres://… (or a pgplumb.json that names them)");
  options.verdict.ignore.insert(options.verdict.ignore.end(), config.ignore.begin(), config.ignore.end());
  const LoadedPair& pair = kept(load_pair(options.expected, options.live, options.load));
  diff::Report report = decide(pair.first, pair.second, options.verdict);
  report.command = "check";
  write_report(report, options.output);
  outcome.status = status_of(report.verdict, options.require_current);
}

}  // namespace

void add_check(CLI::App& app, Outcome& outcome) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "is this live branch what the migrations say?");
  command->footer(check_footer);
  command->add_option("EXPECTED", options->expected, "what should be: migrations, SQL, a snapshot …");
  command->add_option("LIVE", options->live, "what is: most often a live database");
  add_load_options(*command, options->load);
  add_output_options(*command, options->output);
  command->add_flag("--require-current", options->require_current, "migrations that are still pending fail the check, too");
  command->add_flag("--owners", options->verdict.compare.owners, "compare owners");
  command->add_flag("--grants", options->verdict.compare.grants, "compare grants and default privileges");
  command->add_flag("--roles", options->verdict.compare.roles, "compare roles, memberships and role settings");
  command->add_flag("--column-order", options->verdict.compare.column_order, "compare the order of columns");
  command->add_flag("--audit", options->verdict.audit, "analyse every live expression, not only those that differ");
  command
      ->add_option("--ignore", options->verdict.ignore,
                   "leave out differences that match this pattern, as \"table public.tmp_*\"; may be repeated")
      ->allow_extra_args(false);
  command->callback([options, &outcome] { run_check(*options, outcome); });
}

}  // namespace pgplumb::cli
