// SPDX-License-Identifier: MIT
// Maximal runs of legs that share a fault, as wrong-way and no-entry judge them.
#pragma once

#include <vector>

#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

inline constexpr double kJoint = 1;     ///< metres; legs of one street meet, but for rounding
inline constexpr double kBridge = 15;   ///< metres of another road at a junction, over which a stretch goes on
inline constexpr double kPassed = 0.5;  ///< of the least length: what is shorter the path touches, and nobody drove it

/// How sure it is that a stretch was driven on which so many fixes are faster than its rule asks: one may be a slip. Of
/// some 700 stretches with six fixes at most, simulated for tuning, none was false.
inline double seen(uint32_t faster) {
  constexpr double kDoubt = 0.05;
  return 1 - kDoubt / (1.0 + faster);
}

struct Stretch {
  uint32_t first_leg = 0, last_leg = 0;
  double from_m = 0, to_m = 0;  ///< along the run's path
  double length_m() const { return to_m - from_m; }
};

/// Stretches of the run whose legs satisfy `wanted`; holes shorter than `bridge_m` are bridged.
template <typename Wanted>
std::vector<Stretch> stretches(const Context& c, const match::Run& run, double bridge_m, Wanted&& wanted) {
  std::vector<Stretch> found;
  for (uint32_t l = run.first_leg; l < run.first_leg + run.leg_count; ++l) {
    const match::Leg& leg = c.trace.legs[l];
    if (!wanted(leg)) continue;
    const double end = leg.path_m + leg.length_m();
    if (!found.empty() && leg.path_m - found.back().to_m <= bridge_m) {
      found.back().last_leg = l;
      found.back().to_m = end;
    } else {
      found.push_back({l, l, leg.path_m, end});
    }
  }
  return found;
}

}  // namespace tomare::rules
