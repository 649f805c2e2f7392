#include "parser/isolation.h"

#include <pthread.h>
#ifdef __linux__
#include <sched.h>
#endif

#include <exception>

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

}  // namespace pgplumb::parser
