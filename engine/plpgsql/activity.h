#pragma once
// What all bodies that one statement of a script starts have in common.
#include <memory>
#include <unordered_map>

#include "engine/interpreter.h"
#include "engine/plpgsql/tree.h"

namespace pgplumb::engine::plpgsql {

struct Activity {
  int depth = 0;       // of calls
  int handlers = 0;    // blocks with handlers around what runs
  int trying = 0;      // ways that are only tried: see unknown.cc
  bool atomic = true;  // COMMIT is not allowed
  SavePoint start;     // where ROLLBACK goes back to

  /// Compiled bodies. One that was replaced is compiled anew; one whose types were changed is not, as on a server.
  struct Compiled {
    const catalog::Object* routine = nullptr;
    std::shared_ptr<const Function> function;
  };
  std::unordered_map<Oid, Compiled> compiled;
};

}  // namespace pgplumb::engine::plpgsql
