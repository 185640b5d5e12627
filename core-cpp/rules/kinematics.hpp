// SPDX-License-Identifier: MIT
// Could the car have stopped between two fixes? (docs/RULES.md, stop-sign)
#pragma once

namespace tomare::rules {

/// Lowest speed (m/s) that a car can have had between speeds v1 and v2 measured dt seconds apart,
/// braking at most at `decel` and then speeding up at most at `accel` (m/s^2).
inline double lowest_possible(double v1, double v2, double dt, double decel, double accel) {
  const double u = (v1 / decel + v2 / accel - dt) / (1.0 / decel + 1.0 / accel);
  const double least = v1 < v2 ? v1 : v2;
  if (u <= 0) return 0;
  return u < least ? u : least;
}

}  // namespace tomare::rules
