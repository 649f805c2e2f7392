#pragma once
// Where libpg_query may be called.
//
// While it parses, libpg_query points file descriptor 2 at a pipe of its own and back again (pg_query_parse.c): two
// calls at once, though each is correct by itself, leave the process with a dead standard error. And its JSON writer
// recurses without a limit. So calls take turns, except in threads that have a descriptor table to themselves, and a
// text that could make a deep tree gets a deep stack.
#include <cstddef>
#include <functional>
#include <mutex>

namespace pgplumb::parser {

/// Gives the calling thread its own copy of the descriptor table, for good: it must be a thread that opens nothing that
/// others are to use. False where the system has no such thing or forbids it (containers often do).
bool take_own_descriptors();

/// Held during each call of libpg_query; free for threads that have their own descriptors.
class PgQueryLock {
 public:
  PgQueryLock();

 private:
  std::unique_lock<std::mutex> lock_;
};

/// Runs `work` in a thread with a stack of that many bytes, and waits for it. False if there is no such thread to be
/// had. Exceptions pass through.
bool run_with_stack(std::size_t bytes, const std::function<void()>& work);

}  // namespace pgplumb::parser
