#include "cli/memory.h"

#ifdef PGPLUMB_MIMALLOC
#include <mimalloc.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#endif

namespace pgplumb::cli {

#ifdef PGPLUMB_MIMALLOC
namespace {

void prefer_huge_pages(void* start, std::size_t size) {
#ifdef MADV_HUGEPAGE
  madvise(start, size, MADV_HUGEPAGE);
#endif
}

// What static constructors allocated made the allocator map this thread's first segment already: all that the thread
// allocates until that is full lies in it.
void advise_first_segment() {
  constexpr std::uintptr_t segment = std::uintptr_t{32} << 20;  // mimalloc 2's size and alignment of one
  const auto block = std::make_unique<char>();
  prefer_huge_pages(reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(block.get()) & ~(segment - 1)), segment);
}

}  // namespace

void prepare_memory() {
  advise_first_segment();
  constexpr std::size_t alignment = std::size_t{64} << 20;  // a multiple of mimalloc's segments
  constexpr std::size_t size = 4 * alignment;
  std::size_t room = size + alignment;
  void* region = mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (region == MAP_FAILED) return;
  void* aligned = region;
  std::align(alignment, size, aligned, room);
  prefer_huge_pages(aligned, size);
  mi_manage_os_memory(aligned, size, true, false, true, -1);
}
#else
void prepare_memory() {}
#endif

}  // namespace pgplumb::cli
