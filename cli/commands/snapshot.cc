// pgplumb snapshot: a schema as JSON, to be compared later without a server, or as canonical SQL.
#include "catalog/base/diagnostic.h"
#include "catalog/snapshot.h"
#include "cli/bookkeeping.h"
#include "cli/command.h"
#include "cli/config.h"
#include "cli/plan.h"
#include "cli/proof.h"

namespace pgplumb::cli {

void add_snapshot(CLI::App& app, Outcome& outcome);

namespace {

struct SnapshotOptions {
  std::string source;
  std::string format = "json";
  std::string output;
  LoadOptions load;
};

std::string as_json(const LoadedSource& source) {
  catalog::SnapshotInfo info;
  info.major = source.major;
  info.source = source.spec.description;
  for (const auto* notes : {&source.errors, &source.not_simulated, &source.unseen})
    for (const diff::ReportNote& note : *notes) info.unsure.push_back(note.message);
  return catalog::write_snapshot(*source.sealed, info, source.sources.get());
}

void run_snapshot(SnapshotOptions& options, Outcome& outcome) {
  LoadedSource source = load(parse_source(source_or_default(options.source, "snapshot")), options.load);
  if (options.format == "json") {
    write_output(options.output, as_json(source));
  } else {
    analyse_snapshot(source);
    leave_out_bookkeeping(source, source.bookkeeping);
    const ProvenPlan proven = schema_plan(source);
    write_output(options.output, diff::render_sql(proven.plan));
    if (report_plan(proven)) outcome.status = status_error;
  }
  if (report_unsure(source)) outcome.status = status_error;
}

}  // namespace

void add_snapshot(CLI::App& app, Outcome& outcome) {
  auto options = std::make_shared<SnapshotOptions>();
  CLI::App* command = app.add_subcommand("snapshot", "write a schema as JSON, or as canonical SQL");
  command->footer(
      "A snapshot remembers what was not understood when it was taken, and later checks against it say so.\n\n"
      "Examples:\n  pgplumb snapshot postgres://localhost/app -o production.json\n"
      "  pgplumb snapshot migrations/ --format sql");
  command->add_option("SOURCE", options->source, "what to read");
  command->add_option("--format", options->format, "json or sql")->check(CLI::IsMember({"json", "sql"}))->capture_default_str();
  command->add_option("-o,--output", options->output, "write to this file instead of standard output");
  add_load_options(*command, options->load);
  command->callback([options, &outcome] { run_snapshot(*options, outcome); });
}

}  // namespace pgplumb::cli
