#include "parser/script.h"

#include <fmt/format.h>

#include <utility>

#include "parser/isolation.h"
#include "parser/leading_word.h"
#include "parser/lexer.h"
#include "parser/meta_command.h"

namespace pgplumb::parser {

namespace {

using catalog::Diagnostic;
using catalog::Severity;
using catalog::Span;

// What changes rows is looked at for syntax alone where it calls nothing or is longer than this, and beyond the second
// bound not at all: the trees are a hundred times as large, and say nothing of the schema.
constexpr std::size_t max_data_tree = std::size_t{64} << 10;
constexpr std::size_t max_data_check = std::size_t{4} << 20;

/// One piece of a source, and the statements that it turns out to be.
struct Job {
  Span span;
  PieceKind kind = PieceKind::statement;
  Dialect dialect;
  std::string_view text;
  bool lacks_data = false;
  bool semicolon = false;  // the text is followed by one
  bool sent_by_command = false;
  bool in_file = true;  // the text is the span's
  std::vector<Statement> statements = {};
};

std::string grammar_hint() {
  return fmt::format(
      "the grammar is PostgreSQL {}'s; if the statement needs a newer one, build with a newer libpg_query "
      "(-DPG_QUERY_ROOT, "
      "-DPGPLUMB_PG_QUERY)",
      grammar_version());
}

Span error_span(const Job& job, int offset) {
  if (offset < 0 || !job.in_file) return job.span;
  const Token token = Lexer(job.text, static_cast<std::size_t>(offset)).next();
  const std::size_t length = token.offset == static_cast<std::size_t>(offset) ? token.text.size() : 0;
  return {job.span.file, job.span.offset + static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length)};
}

/// psql sends the semicolon too, so that is what a statement that ends too early is refused at.
std::string message_of(const Job& job, const ParseError& error) {
  const bool at_semicolon = job.semicolon && error.message == "syntax error at end of input";
  return at_semicolon ? "syntax error at or near \";\"" : error.message;
}

Diagnostic syntax_problem(const Job& job, const ParseError& error, Severity severity) {
  const bool syntax = error.sqlstate == "42601";
  Diagnostic problem{severity, syntax ? "syntax-error" : "sql-error", error_span(job, error.offset), message_of(job, error),
                     {},       {},                                    error.sqlstate};
  if (syntax) problem.hint = grammar_hint();
  return problem;
}

Diagnostic not_simulated(Span span, std::string reason) {
  return {Severity::warning, "not-simulated", span, std::move(reason), {}, {}, {}};
}

/// Reads one piece.
class PieceReader {
 public:
  explicit PieceReader(Job& job) : job_(job) {}

  void run() {
    if (job_.lacks_data)
      lacks_data();
    else if (job_.kind == PieceKind::meta_command)
      meta_command();
    else
      statement();
  }

 private:
  Statement& add(StatementKind kind, ast::NodeTag tag = ast::NodeTag::none) {
    Statement& statement = job_.statements.emplace_back();
    statement.kind = kind;
    statement.tag = tag;
    statement.span = job_.span;
    statement.sent_by_command = job_.sent_by_command;
    statement.in_file = job_.in_file;
    statement.has_variables = has_variables_;
    return statement;
  }

  void lacks_data() {
    add(StatementKind::not_simulated, ast::NodeTag::CopyStmt).problem =
        not_simulated(job_.span, "the data that COPY reads from here never end");
  }

  void meta_command() {
    MetaCommand command = read_meta_command(job_.text);
    if (command.effect == MetaEffect::connect) {
      add(StatementKind::connect).arguments = std::move(command.arguments);
    } else if (command.effect == MetaEffect::control) {
      const std::string_view rest = job_.text.substr(1 + command.name.size());
      add(StatementKind::psql).arguments = {std::move(command.name), std::string(rest)};
    } else if (command.effect == MetaEffect::unsupported) {
      add(StatementKind::not_simulated).problem =
          not_simulated(job_.span, fmt::format("\\{}: {}", command.name, command.reason));
    }
  }

  void statement() {
    has_variables_ = job_.dialect.meta_commands && job_.text.find(':') != std::string_view::npos &&
                     !psql_variable(job_.text).empty();
    const ast::NodeTag data = data_statement(job_.text);
    if (data != ast::NodeTag::none && (job_.text.size() > max_data_tree || only_changes_rows(job_.text)))
      return rows(data);
    ParseResult result = parse(job_.text);
    if (result.error) return refused(*result.error, data);
    if (result.tree.size() > 1) return several(result.tree);
    Statement& statement = add(StatementKind::sql, result.tree.statement().tag());
    statement.tree = std::move(result.tree);
  }

  void rows(ast::NodeTag tag) {
    Statement& statement = add(StatementKind::data, tag);
    statement.arguments = changed_relation(job_.text);
    if (job_.text.size() > max_data_check) return;
    if (const auto error = check_syntax(job_.text)) statement.problem = syntax_problem(job_, *error, Severity::warning);
  }

  // The splitter can take two for one where a routine is named like a key word; the grammar can't.
  void several(const ParseTree& tree) {
    for (std::size_t i = 0; i < tree.size(); ++i) {
      const std::string_view text = tree.statement_text(job_.text, i);
      const std::size_t blank = Lexer(text).next().offset;
      Job part{job_.span, job_.kind, job_.dialect, text.substr(blank), false, job_.semicolon, job_.sent_by_command, job_.in_file};
      if (part.in_file) {
        part.span.offset += static_cast<std::uint32_t>(part.text.data() - job_.text.data());
        part.span.length = static_cast<std::uint32_t>(part.text.size());
      }
      PieceReader(part).run();
      for (Statement& statement : part.statements) job_.statements.push_back(std::move(statement));
    }
  }

  void refused(const ParseError& error, ast::NodeTag data) {
    const std::string_view variable = job_.dialect.meta_commands ? psql_variable(job_.text) : std::string_view();
    if (!variable.empty()) {
      add(StatementKind::not_simulated).problem =
          not_simulated(job_.span, fmt::format("the value of the psql variable {} is not known", variable));
    } else if (error.sqlstate == "54000") {
      add(StatementKind::not_simulated).problem = not_simulated(job_.span, error.message);
    } else if (data != ast::NodeTag::none) {
      Statement& statement = add(StatementKind::data, data);
      statement.arguments = changed_relation(job_.text);
      statement.problem = syntax_problem(job_, error, Severity::warning);
    } else if (is_harmless_query(job_.text)) {
      add(StatementKind::data, ast::NodeTag::SelectStmt).problem = syntax_problem(job_, error, Severity::warning);
    } else {
      add(StatementKind::error).problem = syntax_problem(job_, error, Severity::error);
    }
  }

  Job& job_;
  bool has_variables_ = false;
};

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

}  // namespace

std::vector<Script> parse_all(const std::vector<ScriptSource>& sources, const catalog::SourceMap& sources_text) {
  std::vector<Job> jobs;
  std::vector<std::size_t> ends;
  for (const ScriptSource& source : sources) {
    cut(sources_text, source, jobs);
    ends.push_back(jobs.size());
  }
  run_in_parallel(jobs.size(), [&](std::size_t i) { PieceReader(jobs[i]).run(); });
  std::vector<Script> scripts(sources.size());
  for (std::size_t i = 0, job = 0; i < sources.size(); ++i) {
    scripts[i].file = sources[i].file;
    for (; job < ends[i]; ++job)
      for (Statement& statement : jobs[job].statements) scripts[i].statements.push_back(std::move(statement));
  }
  return scripts;
}

std::vector<Statement> parse_text(std::string_view text, Span span, Dialect dialect) {
  std::vector<Statement> statements;
  for (const Piece& piece : split(text, dialect)) {
    Job job{span, piece.kind, dialect, text.substr(piece.offset, piece.length), false, false, piece.sent_by_command, false};
    PieceReader(job).run();
    for (Statement& statement : job.statements) statements.push_back(std::move(statement));
  }
  return statements;
}

Script parse_script(const ScriptSource& source, const catalog::SourceMap& sources_text) {
  return std::move(parse_all({source}, sources_text).front());
}

}  // namespace pgplumb::parser
