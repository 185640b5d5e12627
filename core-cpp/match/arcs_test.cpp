// SPDX-License-Identifier: MIT
#include "core-cpp/match/arcs.hpp"

#include <gtest/gtest.h>

#include "core-cpp/map/made_map_test.hpp"

namespace tomare::match {
namespace {

using testing::MadeMap;

/// Eastward to a junction at (200, 200), from which roads go on east, north and south; each is 100 m long.
struct Cross : MadeMap {
  static constexpr uint16_t kIn = 0, kEast = 1, kNorth = 2, kSouth = 3;
  Settings settings;
  Costs costs{settings, map::kCar};

  explicit Cross(const map::Attributes& east = {}, uint8_t flags = 0, const std::vector<map::Restriction>& bans = {}) {
    const uint16_t west = node(100, 200), middle = node(200, 200, flags);
    road(west, middle, 100);
    road(middle, node(300, 200), 100, east);
    road(middle, node(200, 300), 100);
    road(middle, node(200, 100), 100);
    restrictions = bans;
    table_ = std::make_unique<ArcTable>(graph(), costs);
  }
  ArcTable& arcs() { return *table_; }
  /// Cost of the turn from one road, driven forward, onto another.
  float turn(uint16_t from, uint16_t to, bool backward = false) {
    const uint32_t number = arcs().forward(0, from), wanted = arcs().forward(0, to) + (backward ? 1 : 0);
    const Turn* turns = arcs().turns(number);
    for (uint32_t k = 0; k < arcs().info(number).turn_count; ++k) {
      if (turns[k].to == wanted) return turns[k].events;
    }
    return -1;
  }

 private:
  std::unique_ptr<ArcTable> table_;
};

TEST(ArcTable, BothDirectionsOfASegmentLieSideBySide) {
  Cross cross;
  const uint32_t forward = cross.arcs().forward(0, Cross::kNorth);
  const ArcInfo &out = cross.arcs().info(forward), &back = cross.arcs().info(forward + 1);
  EXPECT_EQ(out.arc, (map::ArcRef{0, Cross::kNorth, 0}));
  EXPECT_EQ(back.arc, (map::ArcRef{0, Cross::kNorth, 1}));
  EXPECT_FLOAT_EQ(out.length_m, 100);
  EXPECT_NEAR(out.bearing_deg, 0, 0.1);
  EXPECT_NEAR(back.bearing_deg, 180, 0.1);
  EXPECT_NEAR(cross.arcs().info(cross.arcs().forward(0, Cross::kEast)).bearing_deg, 90, 0.1);
  EXPECT_EQ(cross.arcs().forward(0, Cross::kNorth), forward) << "the same number again";
}

TEST(ArcTable, ARoadOfBothDirectionsIsHalfAsLikelyInEach) {
  map::Attributes oneway{};
  oneway.road_class = map::kTertiary;
  oneway.oneway_source = map::kOnewayGiven;
  oneway.oneway_against[map::kBackward] = 255;
  Cross cross(oneway);
  const uint32_t both = cross.arcs().forward(0, Cross::kIn), one = cross.arcs().forward(0, Cross::kEast);
  EXPECT_FLOAT_EQ(cross.arcs().info(both).entry, 0.693F);
  EXPECT_FLOAT_EQ(cross.arcs().info(both + 1).entry, 0.693F);
  EXPECT_FLOAT_EQ(cross.arcs().info(one).entry, 0);
  EXPECT_FLOAT_EQ(cross.arcs().info(one + 1).entry, static_cast<float>(cross.settings.match_oneway_cost));
  EXPECT_FLOAT_EQ(cross.arcs().info(one + 1).rate, static_cast<float>(cross.settings.match_oneway_metre_cost));
  EXPECT_FLOAT_EQ(cross.arcs().info(one).rate, 0);
}

TEST(ArcTable, ATurnCostsItsBendItsJunctionAndWhatBecomesIllegal) {
  map::Attributes closed{};
  closed.road_class = map::kService;
  map::set_access(&closed, map::kForward, 255, map::kAccessNo, map::kKeyAccess);
  Cross plain, shut(closed);
  const auto junction = static_cast<float>(plain.settings.match_junction_cost);
  const auto bend = static_cast<float>(plain.settings.match_bend_cost);
  EXPECT_NEAR(plain.turn(Cross::kIn, Cross::kEast), junction, 1e-3);
  EXPECT_NEAR(plain.turn(Cross::kIn, Cross::kNorth), junction + bend, 2e-3);
  EXPECT_NEAR(plain.turn(Cross::kIn, Cross::kSouth), junction + bend, 2e-3);
  EXPECT_NEAR(plain.turn(Cross::kIn, Cross::kIn, true), plain.settings.match_uturn_cost, 1e-3);
  EXPECT_NEAR(plain.turn(Cross::kEast, Cross::kEast, true), 0, 1e-3) << "at a dead end there is no other way";
  EXPECT_NEAR(shut.turn(Cross::kIn, Cross::kEast),
              junction + plain.settings.match_closed_cost + plain.settings.match_minor_road_cost, 1e-3);
  EXPECT_FLOAT_EQ(shut.arcs().info(shut.arcs().forward(0, Cross::kEast)).side, 1);
  EXPECT_FLOAT_EQ(shut.arcs().info(shut.arcs().forward(0, Cross::kIn)).side, 0);
}

TEST(ArcTable, ABannedTurnCosts) {
  map::Restriction ban{};
  ban.via_node = 1;
  ban.from_segment = Cross::kIn;
  ban.to_segment = Cross::kNorth;
  ban.vehicles = 255;
  Cross banned({}, map::kNodeBanned, {ban}), unmarked({}, 0, {ban}), plain;
  EXPECT_NEAR(banned.turn(Cross::kIn, Cross::kNorth) - plain.turn(Cross::kIn, Cross::kNorth),
              plain.settings.match_turn_cost, 1e-3);
  EXPECT_NEAR(banned.turn(Cross::kIn, Cross::kEast), plain.turn(Cross::kIn, Cross::kEast), 1e-3);
  EXPECT_NEAR(unmarked.turn(Cross::kIn, Cross::kNorth), plain.turn(Cross::kIn, Cross::kNorth), 1e-3)
      << "the node says that it has none";
}

TEST(ArcTable, ABanThatRepeatsAnArrowOrAClosureCostsNoMore) {
  map::Restriction ban{};
  ban.via_node = 1;
  ban.from_segment = Cross::kIn;
  ban.to_segment = Cross::kEast;
  ban.vehicles = 255;
  map::Attributes arrow{}, closed{}, customers{};
  arrow.oneway_source = map::kOnewayGiven;
  arrow.oneway_against[map::kForward] = 255;
  map::set_access(&closed, map::kForward, 255, map::kAccessNo, map::kKeyAccess);
  map::set_access(&customers, map::kForward, 255, map::kAccessCustomers, map::kKeyAccess);
  for (const map::Attributes& east : {arrow, closed}) {
    Cross banned(east, map::kNodeBanned, {ban}), plain(east);
    EXPECT_FLOAT_EQ(banned.turn(Cross::kIn, Cross::kEast), plain.turn(Cross::kIn, Cross::kEast));
  }
  Cross banned(customers, map::kNodeBanned, {ban}), plain(customers);
  EXPECT_NEAR(banned.turn(Cross::kIn, Cross::kEast) - plain.turn(Cross::kIn, Cross::kEast),
              plain.settings.match_turn_cost, 1e-3);
}

TEST(ArcTable, OfADamagedTileThereIsNone) {
  MadeMap map;
  map.road(map.node(0, 0), map.node(100, 0), 100);
  map.damaged_tile = 1;
  const Settings settings;
  const Costs costs(settings, map::kCar);
  ArcTable table(map.graph(), costs);
  EXPECT_EQ(table.forward(0, 0), ArcTable::kNone);
}

}  // namespace
}  // namespace tomare::match
