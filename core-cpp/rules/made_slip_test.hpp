// SPDX-License-Identifier: MIT
// A corner with a banned turn and a lawful slip road beside it, for the tests of what looks beside a path.
#pragma once

#include <algorithm>
#include <vector>

#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::testing {

/// 200 m eastward, and 200 m northward. Between the two lie a corner, whose turn is banned, and a lawful slip road,
/// which leaves 30 m before it and ends 30 m behind it. The path takes the slip road.
struct MadeSlip : MadeDrive {
  static constexpr double kArm = 30, kSlip = 42.43, kMps = 6;
  map::Restriction ban{};
  uint16_t leaves, corner, meets;

  MadeSlip() {
    const uint16_t west = map.node(0, 500);
    leaves = map.node(200, 500, map::kNodeJunction);
    corner = map.node(200 + kArm, 500, map::kNodeBanned | map::kNodeJunction);
    meets = map.node(200 + kArm, 500 + kArm, map::kNodeJunction);
    const uint16_t north = map.node(200 + kArm, 700 + kArm), east = map.node(500, 500);
    map.road(west, leaves, 200);
    map.road(leaves, meets, kSlip);
    map.road(meets, north, 200);
    map.road(leaves, corner, kArm);
    map.road(corner, meets, kArm);
    map.road(corner, east, 270);
    leg(0, 200);
    leg(1, kSlip);
    leg(2, 200);
    ban = no_left(corner, 3, 4);
  }

  /// The car drives round the corner, or by the slip road, with a fix every `step_s` seconds.
  void drive(bool corner, double step_s = 1) {
    const double whole_m = 400 + (corner ? 2 * kArm : kSlip);
    for (double gone_m = 0; gone_m < whole_m; gone_m += kMps * step_s) {
      const double beyond_m = gone_m - 200, between_m = corner ? 2 * kArm : kSlip;
      double path_m = gone_m, east_m = 0, north_m = 0, course_deg = 90;
      if (beyond_m > between_m) {
        path_m = 200 + kSlip + beyond_m - between_m;
        course_deg = 0;
      } else if (beyond_m > 0) {
        path_m = 200 + beyond_m / between_m * kSlip;
        course_deg = corner ? (beyond_m < kArm ? 90 : 0) : 45;
        const double on_slip_m = beyond_m / between_m * kArm;
        if (corner) east_m = std::min(beyond_m, kArm) - on_slip_m;
        if (corner) north_m = std::max(beyond_m - kArm, 0.0) - on_slip_m;
      }
      fix(gone_m / kMps, path_m, kMps * 3.6);
      shift(time_ms.size() - 1, east_m, north_m);
      heading_deg.back() = static_cast<float>(course_deg);
    }
  }
  std::vector<rules::Finding> found() {
    map.restrictions = {ban};
    return judged(rules::judge_turn_bans).findings;
  }
};

}  // namespace tomare::testing
