// Options and messages that several commands share.
#include <fmt/format.h>

#include <ctime>

#include "catalog/base/diagnostic.h"
#include "cli/command.h"
#include "cli/config.h"
#include "diff/render/render.h"

namespace pgplumb::cli {

namespace {

/// An option that takes NAME=VALUE, as often as it is given.
void add_assignments(CLI::App& command, const std::string& option, std::map<std::string, std::string>& values,
                     const std::string& meaning) {
  command
      .add_option_function<std::vector<std::string>>(
          option,
          [option, &values](const std::vector<std::string>& given) {
            for (const std::string& each : given) {
              const std::size_t equals = each.find('=');
              if (equals == 0 || equals == std::string::npos)
                throw catalog::UsageError(fmt::format("{} takes NAME=VALUE, not \"{}\"", option, each));
              values[each.substr(0, equals)] = each.substr(equals + 1);
            }
          },
          meaning)
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
}

/// A moment in UTC: "2026-01-31", "2026-01-31 12:00:00", "2026-01-31T12:00:00Z"; microseconds since 1970.
std::int64_t parse_moment(const std::string& text) {
  for (const char* form : {"%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"}) {
    std::tm moment{};
    const char* end = strptime(text.c_str(), form, &moment);
    if (end && *end == '\0') return std::int64_t{timegm(&moment)} * 1'000'000;
  }
  throw CLI::ValidationError("--now", fmt::format("'{}' is no moment such as 2026-01-31T12:00:00Z", text));
}

}  // namespace

void add_load_options(CLI::App& command, LoadOptions& options) {
  options.layout = find_config().layout;
  options.major = find_config().pg_version;
  command.add_option("--layout", options.layout, "the migrations' layout, where it is not recognised by its files");
  options.placeholders = find_config().placeholders;
  add_assignments(command, "--placeholder", options.placeholders, "what stands for ${NAME} in Flyway's migrations");
  options.variables = find_config().variables;
  add_assignments(command, "--variable", options.variables, "a variable of psql's, as its -v sets it");
  command.add_option("--pg-version", options.major, "PostgreSQL's semantics where no live server tells: 13 to 18")
      ->check(CLI::Range(13, 18));
  command.add_option("--on-error", options.on_error, "stop or continue after a statement that PostgreSQL refuses")
      ->check(CLI::IsMember({"stop", "continue"}))
      ->capture_default_str();
  command.add_option("--connections", options.connections, "connections that read a live database at once")
      ->check(CLI::Range(1, 64));
  command.add_option_function<std::string>(
      "--now", [&options](const std::string& text) { options.now = parse_moment(text); },
      "the simulation's clock, as 2026-01-31T12:00:00Z; else nobody knows it");
  command.add_option("--statement-timeout", options.statement_timeout_ms, "milliseconds; 0 for none")
      ->capture_default_str();
  command.add_option("--lock-timeout", options.lock_timeout_ms, "milliseconds; 0 for none")->capture_default_str();
}

std::string source_or_default(const std::string& source, const std::string& command) {
  if (!source.empty()) return source;
  if (!find_config().expected.empty()) return find_config().expected;
  throw catalog::UsageError(
      fmt::format("{} needs a source: pgplumb {} SOURCE (or a pgplumb.json with \"expected\")", command, command));
}

bool report_unsure(const LoadedSource& source) {
  auto print = [](std::string_view title, const std::vector<diff::ReportNote>& notes) {
    for (const diff::ReportNote& note : notes) {
      const std::string place =
          note.file.empty() ? "" : fmt::format("{}:{}:{}: ", diff::visible(note.file), note.line, note.column);
      fmt::print(stderr, "{}{}: {}\n", place, title, diff::visible(note.message));
    }
  };
  print("error", source.errors);
  print("not simulated", source.not_simulated);
  print("not seen", source.unseen);
  return source.unsure();
}

}  // namespace pgplumb::cli
