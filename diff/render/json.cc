// For programs: docs/report.schema.json describes it.
#include "catalog/json.h"
#include "diff/render/render.h"

namespace pgplumb::diff {

std::string render_json(const Report& report, const RenderOptions& options);

namespace {

using catalog::JsonWriter;

void write_origin(JsonWriter& out, const ReportOrigin& origin) {
  if (origin.empty()) return;
  out.key("origin").begin_object();
  out.key("file").string(origin.file);
  if (origin.line) out.key("line").integer(origin.line);
  if (!origin.migration.empty()) out.key("migration").string(origin.migration);
  out.end_object();
}

void write_value(JsonWriter& out, std::string_view key, const std::string& json) {
  out.key(key);
  if (json.empty())
    out.null();
  else
    out.raw(json);
}

void write_change(JsonWriter& out, const ReportChange& change) {
  out.begin_object();
  out.key("kind").string(change.kind);
  out.key("identity").string(change.identity);
  out.key("change").string(change.change);
  if (change.contained) out.key("contained").integer(static_cast<std::int64_t>(change.contained));
  if (!change.renamed.empty()) out.key("renamed").string(change.renamed);
  write_origin(out, change.origin);
  out.key("fields").begin_array();
  for (const ReportField& field : change.fields) {
    out.begin_object();
    out.key("field").string(field.name);
    write_value(out, "expected", field.expected);
    write_value(out, "actual", field.actual);
    write_origin(out, field.origin);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_notes(JsonWriter& out, std::string_view key, const std::vector<ReportNote>& notes) {
  out.key(key).begin_array();
  for (const ReportNote& note : notes) {
    out.begin_object();
    out.key("message").string(note.message);
    if (!note.code.empty()) out.key("code").string(note.code);
    if (!note.file.empty()) {
      out.key("file").string(note.file);
      out.key("line").integer(note.line);
      out.key("column").integer(note.column);
    }
    out.end_object();
  }
  out.end_array();
}

void write_stats(JsonWriter& out, const ReportStats& stats) {
  out.key("stats").begin_object();
  auto add = [&](std::string_view key, std::size_t value) { out.key(key).integer(static_cast<std::int64_t>(value)); };
  add("objects", stats.objects);
  add("statements", stats.statements);
  add("expressions", stats.expressions);
  add("by_text", stats.by_text);
  add("by_analysis", stats.by_analysis);
  add("fixpoint", stats.fixpoint);
  add("not_fixpoint", stats.not_fixpoint);
  out.key("equivalences").begin_object();
  for (const auto& [rule, count] : stats.rules) add(rule, count);
  out.end_object();
  out.end_object();
}

}  // namespace

std::string render_json(const Report& report, const RenderOptions&) {
  JsonWriter out;
  out.begin_object();
  out.key("format").string("pgplumb-report");
  out.key("version").integer(1);
  out.key("tool").string(report.tool_version);
  out.key("grammar").string(report.grammar_version);
  out.key("command").string(report.command);
  out.key("verdict").string(verdict_word(report.verdict));
  out.key("expected").string(report.expected);
  out.key("actual").string(report.actual);
  out.key("pg_version").integer(report.major);
  if (report.server_version_num) out.key("server_version_num").integer(report.server_version_num);
  out.key("expected_hash").string(report.expected_hash);
  out.key("actual_hash").string(report.actual_hash);
  out.key("changes").begin_array();
  for (const ReportChange& change : report.changes) write_change(out, change);
  out.end_array();
  write_notes(out, "not_simulated", report.not_simulated);
  write_notes(out, "errors", report.errors);
  write_notes(out, "unresolved", report.unresolved);
  write_notes(out, "unseen", report.unseen);
  write_notes(out, "pending", report.pending);
  write_notes(out, "clock", report.clock);
  write_notes(out, "ignored", report.ignored);
  write_stats(out, report.stats);
  out.end_object();
  return out.take() + "\n";
}

}  // namespace pgplumb::diff
