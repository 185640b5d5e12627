// SPDX-License-Identifier: MIT
// The states of the trellis: places on roads by direction of travel, and two ways of being off the road.
#pragma once

#include <cstdint>

#include "core-cpp/match/routes.hpp"

namespace tomare::match {

struct State {
  Position position;
  float emission = 0;              ///< cost of the heading; of being there, off the road
  float z = 0;                     ///< distance in standard errors
  float aside_x = 0, aside_y = 0;  ///< unit vector from the road to the fix
  float entry = 0;                 ///< cost of being on this road with nothing known of the road before
  float distance_m = 0;            ///< fix to road
};

/// Off the road for a while, and for the rest of the section.
inline constexpr uint32_t kOffStates = 2;

/// The states of one anchor, those on roads first: a range of the states of a section.
struct Step {
  uint32_t first = 0, count = 0;
  bool cut = false;  ///< more roads or routes were near than a fix may ask for
  uint32_t roads() const { return count - kOffStates; }
};

}  // namespace tomare::match
