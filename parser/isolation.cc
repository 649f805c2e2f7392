#include "parser/isolation.h"

#include <pthread.h>
#ifdef __linux__
#include <sched.h>
#endif

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace pgplumb::parser {

namespace {

thread_local bool has_own_descriptors = false;

std::mutex& descriptor_mutex() {
  static std::mutex mutex;
  return mutex;
}

struct Work {
  const std::function<void()>* function;
  std::exception_ptr thrown;
};

void* run_work(void* argument) {
  Work& work = *static_cast<Work*>(argument);
  try {
    (*work.function)();
  } catch (...) {
    work.thrown = std::current_exception();
  }
  return nullptr;
}

bool start_thread(pthread_t& thread, std::size_t stack, Work& work) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  const bool started =
      pthread_attr_setstacksize(&attributes, stack) == 0 && pthread_create(&thread, &attributes, run_work, &work) == 0;
  pthread_attr_destroy(&attributes);
  return started;
}

}  // namespace

bool take_own_descriptors() {
#if defined(__linux__) && defined(CLONE_FILES)
  if (!has_own_descriptors) has_own_descriptors = unshare(CLONE_FILES) == 0;
#endif
  return has_own_descriptors;
}

PgQueryLock::PgQueryLock() : lock_(descriptor_mutex(), std::defer_lock) {
  if (!has_own_descriptors) lock_.lock();
}

bool run_with_stack(std::size_t bytes, const std::function<void()>& work) {
  Work item{&work, nullptr};
  pthread_t thread;
  if (!start_thread(thread, bytes, item)) return false;
  pthread_join(thread, nullptr);
  if (item.thrown) std::rethrow_exception(item.thrown);
  return true;
}

namespace {

// Numbers are handed out in blocks: a call of libpg_query takes some ten microseconds.
constexpr std::size_t block_size = 16;

/// Hands out the numbers, and keeps the first exception.
class Counter {
 public:
  Counter(std::size_t count, const std::function<void(std::size_t)>& work) : count_(count), work_(work) {}

  void run() {
    try {
      for (std::size_t block = next_.fetch_add(block_size); block < count_; block = next_.fetch_add(block_size))
        for (std::size_t i = block; i < std::min(block + block_size, count_); ++i) work_(i);
    } catch (...) {
      next_ = count_;
      const std::lock_guard lock(mutex_);
      if (!thrown_) thrown_ = std::current_exception();
    }
  }
  void rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  const std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::exception_ptr thrown_;
};

}  // namespace

void run_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  Counter counter(count, work);
  const std::size_t useful = (count + block_size - 1) / block_size;
  const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), useful);
  if (threads < 2) {
    counter.run();
  } else {
    std::vector<std::thread> workers;
    for (std::size_t i = 0; i < threads; ++i)
      workers.emplace_back([&counter] {
        take_own_descriptors();
        counter.run();
      });
    for (std::thread& worker : workers) worker.join();
  }
  counter.rethrow();
}

}  // namespace pgplumb::parser
