// SPDX-License-Identifier: MIT
#include "core-cpp/rules/ways_beside.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_slip_test.hpp"

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

TEST(WaysBeside, InADamagedTileNoBanIsNear) {
  Field field(1);
  field.map.damaged_tile = 1;
  field.judged([](const Context& c, Judgement*) {
    BansNear bans;
    for (const match::Leg& leg : c.trace.legs) EXPECT_FALSE(bans.at_end_of(c, leg));
  });
}

using testing::MadeSlip;

/// The ways that leave the path of a slip road where the slip road does.
std::vector<WayBeside> ways_of(MadeSlip* slip, std::vector<map::Restriction> bans) {
  slip->map.restrictions = std::move(bans);
  slip->drive(false);
  return slip->ask([](const Context& c, const match::Run& run) {
    BansNear bans_near;
    return ways_beside(c, run, 0, &bans_near);
  });
}

TEST(WaysBeside, TheBannedCornerBesideASlipRoad) {
  MadeSlip slip;
  const std::vector<WayBeside> found = ways_of(&slip, {slip.ban});
  ASSERT_EQ(found.size(), 1U);
  const WayBeside& way = found[0];
  EXPECT_EQ(way.leaves, 0U);
  EXPECT_EQ(way.meets, 2U);
  ASSERT_EQ(way.legs.size(), 2U);
  EXPECT_EQ(way.legs[0].segment, 3);
  EXPECT_EQ(way.legs[1].segment, 4);
  EXPECT_NEAR(way.legs[0].path_m, 200, 0.01);
  EXPECT_NEAR(way.legs[1].path_m, 230, 0.01);
  EXPECT_NEAR(way.legs[1].length_m(), 30, 0.01);
  EXPECT_TRUE(way.banned);
  EXPECT_EQ(way.turn, 1U) << "onto its second road";
  EXPECT_EQ(way.restriction.relation, 77);
}

TEST(WaysBeside, OnesLongerThanAskedForAreNone) {
  for (const double most_m : {59.9, 60.1}) {
    MadeSlip slip;
    slip.map.restrictions = {slip.ban};
    slip.drive(false);
    const size_t found = slip.ask([&](const Context& c, const match::Run& run) {
      BansNear bans;
      return ways_beside(c, run, 0, &bans, most_m).size();
    });
    EXPECT_EQ(found, most_m > 60 ? 1U : 0U);
  }
}

TEST(WaysBeside, ItIsLawfulWhereNoRestrictionBarsIt) {
  const auto banned = [](auto&& change) {
    MadeSlip slip;
    change(&slip.ban);
    return ways_of(&slip, {slip.ban}).at(0).banned;
  };
  EXPECT_FALSE(banned([](map::Restriction* r) { r->to_segment = 5; }));
  EXPECT_FALSE(banned([](map::Restriction* r) { r->from_segment = 1; }));
  EXPECT_FALSE(banned([](map::Restriction* r) { r->vehicles = 1U << map::kBus; }));
  EXPECT_FALSE(banned([](map::Restriction* r) { r->flags = map::kOnly; })) << "the one that is allowed";
  EXPECT_TRUE(banned([](map::Restriction* r) {
    r->flags = map::kOnly;
    r->to_segment = 5;
  }));
}

TEST(WaysBeside, AWayHasOneBannedTurnAtMost) {
  MadeSlip slip;
  slip.map.nodes[slip.leaves].flags |= map::kNodeBanned;
  const map::Restriction first = testing::no_left(slip.leaves, 0, 3);
  EXPECT_EQ(ways_of(&slip, {first, slip.ban}).size(), 0U);
  MadeSlip one;
  one.map.nodes[one.leaves].flags |= map::kNodeBanned;
  const std::vector<WayBeside> found = ways_of(&one, {testing::no_left(one.leaves, 0, 3)});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].banned);
  EXPECT_EQ(found[0].turn, 0U) << "onto its first road";
}

TEST(WaysBeside, TheTurnBackOntoThePathMayBeTheBannedOne) {
  MadeSlip slip;
  slip.map.nodes[slip.meets].flags |= map::kNodeBanned;
  const std::vector<WayBeside> found = ways_of(&slip, {testing::no_left(slip.meets, 4, 2)});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].banned);
  EXPECT_EQ(found[0].turn, found[0].legs.size());
}

TEST(WaysBeside, AWayHasTenRoadsAtMost) {
  const auto count = [](int roads) {
    MadeSlip slip;
    uint16_t last = slip.leaves;
    for (int k = 0; k < roads - 2; ++k) {  // the first arm in pieces of two metres, but for the rest of it
      const uint16_t next = slip.map.node(202 + 2 * k, 500);
      slip.map.road(last, next, 2);
      last = next;
    }
    slip.map.segments[3].from_node = last;
    slip.map.segments[3].length_cm -= 200 * static_cast<uint32_t>(roads - 2);
    return ways_of(&slip, {slip.ban}).size();
  };
  EXPECT_EQ(count(3), 1U);
  EXPECT_EQ(count(10), 1U);
  EXPECT_EQ(count(11), 0U);
}

TEST(WaysBeside, ItAndThePathBesideAreNoLongerThan130Metres) {
  const auto count = [](uint32_t arm_cm, double slip_m) {
    MadeSlip slip;
    slip.map.segments[3].length_cm = slip.map.segments[4].length_cm = arm_cm;
    slip.map.segments[1].length_cm = static_cast<uint32_t>(slip_m * 100);
    slip.trace.legs[1].to_m = static_cast<float>(slip_m);
    slip.trace.legs[2].path_m = 200 + slip_m;
    return ways_of(&slip, {slip.ban}).size();
  };
  EXPECT_EQ(count(6500, 42), 1U);
  EXPECT_EQ(count(6501, 42), 0U);
  EXPECT_EQ(count(3000, 130), 1U);
  EXPECT_EQ(count(3000, 130.5), 0U);
}

TEST(WaysBeside, ARoadThatIsClosedOrOneWayTheOtherWayIsNoPartOfIt) {
  const auto count = [](const map::Attributes& facts, bool turned) {
    MadeSlip slip;
    const uint16_t extra = turned ? slip.map.road(slip.corner, slip.leaves, MadeSlip::kArm, facts)
                                  : slip.map.road(slip.leaves, slip.corner, MadeSlip::kArm, facts);
    slip.map.segments[3] = slip.map.segments[extra];
    slip.map.segments.pop_back();
    return ways_of(&slip, {slip.ban}).size();
  };
  map::Attributes closed{}, oneway{};
  closed.road_class = oneway.road_class = map::kTertiary;
  for (const int way : {map::kForward, map::kBackward})
    map::set_access(&closed, way, 255, map::kAccessNo, map::kKeyAccess);
  oneway.oneway_against[map::kBackward] = 255;
  EXPECT_EQ(count(closed, false), 0U);
  EXPECT_EQ(count(oneway, false), 1U);
  EXPECT_EQ(count(oneway, true), 0U);
}

}  // namespace
}  // namespace tomare::rules
