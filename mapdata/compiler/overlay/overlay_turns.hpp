// SPDX-License-Identifier: MIT
// Turn bans of an overlay.
#pragma once

#include <vector>

#include "mapdata/compiler/network/restrictions.hpp"
#include "mapdata/compiler/overlay/overlay_rows.hpp"
#include "mapdata/compiler/overlay/road_index.hpp"

namespace tomare::compiler {

/// Turn bans at the junctions near their middle positions. `reasons` has one entry for each of `rows`.
std::vector<PlacedRestriction> snap_turns(Network* network, const RoadIndex& index,
                                          const std::vector<const OverlayRow*>& rows,
                                          const std::vector<PlacedRestriction>& placed,
                                          std::vector<const char*>* reasons);

/// Makes `out` a restriction of the row, with its vehicles and its condition.
void add_overlay_restriction(const OverlayRow& row, Network* network, PlacedRestriction* out);

}  // namespace tomare::compiler
