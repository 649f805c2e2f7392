// SQL within bodies: read_sql_construct and make_execsql_stmt of pl_gram.y.
#include <algorithm>

#include "engine/plpgsql/reader.h"
#include "parser/pg_query.h"

namespace pgplumb::engine::plpgsql {

namespace {

bool opens(const Token& token) { return token.is_symbol("(") || token.is_symbol("["); }
bool closes(const Token& token) { return token.is_symbol(")") || token.is_symbol("]"); }

bool is_terminator(const Token& token, std::string_view terminator) {
  if (terminator == "..") return token.kind == TokenKind::dot_dot;
  if (terminator == ":=") return token.kind == TokenKind::assign;
  return token.is(terminator) || token.is_symbol(terminator);
}

/// Within CREATE FUNCTION … BEGIN ATOMIC, semicolons do not end the statement.
class AtomicBody {
 public:
  explicit AtomicBody(const Token& first) : possible_(first.is("create")) {}
  void pass(const Token& token) {
    if (!possible_) return;
    if (count_++ < 4 && (token.is("function") || token.is("procedure"))) routine_ = true;
    if (!routine_) return;
    if (token.is("begin") || (depth_ > 0 && token.is("case"))) ++depth_;
    if (token.is("end") && depth_ > 0) --depth_;
  }
  bool open() const { return depth_ > 0; }

 private:
  bool possible_;
  bool routine_ = false;
  int count_ = 0;
  int depth_ = 0;
};

}  // namespace

bool Reader::at_terminator(std::initializer_list<std::string_view> terminators) const {
  return std::any_of(terminators.begin(), terminators.end(),
                     [&](std::string_view terminator) { return is_terminator(peek(), terminator); });
}

Sql Reader::make_sql(std::string text, SqlForm form, std::size_t offset) const {
  Sql sql;
  sql.text = std::move(text);
  sql.form = form;
  sql.names = names_;
  sql.offset = offset;
  parser::ParseResult parsed = parser::parse(form == SqlForm::expression ? "SELECT " + sql.text : sql.text);
  if (parsed.error && check_sql_) throw SqlError(parsed.error->sqlstate, parsed.error->message);
  if (!parsed.error) sql.tree = std::make_shared<const parser::ParseTree>(std::move(parsed.tree));
  return sql;
}

Sql Reader::read_sql(std::initializer_list<std::string_view> terminators, std::string_view expected, SqlForm form) {
  const std::size_t start = peek().offset;
  std::size_t end = start;
  int depth = 0;
  while (depth > 0 || !at_terminator(terminators)) {
    if (opens(peek())) ++depth;
    if (closes(peek()) && --depth < 0) fail_here("mismatched parentheses");
    if (peek().kind == TokenKind::end || at_symbol(";")) {
      if (depth != 0) fail_here("mismatched parentheses");
      throw SqlError("42601", "missing \"" + std::string(expected) + "\" at end of SQL " +
                                  (form == SqlForm::expression ? "expression" : "statement"));
    }
    end = next().end();
  }
  if (end == start) fail_here(form == SqlForm::expression ? "missing expression" : "missing SQL statement");
  return make_sql(std::string(body_.substr(start, end - start)), form, start);
}

Sql Reader::read_expression(std::string_view terminator) {
  std::string expected(terminator);
  std::transform(expected.begin(), expected.end(), expected.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  Sql sql = read_sql({terminator}, expected, SqlForm::expression);
  next();
  return sql;
}

std::vector<Sql> Reader::read_arguments(std::initializer_list<std::string_view> terminators) {
  std::vector<std::string_view> all(terminators);
  std::vector<Sql> arguments;
  for (;;) {
    if (terminators.size() == 1)
      arguments.push_back(read_sql({",", all[0]}, ", or ;", SqlForm::expression));
    else
      arguments.push_back(read_sql({",", all[0], all[1]}, ", or ;", SqlForm::expression));
    if (!accept_symbol(",")) return arguments;
  }
}

// A word that is no variable starts an SQL statement, but no statement goes on with an assignment.
void Reader::check_known_word() const {
  if (!peek().is_name()) return;
  std::size_t ahead = 1;
  std::string name = peek().word;
  while (at_symbol(".", ahead) && (peek(ahead + 1).is_name() || peek(ahead + 1).kind == TokenKind::reserved)) {
    name += "." + peek(ahead + 1).word;
    ahead += 2;
  }
  if (at_assignment(ahead) || at_symbol("[", ahead))
    throw SqlError("42601", "\"" + name + "\" is not a known variable");
}

Statement Reader::read_sql_statement() {
  check_known_word();
  Statement statement;
  statement.line = line();
  RunSql run;
  const std::size_t start = peek().offset;
  const bool imports = at("import");
  AtomicBody atomic(peek());
  std::size_t into_start = start, into_end = start, end = start;
  int depth = 0;
  // Before 14, the first semicolon ends the statement, wherever it stands.
  const bool nests = interpreter_.major() >= 14;
  for (const Token* before = nullptr; (nests && (depth > 0 || atomic.open())) || !at_symbol(";");) {
    if (peek().kind == TokenKind::end) fail_here("unexpected end of function definition");
    const bool is_into = at("into") && !imports && !(before && (before->is("insert") || before->is("merge")));
    if (is_into && run.target) fail_here("INTO specified more than once");
    if (is_into) {
      into_start = peek().offset;
      next();
      run.target = read_into();
      into_end = peek().offset;
      before = nullptr;
      continue;
    }
    if (opens(peek())) ++depth;
    if (closes(peek())) --depth;
    atomic.pass(peek());
    before = &next();
    end = before->end();
  }
  std::string text(body_.substr(start, std::max(end, start) - start));
  if (run.target) {
    text = std::string(body_.substr(start, into_start - start)) + std::string(into_end - into_start, ' ');
    if (end > into_end) text += body_.substr(into_end, end - into_end);
  }
  while (!text.empty() && std::string_view(" \t\r\n\f\v").find(text.back()) != std::string_view::npos) text.pop_back();
  next();
  run.statement = make_sql(std::move(text), SqlForm::statement, start);
  statement.what = std::move(run);
  return statement;
}

}  // namespace pgplumb::engine::plpgsql
