#pragma once
// What the program has to say about its inputs: to a person as file:line:column, to a machine as a stable code.
#include <stdexcept>
#include <string>
#include <vector>

#include "catalog/base/source.h"

namespace pgplumb::catalog {

/// An error that PostgreSQL itself would raise: same SQLSTATE, message, detail and hint.
struct SqlError : std::runtime_error {
  SqlError(std::string sqlstate_, std::string message_, std::string detail_ = {}, std::string hint_ = {})
      : std::runtime_error(message_),
        sqlstate(std::move(sqlstate_)),
        message(std::move(message_)),
        detail(std::move(detail_)),
        hint(std::move(hint_)) {}
  std::string sqlstate;  // five characters, errcodes.txt
  std::string message;
  std::string detail;
  std::string hint;
  int location = -1;  // byte offset within the statement's text as libpg_query counts; -1 where unknown
};

/// Something that PostgreSQL would do and this program does not: never taken for an error of the user's.
struct NotSimulated : std::runtime_error {
  explicit NotSimulated(const std::string& reason) : std::runtime_error(reason) {}
  int location = -1;
};

/// The program was asked for something that can't be: a bad argument, an unreadable file, an unreachable server. What it
/// says is one line that names the thing and what to do. Ends the run with status 1.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Severity { note, warning, error };

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;  // stable, for machines: "syntax-error", "not-simulated", "sql-error", …
  Span span;
  std::string message;
  std::string detail;
  std::string hint;
  std::string sqlstate;
};

}  // namespace pgplumb::catalog
