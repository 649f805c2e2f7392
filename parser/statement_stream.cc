#include "parser/statement_stream.h"

#include <fmt/format.h>

#include <utility>

#include "parser/meta_command.h"

namespace pgplumb::parser {

namespace {

using catalog::Span;

// Enough for all threads to have work while a statement takes long.
constexpr std::size_t window = 512;

std::string place(const catalog::SourceMap& map, catalog::FileId file, std::uint32_t offset) {
  return fmt::format("{}:{}", map.file(file).path, map.position(file, offset).line);
}

std::size_t count_lines(std::string_view text, std::string_view line) {
  std::size_t count = 0;
  for (std::size_t at = text.find(line); at != std::string_view::npos; at = text.find(line, at + 1)) {
    const std::size_t end = at + line.size();
    const bool whole =
        (at == 0 || text[at - 1] == '\n') && (end == text.size() || text[end] == '\n' || text[end] == '\r');
    if (whole) ++count;
  }
  return count;
}

// pg_dump says where its output begins and where it is complete: between statements, nothing else tells a cut.
void check_dump(const catalog::SourceMap& map, catalog::FileId file) {
  const catalog::SourceFile& source = map.file(file);
  constexpr std::string_view begin = "-- PostgreSQL database dump";
  if (count_lines(source.text, begin) > count_lines(source.text, "-- PostgreSQL database dump complete"))
    throw catalog::UsageError(
        fmt::format("{}: the dump is cut short: it has no line \"{} complete\" at its end; dump again, or remove its "
                    "first line if it was shortened on purpose",
                    source.path, begin));
}

/// `rest`: what follows a statement.
bool ends_with_semicolon(std::string_view rest) {
  const std::size_t at = rest.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && rest[at] == ';';
}

void check_closed(const catalog::SourceMap& map, Span part, const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces)
    if (!piece.unclosed.what.empty())
      throw catalog::UsageError(fmt::format(
          "{}: the {} that begins here never ends; the file is cut short, or its end is missing",
          place(map, part.file, part.offset + static_cast<std::uint32_t>(piece.unclosed.offset)), piece.unclosed.what));
}

/// Whether a \q outside of any \if stands here: what follows is not even read.
class Quit {
 public:
  bool see(std::string_view command) {
    const std::string name = read_meta_command(command).name;
    if (name == "if") ++conditions_;
    if (name == "endif" && conditions_ > 0) --conditions_;
    return conditions_ == 0 && (name == "q" || name == "quit");
  }

 private:
  int conditions_ = 0;
};

/// Cuts a part of a source into jobs. False if a \q ends the source.
bool cut(const catalog::SourceMap& map, Span part, const ScriptSource& source, std::vector<Job>& jobs) {
  const std::string_view text = map.text(part);
  const std::vector<Piece> pieces = split(text, source.dialect);
  if (!source.keep_going) check_closed(map, part, pieces);
  Quit quit;
  for (const Piece& piece : pieces) {
    const std::string_view piece_text = text.substr(piece.offset, piece.length);
    if (piece.kind == PieceKind::meta_command && quit.see(piece_text)) return false;
    jobs.push_back(
        {{part.file, part.offset + static_cast<std::uint32_t>(piece.offset), static_cast<std::uint32_t>(piece.length)},
         piece.kind,
         source.dialect,
         piece_text,
         piece.unclosed.copy_data,
         ends_with_semicolon(text.substr(piece.offset + piece.length)),
         piece.sent_by_command});
  }
  return true;
}

void cut(const catalog::SourceMap& map, const ScriptSource& source, std::vector<Job>& jobs) {
  if (source.dialect.meta_commands) check_dump(map, source.file);
  if (source.parts.empty()) {
    cut(map, {source.file, 0, static_cast<std::uint32_t>(map.file(source.file).text.size())}, source, jobs);
    return;
  }
  for (const Span& part : source.parts)
    if (!cut(map, part, source, jobs)) return;
}

std::vector<Job> cut(const catalog::SourceMap& map, const std::vector<ScriptSource>& sources, std::vector<std::size_t>& ends) {
  std::vector<Job> jobs;
  for (const ScriptSource& source : sources) {
    cut(map, source, jobs);
    ends.push_back(jobs.size());
  }
  return jobs;
}

}  // namespace

StatementStream::StatementStream(const std::vector<ScriptSource>& sources, const catalog::SourceMap& sources_text)
    : jobs_(cut(sources_text, sources, ends_)),
      statements_(jobs_.size()),
      ahead_(jobs_.size(), window, [this](std::size_t i) { statements_[i] = read_piece(jobs_[i]); }) {}

std::optional<Statement> StatementStream::next(std::size_t source) {
  const std::size_t begin = source == 0 ? 0 : ends_[source - 1];
  if (job_ < begin) {
    job_ = begin;
    statement_ = 0;
    waited_ = false;
  }
  while (job_ < ends_[source]) {
    if (!std::exchange(waited_, true)) ahead_.wait(job_);
    if (statement_ < statements_[job_].size()) return std::move(statements_[job_][statement_++]);
    std::vector<Statement>().swap(statements_[job_++]);
    statement_ = 0;
    waited_ = false;
  }
  return std::nullopt;
}

}  // namespace pgplumb::parser
