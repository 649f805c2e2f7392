// For $GITHUB_STEP_SUMMARY and comments on pull requests.
#include <fmt/format.h>

#include "diff/render/render.h"

namespace pgplumb::diff {

std::string render_markdown(const Report& report, const RenderOptions& options);

namespace {

/// Text in a table cell or in running text: nothing in it may act as Markdown or HTML.
std::string plain(std::string_view text) {
  std::string out;
  for (char c : visible(text)) {
    if (std::string_view("\\`*_{}[]()#+-.!|~").find(c) != std::string_view::npos) out += '\\';
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

std::string place(const ReportOrigin& origin) {
  return origin.empty() ? "" : fmt::format("{}:{}", plain(origin.file), origin.line);
}

void row(std::string& out, const ReportChange& change, std::string_view what, const std::string& expected,
         const std::string& actual, const ReportOrigin& origin) {
  out += fmt::format("| {} | {} | {} | {} | {} |\n", plain(change.label + " " + change.identity), plain(what),
                     plain(expected), plain(actual), place(origin));
}

void notes(std::string& out, std::string_view title, const std::vector<ReportNote>& list) {
  if (list.empty()) return;
  out += fmt::format("\n**{}**\n\n", title);
  for (const ReportNote& note : list) {
    const std::string where = note.file.empty() ? "" : fmt::format(" ({}:{})", plain(note.file), note.line);
    out += fmt::format("- {}{}\n", plain(note.message), where);
  }
}

}  // namespace

std::string render_markdown(const Report& report, const RenderOptions&) {
  std::string out = fmt::format("### pgplumb {}: {}\n\n{} against {}\n", report.command, verdict_word(report.verdict),
                                plain(report.expected), plain(report.actual));
  if (!report.changes.empty()) out += "\n| object | what | expected | actual | set by |\n|---|---|---|---|---|\n";
  for (const ReportChange& change : report.changes) {
    if (change.change != "altered") row(out, change, change.change, "", "", change.origin);
    for (const ReportField& field : change.fields)
      row(out, change, field.name, display_value(field.expected), display_value(field.actual), field.origin);
  }
  notes(out, "Not simulated", report.not_simulated);
  notes(out, "Refused by PostgreSQL", report.errors);
  notes(out, "Compared as text only", report.unresolved);
  notes(out, "Not seen", report.unseen);
  notes(out, "Pending", report.pending);
  notes(out, "Read from the clock", report.clock);
  return out;
}

}  // namespace pgplumb::diff
