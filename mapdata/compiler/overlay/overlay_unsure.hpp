// SPDX-License-Identifier: MIT
// Rows that call facts of the map unsure: map and street seem to disagree there.
#pragma once

#include <vector>

#include "mapdata/compiler/network/restrictions.hpp"
#include "mapdata/compiler/network/rule_points.hpp"
#include "mapdata/compiler/overlay/overlay_rows.hpp"

namespace tomare::compiler {

/// Marks the facts of the objects that the unsure rows name, whether tags or rows of an overlay gave them. `reasons`
/// has one entry for each of `rows`; a row that no fact answers gets its own there.
void mark_unsure(const std::vector<OverlayRow>& rows, Network* network, std::vector<PlacedPoint>* points,
                 std::vector<PlacedRestriction>* restrictions, std::vector<const char*>* reasons);

}  // namespace tomare::compiler
