// SPDX-License-Identifier: MIT
// Stop lines, signals, level crossings and barriers: placed along the ways that they stand on.
#pragma once

#include <vector>

#include "mapdata/compiler/network/graph.hpp"

namespace tomare::compiler {

struct PlacedPoint {
  StrandEnd anchor;
  double offset_m = 0;  ///< along the way
  map::RulePoint point{};
};

/// A record for each way and direction that a tagged node binds; counts them into the statistics.
std::vector<PlacedPoint> place_points(Network* network);

}  // namespace tomare::compiler
