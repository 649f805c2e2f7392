#pragma once
// What psql itself does with a script before the server sees a statement: variables, conditions, included files. The
// rules are those of psql's command.c and mainloop.c.
#include <map>
#include <string>
#include <vector>

#include "engine/outcome.h"
#include "engine/psql/conditions.h"
#include "engine/psql/variables.h"
#include "parser/statement.h"

namespace pgplumb::engine::psql {

/// What a command asks of whoever runs the script.
struct Request {
  enum class Kind { none, include, send, store_result, execute_result, quit };
  Kind kind = Kind::none;
  std::string argument;           // the file; the prefix of \gset's variables
  bool beside_including = false;  // \ir: the file counts from the including file's directory
};

/// One run of the program.
class Psql {
 public:
  explicit Psql(const std::map<std::string, std::string>& variables);

  /// Whether what stands here runs, or an \if keeps it from that.
  bool active() const { return conditions_.active(); }
  /// Whether an \if is still open: psql says so at a file's end.
  bool has_open_condition() const { return conditions_.open(); }
  Variables& variables() { return variables_; }
  const Variables& variables() const { return variables_; }

  /// Carries out a command; `statement.kind` is psql. Throws NotSimulated for what psql refuses (it goes on without it),
  /// and where the outcome depends on what is not known.
  Request run(const parser::Statement& statement);

 private:
  bool condition(const std::string& text) const;
  void begin_condition(const std::string& text);
  void set_variable(const std::vector<std::string>& arguments);

  Variables variables_;
  Conditions conditions_;
};

}  // namespace pgplumb::engine::psql
