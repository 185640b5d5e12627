// SPDX-License-Identifier: MIT
// Stops of a regulation overlay, snapped to the network: each to the road that leads to a junction in
// the direction of its approach, or left out with the reason.
#pragma once

#include <string>
#include <vector>

#include "mapdata/compiler/graph.hpp"

namespace tomare::compiler {

struct OverlayStop {
  int32_t lat_e7, lon_e7;
  int32_t bearing_deg;  ///< of travel towards the line, 0..359
  uint32_t row;         ///< of the overlay's file, for messages
};

struct OverlayResult {
  std::vector<PlacedPoint> points;
  std::string left_out;  ///< lines "row<tab>reason"
};

/// `placed`: the points that the map has already; a stop that is among them is not doubled.
OverlayResult snap_stops(const Network& network, const std::vector<OverlayStop>& stops,
                         const std::vector<PlacedPoint>& placed);

}  // namespace tomare::compiler
