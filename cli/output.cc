// Where results go: stdout or files, in one or several formats, coloured only where a person reads.
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "catalog/base/diagnostic.h"
#include "cli/command.h"
#include "diff/render/render.h"

namespace pgplumb::cli {

namespace {

bool set_and_not_zero(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value && std::strcmp(value, "0") != 0;
}

std::string known_formats() {
  std::string list;
  for (const diff::Format& format : diff::formats()) list += (list.empty() ? "" : ", ") + std::string(format.word);
  return list;
}

const diff::Format& require_format(const std::string& word) {
  if (const diff::Format* format = diff::find_format(word)) return *format;
  throw catalog::UsageError(fmt::format("no such format: {} (there are: {})", word, known_formats()));
}

[[noreturn]] void fail_writing(const std::string& file) {
  throw catalog::UsageError(
      fmt::format("cannot write to {}: {}", file.empty() ? "standard output" : file, std::strerror(errno)));
}

}  // namespace

bool use_color(const std::string& choice) {
  if (choice == "always") return true;
  if (choice == "never") return false;
  if (std::getenv("NO_COLOR") && *std::getenv("NO_COLOR")) return false;
  if (set_and_not_zero("CLICOLOR_FORCE") || set_and_not_zero("FORCE_COLOR")) return true;
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) && (!terminal || std::strcmp(terminal, "dumb") != 0);
}

void write_output(const std::string& file, const std::string& text) {
  std::FILE* out = file.empty() ? stdout : std::fopen(file.c_str(), "wb");
  if (!out) fail_writing(file);
  const bool written = std::fwrite(text.data(), 1, text.size(), out) == text.size() && std::fflush(out) == 0;
  const bool closed = file.empty() || std::fclose(out) == 0;
  if (!written || !closed) fail_writing(file);
}

void add_output_options(CLI::App& command, OutputOptions& options) {
  command.add_option("--format", options.format, "format on standard output: " + known_formats())->capture_default_str();
  command.add_option("--output", options.outputs, "FORMAT=FILE: write the report there as well; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--color", options.color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command.add_flag("--stats", options.stats, "say how each comparison was decided");
}

void write_report(const diff::Report& report, const OutputOptions& options) {
  std::vector<std::pair<const diff::Format*, std::string>> files;
  for (const std::string& output : options.outputs) {
    const std::size_t equals = output.find('=');
    if (equals == std::string::npos || equals + 1 == output.size())
      throw catalog::UsageError(fmt::format("--output takes FORMAT=FILE, not \"{}\"", output));
    files.emplace_back(&require_format(output.substr(0, equals)), output.substr(equals + 1));
  }
  const diff::Format& format = require_format(options.format);
  for (const auto& [file_format, file] : files) write_output(file, file_format->render(report, {false, options.stats}));
  write_output("", format.render(report, {use_color(options.color), options.stats}));
}

}  // namespace pgplumb::cli
