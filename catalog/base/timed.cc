#include "catalog/base/timed.h"

#include <array>
#include <atomic>

namespace pgplumb::catalog {

namespace {

std::array<std::atomic<std::chrono::nanoseconds::rep>, 3> totals;
thread_local bool is_timed = false;

std::size_t index_of(Phase phase) { return static_cast<std::size_t>(phase); }

}  // namespace

Timed::Timed(Phase phase) : phase_(phase), outermost_(!is_timed), begin_(std::chrono::steady_clock::now()) { is_timed = true; }

Timed::~Timed() {
  if (!outermost_) return;
  is_timed = false;
  totals[index_of(phase_)] += std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin_).count();
}

std::chrono::nanoseconds time_of(Phase phase) { return std::chrono::nanoseconds(totals[index_of(phase)].load()); }

}  // namespace pgplumb::catalog
