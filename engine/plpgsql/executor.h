#pragma once
// Runs one body: PostgreSQL's pl_exec.c. For engine/plpgsql/execute_*.cc and call.cc.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/evaluate/evaluate.h"
#include "engine/interpreter.h"
#include "engine/plpgsql/activity.h"
#include "engine/plpgsql/bind.h"
#include "engine/plpgsql/frame.h"
#include "engine/plpgsql/tree.h"

namespace pgplumb::engine::plpgsql {

/// How a statement ends: PLPGSQL_RC_…
struct Flow {
  enum class Kind : std::uint8_t { normal, exit, continue_, return_ };
  Kind kind = Kind::normal;
  std::string label;
  friend bool operator==(const Flow&, const Flow&) = default;
};

class Executor {
 public:
  Executor(Interpreter& interpreter, Activity& activity, const Function& function);

  /// Runs the body with these arguments.
  void run(const std::vector<Value>& arguments);

  // What it returned.
  const Value& result() const { return result_; }
  ResultSet& rows() { return rows_; }
  /// The OUT parameters' present values.
  std::vector<Value> out_values() const;

 private:
  using Thunk = std::function<Flow()>;
  /// A statement in the middle of which values may be unknown.
  struct State {
    SavePoint point;
    Frame frame;
    Value row_count;
  };
  struct Attempt {
    Flow flow;
    std::optional<SqlError> error;
    Frame frame;
    bool changed = false;
  };
  struct Cursor {
    bool open = false;
    ResultSet rows;
    std::size_t position = 0;  // of the row that was fetched last, from 1
    std::string unknown;       // why its rows can't be known
  };

  // execute_block.cc
  Flow execute(const Body& body);
  Flow execute(const Statement& statement);
  Flow execute(const Block& block);
  Flow execute_guarded(const Block& block);
  Flow handle(const Block& block, const SqlError& error);
  void initialize(int variable);
  SqlError known_error(const SqlError& error) const;

  // execute_control.cc
  Flow execute(const If& statement);
  Flow execute_branches(const std::vector<Branch>& branches, std::size_t from, const Thunk& otherwise);
  Flow execute(const Case& statement);
  Flow execute(const Exit& statement);
  Flow execute(const Assert& statement);

  // execute_loops.cc
  Flow execute(const Loop& statement);
  Flow execute(const While& statement);
  Flow execute(const ForInteger& statement);
  Flow execute(const ForRows& statement);
  Flow execute(const ForEach& statement);
  /// Whether the loop goes on after its body ended that way; otherwise `flow` is how the loop ends.
  static bool goes_on(Flow& flow, const std::string& label);
  Flow loop_over(const std::vector<ResultColumn>& columns, const std::vector<std::vector<Value>>& rows,
                 const ForRows& statement);

  // unknown.cc: what may go either way
  State state() const;
  void restore(const State& state);
  bool changed_since(const State& state) const;
  Attempt attempt(const Thunk& work, const State& from);
  void adopt(Attempt attempt);
  Flow either(const std::string& reason, const Thunk& first, const Thunk& second);
  Flow perhaps_repeated(const std::string& reason, const std::string& label, const Thunk& body);
  void merge(const Frame& other, const std::string& reason);

  // execute_sql.cc
  Flow execute(const RunSql& statement);
  Flow execute(const Perform& statement);
  Flow execute(const Call& statement);
  Flow execute(const Execute& statement);
  Flow execute(const EndTransaction& statement);
  using Binding = std::function<Bound(parser::ast::Node)>;
  /// One SQL command; `dynamic`: of EXECUTE, which leaves FOUND alone.
  void run_sql(parser::ast::Node node, const Target& target, const Binding& binding, bool dynamic);
  void run_rows(parser::ast::Node node, const Target& target, const Bound& bound, bool dynamic);
  void run_changes(parser::ast::Node node, const Target& target, const Bound& bound, bool dynamic);
  void run_utility(parser::ast::Node node, const Binding& binding);
  void store_first(const Target& target, const ResultSet& rows);
  void store_unknown(const Target& target, const std::vector<ResultColumn>& columns, const std::string& reason);
  void set_processed(std::size_t rows, bool dynamic);
  void set_processed_unknown(const std::string& reason, bool dynamic);

  // queries.cc
  struct Rows {
    ResultSet set;
    std::string unknown;  // why the rows can't be known
  };
  parser::ast::Node node_of(const Sql& sql);
  Scope scope_of(const Sql& sql) const { return {&function_, &frame_, sql.names}; }
  Rows query(parser::ast::Node node, const Bound& bound);
  Rows query(const Sql& sql);
  Rows dynamic_query(const Sql& text, const std::vector<Sql>& arguments);
  Value evaluate(const Sql& sql);
  /// Nothing where it is unknown, `reason` then says why. NULL is false.
  std::optional<bool> decide(const Sql& sql, std::string& reason);
  std::vector<Value> evaluate(const std::vector<Sql>& expressions);
  std::string dynamic_text(const Sql& sql);
  std::string text_of(const Value& value) const;
  evaluate::Parameters parameters(std::vector<Value> values);
  void forbid_effects(parser::ast::Node node) const;

  // assign.cc
  Flow execute(const Assign& statement);
  void assign(const Place& place, const Value& value);
  void assign_variable(int variable, const Value& value);
  void assign_field(const Place& place, const Value& value);
  void assign_element(const Place& place, const Value& value);
  void assign_row(int variable, const std::vector<ResultColumn>& columns, const std::vector<Value>& values);
  void assign_composite(int variable, const Value& value);
  void assign_null_row(int variable, const std::vector<ResultColumn>& columns);
  void store(const Target& target, const std::vector<ResultColumn>& columns, const std::vector<Value>& values);
  std::optional<std::vector<ResultColumn>> anonymous_columns(const Sql& sql);
  Value converted(const Value& value, TypeRef type);
  Value row_value(int variable) const;
  std::vector<ResultColumn> declared_columns(Oid type) const;
  Slot& slot(int variable) { return frame_[static_cast<std::size_t>(variable)]; }
  const Slot& slot(int variable) const { return frame_[static_cast<std::size_t>(variable)]; }
  const Variable& variable(int number) const { return function_.variables[static_cast<std::size_t>(number)]; }

  // execute_raise.cc
  Flow execute(const Raise& statement);
  Flow execute(const GetDiagnostics& statement);
  std::string formatted(const Raise& statement);
  Value diagnostic(const std::string& item) const;

  // execute_return.cc
  Flow execute(const Return& statement);
  Flow execute(const ReturnNext& statement);
  Flow execute(const ReturnQuery& statement);
  std::vector<ResultColumn> result_columns() const;
  void return_row(const std::vector<Value>& values);

  // execute_cursor.cc
  Flow execute(const Open& statement);
  Flow execute(const Fetch& statement);
  Flow execute(const Close& statement);
  void open(int variable, Rows rows);
  Cursor& cursor(int variable);
  Rows bound_cursor_rows(int cursor, const std::vector<Sql>& arguments);
  std::optional<std::size_t> fetched(const Fetch& statement, const Cursor& cursor) const;

  Interpreter& interpreter_;
  Activity& activity_;
  const Function& function_;
  Frame frame_;
  Value row_count_;
  Value result_;
  bool returned_ = false;
  ResultSet rows_;
  std::string unknown_rows_;
  std::vector<const SqlError*> caught_;  // by the handlers that run, the innermost last
  std::unordered_map<std::string, Cursor> cursors_;
  std::unordered_map<const Sql*, std::shared_ptr<const parser::ParseTree>> late_trees_;
  int next_portal_ = 1;
};

}  // namespace pgplumb::engine::plpgsql
