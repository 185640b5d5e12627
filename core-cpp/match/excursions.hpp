// SPDX-License-Identifier: MIT
// Short stretches off the road between two on it, whose anchors are left out: the path goes past them. And walks, which
// are no part of a drive.
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

/// Marks the steps of walks: along one-way streets against their direction for a hundred metres or more, and never
/// faster than a walker. The receiver is in no car there. `against`: per step of the section that begins with anchor
/// `first`, whether its best state is such a street. False: there are none.
bool mark_walks(const std::vector<uint8_t>& against, uint32_t first, const std::vector<Anchor>& anchors,
                std::vector<uint8_t>* walks);

}  // namespace tomare::match
