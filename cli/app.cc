#include "cli/app.h"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>

#include "catalog/base/diagnostic.h"
#include "cli/command.h"
#include "cli/version.h"
#include "diff/render/render.h"

namespace pgplumb::cli {

#define COMMAND(word) void add_##word(CLI::App& app, Outcome& outcome);
#include "cli/commands.def"
#undef COMMAND

namespace {

constexpr const char* footer =
    "Sources: postgres://…, service=…, host=… dbname=… (a live database, read only), a directory of migrations,\n"
    "a .sql file or -, a snapshot .json, git:REV:PATH, empty:, @name (from pgplumb.json).\n\n"
    "Exit status: 0 in sync or done, 2 drift, 1 could not decide.\n\n"
    "Examples:\n"
    "  pgplumb check migrations/ postgres://localhost/app\n"
    "  pgplumb diff postgres://localhost/app schema.sql\n"
    "  pgplumb snapshot postgres://localhost/app > production.json";

// CLI11 reports with its own status; a usage error is 1 here, with a line that says what to write instead.
int usage_error(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error) == 0 ? status_ok : status_error;
  const CLI::App* command = &app;
  for (const CLI::App* sub : app.get_subcommands()) command = sub;
  const std::string name = command == &app ? "pgplumb" : "pgplumb " + command->get_name();
  // To CLI11, a command that does not exist is one that is missing.
  const std::vector<std::string> unknown = app.remaining();
  std::string message = error.what();
  if (command == &app && !unknown.empty())
    message = fmt::format("there is no {} {}", unknown.front().starts_with('-') ? "option" : "command", unknown.front());
  fmt::print(stderr, "pgplumb: {} (see: {} --help)\n", diff::visible(message), name);
  return status_error;
}

int guarded(CLI::App& app, int argc, const char* const* argv, const Outcome& outcome) {
  try {
    app.parse(argc, argv);
    return outcome.status;
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error);
  } catch (const catalog::UsageError& error) {
    fmt::print(stderr, "pgplumb: {}\n", diff::visible(error.what()));
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "pgplumb: out of memory\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "pgplumb: internal error: {} (please report it)\n", diff::visible(error.what()));
  }
  return status_error;
}

}  // namespace

int run(int argc, const char* const* argv) {
  CLI::App app{"Schema diff and drift detection for PostgreSQL, without a shadow database.", "pgplumb"};
  app.footer(footer);
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text());
  Outcome outcome;
#define COMMAND(word) add_##word(app, outcome);
#include "cli/commands.def"
#undef COMMAND
  return guarded(app, argc, argv, outcome);
}

}  // namespace pgplumb::cli
