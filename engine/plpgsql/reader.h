#pragma once
// The parser of bodies, pl_gram.y by recursive descent; for engine/plpgsql/read_*.cc and compile.cc alone.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/type_oids.h"
#include "engine/interpreter.h"
#include "engine/plpgsql/names.h"
#include "engine/plpgsql/tokens.h"
#include "engine/plpgsql/tree.h"

namespace pgplumb::engine::plpgsql {

class Reader {
 public:
  Reader(Interpreter& interpreter, Function& function, std::string_view body, bool check_sql)
      : interpreter_(interpreter), function_(function), body_(body), check_sql_(check_sql), tokens_(scan(body)) {}

  /// The whole body, behind the names that the routine brings.
  void read_function();

  // For what the routine brings.
  int add_variable(std::string name, TypeRef type);
  void add_name(std::string name, int variable);
  void open_scope(Name::Kind kind, std::string label);

 private:
  // --- Tokens --------------------------------------------------------------------------------------------------------
  const Token& peek(std::size_t ahead = 0) const;
  const Token& next();
  bool at(std::string_view key_word, std::size_t ahead = 0) const { return peek(ahead).is(key_word); }
  bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const { return peek(ahead).is_symbol(symbol); }
  bool at_assignment(std::size_t ahead = 0) const;
  bool accept(std::string_view key_word);
  bool accept_symbol(std::string_view symbol);
  void expect(std::string_view key_word);
  void expect_symbol(std::string_view symbol);
  std::string any_identifier();
  /// "… at or near …": yyerror, for the token to come.
  [[noreturn]] void fail_here(std::string_view message) const;
  [[noreturn]] void syntax_error() const { fail_here("syntax error"); }
  int line() const { return line_of(body_, peek().offset); }

  // --- SQL: read_sql.cc ----------------------------------------------------------------------------------------------
  /// Up to one of the terminators outside of parentheses, which is not consumed: read_sql_construct. ".." and ";" are
  /// symbols, all else key words.
  Sql read_sql(std::initializer_list<std::string_view> terminators, std::string_view expected, SqlForm form);
  Sql read_expression(std::string_view terminator);  // and the terminator
  std::vector<Sql> read_arguments(std::initializer_list<std::string_view> terminators);
  Sql make_sql(std::string text, SqlForm form, std::size_t offset) const;
  bool at_terminator(std::initializer_list<std::string_view> terminators) const;
  Statement read_sql_statement();
  void check_known_word() const;

  // --- Declarations: read_block.cc, read_type.cc ---------------------------------------------------------------------
  Block read_block();
  Block read_labelled_block(std::string label);
  void read_declarations(Block& block);
  void read_declaration(Block& block);
  void read_alias(const std::string& name);
  void read_cursor(Block& block, const std::string& name);
  void declare(Block& block, Variable variable);
  TypeRef read_type();
  std::optional<TypeRef> read_type_of_something();
  bool refers_to_known(const std::vector<std::string>& names) const;
  TypeRef type_of_column(const std::vector<std::string>& names) const;
  TypeRef row_type_of(const std::vector<std::string>& names) const;
  Oid find_relation(const std::vector<std::string>& names, std::size_t count) const;
  bool is_composite(Oid type) const;
  std::vector<Handler> read_handlers(Block& block);
  void read_condition(std::vector<std::string>& sqlstates);
  void read_end_label(const std::string& label);
  void check_end_label(const std::string& label);

  // --- Variables: read_target.cc -------------------------------------------------------------------------------------
  struct Datum {
    int variable = -1;
    std::string field;
    std::size_t tokens = 0;  // how many it takes
  };
  /// What the coming token means as a variable; none where it means none.
  std::optional<Datum> datum_here(std::size_t ahead = 0) const;
  Place read_place();
  [[noreturn]] void not_a_variable() const;
  Target read_into();
  Target read_target(bool strict);
  int read_cursor_variable();
  std::vector<Sql> read_cursor_arguments(int cursor);
  std::size_t cursor_argument_named(int cursor, const std::string& name) const;
  void check_assignable(const Place& place) const;
  const Variable& variable(int number) const { return function_.variables[static_cast<std::size_t>(number)]; }

  // --- Statements: read_statements.cc, read_loops.cc, read_raise.cc --------------------------------------------------
  Body read_body();
  void read_statement(Body& body);
  std::optional<Statement> read_keyword_statement();
  Statement read_assignment();
  If read_if();
  Case read_case();
  /// A block without its semicolon, or a loop.
  Statement read_labelled();
  Statement read_labelled_statement();
  Statement read_loop(const std::string& label);
  Loop read_plain_loop(const std::string& label);
  While read_while(const std::string& label);
  Statement read_for(const std::string& label);
  ForInteger read_for_integer(const std::string& name, bool reverse, Sql lower);
  ForRows read_for_execute(Target target);
  ForRows read_for_cursor(const std::string& name);
  Target loop_target(std::size_t from);
  ForEach read_foreach(const std::string& label);
  Body read_loop_body(const std::string& label);
  Exit read_exit(bool is_exit);
  Statement read_return();
  Return read_plain_return();
  ReturnNext read_return_next();
  ReturnQuery read_return_query();
  Raise read_raise();
  void read_raise_condition(Raise& raise);
  void read_raise_format(Raise& raise);
  void read_raise_options(Raise& raise);
  Execute read_execute();
  GetDiagnostics read_get_diagnostics();
  Open read_open();
  Fetch read_fetch(bool is_move);
  Close read_close();
  EndTransaction read_end_transaction(bool commit);
  Assert read_assert();

  Interpreter& interpreter_;
  Function& function_;
  std::string_view body_;
  bool check_sql_;
  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  const Name* names_ = nullptr;

  friend class ScopeGuard;
};

/// A name space that ends where this does.
class ScopeGuard {
 public:
  ScopeGuard(Reader& reader, Name::Kind kind, std::string label) : reader_(reader), before_(reader.names_) {
    reader.open_scope(kind, std::move(label));
  }
  ~ScopeGuard() { reader_.names_ = before_; }
  ScopeGuard(const ScopeGuard&) = delete;
  ScopeGuard& operator=(const ScopeGuard&) = delete;

 private:
  Reader& reader_;
  const Name* before_;
};

}  // namespace pgplumb::engine::plpgsql
