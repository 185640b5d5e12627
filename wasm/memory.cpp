// SPDX-License-Identifier: MIT
// Emscripten would import a notice of memory growth from its own host; WASI has none, and needs none.
#ifdef __wasm__
#include <cstddef>
extern "C" void emscripten_notify_memory_growth(size_t) {}
#endif
