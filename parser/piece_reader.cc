#include "parser/piece_reader.h"

#include <fmt/format.h>

#include <utility>

#include "catalog/base/timed.h"
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
  explicit PieceReader(const Job& job) : job_(job) {}

  std::vector<Statement> run() && {
    if (job_.lacks_data)
      lacks_data();
    else if (job_.kind == PieceKind::meta_command)
      meta_command();
    else
      statement();
    return std::move(statements_);
  }

 private:
  Statement& add(StatementKind kind, ast::NodeTag tag = ast::NodeTag::none) {
    Statement& statement = statements_.emplace_back();
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
      for (Statement& statement : read_piece(part)) statements_.push_back(std::move(statement));
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

  const Job& job_;
  std::vector<Statement> statements_;
  bool has_variables_ = false;
};

}  // namespace

std::vector<Statement> read_piece(const Job& job) {
  const catalog::Timed timed(catalog::Phase::parse);
  return PieceReader(job).run();
}

}  // namespace pgplumb::parser
