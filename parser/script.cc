#include "parser/script.h"

#include <utility>

#include "parser/piece_reader.h"
#include "parser/statement_stream.h"

namespace pgplumb::parser {

std::vector<Script> parse_all(const std::vector<ScriptSource>& sources, const catalog::SourceMap& sources_text) {
  StatementStream stream(sources, sources_text);
  std::vector<Script> scripts(sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    scripts[i].file = sources[i].file;
    while (std::optional<Statement> statement = stream.next(i)) scripts[i].statements.push_back(std::move(*statement));
  }
  return scripts;
}

std::vector<Statement> parse_text(std::string_view text, catalog::Span span, Dialect dialect) {
  std::vector<Statement> statements;
  for (const Piece& piece : split(text, dialect)) {
    Job job{span, piece.kind, dialect, text.substr(piece.offset, piece.length), false, false, piece.sent_by_command, false};
    for (Statement& statement : read_piece(job)) statements.push_back(std::move(statement));
  }
  return statements;
}

Script parse_script(const ScriptSource& source, const catalog::SourceMap& sources_text) {
  return std::move(parse_all({source}, sources_text).front());
}

}  // namespace pgplumb::parser
