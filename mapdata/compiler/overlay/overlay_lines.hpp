// SPDX-License-Identifier: MIT
// The ways under a row's line.
#pragma once

#include <cstdint>
#include <vector>

#include "mapdata/compiler/overlay/overlay_rows.hpp"
#include "mapdata/compiler/overlay/road_index.hpp"

namespace tomare::compiler {

/// Metres of a way that a row speaks of.
struct OverlayStretch {
  uint32_t way;
  double from_m, to_m;
  bool forward;  ///< the row's line runs along the way
};

/// The ways under a row's line in its order; empty, and `reason` says why.
std::vector<OverlayStretch> snap_line(const Network& network, const RoadIndex& index, const OverlayRow& row,
                                      const char** reason);

}  // namespace tomare::compiler
