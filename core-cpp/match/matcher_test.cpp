// SPDX-License-Identifier: MIT
// Whole matches on maps and logs made by hand: runs, states of the fixes, their places and what is sure of them.
#include "core-cpp/match/matcher.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/map/made_map_test.hpp"
#include "core-cpp/match/made_log_test.hpp"

namespace tomare::match {
namespace {

/// A map, and a log of metres east and north of its corner.
struct Drive : testing::MadeLog {
  testing::MadeMap map;
  Settings settings;

  /// A street eastward of so many metres, at that many north.
  uint16_t street(double from_m, double to_m, double north_m = 500, const map::Attributes& facts = street_facts()) {
    return map.road(map.node(from_m, north_m), map.node(to_m, north_m), to_m - from_m, facts);
  }
  static map::Attributes street_facts() {
    map::Attributes facts{};
    facts.road_class = map::kTertiary;
    return facts;
  }
  void fix(double seconds, double east_m, double north_m = 500) {
    int32_t lat = 0, lon = 0;
    map::position_on(*map.graph().tile(0), 0, 0, &lat, &lon);  // where the first street begins
    const MetreScale scale = metre_scale(lat);
    add(std::llround(seconds * 1000), lat + static_cast<int32_t>(std::lround((north_m - 500) / scale.y)),
        lon + static_cast<int32_t>(std::lround((east_m - 100) / scale.x)));
  }
  /// A fix every two seconds from one metre to another, at 10 m/s, so far north.
  void along(double from_m, double to_m, double north_m = 500) {
    for (double at_m = from_m; at_m <= to_m; at_m += 20) {
      fix(now_s_, at_m, north_m);
      now_s_ += 2;
    }
  }
  void pause(double seconds) { now_s_ += seconds; }
  Trace matched() {
    Trace trace;
    CandidateFinder finder(map.graph());
    Matcher(map.graph(), settings, map::kCar, finder).match(fixes(), std::vector<uint8_t>(time_ms.size(), 1), &trace);
    return trace;
  }

 private:
  double now_s_ = 0;
};

TEST(Matcher, ADriveAlongAStreetIsOneRunOnIt) {
  Drive drive;
  drive.street(100, 900);
  drive.along(200, 800, 503);
  const Trace trace = drive.matched();
  ASSERT_EQ(trace.runs.size(), 1U);
  ASSERT_EQ(trace.legs.size(), 1U);
  EXPECT_EQ(trace.gaps, 0U);
  EXPECT_TRUE(trace.legs[0].forward);
  EXPECT_NEAR(trace.legs[0].from_m, 100, 1);
  EXPECT_NEAR(trace.legs[0].to_m, 700, 1);
  EXPECT_EQ(trace.runs[0].fixes.size(), 31U);
  for (size_t k = 0; k < trace.fixes.size(); ++k) {
    EXPECT_EQ(trace.fixes[k].state, FixState::matched);
    EXPECT_NEAR(trace.fixes[k].path_m, 20.0 * static_cast<double>(k), 0.5);
    EXPECT_NEAR(trace.fixes[k].error_m, 3, 0.3);
    EXPECT_GT(trace.fixes[k].posterior, 0.9F);
    EXPECT_NEAR(trace.fixes[k].speed_mps, 10, 0.2);
    EXPECT_TRUE(trace.fixes[k].speed_derived);
    EXPECT_FALSE(trace.fixes[k].cut);
  }
}

TEST(Matcher, WestwardTheStreetIsDrivenBackward) {
  Drive drive;
  drive.street(100, 900);
  for (int k = 0; k <= 30; ++k) drive.fix(2 * k, 800 - 20 * k);
  const Trace trace = drive.matched();
  ASSERT_EQ(trace.legs.size(), 1U);
  EXPECT_FALSE(trace.legs[0].forward);
  EXPECT_NEAR(trace.legs[0].from_m, 700, 1);
  EXPECT_NEAR(trace.legs[0].to_m, 100, 1);
}

TEST(Matcher, ASilenceParts) {
  Drive drive;
  drive.street(100, 2100);
  drive.along(200, 600);
  drive.pause(400);
  drive.along(1700, 2000);
  const Trace trace = drive.matched();
  EXPECT_EQ(trace.runs.size(), 2U);
  EXPECT_EQ(trace.gaps, 1U);
  EXPECT_EQ(trace.fixes[20].state, FixState::matched);
  EXPECT_EQ(trace.fixes[21].leg, trace.runs[1].first_leg);
  EXPECT_EQ(trace.fixes[21].path_m, 0);
}

TEST(Matcher, BetweenTwoRoadsAsNearNeitherIsSure) {
  const auto surest = [](double north_m) {
    Drive drive;
    drive.street(100, 900);
    drive.street(100, 900, 520);
    drive.along(200, 800, north_m);
    return drive.matched().fixes[15].posterior;
  };
  EXPECT_NEAR(surest(510), 0.5, 0.05);
  EXPECT_GT(surest(503), 0.9F);
  EXPECT_GT(surest(517), 0.9F);
}

TEST(Matcher, NearAJunctionTheRoadsOfTheFixesNextToItAreTheSamePath) {
  const auto posteriors = [](std::initializer_list<double> at_m) {
    Drive drive;
    const uint16_t west = drive.map.node(100, 500), middle = drive.map.node(500, 500), east = drive.map.node(900, 500);
    drive.map.road(west, middle, 400);
    drive.map.road(middle, east, 400);
    double seconds = 0;
    for (const double metres : at_m) drive.fix(seconds++, metres);
    std::vector<float> all;
    for (const MatchedFix& fix : drive.matched().fixes) all.push_back(fix.posterior);
    return all;
  };
  EXPECT_GT(posteriors({482, 502, 522, 542}).at(1), 0.9F) << "the first fix lies on the road before";
  EXPECT_GT(posteriors({458, 478, 498, 518}).at(2), 0.9F) << "the last on the road behind";
  EXPECT_LT(posteriors({502, 522, 542, 562}).at(0), 0.7F) << "here it may have begun on either";
}

/// On the street, 100 m north of it for so many seconds, and on it again.
Drive away_for(double seconds) {
  Drive drive;
  drive.street(100, 2000);
  drive.along(200, 600);
  const int count = static_cast<int>(seconds / 2) - 1;
  for (int k = 0; k < count; ++k) drive.along(620 + 20 * (k % 2), 620 + 20 * (k % 2), 600);
  drive.along(640, 1000);
  return drive;
}

TEST(Matcher, AShortExcursionFromTheRoadIsBridged) {
  Drive shortly = away_for(60), long_away = away_for(400);
  EXPECT_EQ(shortly.matched().runs.size(), 1U);
  const Trace parted = long_away.matched();
  EXPECT_EQ(parted.runs.size(), 2U);
  EXPECT_EQ(parted.fixes[60].state, FixState::off_road);
}

TEST(Matcher, APathFarFromItsFixesShowsALargerError) {
  const auto sigma = [](double aside_m) {
    Drive drive;
    drive.street(100, 1900);
    for (int k = 0; k <= 80; ++k) drive.fix(2 * k, 200 + 20 * k, 500 + aside_m);
    return drive.matched().error.sigma_m;
  };
  const auto shown = [](double aside_m) {  // 81 anchors, and three of the expected six metres
    return std::sqrt((3 * 36 + 81 * (1.48 * aside_m) * (1.48 * aside_m)) / 84);
  };
  EXPECT_NEAR(sigma(2), 5, 0.01) << "the least";
  EXPECT_NEAR(sigma(10), 10, 0.01) << "the most that the nearest roads show; the path shows no half more";
  EXPECT_NEAR(sigma(10.6), shown(10.6), 0.3);
  EXPECT_NEAR(sigma(15), shown(15), 0.3);
  EXPECT_NEAR(sigma(20), 25, 0.01) << "the most that a path shows";
}

TEST(Matcher, WhoWalksAgainstAOneWayStreetDrivesNoCar) {
  const auto against = [](double mps) {
    Drive drive;
    map::Attributes oneway = Drive::street_facts();
    oneway.oneway_against[map::kBackward] = 255;
    drive.street(100, 900, 500, oneway);
    for (double at_m = 800, s = 0; at_m >= 200; at_m -= 20, s += 20 / mps) drive.fix(s, at_m);
    return drive.matched();
  };
  EXPECT_EQ(against(2).fixes[15].state, FixState::off_road);
  const Trace driven = against(8);
  EXPECT_EQ(driven.fixes[15].state, FixState::matched);
  ASSERT_EQ(driven.legs.size(), 1U);
  EXPECT_EQ(driven.legs[0].illegal, kAgainstOneway);
}

}  // namespace
}  // namespace tomare::match
