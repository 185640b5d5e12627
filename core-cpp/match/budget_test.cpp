// SPDX-License-Identifier: MIT
#include "core-cpp/match/budget.hpp"

#include <gtest/gtest.h>

#include "core-cpp/map/made_map_test.hpp"
#include "core-cpp/match/emission.hpp"
#include "core-cpp/match/transition.hpp"

namespace tomare::match {
namespace {

/// `rows` roads eastward of 60 m, side by side every `apart_m`, with streets across at both ends.
struct Comb {
  testing::MadeMap map;
  Settings settings;
  Costs costs{settings, map::kCar};
  Budget budget;
  int32_t lat_e7 = 0, lon_e7 = 0;  ///< in the middle of the first road

  Comb(uint32_t rows, double apart_m) {
    budget.begin_drive(1);
    std::vector<uint16_t> west, east;
    for (uint32_t row = 0; row < rows; ++row) {
      west.push_back(map.node(1000, 1000 + row * apart_m));
      east.push_back(map.node(1060, 1000 + row * apart_m));
      map.road(west[row], east[row], 60);
      if (row == 0) continue;
      map.road(west[row - 1], west[row], apart_m);
      map.road(east[row - 1], east[row], apart_m);
    }
    map::position_on(*map.graph().tile(0), 0, 30, &lat_e7, &lon_e7);
  }
};

TEST(Budget, ADriveHasMoreTheMoreAnchorsButNeverMoreThanTheMost) {
  Budget budget;
  budget.begin_drive(0);
  budget.spend(kOfAnyDrive - 1);
  EXPECT_FALSE(budget.spent());
  EXPECT_EQ(budget.turns(), kLeastTurns);
  budget.spend(1);
  EXPECT_TRUE(budget.spent());
  budget.begin_drive(2);
  budget.spend(kOfAnyDrive + 2 * kPerAnchor - 1000);
  EXPECT_EQ(budget.turns(), 1000U);
  budget.begin_drive(UINT32_MAX);
  EXPECT_EQ(budget.turns(), kMostTurns);
  budget.spend(kMostOfDrive);
  EXPECT_TRUE(budget.spent());
  budget.spend(1);
  EXPECT_EQ(budget.turns(), kLeastTurns) << "some are left in any case";
  EXPECT_EQ(budget.candidates(), kLeastCandidates);
  EXPECT_EQ(budget.pieces(), kLeastPieces);
}

TEST(Budget, OfMoreRoadsThanAFixMayMeasureTheNearestCount) {
  Comb comb(1500, 0.2);
  CandidateFinder finder(comb.map.graph());
  std::vector<Candidate> found;
  finder.find(comb.lat_e7, comb.lon_e7, {400, 0, 400}, {10}, &found);
  EXPECT_TRUE(finder.cut());
  EXPECT_LE(finder.measured(), kMostPieces);
  ASSERT_EQ(found.size(), 10U);
  EXPECT_NEAR(found[0].distance_m, 0, 0.1);
  EXPECT_NEAR(found[9].distance_m, 1.8, 0.1);
  finder.find(comb.lat_e7, comb.lon_e7, {20, 20, 20}, {10}, &found);
  EXPECT_FALSE(finder.cut()) << "all that is near was measured";
}

TEST(Budget, OfRoadsInOneHeapSomeAreMeasured) {
  Comb comb(2500, 0.0005);
  CandidateFinder finder(comb.map.graph());
  std::vector<Candidate> found;
  finder.find(comb.lat_e7, comb.lon_e7, {400, 0, 400}, {10}, &found);
  EXPECT_TRUE(finder.cut());
  EXPECT_EQ(finder.measured(), kMostPieces);
  EXPECT_EQ(found.size(), 10U);
}

TEST(Budget, ARadiusHasAMost) {
  Comb comb(2, 10);
  CandidateFinder finder(comb.map.graph());
  std::vector<Candidate> found;
  finder.find(comb.lat_e7, comb.lon_e7, {kMostRadiusM, 0, kMostRadiusM}, {10}, &found);
  EXPECT_FALSE(finder.cut());
  finder.find(comb.lat_e7, comb.lon_e7, {1e9F, 0, 1e9F}, {10}, &found);
  EXPECT_TRUE(finder.cut());
  EXPECT_EQ(found.size(), 4U);
}

TEST(Budget, OfMoreCandidatesThanAFixMayHaveTheNearestAreItsStates) {
  Comb comb(100, 1);
  comb.settings.match_max_candidates = 1e9;
  CandidateFinder finder(comb.map.graph());
  RouteSearch search(comb.map.graph(), comb.costs);
  Emission emission(comb.settings, finder, search.arcs(), comb.budget);
  std::vector<State> states;
  Step step = emission.add_states({}, {comb.lat_e7, comb.lon_e7, 100, 0, 1}, &states);
  EXPECT_TRUE(step.cut);
  EXPECT_EQ(step.roads(), 2 * kMostCandidates);
  comb.settings.match_max_candidates = 9;
  step = emission.add_states({}, {comb.lat_e7, comb.lon_e7, 6, 0, 1}, &states);
  EXPECT_FALSE(step.cut);
  comb.budget.spend(kMostOfDrive);
  step = emission.add_states({}, {comb.lat_e7, comb.lon_e7, 6, 0, 1}, &states);
  EXPECT_TRUE(step.cut);
  EXPECT_EQ(step.roads(), 2 * kLeastCandidates);
}

TEST(Budget, ASearchThatRunsOutOfTurnsSaysSo) {
  Comb comb(50, 10);
  RouteSearch search(comb.map.graph(), comb.costs);
  const Position from{search.arcs().forward(0, 0), 30}, near{search.arcs().forward(0, 2), 5},
      far{search.arcs().forward(0, 146), 5};
  const RouteBound bound{10'000, 1e6F, 0.1F, 0, 0};
  RouteCosts costs;
  search.grant(1000);
  search.run(from, &far, 1, bound, &costs);
  EXPECT_TRUE(costs.found(0));
  EXPECT_FALSE(search.cut());
  const uint32_t needed = search.spent();
  EXPECT_GT(needed, 100U);
  search.grant(needed);
  search.run(from, &far, 1, bound, &costs);
  EXPECT_TRUE(costs.found(0)) << "exactly as many as it needs";
  search.grant(needed - 1);
  search.run(from, &far, 1, bound, &costs);
  EXPECT_FALSE(costs.found(0));
  EXPECT_TRUE(search.cut());
  search.run(from, &near, 1, bound, &costs);
  EXPECT_TRUE(search.cut()) << "until more is granted";
  search.grant(1000);
  EXPECT_FALSE(search.cut());
}

}  // namespace
}  // namespace tomare::match
