// SPDX-License-Identifier: MIT
// What positions say for a lawful road 15 m south of the accused one, in figures: by the errors of both, by an error
// that stays, and by what lies before and after the stretch.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "core-cpp/rules/made_corridor_test.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

struct Corridor : testing::MadeCorridor {
  using MadeCorridor::MadeCorridor;
  /// Forty fixes, each so long after the one before, of which each fourth is asked.
  Corridor& stretch(const std::vector<double>& north_m, double step_s = 1, double begin_s = 100) {
    begin_stretch();
    for (uint32_t i = 0; i < 40; ++i) fix(begin_s + step_s * i, 100 + 12 * i, north_m[i / 4 % north_m.size()]);
    end_stretch();
    return *this;
  }
  /// Odds of the avenue over the path from this leg on, by the positions.
  double odds(uint32_t first = kOn) { return (1 / accused(kFewDoIt, first) - 1) / kFewDoIt; }
};

double cost_of(double metres) {
  const double z = std::fabs(metres) / 5;
  return z < 2 ? z * z / 2 : 2 * z - 2;
}

/// The same by the formula: of ten fixes that are asked, and what is known before and after the stretch.
double odds_slowly(const std::vector<double>& north_m, double step_s = 1, double around = 0.15 * 0.15) {
  double against = 0, mean = 0, squares = 0;
  for (size_t i = 0; i < 10; ++i) {
    const double path_m = north_m[i % north_m.size()], lawful_m = path_m + 15;
    against += (cost_of(lawful_m) - cost_of(path_m)) / 10;
    mean += lawful_m / 10;
    squares += lawful_m * lawful_m / 10;
  }
  const double says = std::min(1 + 36 * step_s / 40, 10.0) * against;
  const double odds = std::min(1e6, std::exp(-says));
  const bool stays = std::fabs(mean) <= 16 && squares - mean * mean <= 25 && 36 * step_s <= 320;
  return std::max(odds, stays ? 0.5 * around : 0);
}

void expect_odds(double got, double wanted) { EXPECT_NEAR(std::log(got / wanted), 0, 0.12) << got << ' ' << wanted; }

TEST(BesideOdds, AreThoseOfTheErrors) {
  for (const double north_m : {-16.0, -15.0, -12.0, -9.0, -7.5, -6.0, -5.0, -4.0, -2.0, 0.0, 0.8, 1.2, 4.0, 9.0}) {
    SCOPED_TRACE(north_m);
    expect_odds(Corridor().stretch({north_m}).odds(), odds_slowly({north_m}));
  }
}

TEST(BesideOdds, MoreSecondsHoldMoreErrors) {
  for (const double step_s : {0.1, 1.0, 4.0, 8.8, 9.0}) {
    for (const double north_m : {-15.0, -9.0, -6.0, 0.0}) {
      SCOPED_TRACE(step_s);
      expect_odds(Corridor().stretch({north_m}, step_s).odds(), odds_slowly({north_m}, step_s));
    }
  }
}

TEST(BesideOdds, AnErrorThatStaysChangesByFiveMetresAtTheMost) {
  for (const double swing_m : {2.0, 4.8, 5.2}) {
    SCOPED_TRACE(swing_m);
    expect_odds(Corridor().stretch({swing_m, -swing_m}).odds(), odds_slowly({swing_m, -swing_m}));
  }
}

TEST(BesideOdds, AnErrorThatStaysIsToOneSide) {
  // a lawful road on the other side is nearer now and then, and hides nothing
  Corridor both;
  both.map_.road(both.map_.node(200, 524), both.map_.node(400, 524), 200);
  both.stretch({0});
  const double odds = 1 / both.accused(1, [](const Leg& leg) { return leg.forward; }) - 1;
  EXPECT_GE(odds, std::exp(-0.12) * 0.5 * 0.15 * 0.15);
}

TEST(BesideOdds, ARoadBesideThreeQuartersOfTheFixesCounts) {
  EXPECT_GT(Corridor(420).stretch({-7.5}).odds(), 0.1) << "beside eight of ten";
  EXPECT_EQ(Corridor(400).stretch({-7.5}).odds(), 0) << "beside seven";
}

TEST(BesideOdds, WhereTheRoadsAreNotJoinedTheyAreATwentieth) {
  expect_odds(Corridor(700, false).stretch({-9}).odds(), 0.05 * odds_slowly({-9}));
}

TEST(BesideOdds, WhereTheWholeDriveLiesOnTheStretchNothingElseSpeaksForIt) {
  expect_odds(Corridor().stretch({-9}).odds(0), 4 * odds_slowly({-9}));
  expect_odds(Corridor().stretch({-9}).odds(1), odds_slowly({-9}));
}

TEST(BesideOdds, PositionsComeFromNoTunnel) {
  map::Attributes tunnel{};
  tunnel.road_class = map::kTertiary;
  tunnel.flags = map::kFlagTunnel;
  expect_odds(Corridor(700, true, tunnel).stretch({-9}).odds(), 20 * odds_slowly({-9}));
}

/// How much likelier fixes so far north of the path are with an error of 15 m to the north than with none.
double likelier(double north_m) { return std::clamp(std::exp(cost_of(north_m) - cost_of(north_m - 15)), 0.02, 3.0); }

TEST(BesideOdds, AnErrorThatStaysIsSeenBeforeTheStretch) {
  for (const double north_m : {15.0, 8.0, 7.0, 6.0, 5.0, 4.0, 0.0, -3.0}) {
    SCOPED_TRACE(north_m);
    Corridor corridor;
    for (const double away_s : {60.0, 30.0, 12.0}) corridor.fix(100 - away_s, 60 - away_s, north_m);
    corridor.fix(92, 60, 15);  // next to the stretch the path may go by the wrong side
    expect_odds(corridor.stretch({0}).odds(), odds_slowly({0}, 1, 0.15 * likelier(north_m)));
  }
}

TEST(BesideOdds, AndAfterIt) {
  for (const double north_m : {15.0, 8.0, 6.0, 4.0, 0.0}) {
    SCOPED_TRACE(north_m);
    Corridor corridor;
    corridor.stretch({0});
    for (const double away_s : {12.0, 30.0, 60.0}) corridor.fix(139 + away_s, 570 + away_s, north_m);
    corridor.fix(139 + 61, 640, 15);
    expect_odds(corridor.odds(), odds_slowly({0}, 1, 0.15 * likelier(north_m)));
  }
}

TEST(BesideOdds, AreTheSameForAPathNorthward) {
  for (const double aside_m : {-15.0, -9.0, -6.0, -2.0, 0.0, 4.0}) {
    SCOPED_TRACE(aside_m);
    Corridor north(700, true, {}, true);
    expect_odds(north.stretch({aside_m}).odds(), odds_slowly({aside_m}));
  }
  for (const double swing_m : {4.8, 5.2}) {
    SCOPED_TRACE(swing_m);
    Corridor north(700, true, {}, true);
    expect_odds(north.stretch({swing_m, -swing_m}).odds(), odds_slowly({swing_m, -swing_m}));
  }
  for (const double aside_m : {15.0, 8.0, 6.0, 0.0}) {
    SCOPED_TRACE(aside_m);
    Corridor north(700, true, {}, true);
    for (const double away_s : {60.0, 30.0, 12.0}) north.fix(100 - away_s, 60 - away_s, aside_m);
    expect_odds(north.stretch({0}).odds(), odds_slowly({0}, 1, 0.15 * likelier(aside_m)));
  }
}

TEST(BesideOdds, WhereOnlyTheNearestSecondsAreSeenTheyCount) {
  Corridor near, few;
  for (const double away_s : {8.0, 5.0, 3.0}) near.fix(100 - away_s, 60 - away_s, 6);
  near.fix(98, 60, 0);
  expect_odds(near.stretch({0}).odds(), odds_slowly({0}, 1, 0.15 * likelier(6)));
  for (const double away_s : {61.0, 8.0, 5.0}) few.fix(100 - away_s, 60 - away_s, 6);
  expect_odds(few.stretch({0}).odds(), odds_slowly({0}));  // two fixes are too few
}

TEST(BesideOdds, RoadsBesideAreDrivenInTheDirectionOfThePath) {
  Corridor corridor;
  struct Arm {
    double degrees;  ///< from east to north
    bool asked, forward;
  };
  const Arm arms[] = {{29.6, true, true},  {30.4, false, true},  {149.6, false, true},  {150.4, true, false},
                      {-29.6, true, true}, {-30.4, false, true}, {-149.6, false, true}, {-150.4, true, false}};
  std::vector<uint16_t> roads;
  for (const Arm& arm : arms) {
    const double x = 60 * std::cos(arm.degrees * M_PI / 180), y = 60 * std::sin(arm.degrees * M_PI / 180);
    roads.push_back(
        corridor.map_.road(corridor.map_.node(540 - x, 520 - y), corridor.map_.node(540 + x, 520 + y), 120));
  }
  std::vector<std::optional<bool>> found(std::size(arms));
  corridor.stretch({0});
  corridor.accused(kFewDoIt, [&](const Leg& leg) {
    for (size_t k = 0; k < roads.size(); ++k) {
      if (leg.segment == roads[k]) found[k] = leg.forward;
    }
    EXPECT_EQ(leg.run, 0U);
    EXPECT_EQ(leg.enter_ms, leg.exit_ms);
    EXPECT_GE(leg.enter_ms, 100'000);
    EXPECT_LE(leg.enter_ms, 136'000);
    return false;
  });
  for (size_t k = 0; k < roads.size(); ++k) {
    EXPECT_EQ(found[k].has_value(), arms[k].asked) << arms[k].degrees;
    EXPECT_EQ(found[k].value_or(arms[k].forward), arms[k].forward) << arms[k].degrees;
  }
}

TEST(OddsAgainst, ACostInNatsIsWeighedBothWaysAndBounded) {
  EXPECT_DOUBLE_EQ(odds_against(0), 1);
  EXPECT_NEAR(odds_against(2), 0.1353, 1e-3);
  EXPECT_NEAR(odds_against(-2), 7.389, 0.02);
  EXPECT_DOUBLE_EQ(odds_against(-100), 1e6);
}

TEST(Independent, ErrorsThatDriftTogetherAreOneInTwiceTheirTime) {
  Settings settings;
  settings.match_error_time_s = 20;
  EXPECT_DOUBLE_EQ(independent(settings, 0, 10), 1);
  EXPECT_DOUBLE_EQ(independent(settings, 80, 10), 3);
  EXPECT_DOUBLE_EQ(independent(settings, 4000, 10), 10) << "no more than there are fixes";
}

}  // namespace
}  // namespace tomare::rules
