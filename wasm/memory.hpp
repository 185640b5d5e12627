// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>

namespace tomare::host {

/// Grows the module's memory at once, so that so many bytes can be allocated without growth; nothing is touched. The
/// allocator grows by 64 KiB, and V8 counts the whole memory at each growth and then collects garbage.
inline void reserve_heap([[maybe_unused]] size_t bytes) {
#ifdef __wasm__
  void* room = std::malloc(bytes);
  asm volatile("" : : "r"(room) : "memory");  // else the compiler would leave both calls out
  std::free(room);
#endif
}

}  // namespace tomare::host
