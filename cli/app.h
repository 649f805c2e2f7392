#pragma once
// The command line. Each command is one file in cli/commands and one line in commands.def.

namespace pgplumb::cli {

/// Runs the program; the result is its exit status: 0 in sync (or done), 2 drift, 1 anything that kept it from deciding.
/// Errors are one line on stderr.
int run(int argc, const char* const* argv);

}  // namespace pgplumb::cli
