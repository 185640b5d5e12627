// SPDX-License-Identifier: MIT
// A drive through a road that is closed or restricted, for the tests of no_entry.
#pragma once

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::testing {

/// A road with this access for cars, in both directions.
inline map::Attributes closed(map::Access access) {
  map::Attributes facts{};
  facts.road_class = map::kTertiary;
  for (const int direction : {map::kForward, map::kBackward}) {
    map::set_access(&facts, direction, 1U << map::kCar, access, map::kKeyVehicle);
  }
  return facts;
}

/// 200 m of open road, so much of another one, and open road again (nodes 0 to 3).
struct MadeClosure : MadeDrive {
  explicit MadeClosure(const map::Attributes& facts, double length_m = 100, double behind_m = 200) {
    road(200);
    road(length_m, facts);
    road(behind_m);
  }
};

}  // namespace tomare::testing
