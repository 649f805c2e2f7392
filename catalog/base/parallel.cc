#include "catalog/base/parallel.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

namespace pgplumb::catalog {

namespace {

constexpr std::size_t stack_bytes = std::size_t{8} << 20;

}  // namespace

void in_parallel(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& work) {
  static const tbb::global_control stacks(tbb::global_control::thread_stack_size, stack_bytes);
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain),
                    [&](const auto& range) { work(range.begin(), range.end()); });
}

}  // namespace pgplumb::catalog
