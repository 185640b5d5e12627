// SPDX-License-Identifier: MIT
// A regulation overlay merged into the network: each row is snapped to the roads that it speaks of, or left
// out with the reason. What it changes says of itself that it comes from the overlay.
#pragma once

#include <string>
#include <vector>

#include "mapdata/compiler/network/restrictions.hpp"
#include "mapdata/compiler/network/rule_points.hpp"
#include "mapdata/compiler/overlay/overlay_rows.hpp"

namespace tomare::compiler {

/// Appends to both lists, cuts ways where a regulation begins or ends, and keeps their facts in
/// Network::stretches. Returns the rows that were left out: lines "row<tab>reason".
std::string merge_overlay(const std::vector<OverlayRow>& rows, Network* network, std::vector<PlacedPoint>* points,
                          std::vector<PlacedRestriction>* restrictions);

}  // namespace tomare::compiler
