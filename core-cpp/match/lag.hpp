// SPDX-License-Identifier: MIT
// A receiver may filter its speeds and courses by a second or two, so that each fix tells where the car is and how it
// drove before. How long before shows where the car brakes and speeds up.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// How the log's speeds (m/s) come after its positions.
struct Lag {
  double seconds = 0;     ///< up to 3; 0 below one second and where it is not sure
  bool filtered = false;  ///< they went through a low pass of seconds, which no shift undoes: it hides standstills
};
/// `usable` as of usable.hpp. Linear in the fixes.
Lag speed_lag(const Fixes& log, const std::vector<uint8_t>& usable);

/// Speeds and courses of the moments of the fixes themselves, from fixes that came `lag_s` seconds later; NaN where
/// none is near.
struct Velocities {
  std::vector<float> speed_mps, heading_deg;
};
Velocities without_lag(const Fixes& log, const std::vector<uint8_t>& usable, double lag_s);

}  // namespace tomare::match
