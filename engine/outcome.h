#pragma once
// What became of one statement.
#include <string>

#include "catalog/base/diagnostic.h"

namespace pgplumb::engine {

enum class Status : std::uint8_t {
  ok,             // executed
  error,          // PostgreSQL refuses it: nothing was changed
  skipped,        // changes no schema
  not_simulated,  // PostgreSQL may do something that this program does not know
};

struct Outcome {
  Status status = Status::ok;
  std::string sqlstate = "00000";
  std::string message;  // PostgreSQL's, or why it was not simulated
  std::string detail;
  std::string hint;
  int location = -1;  // byte offset in the statement's text; -1 where unknown
};

}  // namespace pgplumb::engine
