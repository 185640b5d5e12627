// SPDX-License-Identifier: MIT
// Turn restrictions: their members resolved to ends of strands at the via node.
#pragma once

#include <cstdint>
#include <vector>

#include "mapdata/compiler/network/graph.hpp"

namespace tomare::compiler {

struct PlacedRestriction {
  uint32_t via_node = 0;
  StrandEnd from, to;
  map::Restriction record{};
  std::vector<int64_t> path;  ///< kViaWay: via ways, then the to-way
  uint32_t raw = 0;           ///< index into Network::restrictions, for its conditions
};

/// Those whose members are there and meet. The others are listed in Network::dropped, with the reason; the statistics
/// count both.
std::vector<PlacedRestriction> place_restrictions(Network* network);

}  // namespace tomare::compiler
