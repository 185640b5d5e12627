// SPDX-License-Identifier: MIT
// Whether positions bear out what logged speeds say at one place. Before matching the two are compared over whole
// drives and windows (match/channels.hpp); here, for the very fixes that a finding would rest on, less suffices.
#pragma once

#include "core-cpp/base/geo.hpp"
#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

/// The way between two fixes of a run, indexes into its `fixes`: by the positions along the path, and by the logged
/// speeds.
struct TwoWays {
  double way_m = 0, told_m = 0;
  double error_m = 0;      ///< that they may differ by: some standard errors of both, and a receiver's lag
  double positions_m = 0;  ///< as many standard errors of the way by positions alone
};
TwoWays two_ways(const Context& context, const std::vector<uint32_t>& run_fixes, size_t from, size_t to);

/// Standard error of a position as it was logged, metres: what smoothing took away counts, for it did so by the speeds.
double logged_sigma_m(const Context& context, uint32_t fix);
/// The same as the whole drive shows it.
double shown_sigma_m(const Context& context);

/// Metres east and north from one position to another, e7, by the scale of a place near them.
struct Away {
  double east_m, north_m;
};
inline Away away(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b, const MetreScale& scale) {
  return {east_e7(lon_a, lon_b) * scale.x, (static_cast<double>(lat_b) - lat_a) * scale.y};
}

/// Metres of the logged position ahead of the fix's place on the path, and to one side of it: speeds may have moved
/// that place, and it never falls. 0 where the map's tile is damaged.
struct Offset {
  double ahead_m = 0, aside_m = 0;
  double right_m = 0, right_x = 0, right_y = 0;  ///< to the right, and the unit vector that points there
};
Offset offset_of(const Context& context, uint32_t fix, const MetreScale& scale);
double ahead_m(const Context& context, uint32_t fix, const MetreScale& scale);

/// The mean speed between two fixes of a run by the positions along the path, m/s.
double mps_by_positions(const Context& context, const std::vector<uint32_t>& run_fixes, size_t from, size_t to);

/// The log's lowest speed in the passage is `lowest_mps`, but by the positions the car was far slower for some seconds.
bool stood_by_positions(const Passage& passage, double lowest_mps);

/// The log's speed shows a standstill at fix `k` of the run, but by the positions the car drove on.
bool drove_by_positions(const Context& context, const std::vector<uint32_t>& run_fixes, size_t k);

/// By every logged speed of the passage the car stood or walked, also where the positions contradict it: they wander
/// about a car that waits. False where fixes are so far apart that it may have driven between them, and on a drive
/// whose speeds are believed nowhere.
bool waits_by_speeds(const Passage& passage);

}  // namespace tomare::rules
