#pragma once
// A compiled PL/pgSQL body: plpgsql.h's statements and datums as values.
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "catalog/base/ids.h"
#include "catalog/ref.h"

namespace pgplumb::parser {
class ParseTree;
}

namespace pgplumb::engine::plpgsql {

using catalog::invalid_oid;
using catalog::Oid;
using catalog::TypeRef;

/// A name that is visible, and through `previous` all that stand before it: PLpgSQL_nsitem.
struct Name {
  enum class Kind : std::uint8_t { block, loop, variable };
  Kind kind = Kind::variable;
  std::string name;  // of a block or loop: its label, perhaps empty
  int variable = -1;
  const Name* previous = nullptr;
};

/// Whether the text of an Sql is a whole statement or what stands behind SELECT.
enum class SqlForm : std::uint8_t { statement, expression };

/// SQL within the body, with the names that it sees.
struct Sql {
  std::string text;
  SqlForm form = SqlForm::expression;
  const Name* names = nullptr;
  std::size_t offset = 0;                         // in the body
  std::shared_ptr<const parser::ParseTree> tree;  // of `text`, behind SELECT where it is an expression
  explicit operator bool() const { return !text.empty(); }
};

/// PLpgSQL_var and PLpgSQL_rec. `type` is record for what takes any row.
struct Variable {
  std::string name;
  TypeRef type;
  Oid collation = invalid_oid;
  bool composite = false;  // a record or a row type: kept by fields
  bool constant = false;
  bool not_null = false;
  Sql initial;
  int line = 0;
  // Of a bound cursor:
  Sql cursor_query;
  std::vector<int> cursor_arguments;
};

/// A variable, a field of it, or elements of an array in it.
struct Place {
  int variable = -1;
  std::string field;            // empty: the whole variable
  std::vector<Sql> subscripts;  // behind it
};

/// Where rows go: one composite variable, or places in order.
struct Target {
  std::vector<Place> places;
  bool whole_row = false;  // the one place is composite and takes all columns
  bool strict = false;
  explicit operator bool() const { return !places.empty(); }
};

struct Statement;
using Body = std::vector<Statement>;

struct Handler {
  std::vector<std::string> sqlstates;  // empty string: OTHERS
  Body body;
};
struct Block {
  std::string label;
  std::vector<int> variables;  // in order of declaration
  Body body;
  std::vector<Handler> handlers;
  int sqlstate_variable = -1, sqlerrm_variable = -1;
};
struct Assign {
  Place place;
  Sql value;
};
struct Branch {
  Sql condition;
  Body body;
};
struct If {
  std::vector<Branch> branches;
  Body otherwise;
};
struct Case {
  Sql subject;
  int subject_variable = -1;  // takes the subject's value and type
  std::vector<Branch> branches;
  bool has_else = false;
  Body otherwise;
};
struct Loop {
  std::string label;
  Body body;
};
struct While {
  std::string label;
  Sql condition;
  Body body;
};
struct ForInteger {
  std::string label;
  int variable = -1;
  Sql lower, upper, step;
  bool reverse = false;
  Body body;
};
/// FOR … IN query or cursor, or EXECUTE.
struct ForRows {
  std::string label;
  Target target;
  Sql query;  // a statement, or with `dynamic` an expression that gives one
  bool dynamic = false;
  std::vector<Sql> arguments;  // of EXECUTE … USING
  int cursor = -1;             // a bound cursor instead of `query`
  std::vector<Sql> cursor_arguments;
  Body body;
};
struct ForEach {
  std::string label;
  Target target;
  int slice = 0;
  Sql array;
  Body body;
};
struct Exit {
  bool is_exit = true;  // otherwise CONTINUE
  std::string label;
  Sql condition;
};
struct Return {
  Sql value;
};
struct ReturnNext {
  Sql value;  // empty: the OUT parameters
};
struct ReturnQuery {
  Sql query;
  bool dynamic = false;
  std::vector<Sql> arguments;
};
enum class RaiseOption : std::uint8_t { errcode, message, detail, hint, column, constraint, datatype, table, schema };
struct Raise {
  enum class Level : std::uint8_t { debug, log, info, notice, warning, exception };
  Level level = Level::exception;
  bool rethrow = false;
  std::string condition;  // a name or an SQLSTATE
  std::string format;
  bool has_format = false;
  std::vector<Sql> arguments;
  std::vector<std::pair<RaiseOption, Sql>> options;
};
struct Assert {
  Sql condition, message;
};
struct Execute {
  Sql query;
  Target target;
  std::vector<Sql> arguments;
};
struct RunSql {
  Sql statement;
  Target target;
};
struct Perform {
  Sql query;  // an expression
};
struct Call {
  Sql statement;
};
struct GetDiagnostics {
  bool stacked = false;
  std::vector<std::pair<Place, std::string>> items;  // item names in lower case
};
struct Open {
  int cursor = -1;
  Sql query;
  bool dynamic = false;
  std::vector<Sql> arguments;
  std::vector<Sql> cursor_arguments;
};
struct Fetch {
  int cursor = -1;
  std::string direction;  // as written; empty for NEXT
  Target target;          // none: MOVE
};
struct Close {
  int cursor = -1;
};
struct EndTransaction {
  bool commit = true;
};

struct Statement {
  std::variant<Block, Assign, If, Case, Loop, While, ForInteger, ForRows, ForEach, Exit, Return, ReturnNext,
               ReturnQuery, Raise, Assert, Execute, RunSql, Perform, Call, GetDiagnostics, Open, Fetch, Close,
               EndTransaction>
      what;
  int line = 0;
};

/// #variable_conflict
enum class Conflict : std::uint8_t { error, use_variable, use_column };

/// What a function returns, as RETURN is read.
struct ReturnShape {
  TypeRef type;
  bool set = false;
  bool out_parameters = false;
  bool procedure = false;
};

/// A routine's body, or a DO block's, after compilation.
struct Function {
  std::string name;  // "inline_code_block" of DO
  ReturnShape returns;
  std::deque<Variable> variables;
  std::deque<Name> names;
  std::vector<int> parameters;      // variables of the arguments, in order
  std::vector<int> out_parameters;  // variables of OUT, INOUT and TABLE arguments, in order
  int found = -1;
  Conflict conflict = Conflict::error;
  Block body;
};

}  // namespace pgplumb::engine::plpgsql
