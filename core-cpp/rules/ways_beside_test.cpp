// SPDX-License-Identifier: MIT
#include "core-cpp/rules/ways_beside.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

/// Rows of junctions with a ban, and roads that end here and there between them.
struct Field : testing::MadeDrive {
  explicit Field(int rows) {
    uint16_t last = map.node(10, 10);
    for (int k = 0; k < 8 * rows; ++k) {
      const uint16_t via = map.node(40 + 237.0 * (k % 8), 40 + 331.0 * (k / 8), map::kNodeBanned);
      map.restrictions.push_back(testing::no_left(via, 0, 1));
    }
    for (int k = 0; k < 400; ++k) {
      const uint16_t end = map.node(20 + 5.0 * k, 20 + (k * 619) % 1700);
      leg(map.road(last, end, 10), 10);
      last = end;
    }
    along(0, 10, 36);
  }
  /// What the distance to each junction says.
  static bool near(const map::Tile& tile, const match::Leg& leg) {
    const map::Node& end = tile.nodes[tile.segments[leg.segment].to_node];
    for (uint32_t i = 0; i < tile.count(map::kRestrictions); ++i) {
      const map::Node& via = tile.nodes[tile.restrictions[i].via_node];
      const double dx = (double{1} * via.x - end.x) * tile.unit_x_m, dy = (double{1} * via.y - end.y) * tile.unit_y_m;
      if (dx * dx + dy * dy < 200 * 200) return true;
    }
    return false;
  }
};

TEST(WaysBeside, ALookUpFindsTheBansThatAllDistancesFind) {
  for (const int rows : {1, 6}) {  // few are asked one by one, many by squares
    Field field(rows);
    field.judged([](const Context& c, Judgement*) {
      BansNear bans;
      int found = 0;
      for (const match::Leg& leg : c.trace.legs) {
        const bool near = Field::near(*c.graph.tile(0), leg);
        EXPECT_EQ(bans.at_end_of(c, leg), near) << leg.segment;
        found += near ? 1 : 0;
      }
      EXPECT_GT(found, 20);
      EXPECT_LT(found, 390);
    });
  }
}

}  // namespace
}  // namespace tomare::rules
