#include "cli/verdict.h"

#include <fmt/format.h>

#include "cli/equivalence.h"
#include "cli/ignore.h"
#include "cli/version.h"
#include "engine/audit.h"
#include "engine/equivalence.h"

namespace pgplumb::cli {

namespace {

using diff::ChangeType;
using diff::Report;
using diff::ReportChange;
using diff::ReportNote;

std::string_view change_word(ChangeType type) {
  switch (type) {
    case ChangeType::missing: return "missing";
    case ChangeType::unexpected: return "unexpected";
    case ChangeType::altered: return "altered";
  }
  return "altered";
}

ReportChange report_change(const diff::Change& change, const LoadedSource& expected) {
  const catalog::KindInfo& kind = catalog::kind_info(change.key.kind);
  ReportChange out;
  out.kind = kind.word;
  out.label = kind.label;
  out.identity = change.key.identity;
  out.change = change_word(change.type);
  out.contained = change.contained;
  if (change.expected) out.origin = expected.origin(*change.expected->object, nullptr);
  if (change.counterpart) out.renamed = change.counterpart->key.identity;
  for (const diff::FieldChange& field : change.fields) {
    diff::ReportField shown{std::string(field.field->name), field.expected, field.actual, {}};
    if (change.expected) shown.origin = expected.origin(*change.expected->object, field.field->tag);
    out.fields.push_back(std::move(shown));
  }
  return out;
}

void append(std::vector<ReportNote>& to, const std::vector<ReportNote>& notes) {
  to.insert(to.end(), notes.begin(), notes.end());
}

/// Moves field changes whose meaning could not be told out of the differences: they decide nothing, and are named.
void take_out_undecided(diff::Comparison& comparison, std::vector<ReportNote>& unresolved) {
  for (diff::Change& change : comparison.changes)
    std::erase_if(change.fields, [&](const diff::FieldChange& field) {
      if (!field.undecided) return false;
      unresolved.push_back({fmt::format("{}, {}: expected {}, actual {}", change.key.text(), field.field->name,
                                        diff::display_value(field.expected), diff::display_value(field.actual)),
                            "", 0, 0, "unresolved"});
      return true;
    });
  std::erase_if(comparison.changes,
                [](const diff::Change& change) { return change.type == ChangeType::altered && change.fields.empty(); });
}

/// What a statement says of the clock ('now'), the server has replaced by a constant that nobody can foretell: everything else
/// about these is equal, and they are named.
std::vector<ReportNote> clock_notes(const diff::Comparison& comparison, const LoadedSource& expected) {
  std::vector<ReportNote> notes;
  for (const diff::RuleUse& use : comparison.rules) {
    if (use.rule != engine::clock_rule) continue;
    const diff::ReportOrigin origin = expected.origin(*use.expected->object, use.values.field->tag);
    notes.push_back({fmt::format("{}, {}: {}, which is {} there", use.expected->key.text(), use.values.field->name,
                                 diff::display_value(use.values.expected), diff::display_value(use.values.actual)),
                     origin.file, origin.line, origin.empty() ? 0u : 1u, std::string(engine::clock_rule)});
  }
  return notes;
}

void count_fixpoints(const catalog::SealedCatalog& live, diff::ReportStats& stats) {
  engine::audit(live, [&](const engine::AuditedText& audited) {
    const bool fixed = audited.outcome == engine::AuditOutcome::fixpoint || audited.outcome == engine::AuditOutcome::same_tree;
    ++(fixed ? stats.fixpoint : stats.not_fixpoint);
  });
}

// A difference is certain unless a statement of the history was not run: that statement might have made it. What could
// not be told apart, or not be seen, only stands against "in sync".
diff::Verdict verdict_of(const Report& report) {
  if (!report.not_simulated.empty() || !report.errors.empty()) return diff::Verdict::undecided;
  if (!report.changes.empty()) return diff::Verdict::drift;
  if (!report.unresolved.empty() || !report.unseen.empty()) return diff::Verdict::undecided;
  return report.pending.empty() ? diff::Verdict::in_sync : diff::Verdict::pending;
}

}  // namespace

Report decide(const LoadedSource& expected, const LoadedSource& actual, const VerdictOptions& options) {
  Report report;
  report.tool_version = tool_version();
  report.grammar_version = grammar_version();
  report.expected = expected.spec.description;
  report.actual = actual.spec.description;
  report.major = actual.major;
  report.server_version_num = actual.server_version_num ? actual.server_version_num : expected.server_version_num;
  report.expected_hash = expected.sealed->root().hex();
  report.actual_hash = actual.sealed->root().hex();

  AnalysedEquivalence equivalence(expected, actual);
  diff::Comparison comparison = diff::compare(*expected.sealed, *actual.sealed, options.compare, &equivalence);
  if (options.audit) count_fixpoints(*actual.sealed, report.stats);
  report.ignored = take_out_ignored(comparison, expected, actual, options.ignore);
  take_out_undecided(comparison, report.unresolved);
  report.clock = clock_notes(comparison, expected);
  for (const diff::Change& change : comparison.changes) report.changes.push_back(report_change(change, expected));
  for (const LoadedSource* side : {&expected, &actual}) {
    append(report.errors, side->errors);
    append(report.not_simulated, side->not_simulated);
    append(report.unseen, side->unseen);
    append(report.ignored, side->left_out);
    append(report.pending, side->pending);
    report.stats.statements += side->outcomes.size();
  }
  report.stats.objects = comparison.stats.objects;
  report.stats.expressions = comparison.stats.expressions;
  report.stats.by_text = comparison.stats.by_text;
  report.stats.by_analysis = comparison.stats.by_analysis;
  report.stats.rules = comparison.stats.rules;
  report.verdict = verdict_of(report);
  return report;
}

}  // namespace pgplumb::cli
