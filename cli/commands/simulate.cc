// pgplumb simulate: runs a source in memory and says what became of each statement.
#include <fmt/format.h>

#include "catalog/base/timed.h"
#include "catalog/json.h"
#include "cli/command.h"
#include "cli/config.h"

namespace pgplumb::cli {

void add_simulate(CLI::App& app, Outcome& outcome);

namespace {

struct SimulateOptions {
  std::string source;
  bool outcomes = false;
  bool parse_only = false;
  bool timings = false;
  LoadOptions load;
};

std::string outcome_line(const LoadedSource& source, const StatementOutcome& statement, std::size_t number) {
  catalog::JsonWriter out;
  out.begin_object().key("n").integer(static_cast<std::int64_t>(number));
  out.key("file").string(source.sources->file(statement.span.file).path);
  out.key("line").integer(source.sources->position(statement.span).line);
  out.key("tag").string(statement.tag).key("outcome").string(statement.outcome);
  if (!statement.sqlstate.empty()) out.key("sqlstate").string(statement.sqlstate);
  if (!statement.message.empty()) out.key("message").string(statement.message);
  out.end_object();
  return out.take() + "\n";
}

std::string summary(const LoadedSource& source) {
  std::size_t ok = 0, error = 0, skipped = 0, not_simulated = 0;
  for (const StatementOutcome& statement : source.outcomes) {
    ok += statement.outcome == "ok";
    error += statement.outcome == "error";
    skipped += statement.outcome == "skipped";
    not_simulated += statement.outcome == "not_simulated";
  }
  return fmt::format("{} statements: {} ok, {} change no schema, {} refused, {} not simulated; {} objects\n",
                     source.outcomes.size(), ok, skipped, error, not_simulated, source.sealed->objects().size());
}

std::string timings() {
  const auto milliseconds = [](catalog::Phase phase) { return std::chrono::duration<double, std::milli>(catalog::time_of(phase)).count(); };
  return fmt::format("parse {:.1f} ms, analysis {:.1f} ms, printing {:.1f} ms\n", milliseconds(catalog::Phase::parse),
                     milliseconds(catalog::Phase::analysis), milliseconds(catalog::Phase::printing));
}

void run_simulate(SimulateOptions& options, Outcome& outcome) {
  const SourceSpec spec = parse_source(source_or_default(options.source, "simulate"));
  if (options.parse_only)
    return write_output("", fmt::format("{} statements\n", parse_source_only(spec, options.load)));
  const LoadedSource source = load(spec, options.load);
  std::string text;
  if (options.outcomes) {
    std::size_t number = 0;
    for (const StatementOutcome& statement : source.outcomes) text += outcome_line(source, statement, ++number);
  } else {
    text = summary(source);
  }
  if (options.timings) text += timings();
  write_output("", text);
  if (report_unsure(source)) outcome.status = status_error;
}

}  // namespace

void add_simulate(CLI::App& app, Outcome& outcome) {
  auto options = std::make_shared<SimulateOptions>();
  CLI::App* command = app.add_subcommand("simulate", "run migrations in memory, as PostgreSQL would");
  command->footer(
      "Exit status: 0 all statements ran, 1 PostgreSQL would refuse one, or one was not understood.\n\n"
      "Example:\n  pgplumb simulate migrations/ --outcomes --pg-version 17");
  command->add_option("SOURCE", options->source, "what to run");
  command->add_flag("--outcomes", options->outcomes, "one JSON line a statement: n, file, line, tag, outcome, sqlstate, message");
  command->add_flag("--parse-only", options->parse_only, "parse and do nothing else: for measuring");
  command->add_flag("--timings", options->timings, "how long parsing, analysis and the printing of texts took, over all threads");
  add_load_options(*command, options->load);
  command->callback([options, &outcome] { run_simulate(*options, outcome); });
}

}  // namespace pgplumb::cli
