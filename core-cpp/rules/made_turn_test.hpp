// SPDX-License-Identifier: MIT
// Junctions with banned turns made by hand, for the tests of what judges these.
#pragma once

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::testing {

/// Cars may not turn left from one road into another at a node.
inline map::Restriction no_left(uint16_t via, uint16_t from, uint16_t to) {
  map::Restriction ban{};
  ban.relation = 77;
  ban.via_node = via;
  ban.from_segment = from;
  ban.to_segment = to;
  ban.turn = map::kTurnLeft;
  ban.vehicles = 1U << map::kCar;
  return ban;
}

/// A street eastward: road 0 leads 200 m to a junction with a ban at (200, 500), and road 1 goes on from there.
struct MadeJunction : MadeDrive {
  uint16_t middle = 0;

  explicit MadeJunction(double onward_m = 200, uint8_t flags = map::kNodeBanned | map::kNodeJunction) {
    const uint16_t west = map.node(0, 500);
    middle = map.node(200, 500, flags);
    map.road(west, middle, 200);
    map.road(middle, map.node(200 + onward_m, 500), onward_m);
  }
};

}  // namespace tomare::testing
