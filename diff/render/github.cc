// GitHub workflow commands: one annotation a difference, on the line that set the expected value.
#include <fmt/format.h>

#include "diff/render/render.h"

namespace pgplumb::diff {

std::string render_github(const Report& report, const RenderOptions& options);

namespace {

// The escapes of @actions/core: % CR LF in messages, and : , in properties as well.
std::string escape(std::string_view text, bool property) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string command(std::string_view level, const std::string& file, std::uint32_t line, const std::string& title,
                    const std::string& message) {
  std::string properties = file.empty() ? "" : fmt::format("file={},line={},", escape(file, true), line ? line : 1);
  return fmt::format("::{} {}title={}::{}\n", level, properties, escape(visible(title), true), escape(visible(message), false));
}

std::string annotate(const ReportChange& change) {
  const std::string title = fmt::format("pgplumb: {} {}", change.label, change.identity);
  if (change.change != "altered")
    return command("error", change.origin.file, change.origin.line, title,
                   fmt::format("{} {} is {}", change.label, change.identity, change.change));
  std::string out;
  for (const ReportField& field : change.fields)
    out += command("error", field.origin.file, field.origin.line, title,
                   fmt::format("{}: expected {}, actual {}", field.name, display_value(field.expected),
                               display_value(field.actual)));
  return out;
}

std::string annotate(const std::vector<ReportNote>& notes, std::string_view level, const std::string& title) {
  std::string out;
  for (const ReportNote& note : notes) out += command(level, note.file, note.line, title, note.message);
  return out;
}

}  // namespace

std::string render_github(const Report& report, const RenderOptions&) {
  std::string out;
  for (const ReportChange& change : report.changes) out += annotate(change);
  out += annotate(report.errors, "error", "pgplumb: refused by PostgreSQL");
  out += annotate(report.not_simulated, "warning", "pgplumb: not simulated");
  out += annotate(report.unresolved, "warning", "pgplumb: compared as text only");
  out += annotate(report.unseen, "warning", "pgplumb: not seen");
  out += annotate(report.clock, "notice", "pgplumb: read from the clock");
  const std::string_view level = report.verdict == Verdict::in_sync ? "notice" : "error";
  return out + command(level, "", 0, "pgplumb " + report.command,
                       fmt::format("{}: {} difference(s)", verdict_word(report.verdict), report.changes.size()));
}

}  // namespace pgplumb::diff
