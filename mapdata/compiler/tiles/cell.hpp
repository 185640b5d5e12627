// SPDX-License-Identifier: MIT
// A cell of the quadtree.
#pragma once

#include <cstdint>

namespace tomare::compiler {

struct Cell {
  uint32_t x = 0, y = 0, level = 0;
  /// Half of the side; the whole side of level 0 does not fit.
  uint32_t half() const { return 1U << (31 - level); }
};

}  // namespace tomare::compiler
