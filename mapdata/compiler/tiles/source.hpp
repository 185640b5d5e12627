// SPDX-License-Identifier: MIT
// What the tiles are made of: the network, and what was placed on it.
#pragma once

#include <vector>

#include "mapdata/compiler/network/network.hpp"
#include "mapdata/compiler/network/restrictions.hpp"
#include "mapdata/compiler/network/rule_points.hpp"
#include "mapdata/compiler/places/place_table.hpp"

namespace tomare::compiler {

/// Everything that tiles draw on.
struct Source {
  const Network& network;
  std::vector<PlacedPoint> points;              ///< sorted by way, then offset
  std::vector<PlacedRestriction> restrictions;  ///< sorted by via node
  std::vector<bool> via;                        ///< by node: some restriction has its via here
  PlaceTable* places = nullptr;                 ///< nullptr: no place is known
};

/// `points` and `restrictions` are resolved to the network's ways, in any order.
Source sorted_source(const Network& network, std::vector<PlacedPoint> points,
                     std::vector<PlacedRestriction> restrictions);

}  // namespace tomare::compiler
