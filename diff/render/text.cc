// For a person at a terminal: the verdict first, then a tree of what differs, with the line that set each expected value.
#include <fmt/format.h>

#include <map>
#include <utility>

#include "diff/render/render.h"

namespace pgplumb::diff {

std::string render_text(const Report& report, const RenderOptions& options);

namespace {

class TextRenderer {
 public:
  TextRenderer(const Report& report, const RenderOptions& options) : report_(report), options_(options) {}

  std::string run() {
    verdict();
    for (const ReportChange& change : report_.changes) show(change);
    reasons("not simulated", report_.not_simulated, yellow);
    reasons("refused by PostgreSQL", report_.errors, red);
    reasons("compared as text only", report_.unresolved, yellow);
    reasons("not seen", report_.unseen, yellow);
    notes("pending", report_.pending, yellow);
    notes("read from the clock", report_.clock, yellow);
    notes("left out", report_.ignored, dim);
    if (options_.stats) stats();
    return std::move(out_);
  }

 private:
  static constexpr std::size_t most_places = 5;  // of one reason
  static constexpr std::string_view red = "31", green = "32", yellow = "33", cyan = "36", bold = "1", dim = "2";

  std::string paint(std::string_view style, std::string_view text) const {
    return options_.color ? fmt::format("\033[{}m{}\033[0m", style, text) : std::string(text);
  }

  void verdict() {
    const std::size_t count = report_.changes.size();
    switch (report_.verdict) {
      case Verdict::in_sync: out_ += paint(green, "in sync"); break;
      case Verdict::pending: out_ += paint(yellow, "pending"); break;
      case Verdict::drift: out_ += paint(red, fmt::format("drift: {} difference{}", count, count == 1 ? "" : "s")); break;
      case Verdict::undecided:
        out_ += paint(yellow, "undecided");
        if (count) out_ += fmt::format(", with {} difference{}", count, count == 1 ? "" : "s");
        break;
    }
    out_ += fmt::format("  {} {} {}\n", visible(report_.expected), paint(dim, "against"), visible(report_.actual));
  }

  static std::string_view sign(const std::string& change) {
    if (change == "missing") return "-";
    return change == "unexpected" ? "+" : "~";
  }

  static std::string place(const ReportOrigin& origin) {
    return origin.line ? fmt::format("{}:{}", visible(origin.file), origin.line) : visible(origin.file);
  }

  void show(const ReportChange& change) {
    const std::string_view style = change.change == "missing" ? red : change.change == "unexpected" ? green : cyan;
    out_ += fmt::format("\n{} {} {}", paint(style, sign(change.change)), change.label, paint(bold, visible(change.identity)));
    if (change.change != "altered") out_ += " is " + change.change;
    if (change.contained)
      out_ += fmt::format(", with {} object{} in it", change.contained, change.contained == 1 ? "" : "s");
    out_ += "\n";
    if (!change.renamed.empty()) out_ += fmt::format("    most likely renamed: {}\n", visible(change.renamed));
    if (change.change != "altered" && !change.origin.empty())
      out_ += fmt::format("    {} {}\n", paint(dim, "set by"), place(change.origin));
    for (const ReportField& field : change.fields) show(field);
  }

  void show(const ReportField& field) {
    const std::string blame =
        field.origin.empty() ? "" : fmt::format("   {} {}", paint(dim, "set by"), place(field.origin));
    out_ += fmt::format("    {}{}\n", field.name, blame);
    out_ += fmt::format("      expected  {}\n", visible(display_value(field.expected)));
    out_ += fmt::format("      actual    {}\n", visible(display_value(field.actual)));
  }

  void notes(std::string_view title, const std::vector<ReportNote>& notes, std::string_view style) {
    if (notes.empty()) return;
    out_ += fmt::format("\n{} ({}):\n", paint(style, title), notes.size());
    for (const ReportNote& note : notes) show(note);
  }

  /// The first few places of each reason: what holds for hundreds of statements is one thing to mend.
  void reasons(std::string_view title, const std::vector<ReportNote>& notes, std::string_view style) {
    if (notes.empty()) return;
    out_ += fmt::format("\n{} ({}):\n", paint(style, title), notes.size());
    std::map<std::string_view, std::vector<const ReportNote*>> places;
    for (const ReportNote& note : notes) places[note.message].push_back(&note);
    for (const ReportNote& first : notes) {
      const std::vector<const ReportNote*> all = std::exchange(places[first.message], {});
      const std::size_t shown = all.size() <= most_places + 1 ? all.size() : most_places;
      for (std::size_t i = 0; i < shown; ++i) show(*all[i]);
      if (shown < all.size())
        out_ += fmt::format("  … and {} more like the last: --format json lists them all\n", all.size() - shown);
    }
  }

  void show(const ReportNote& note) {
    if (!note.file.empty()) out_ += fmt::format("  {}:{}:{}: {}\n", visible(note.file), note.line, note.column, visible(note.message));
    else out_ += fmt::format("  {}\n", visible(note.message));
  }

  void stats() {
    const ReportStats& stats = report_.stats;
    out_ += fmt::format(
        "\n{} objects compared; {} statements run; {} expressions: {} equal by text, {} by analysis, {} live texts no "
        "fixpoint\n",
        stats.objects, stats.statements, stats.expressions, stats.by_text, stats.by_analysis, stats.not_fixpoint);
    for (const auto& [rule, count] : stats.rules) out_ += fmt::format("  equal by {}: {}\n", rule, count);
  }

  const Report& report_;
  const RenderOptions& options_;
  std::string out_;
};

}  // namespace

std::string render_text(const Report& report, const RenderOptions& options) {
  return TextRenderer(report, options).run();
}

}  // namespace pgplumb::diff
