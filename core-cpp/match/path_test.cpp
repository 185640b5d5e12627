// SPDX-License-Identifier: MIT
#include "core-cpp/match/path.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/map/made_map_test.hpp"
#include "core-cpp/match/made_log_test.hpp"

namespace tomare::match {
namespace {

using testing::MadeMap;

/// Three roads of 100 m one after another, eastward along y = 200 m, and a fourth northward from the end of the second.
struct Street : MadeMap, testing::MadeLog {
  Settings settings;
  Costs costs{settings, map::kCar};
  Trace trace;

  explicit Street(uint8_t flags = 0) {
    const uint16_t a = node(100, 200), b = node(200, 200), c = node(300, 200, flags), d = node(400, 200);
    road(a, b, 100);
    road(b, c, 100);
    road(c, d, 100);
    road(c, node(300, 300), 100);
  }
  void fix(double seconds, double x_m, double y_m = 200, float mps = NAN) {
    const MetreScale scale = metre_scale(lat_of(kCellY + (1U << (31 - kLevel))));
    add(1'700'000'000'000 + std::llround(seconds * 1000),
        static_cast<int32_t>(lat_of(kCellY) + std::lround(y_m / scale.y)),
        static_cast<int32_t>(lon_of(kCellX) + std::lround(x_m / scale.x)), mps);
    trace.fixes.emplace_back();
  }
  PathBuilder start(uint16_t segment, uint16_t backward, float travelled_m) {
    PathBuilder path(graph(), costs, &trace);
    ArcInfo at;
    at.arc = {0, segment, backward};
    at.length_m = 100;
    path.start_run(at, travelled_m, 0);
    return path;
  }
  void matched(uint32_t index, double path_m, uint32_t leg, float posterior = 1) {
    MatchedFix& fix = trace.fixes[index];
    fix.path_m = path_m;
    fix.leg = leg;
    fix.posterior = posterior;
    fix.state = FixState::matched;
  }
};

TEST(PathBuilder, LegsFollowOneAnother) {
  Street street;
  PathBuilder path = street.start(0, 0, 40);
  path.advance({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}}, 30, 5);
  ASSERT_EQ(street.trace.legs.size(), 3U);
  const std::vector<Leg>& legs = street.trace.legs;
  EXPECT_FLOAT_EQ(legs[0].from_m, 40);
  EXPECT_FLOAT_EQ(legs[0].to_m, 100);
  EXPECT_DOUBLE_EQ(legs[1].path_m, 60);
  EXPECT_DOUBLE_EQ(legs[1].length_m(), 100);
  EXPECT_DOUBLE_EQ(legs[2].path_m, 160);
  EXPECT_FLOAT_EQ(legs[2].to_m, 30);
  EXPECT_DOUBLE_EQ(path.path_m(), 190);
  EXPECT_EQ(path.leg(), 2U);
  EXPECT_EQ(street.trace.runs[0].leg_count, 3U);
  EXPECT_EQ(street.trace.runs[0].last_fix, 5U);
  path.advance({{0, 2, 0}}, 20, 6);
  EXPECT_DOUBLE_EQ(path.path_m(), 190) << "it never falls";
}

TEST(PathBuilder, AgainstARoadItFallsFromItsEnd) {
  Street street;
  PathBuilder path = street.start(1, 1, 10);
  path.advance({{0, 1, 1}, {0, 0, 1}}, 25, 1);
  const std::vector<Leg>& legs = street.trace.legs;
  ASSERT_EQ(legs.size(), 2U);
  EXPECT_FLOAT_EQ(legs[0].from_m, 90);
  EXPECT_FLOAT_EQ(legs[0].to_m, 0);
  EXPECT_FLOAT_EQ(legs[1].from_m, 100);
  EXPECT_FLOAT_EQ(legs[1].to_m, 75);
  EXPECT_FALSE(legs[1].forward);
  EXPECT_EQ(legs[1].illegal, 0);
}

TEST(PathBuilder, TurningRoundOnARoadBeginsWhereItIs) {
  Street street;
  PathBuilder path = street.start(0, 0, 30);
  path.advance({{0, 0, 0}}, 60, 1);
  path.advance({{0, 0, 1}}, 70, 2);
  const std::vector<Leg>& legs = street.trace.legs;
  ASSERT_EQ(legs.size(), 2U);
  EXPECT_FLOAT_EQ(legs[0].to_m, 60);
  EXPECT_FLOAT_EQ(legs[1].from_m, 60);
  EXPECT_FLOAT_EQ(legs[1].to_m, 30);
  EXPECT_EQ(legs[1].illegal, kUTurn);
  EXPECT_DOUBLE_EQ(path.path_m(), 60);
}

TEST(PathBuilder, TurningRoundBehindAJunctionDrivesToTheEndFirst) {
  Street street;
  PathBuilder path = street.start(0, 0, 30);
  path.advance({{0, 0, 0}, {0, 0, 1}}, 20, 1);
  ASSERT_EQ(street.trace.legs.size(), 2U);
  EXPECT_FLOAT_EQ(street.trace.legs[0].to_m, 100);
  EXPECT_FLOAT_EQ(street.trace.legs[1].from_m, 100);
  EXPECT_EQ(street.trace.legs[1].illegal, kUTurn);
}

TEST(PathBuilder, ABannedTurnIsMarkedOnTheLegThatItEnters) {
  for (const uint8_t flags : {uint8_t{0}, uint8_t{map::kNodeBanned}}) {
    Street street(flags);
    map::Restriction ban{};
    ban.via_node = 2;
    ban.from_segment = 1;
    ban.to_segment = 3;
    ban.vehicles = 255;
    street.restrictions = {ban};
    PathBuilder path = street.start(1, 0, 0);
    path.advance({{0, 1, 0}, {0, 3, 0}}, 50, 1);
    EXPECT_EQ(street.trace.legs[1].illegal, flags == 0 ? 0 : kBannedTurn);
    EXPECT_EQ(street.trace.legs[0].illegal, 0);
  }
}

/// Fixes from 120 m to 380 m of the street, of which the first and the last are on the path.
struct Between : Street {
  explicit Between(std::vector<std::pair<double, double>> at, float error_m = 0, bool bent = false) {
    if (bent) bend(1, 250, 230);
    PathBuilder path = start(0, 0, 20);
    path.advance({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}}, 80, static_cast<uint32_t>(at.size() + 1));
    fix(0, 120);
    for (size_t k = 0; k < at.size(); ++k) fix(static_cast<double>(k + 1), at[k].first, at[k].second);
    const auto last = static_cast<uint32_t>(at.size() + 1);
    fix(last, 380);
    matched(0, 0, 0, 0.9F);
    matched(last, 260, 2, 0.8F);
    trace.fixes[0].error_m = error_m;
    Placer(graph(), 50, &trace).place_between(fixes(), std::vector<uint8_t>(time_ms.size(), 1), 0, last);
  }
};

TEST(Placer, FixesBetweenLieOnThePathInTheirOrder) {
  const Between street({{150, 203}, {250, 196}, {230, 200}, {350, 200}});
  const std::vector<MatchedFix>& fixes = street.trace.fixes;
  EXPECT_NEAR(fixes[1].path_m, 30, 0.1);
  EXPECT_EQ(fixes[1].leg, 0U);
  EXPECT_NEAR(fixes[1].error_m, 3, 0.1);
  EXPECT_FLOAT_EQ(fixes[1].posterior, 0.8F) << "as sure as the less sure end";
  EXPECT_NEAR(fixes[2].path_m, 130, 0.1);
  EXPECT_EQ(fixes[2].leg, 1U);
  EXPECT_NEAR(fixes[3].path_m, 130, 0.1) << "it never falls";
  EXPECT_NEAR(fixes[3].error_m, 20, 0.1);
  EXPECT_NEAR(fixes[4].path_m, 230, 0.1);
  EXPECT_EQ(fixes[4].leg, 2U);
}

TEST(Placer, OnABentRoadTheMetresGoRoundItsCorner) {
  const Between street({{225, 215}, {250, 233}, {275, 215}}, 0, true);
  const std::vector<MatchedFix>& fixes = street.trace.fixes;
  EXPECT_NEAR(fixes[1].path_m, 105, 0.3) << "a quarter of the road, by the length that the map has of it";
  EXPECT_NEAR(fixes[1].error_m, 0, 0.3);
  EXPECT_NEAR(fixes[2].path_m, 130, 0.3);
  EXPECT_NEAR(fixes[2].error_m, 3, 0.3);
  EXPECT_NEAR(fixes[3].path_m, 155, 0.3);
}

TEST(Placer, FarFromThePathIsOffTheRoad) {
  EXPECT_EQ(Between({{250, 249}}).trace.fixes[1].state, FixState::matched);
  EXPECT_EQ(Between({{250, 251}}).trace.fixes[1].state, FixState::off_road);
  EXPECT_EQ(Between({{250, 259}}, 30).trace.fixes[1].state, FixState::matched) << "twice the farther anchor";
  EXPECT_EQ(Between({{250, 261}}, 30).trace.fixes[1].state, FixState::off_road);
}

TEST(Placer, NoFixBetweenLiesBeyondTheEndOfThePath) {
  const Between street({{350, 200}, {395, 200}});
  EXPECT_NEAR(street.trace.fixes[1].path_m, 230, 0.1);
  EXPECT_NEAR(street.trace.fixes[2].path_m, 260, 0.1) << "where the path ends on its last road";
  EXPECT_NEAR(street.trace.fixes[2].error_m, 15, 0.1);
}

TEST(Placer, NoFixBetweenLiesBeyondTheNextAnchorThoughThePathGoesOn) {
  Street street;
  PathBuilder path = street.start(0, 0, 20);
  path.advance({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}}, 80, 3);
  constexpr double kEast[] = {120, 350, 375, 360};
  for (const double east_m : kEast) street.fix((east_m - 120) / 10, east_m);
  street.matched(0, 0, 0);
  street.matched(3, 240, 2);
  Placer(street.graph(), 50, &street.trace).place_between(street.fixes(), std::vector<uint8_t>(4, 1), 0, 3);
  EXPECT_NEAR(street.trace.fixes[1].path_m, 230, 0.1);
  EXPECT_NEAR(street.trace.fixes[2].path_m, 240, 0.1);
  EXPECT_NEAR(street.trace.fixes[2].error_m, 15, 0.1);
}

TEST(Placer, AgainstItsRoadsAPathGoesOnAsWell) {
  Street street;
  PathBuilder path = street.start(2, 1, 20);  // westward from 380 m to 120 m
  path.advance({{0, 2, 1}, {0, 1, 1}, {0, 0, 1}}, 80, 4);
  constexpr double kEast[] = {380, 350, 262, 270, 120};
  for (const double east_m : kEast) street.fix(380 - east_m, east_m, 203);
  street.matched(0, 0, 0);
  street.matched(4, 260, 2);
  Placer(street.graph(), 50, &street.trace).place_between(street.fixes(), std::vector<uint8_t>(5, 1), 0, 4);
  const std::vector<MatchedFix>& fixes = street.trace.fixes;
  EXPECT_NEAR(fixes[1].path_m, 30, 0.1);
  EXPECT_EQ(fixes[1].leg, 0U);
  EXPECT_NEAR(fixes[2].path_m, 118, 0.1);
  EXPECT_EQ(fixes[2].leg, 1U);
  EXPECT_NEAR(fixes[3].path_m, 118, 0.1) << "it never falls";
}

TEST(Placer, WhatLiesOnNoPathBetweenTwoAnchorsIsWhereTheFirstOneIs) {
  Street street;
  street.start(0, 0, 20).advance({{0, 0, 0}}, 40, 2);
  for (int k = 0; k < 8; ++k) street.fix(k, 120 + 10 * k);
  street.matched(0, 0, 0);
  street.matched(2, 20, 0, 0.7F);
  std::vector<uint8_t> usable(8, 1);
  usable[3] = 0;
  std::vector<Anchor> anchors(3);
  anchors[1].fix = 2;
  anchors[2].fix = 5;  // off the road
  Placer(street.graph(), 50, &street.trace).place_all(street.fixes(), usable, anchors);
  const std::vector<MatchedFix>& fixes = street.trace.fixes;
  EXPECT_NEAR(fixes[1].path_m, 10, 0.1) << "on the path between two that it joins";
  EXPECT_NE(fixes[3].state, FixState::matched) << "which is no fix";
  EXPECT_EQ(fixes[4].state, FixState::matched);
  EXPECT_EQ(fixes[4].path_m, 20);
  EXPECT_FLOAT_EQ(fixes[4].posterior, 0.7F);
  for (const size_t k : {5, 6, 7}) EXPECT_EQ(fixes[k].state, fixes[5].state) << "up to the end of the log";
  EXPECT_EQ(street.trace.runs[0].last_fix, 4U);
}

TEST(Placer, WhatComesAfterTheLastAnchorStaysWithItsRun) {
  Street street;
  street.start(0, 0, 20).advance({{0, 0, 0}}, 40, 1);
  for (int k = 0; k < 4; ++k) street.fix(k, 120 + 20 * k);
  street.matched(0, 0, 0);
  street.matched(1, 20, 0);
  std::vector<Anchor> anchors(2);
  anchors[1].fix = 1;
  Placer(street.graph(), 50, &street.trace).place_all(street.fixes(), std::vector<uint8_t>(4, 1), anchors);
  EXPECT_EQ(street.trace.fixes[3].path_m, 20);
  EXPECT_EQ(street.trace.fixes[3].state, FixState::matched);
  EXPECT_EQ(street.trace.runs[0].last_fix, 3U);
}

TEST(FinishRuns, ALegThatAFixEntersIsAsSureAsThatFixAndTheOneBefore) {
  Street street;
  street.start(0, 0, 0).advance({{0, 0, 0}, {0, 1, 0}}, 100, 3);
  const double path_m[] = {50, 100, 150, 200};
  const float posterior[] = {0.6F, 0.9F, 0.8F, 0.9F};
  for (uint32_t k = 0; k < 4; ++k) {
    street.fix(10 * k, 100 + path_m[k]);
    street.matched(k, path_m[k], k == 0 ? 0 : 1, posterior[k]);
  }
  finish_runs(street.fixes(), &street.trace);
  EXPECT_EQ(street.trace.legs[1].enter_ms, street.time_ms[1]);
  EXPECT_FLOAT_EQ(street.trace.legs[1].posterior, 0.6F);
  EXPECT_EQ(street.trace.legs[1].first_fix, 1U);
}

TEST(FinishRuns, ALegWithoutAFixIsThatOfTheStepOverIt) {
  Street street;
  street.start(0, 0, 0).advance({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}}, 100, 2);
  const double path_m[] = {50, 250, 260};
  const float posterior[] = {0.7F, 0.8F, 0.3F};
  for (uint32_t k = 0; k < 3; ++k) {
    street.fix(10 * k, 100 + path_m[k]);
    street.matched(k, path_m[k], k == 0 ? 0 : 2, posterior[k]);
  }
  finish_runs(street.fixes(), &street.trace);
  const Leg& over = street.trace.legs[1];
  EXPECT_EQ(over.fix_count, 0U);
  EXPECT_EQ(over.first_fix, 1U) << "the fix behind it";
  EXPECT_FLOAT_EQ(over.posterior, 0.7F);
  EXPECT_EQ(over.enter_ms, street.time_ms[0] + 2'500);
  EXPECT_EQ(over.exit_ms, street.time_ms[0] + 7'500);
}

TEST(FinishRuns, SpeedsThatTheLogLacksAreThoseOfThePath) {
  Street street;
  street.start(0, 0, 0).advance({{0, 0, 0}, {0, 1, 0}}, 100, 4);
  const double path_m[] = {0, 10, 40, 90, 90};
  for (uint32_t k = 0; k < 5; ++k) {
    street.fix(k == 4 ? 3 : k, 100 + path_m[k], 200, k == 1 ? 7.0F : NAN);
    street.matched(k, path_m[k], 0);
  }
  finish_runs(street.fixes(), &street.trace);
  const std::vector<MatchedFix>& fixes = street.trace.fixes;
  EXPECT_FLOAT_EQ(fixes[0].speed_mps, 10) << "at the end between two fixes";
  EXPECT_TRUE(fixes[0].speed_derived);
  EXPECT_FLOAT_EQ(fixes[1].speed_mps, 7);
  EXPECT_FALSE(fixes[1].speed_derived);
  EXPECT_FLOAT_EQ(fixes[2].speed_mps, 40) << "between the fix before and the fix after";
  EXPECT_FLOAT_EQ(fixes[3].speed_mps, 50);
  EXPECT_FLOAT_EQ(fixes[4].speed_mps, 0) << "no time, no speed";
  EXPECT_EQ(street.trace.runs[0].fixes.size(), 5U);
}

TEST(FinishRuns, LegsAreEnteredBetweenTheirFixes) {
  Street street;
  street.start(0, 0, 0).advance({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}}, 100, 3);
  const double path_m[] = {20, 80, 180, 280};
  for (uint32_t k = 0; k < 4; ++k) {
    street.fix(10 * k, 100 + path_m[k]);
    street.matched(k, path_m[k], static_cast<uint32_t>(path_m[k] / 100), k == 2 ? 0.6F : 0.9F);
  }
  finish_runs(street.fixes(), &street.trace);
  const std::vector<Leg>& legs = street.trace.legs;
  const int64_t start = street.time_ms[0];
  EXPECT_EQ(legs[0].enter_ms, start);
  EXPECT_EQ(legs[1].enter_ms, start + 12'000) << "20 of 100 m behind the second fix";
  EXPECT_EQ(legs[0].exit_ms, legs[1].enter_ms);
  EXPECT_EQ(legs[2].enter_ms, start + 22'000);
  EXPECT_EQ(legs[2].exit_ms, start + 30'000);
  EXPECT_EQ(legs[0].fix_count, 2U);
  EXPECT_EQ(legs[1].fix_count, 1U);
  EXPECT_EQ(legs[1].first_fix, 2U);
  EXPECT_FLOAT_EQ(legs[0].posterior, 0.9F);
  EXPECT_FLOAT_EQ(legs[1].posterior, 0.6F);
  EXPECT_FLOAT_EQ(legs[2].posterior, 0.6F) << "entered before its first fix";
}

TEST(FinishRuns, FixesOffTheRoadAreNotOnTheRun) {
  Street street;
  street.start(0, 0, 0).advance({{0, 0, 0}}, 100, 2);
  for (uint32_t k = 0; k < 3; ++k) {
    street.fix(k, 100 + 20 * k);
    street.matched(k, 20 * k, 0);
  }
  street.trace.fixes[1].state = FixState::off_road;
  finish_runs(street.fixes(), &street.trace);
  EXPECT_EQ(street.trace.runs[0].fixes, (std::vector<uint32_t>{0, 2}));
}

}  // namespace
}  // namespace tomare::match
