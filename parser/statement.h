#pragma once
// Statements of a script, in the order in which they run, each with its place in the source.
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/diagnostic.h"
#include "catalog/base/source.h"
#include "parser/ast/ast.h"
#include "parser/pg_query.h"

namespace pgplumb::parser {

enum class StatementKind {
  sql,            // parsed: `node()` is what it says
  data,           // changes rows at most, and has no tree; `arguments` are the relation's schema and name, if they are told
  connect,        // psql's \connect: a new session; `arguments` are the command's
  psql,           // another command of psql that decides what runs; `arguments` are its name and the text behind that
  not_simulated,  // its effect can't be known from this file; `problem` says why
  error,          // the grammar refuses it; `problem` says why
};

struct Statement {
  StatementKind kind = StatementKind::sql;
  ast::NodeTag tag = ast::NodeTag::none;  // what it is; for data told by its first word; none where unknown
  catalog::Span span;                     // from its first to its last token, without the semicolon
  ParseTree tree;
  std::optional<catalog::Diagnostic> problem;
  std::vector<std::string> arguments;
  bool has_variables = false;    // its text holds what psql would replace if a variable of that name is set
  bool sent_by_command = false;  // it runs when the psql command behind it says so: \g, \gset, \gexec
  bool in_file = true;           // its text is the span's; otherwise a variable's value or a query's result

  ast::Node node() const { return tree.statement(); }
  /// The place of a node's `location()`, of no length; the whole statement where that is unknown.
  catalog::Span at(int location) const {
    if (!in_file || location < 0 || static_cast<std::uint32_t>(location) > span.length) return span;
    return {span.file, span.offset + static_cast<std::uint32_t>(location), 0};
  }
};

/// The statements of one file, or of those parts of it that are to run.
struct Script {
  catalog::FileId file = catalog::FileId::none;
  std::vector<Statement> statements;
};

}  // namespace pgplumb::parser
