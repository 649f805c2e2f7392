#include "cli/memory.h"

#ifdef PGPLUMB_MIMALLOC
#include <mimalloc.h>
#include <sys/mman.h>

#include <cstddef>
#include <memory>
#endif

namespace pgplumb::cli {

#ifdef PGPLUMB_MIMALLOC
void prepare_memory() {
  constexpr std::size_t alignment = std::size_t{64} << 20;  // a multiple of mimalloc's segments
  constexpr std::size_t size = 4 * alignment;
  std::size_t room = size + alignment;
  void* region = mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (region == MAP_FAILED) return;
  void* aligned = region;
  std::align(alignment, size, aligned, room);
#ifdef MADV_HUGEPAGE
  madvise(aligned, size, MADV_HUGEPAGE);
#endif
  mi_manage_os_memory(aligned, size, true, false, true, -1);
}
#else
void prepare_memory() {}
#endif

}  // namespace pgplumb::cli
