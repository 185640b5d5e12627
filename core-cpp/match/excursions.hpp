// SPDX-License-Identifier: MIT
// Short stretches off the road between two on it: their anchors are left out, and the path goes past them.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/match/prepare.hpp"

namespace tomare::match {

/// Marks the anchors of stretches off the road of at most `longest_s` between two on it, but where a step bridges
/// already. `first`: the section's first anchor; `off_road`: per anchor from there on, whether its best state is off
/// the road. False: there are none.
bool mark_short_excursions(const std::vector<uint8_t>& off_road, uint32_t first, double longest_s,
                           std::vector<Anchor>* anchors);

/// Removes the marked anchors of a section and lengthens the steps over them. `fixes`: with the smoothed positions.
void leave_out_marked(const Fixes& fixes, uint32_t first, std::vector<Anchor>* anchors);

}  // namespace tomare::match
