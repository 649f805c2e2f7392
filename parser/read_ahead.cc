#include "parser/read_ahead.h"

#include <algorithm>

#include "parser/isolation.h"

namespace pgplumb::parser {

namespace {

// Numbers are handed out in blocks: a call of libpg_query takes some ten microseconds.
constexpr std::size_t block_size = 16;

}  // namespace

ReadAhead::ReadAhead(std::size_t count, std::size_t window, Work work)
    : count_(count), window_(window), work_(std::move(work)), is_done_(count) {
  const std::size_t useful = (count + block_size - 1) / block_size;
  const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), useful);
  for (std::size_t i = 0; threads > 1 && i < threads; ++i) threads_.emplace_back([this] { run(); });
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  begun_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ReadAhead::run() {
  take_own_descriptors();
  std::unique_lock lock(mutex_);
  while (true) {
    begun_.wait(lock, [this] { return stopped_ || !full_; });
    if (stopped_ || next_ == count_) return;
    const std::size_t begin = next_;
    const std::size_t end = next_ = std::min(begin + block_size, count_);
    full_ = next_ >= wanted_ + window_;
    lock.unlock();
    std::map<std::size_t, std::exception_ptr> thrown;
    for (std::size_t i = begin; i < end; ++i) {
      try {
        work_(i);
      } catch (...) {
        thrown[i] = std::current_exception();
      }
    }
    lock.lock();
    thrown_.merge(thrown);
    std::fill(is_done_.begin() + static_cast<std::ptrdiff_t>(begin), is_done_.begin() + static_cast<std::ptrdiff_t>(end), true);
    done_.notify_one();
  }
}

void ReadAhead::wait(std::size_t number) {
  if (threads_.empty()) return work_(number);
  std::unique_lock lock(mutex_);
  wanted_ = number;
  if (full_ && next_ <= wanted_ + window_ / 2) {
    full_ = false;
    begun_.notify_all();
  }
  done_.wait(lock, [&] { return is_done_[number]; });
  if (const auto thrown = thrown_.find(number); thrown != thrown_.end()) std::rethrow_exception(thrown->second);
}

}  // namespace pgplumb::parser
