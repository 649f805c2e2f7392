#include "cli/history.h"

namespace pgplumb::cli {

namespace {

diff::ReportNote diagnostic_note(const catalog::Diagnostic& diagnostic, const catalog::SourceMap& sources) {
  diff::ReportNote note;
  note.message = diagnostic.message;
  note.code = diagnostic.code;
  if (!diagnostic.span.empty()) {
    const catalog::Position position = sources.position(diagnostic.span);
    note.file = sources.file(diagnostic.span.file).path;
    note.line = position.line;
    note.column = position.column;
  }
  return note;
}

}  // namespace

History read_history(const SourceSpec& spec, const LoadOptions& options, catalog::SourceMap& sources) {
  const std::unique_ptr<parser::FileTree> tree = parser::open_tree(spec.text);
  parser::LayoutOptions layout;
  layout.layout = options.layout;
  layout.placeholders = options.placeholders;
  History history;
  history.migrations = parser::read_migrations(*tree, sources, layout);
  for (const catalog::Diagnostic& diagnostic : history.migrations.diagnostics)
    (diagnostic.severity == catalog::Severity::note ? history.left_out : history.unread)
        .push_back(diagnostic_note(diagnostic, sources));
  return history;
}

std::vector<engine::ScriptRun> runs_of(const parser::Migrations& migrations, catalog::SourceMap& sources) {
  std::vector<engine::ScriptRun> runs;
  for (const parser::Bookkeeping& table : migrations.bookkeeping) {
    if (table.ddl.empty()) continue;
    engine::ScriptRun run;
    run.source.file = sources.add({"(" + migrations.layout + "'s own table)", table.ddl, ""});
    run.source.dialect = {false, false};
    runs.push_back(std::move(run));
  }
  for (std::size_t i = 0; i < migrations.files.size(); ++i) {
    const parser::MigrationFile& file = migrations.files[i];
    engine::ScriptRun run;
    run.source = {file.file, file.parts, migrations.dialect};
    run.new_session = migrations.session_each || i == 0;
    run.in_transaction = file.wrapping == parser::Wrapping::transaction;
    runs.push_back(std::move(run));
  }
  return runs;
}

std::vector<std::string> bookkeeping_names(const parser::Migrations& migrations) {
  std::vector<std::string> names;
  for (const parser::Bookkeeping& table : migrations.bookkeeping)
    names.push_back(table.schema.empty() ? table.table : table.schema + "." + table.table);
  return names;
}

}  // namespace pgplumb::cli
