#pragma once
// What commands share: options that mean the same everywhere, and where they leave their exit status.
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/source.h"

namespace pgplumb::cli {

inline constexpr int status_ok = 0;
inline constexpr int status_error = 1;
inline constexpr int status_drift = 2;

/// Set by the command that ran.
struct Outcome {
  int status = status_ok;
};

/// --layout, --placeholder, --pg-version, --connections and the timeouts.
void add_load_options(CLI::App& command, LoadOptions& options);

/// Writes to stdout, or whole to the file; throws UsageError when it can't, a full disk included.
void write_output(const std::string& file, const std::string& text);

/// --format and --output FORMAT=FILE, and colour.
struct OutputOptions {
  std::string format = "text";
  std::vector<std::string> outputs;
  std::string color = "auto";
  bool stats = false;
};
void add_output_options(CLI::App& command, OutputOptions& options);
void write_report(const diff::Report& report, const OutputOptions& options);

/// The source that the user gave, else the "expected" of pgplumb.json; throws UsageError where there is neither.
std::string source_or_default(const std::string& source, const std::string& command);

/// Prints on stderr, a line each, why the source was not wholly understood; whether there was anything.
bool report_unsure(const LoadedSource& source);

/// Whether stdout should be coloured: --color, NO_COLOR, CLICOLOR_FORCE, TERM=dumb, a terminal.
bool use_color(const std::string& choice);

}  // namespace pgplumb::cli
