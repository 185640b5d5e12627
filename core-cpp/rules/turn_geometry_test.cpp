// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_geometry.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/map/made_map_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeMap;

constexpr double kRadian = 0.017453292519943295;

/// 100 m eastward to a node, then 100 m that turn by so many degrees, to the right above 0.
struct Turn {
  MadeMap map;
  explicit Turn(double degrees) {
    const uint16_t from = map.node(400, 500), at = map.node(500, 500);
    const uint16_t to = map.node(500 + 100 * std::cos(degrees * kRadian), 500 - 100 * std::sin(degrees * kRadian));
    map.road(from, at, 100);
    map.road(at, to, 100);
  }
  RoadEnd in() { return {map.graph().tile(0), 0, true}; }
  RoadEnd out() { return {map.graph().tile(0), 1, true}; }
};

TEST(TurnDeg, ToTheRightAboveZero) {
  for (const double degrees : {-170.0, -90.0, -10.0, 0.0, 45.0, 90.0, 179.0}) {
    Turn turn(degrees);
    EXPECT_NEAR(turn_deg(turn.in(), turn.out(), 35), degrees, 0.2);
  }
}

TEST(TurnDeg, AgainstTheRoadsItIsTheOtherWayRound) {
  Turn turn(60);
  const RoadEnd back = {turn.map.graph().tile(0), 1, false}, home = {turn.map.graph().tile(0), 0, false};
  EXPECT_NEAR(turn_deg(back, home, 35), -60, 0.2);
  EXPECT_NEAR(std::fabs(turn_deg(turn.in(), home, 35)), 180, 0.2) << "back the way it came";
}

TEST(TurnDeg, OverAChordOfTheReachOrOfTheWholeRoad) {
  MadeMap map;
  const uint16_t from = map.node(400, 500), at = map.node(500, 500), to = map.node(505, 500);
  map.road(from, at, 100);
  map.road(at, to, 5);
  const map::Tile* tile = map.graph().tile(0);
  EXPECT_NEAR(turn_deg({tile, 0, true}, {tile, 1, true}, 35), 0, 1) << "a road of 5 m";
}

bool denies(map::TurnKind kind, double degrees) {
  Turn turn(degrees);
  return contradicts(kind, turn.in(), turn.out());
}

TEST(Contradicts, ATurnThatIsNoneOfItsKind) {
  struct Edge {
    map::TurnKind kind;
    double fits, denies;
  };
  const Edge edges[] = {{map::kTurnLeft, -26, -24},    {map::kTurnLeft, 151, 149},    {map::kTurnRight, 26, 24},
                        {map::kTurnRight, -151, -149}, {map::kTurnStraight, 99, 101}, {map::kTurnStraight, -99, -101},
                        {map::kTurnU, 121, 119},       {map::kTurnU, -121, -119}};
  for (const Edge& edge : edges) {
    EXPECT_FALSE(denies(edge.kind, edge.fits)) << int{edge.kind} << ' ' << edge.fits;
    EXPECT_TRUE(denies(edge.kind, edge.denies)) << int{edge.kind} << ' ' << edge.denies;
  }
}

TEST(Contradicts, EntriesAndExitsFitAnyGeometry) {
  for (const map::TurnKind kind : {map::kTurnNone, map::kTurnEntry, map::kTurnExit}) {
    for (const double degrees : {-170.0, 0.0, 100.0}) EXPECT_FALSE(denies(kind, degrees));
  }
}

/// How a road of the map lies at the junction.
struct Drawn {
  bool from_junction = true, after_another = false;
};
/// A road to the left by so many degrees, and another that goes on by so many.
bool straighter(double named, double beside, map::Service service = map::kServiceOther, const Drawn& drawn = {}) {
  MadeMap map;
  const uint16_t from = map.node(400, 500), at = map.node(500, 500);
  map.road(from, at, 100);
  map::Attributes other{};
  other.road_class = map::kService;
  other.service = service;
  for (const double degrees : {named, beside}) {
    const uint16_t to = map.node(500 + 100 * std::cos(degrees * kRadian), 500 - 100 * std::sin(degrees * kRadian));
    if (degrees == beside && drawn.after_another) map.road(map.node(500, 900), map.node(500, 1000), 100);
    const bool away = degrees == named || drawn.from_junction;
    map.road(away ? at : to, away ? to : at, 100, degrees == beside ? other : map::Attributes{});
  }
  const map::Tile* tile = map.graph().tile(0);
  return straighter_beside({tile, 0, true}, {tile, 1, true}, at);
}

TEST(StraighterBeside, ARoadThatGoesOnByFarLess) {
  EXPECT_TRUE(straighter(-90, 0));
  EXPECT_TRUE(straighter(-90, 44));
  EXPECT_FALSE(straighter(-90, 46));
  EXPECT_FALSE(straighter(-40, 0));
  EXPECT_FALSE(straighter(0, -90));
  EXPECT_FALSE(straighter(-90, 0, map::kServiceDriveway)) << "none of the public";
}

TEST(StraighterBeside, HoweverTheRoadIsDrawn) {
  for (const bool from_junction : {true, false}) {
    for (const bool after_another : {true, false}) {
      const Drawn drawn = {from_junction, after_another};
      EXPECT_TRUE(straighter(-90, 44, map::kServiceOther, drawn));
      EXPECT_FALSE(straighter(-90, 46, map::kServiceOther, drawn));
    }
  }
}

/// So many metres straight on, and then to the left.
bool denies_left(double straight_m) {
  MadeMap map;
  const uint16_t from = map.node(400, 500), at = map.node(500, 500), bend = map.node(500 + straight_m, 500);
  map.road(from, at, 100);
  map.road(at, bend, straight_m);
  const map::Tile* tile = map.graph().tile(0);
  return contradicts(map::kTurnLeft, {tile, 0, true}, {tile, 1, true});
}

TEST(TurnDeg, OfABentRoadByTheChordOfItsReach) {
  MadeMap map;  // northward for 20 m, then westward; entered from the south over a road that came from the west
  const uint16_t from = map.node(480, 480), at = map.node(500, 500), to = map.node(400, 520);
  map.road(from, at, 40);
  map.bend(0, 500, 480);
  map.road(at, to, 120);
  map.bend(1, 500, 520);
  const RoadEnd in = {map.graph().tile(0), 0, true}, out = {map.graph().tile(0), 1, true};
  EXPECT_NEAR(turn_deg(in, out, 10), 0, 0.5) << "right at the node";
  const double came_deg = std::atan2(15, 20) / kRadian, goes_deg = -came_deg;
  EXPECT_NEAR(turn_deg(in, out, 35), goes_deg - came_deg, 0.5) << "15 m of the road to the west on both sides";
  EXPECT_NEAR(turn_deg(in, out, 40), -std::atan2(20, 20) / kRadian - 45, 0.5) << "the whole of the road before";
  const RoadEnd back_in = {map.graph().tile(0), 1, false}, back_out = {map.graph().tile(0), 0, false};
  EXPECT_NEAR(turn_deg(back_in, back_out, 35), came_deg - goes_deg, 0.5) << "the other way round";
}

TEST(Contradicts, OneReachThatFitsIsEnough) {
  EXPECT_TRUE(denies_left(100));
  MadeMap map;
  const uint16_t from = map.node(400, 500), at = map.node(500, 500);
  map.road(from, at, 100);
  map.road(at, map.node(510, 492), 13);
  const map::Tile* tile = map.graph().tile(0);
  EXPECT_FALSE(contradicts(map::kTurnRight, {tile, 0, true}, {tile, 1, true}));
}

}  // namespace
}  // namespace tomare::rules
