// SPDX-License-Identifier: MIT
#include "core-cpp/match/emission.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core-cpp/map/made_map_test.hpp"
#include "core-cpp/match/error_cost.hpp"

namespace tomare::match {
namespace {

Candidate at(float distance_m, float bearing_deg) {
  Candidate c;
  c.distance_m = distance_m;
  c.bearing_deg = bearing_deg;
  return c;
}

Anchor heading(float degrees, float sigma_deg = 30) {
  Anchor anchor;
  anchor.heading_deg = degrees;
  anchor.heading_sigma_deg = sigma_deg;
  return anchor;
}

TEST(ErrorCost, GrowsAsTheSquareToTwoSigmaAndLinearlyBeyond) {
  const Float4 cost = error_cost(Float4{1, 4, 9, 25});
  EXPECT_FLOAT_EQ(cost[0], 0.5F);
  EXPECT_FLOAT_EQ(cost[1], 2);
  EXPECT_FLOAT_EQ(cost[2], 4);
  EXPECT_FLOAT_EQ(cost[3], 8);
}

TEST(ErrorCost, AnErrorThatStaysCostsNothingAndOneThatJumpsMore) {
  const Float4 stays = moving_error_cost(all4(1), all4(0.5F), all4(0.5F));
  const Float4 jumps = moving_error_cost(all4(1), all4(0.5F), all4(-0.5F));
  EXPECT_EQ(stays[0], 0);
  EXPECT_FLOAT_EQ(jumps[0], 0.5F / 0.75F);
  EXPECT_FLOAT_EQ(moving_error_cost(all4(0), all4(0.1F), all4(1))[0], 0.5F) << "some of it is always new";
}

TEST(Weigh, WithoutAHeadingTheDistanceAlone) {
  Weighed w;
  weigh(Anchor{}, {at(6, 90), at(12, 0)}, 6, 0, &w);
  EXPECT_EQ(w.cost[0][0], 0.5F);
  EXPECT_EQ(w.cost[1][0], 0.5F);
  EXPECT_EQ(w.cost[0][1], 2);
  EXPECT_EQ(w.heading[0][0], 0);
  EXPECT_EQ(w.least, 0.5F);
}

TEST(Weigh, ADriftIsFree) {
  Weighed w;
  weigh(Anchor{}, {at(12, 90), at(3, 90)}, 6, 1, &w);
  EXPECT_EQ(w.cost[0][0], 0.5F);
  EXPECT_EQ(w.cost[0][1], 0) << "nearer than the drift costs no more";
  EXPECT_EQ(w.z[0], 2);
}

TEST(Weigh, AHeadingTellsTheDirectionOfTravel) {
  Weighed w;
  weigh(heading(120), {at(0, 90)}, 6, 0, &w);
  EXPECT_FLOAT_EQ(w.heading[0][0], 0.5F) << "30 degrees off, one sigma";
  EXPECT_FLOAT_EQ(w.heading[1][0], 12) << "150 degrees off, and no more than the cap";
  weigh(heading(-10 + 720), {at(0, 10)}, 6, 0, &w);
  EXPECT_FLOAT_EQ(w.heading[0][0], 0.5F * 20 * 20 / 900) << "across north, and past a whole turn";
}

TEST(Weigh, WhatIsPaddedIsNeverTheLeast) {
  Weighed w;
  weigh(Anchor{}, {at(600, 0)}, 6, 0, &w);
  EXPECT_FLOAT_EQ(w.least, 198);
  weigh(Anchor{}, {}, 6, 0, &w);
  EXPECT_GT(w.least, 1e20F);
}

/// Two roads eastward, 20 m apart, or others, and a fix on the first.
struct TwoRoads {
  testing::MadeMap map;
  Settings settings;
  Costs costs{settings, map::kCar};
  Lookout from;

  explicit TwoRoads(const std::vector<double>& north_m = {1000, 1020}) {
    for (const double y : north_m) {
      const uint16_t west = map.node(500, y), east = map.node(700, y);
      map.road(west, east, 200);
    }
    const map::Tile* tile = map.graph().tile(0);
    map::position_on(*tile, 0, 60, &from.lat_e7, &from.lon_e7);
    from.sigma_m = 6;
    from.off_s = 2;
  }
  std::vector<State> states(const Anchor& anchor) {
    std::vector<State> states;
    CandidateFinder finder(map.graph());
    RouteSearch search(map.graph(), costs);
    Budget budget;
    budget.begin_drive(1);
    const Step step = Emission(settings, finder, search.arcs(), budget).add_states(anchor, from, &states);
    EXPECT_EQ(step.first, 0U);
    EXPECT_EQ(step.count, states.size());
    return states;
  }
};

TEST(Emission, EachRoadInBothDirectionsAndTwoStatesOffTheRoad) {
  TwoRoads roads;
  const std::vector<State> states = roads.states({});
  ASSERT_EQ(states.size(), 4 + kOffStates);
  EXPECT_NEAR(states[0].distance_m, 0, 0.1);
  EXPECT_NEAR(states[2].distance_m, 20, 0.2);
  EXPECT_NEAR(states[2].z, 20.0 / 6, 0.04);
  EXPECT_NEAR(states[0].position.travelled_m, 60, 0.1);
  EXPECT_NEAR(states[1].position.travelled_m, 140, 0.1) << "from the other end";
  EXPECT_EQ(states[4].emission, static_cast<float>(roads.settings.match_off_road_cost + 1)) << "half a unit a second";
}

TEST(Emission, WhatIsHopelessIsLeftOut) {
  TwoRoads roads;
  const std::vector<State> states = roads.states(heading(90));
  ASSERT_EQ(states.size(), 2 + kOffStates) << "against the heading costs twelve, the limit is eight";
  EXPECT_NEAR(states[0].emission, 0, 0.01);
}

TEST(Emission, ABadFixReachesFarther) {
  TwoRoads roads;
  roads.settings.match_radius_m = 5;
  roads.settings.match_max_candidates = 1;
  roads.from.sigma_m = 3;
  EXPECT_EQ(roads.states({}).size(), 2 + kOffStates);
  roads.from.sigma_m = 12;
  EXPECT_EQ(roads.states({}).size(), 4 + kOffStates);
}

TEST(Emission, OfABadFixMoreRoadsAreAsked) {
  TwoRoads roads({1000, 1010, 1020, 1030, 1040, 1050, 1060, 1070, 1080});
  const auto asked = [&](double most, float sigma_m) {
    roads.settings.match_max_candidates = most;
    roads.from.sigma_m = sigma_m;
    return (roads.states({}).size() - kOffStates) / 2;
  };
  EXPECT_EQ(asked(2, 6), 3U) << "and those within four errors";
  EXPECT_EQ(asked(4, 6), 4U);
  EXPECT_EQ(asked(2, 12), 5U) << "these are within 48 m";
  EXPECT_EQ(asked(3, 12), 6U) << "twice as many";
  EXPECT_EQ(asked(0.5, 12), 3U) << "three times one";
}

}  // namespace
}  // namespace tomare::match
