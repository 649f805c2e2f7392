#pragma once
// How long the phases of a run take, for the benchmark: summed over all threads, from the process's start.
#include <chrono>

namespace pgplumb::catalog {

enum class Phase { parse, analysis, printing };

/// Adds the time between its making and its end to the phase. One within another of the same thread adds nothing.
class Timed {
 public:
  explicit Timed(Phase phase);
  ~Timed();
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  Phase phase_;
  bool outermost_;
  std::chrono::steady_clock::time_point begin_;
};

std::chrono::nanoseconds time_of(Phase phase);

}  // namespace pgplumb::catalog
