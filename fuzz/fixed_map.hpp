// SPDX-License-Identifier: MIT
// The map of the fuzzers that go through the boundary: TOMARE_FUZZ_MAP names it.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "wasm/abi.h"

namespace tomare::fuzzing {

/// An analyzer of the map, and the map: as long as the process lives, so that neither is a leak.
struct FixedMap {
  const tomare_map* map = nullptr;
  tomare_analyzer* analyzer = nullptr;
};

/// Ends the process where the map cannot be opened.
inline const FixedMap& fixed_map() {
  static const FixedMap fixed = [] {
    FixedMap opened;
    const char* path = std::getenv("TOMARE_FUZZ_MAP");
    if (path != nullptr) opened.map = tomare_map_open(path, nullptr);
    if (opened.map != nullptr) opened.analyzer = tomare_analyzer_open(opened.map, 4 << 20, nullptr);
    if (opened.analyzer == nullptr) {
      std::fputs("TOMARE_FUZZ_MAP must name a map\n", stderr);
      std::exit(2);
    }
    return opened;
  }();
  return fixed;
}

}  // namespace tomare::fuzzing
