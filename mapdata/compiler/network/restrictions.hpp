// SPDX-License-Identifier: MIT
// Turn restrictions: their members resolved to ends of pieces at the via node.
#pragma once

#include <cstdint>
#include <vector>

#include "mapdata/compiler/network/graph.hpp"

namespace tomare::compiler {

struct PlacedRestriction {
  uint32_t via_node = 0;
  Anchor from, to;
  map::Restriction record{};
  std::vector<int64_t> path;  ///< kViaWay: via ways, then the to-way
  uint32_t raw = 0;           ///< index into Network::restrictions, for its conditions
};

/// Those whose members are there and meet; counts both kinds into the statistics.
std::vector<PlacedRestriction> place_restrictions(Network* network);

}  // namespace tomare::compiler
