#pragma once
// Work on many independent things at once, by oneTBB.
#include <cstddef>
#include <functional>

namespace pgplumb::catalog {

/// Calls `work(begin, end)` for ranges that together are 0 … count, of at least `grain` where there are as many. Its threads
/// have stacks as deep as the main thread's, since printing goes as deep as the tree that is printed.
void in_parallel(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& work);

}  // namespace pgplumb::catalog
