#pragma once
// Work that is done ahead of whoever needs it, and not too far ahead.
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace pgplumb::parser {

/// Calls `work` with the numbers below `count`, in as many threads as the machine has processors, each with file descriptors
/// of its own where that can be had (libpg_query needs them: parser/isolation.h). Where that does not pay, it is called by
/// whoever waits.
class ReadAhead {
 public:
  using Work = std::function<void(std::size_t)>;

  /// `window`: so many numbers are begun beyond the one that was last waited for.
  ReadAhead(std::size_t count, std::size_t window, Work work);
  ~ReadAhead();  // what has not been begun never is
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// Returns when the work on that number is done; throws what the work threw. Each number at most once, and none that is
  /// lower than one before it.
  void wait(std::size_t number);

 private:
  void run();

  const std::size_t count_;
  const std::size_t window_;
  const Work work_;
  std::mutex mutex_;
  std::condition_variable begun_, done_;
  std::size_t next_ = 0;    // to be handed out
  std::size_t wanted_ = 0;  // waited for
  std::vector<bool> is_done_;
  std::map<std::size_t, std::exception_ptr> thrown_;
  bool full_ = false;  // the window is; the threads rest until half of it is free
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace pgplumb::parser
