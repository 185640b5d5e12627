// SPDX-License-Identifier: MIT
#include "core-cpp/rules/corroboration.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core-cpp/match/way_error.hpp"
#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// A street of a kilometre, and what is asked of the drive on it.
struct Street : MadeDrive {
  explicit Street(bool forward = true) { road(1000, map.attributes[0], forward); }
  TwoWays ways(size_t from, size_t to) {
    return ask([=](const Context& c, const match::Run& run) { return two_ways(c, run.fixes, from, to); });
  }
  double mps(size_t from, size_t to) {
    return ask([=](const Context& c, const match::Run& run) { return mps_by_positions(c, run.fixes, from, to); });
  }
  Offset offset(uint32_t fix) {
    return ask([=](const Context& c, const match::Run&) { return offset_of(c, fix, metre_scale(c.log.lat_e7[fix])); });
  }
  double sigma(uint32_t fix) {
    return ask([=](const Context& c, const match::Run&) { return logged_sigma_m(c, fix); });
  }
  bool stood(Range range, double lowest_mps) {
    return ask(
        [=](const Context& c, const match::Run& run) { return stood_by_positions({c, run.fixes, range}, lowest_mps); });
  }
  bool drove(size_t k) {
    return ask([=](const Context& c, const match::Run& run) { return drove_by_positions(c, run.fixes, k); });
  }
  bool waits(Range range) {
    return ask([=](const Context& c, const match::Run& run) { return waits_by_speeds({c, run.fixes, range}); });
  }
};

TEST(LoggedSigma, WhatSmoothingRemovedCounts) {
  Street drive;
  drive.fix(0, 0, 36);
  EXPECT_DOUBLE_EQ(drive.sigma(0), 5);
  drive.trace.error.removed_m2 = 144;
  EXPECT_DOUBLE_EQ(drive.sigma(0), 13);
}

TEST(OffsetOf, AheadAndAsideOfThePlaceOnThePath) {
  for (const bool forward : {true, false}) {
    Street drive(forward);
    for (int s = 0; s < 3; ++s) drive.fix(s, 100 + 10 * s, 36);
    drive.shift(1, 7, -3);
    EXPECT_NEAR(drive.offset(0).ahead_m, 0, 0.05);
    EXPECT_NEAR(drive.offset(1).ahead_m, 7, 0.05) << "the car drives east, wherever the road was drawn to";
    EXPECT_NEAR(drive.offset(1).aside_m, 3, 0.05);
  }
}

TEST(OffsetOf, NothingIsKnownWhereTheMapIsDamaged) {
  Street drive;
  drive.map.damaged_tile = 1;
  drive.fix(0, 10, 36);
  drive.shift(0, 7, 3);
  EXPECT_EQ(drive.offset(0).ahead_m, 0);
  EXPECT_EQ(drive.offset(0).aside_m, 0);
}

TEST(TwoWays, BySpeedsAndByPositions) {
  Street drive;
  for (int s = 0; s <= 10; ++s) drive.fix(s, 8 * s, s < 5 ? 36 : 72);
  const TwoWays ways = drive.ways(0, 10);
  EXPECT_NEAR(ways.way_m, 80, 0.1);
  EXPECT_NEAR(ways.told_m, 4 * 10 + 15 + 5 * 20, 1e-3);
  const double sigma = match::way_sigma(drive.settings, 5, 10), braking = 10 * 0.15 * 0.15;
  EXPECT_NEAR(ways.error_m, 2.5 * std::sqrt(sigma * sigma + braking) + 2 * 10, 1e-3) << "a receiver's lag counts";
  drive.shift(10, 6);
  drive.shift(0, -4);
  EXPECT_NEAR(drive.ways(0, 10).way_m, 90, 0.1) << "by the positions as they were logged";
}

TEST(TwoWays, TheWorseOfBothEndsIsTheError) {
  Street drive;
  for (int s = 0; s <= 10; ++s) drive.fix(s, 10 * s, 36);
  const double before = drive.ways(0, 10).error_m;
  drive.accuracy_m[0] = 20;
  const double first = drive.ways(0, 10).error_m;
  EXPECT_GT(first, before);
  std::swap(drive.accuracy_m[0], drive.accuracy_m[10]);
  EXPECT_DOUBLE_EQ(drive.ways(0, 10).error_m, first);
}

TEST(MpsByPositions, OverTheTimeBetween) {
  Street drive;
  for (int s = 0; s <= 10; ++s) drive.fix(2 * s, 10 * s, 72);
  EXPECT_NEAR(drive.mps(0, 10), 5, 0.01);
  EXPECT_NEAR(drive.mps(3, 5), 5, 0.01);
  EXPECT_EQ(drive.mps(4, 4), 0) << "no time";
  Street brief;
  for (int s = 0; s <= 2; ++s) brief.fix(0.5 * s, 5 * s, 72);
  EXPECT_NEAR(brief.mps(0, 1), 10, 0.1) << "half a second";
}

/// The car crawls so many metres a second between two fixes that tell 36 km/h.
bool stood_at(double mps, double seconds = 10) {
  Street drive;
  drive.fix(0, 100, 36);
  drive.fix(1, 110, 36);
  for (int s = 1; s <= seconds; ++s) drive.fix(1 + s, 110 + mps * s, 36);
  return drive.stood({0, drive.time_ms.size()}, 10);
}

TEST(StoodByPositions, FarSlowerThanTheLowestSpeedForSomeSeconds) {
  EXPECT_TRUE(stood_at(0));
  EXPECT_FALSE(stood_at(10));
  EXPECT_TRUE(stood_at(4.9, 3)) << "three seconds are enough";
  EXPECT_FALSE(stood_at(5.1, 3)) << "more than half of what the speeds tell was driven";
  EXPECT_FALSE(stood_at(0, 1)) << "less are not: the second before counts to them";
}

TEST(StoodByPositions, ByMoreThanTheirErrorMakes) {
  Street drive;
  const double edge_m = 2.5 * match::way_sigma(drive.settings, 5, 3);
  for (int s = 0; s <= 3; ++s) drive.fix(s, 100, 36);
  const auto stood = [&](double lowest_mps) { return drive.stood({0, drive.time_ms.size()}, lowest_mps); };
  EXPECT_TRUE(stood(edge_m / 3 + 0.1));
  EXPECT_FALSE(stood(edge_m / 3 - 0.1));
}

TEST(StoodByPositions, WhereThePositionsLieFarApartTheCarDrove) {
  const auto stood_off = [](double metres) {
    Street drive;
    for (int s = 0; s <= 3; ++s) drive.fix(s, 100 + 10 * s, 36);
    drive.shift(0, metres, 0);
    return drive.stood({0, drive.time_ms.size()}, 10);
  };
  EXPECT_FALSE(stood_off(13)) << "17 of 30 metres";
  EXPECT_TRUE(stood_off(16)) << "14 of 30 metres";
}

TEST(StoodByPositions, ByMoreThanSpeedsAndPositionsDifferAroundIt) {
  const auto stood = [](double swing_m, int around = 40) {
    Street drive;  // stands for three seconds by its positions, and each tells an error that would explain it
    for (int s = 0; s <= 2 * around + 3; ++s) drive.fix(s, 10 * (s - std::clamp(s - around, 0, 3)), 36);
    for (int s = 0; s <= 2 * around + 3; ++s) {
      drive.accuracy_m[static_cast<size_t>(s)] = 40;
      const bool beside = s < around - 3 || s > around + 6;
      if (beside && s % 2 == 0) drive.shift(static_cast<size_t>(s), swing_m);
    }
    const auto begin = static_cast<size_t>(around);
    return drive.stood({begin, begin + 4}, 10);
  };
  const double edge_m = 30 / (2.5 * 1.4826);  // ways of three seconds differ by the swing
  EXPECT_TRUE(stood(0));
  EXPECT_TRUE(stood(edge_m - 0.2));
  EXPECT_FALSE(stood(edge_m + 0.2));
  EXPECT_FALSE(stood(0, 15)) << "too few ways show it";
}

TEST(StoodByPositions, OfNoFixesNothingIsSaid) {
  Street drive;
  drive.fix(0, 100, 36);
  EXPECT_FALSE(drive.stood({0, 0}, 10));
  EXPECT_FALSE(drive.stood({0, 1}, 10));
}

/// Ten seconds at which the positions move, and the speeds tell less.
bool drove_at(double mps, size_t k = 5, double told_mps = 0) {
  Street drive;
  for (int s = 0; s <= 10; ++s) drive.fix(s, 100 + mps * s, 3.6 * told_mps);
  drive.put_run_before();  // whose fixes say nothing here
  return drive.drove(k);
}

TEST(DroveByPositions, FartherInFourSecondsThanTheErrorIs) {
  Street any;
  const double edge_mps = 2.5 * std::hypot(match::way_sigma(any.settings, 5, 4), std::sqrt(4.0) * 0.15) / 4;
  EXPECT_TRUE(drove_at(edge_mps + 0.1));
  EXPECT_FALSE(drove_at(edge_mps - 0.1));
  EXPECT_FALSE(drove_at(0));
  EXPECT_TRUE(drove_at(edge_mps + 0.6, 5, 0.5)) << "beyond what the speeds tell themselves";
  EXPECT_FALSE(drove_at(edge_mps + 0.4, 5, 0.5));
  const double end_mps = 2.5 * std::hypot(match::way_sigma(any.settings, 5, 2), std::sqrt(2.0) * 0.15) / 2;
  for (const size_t end : {size_t{0}, size_t{10}}) {
    EXPECT_TRUE(drove_at(end_mps + 0.1, end)) << "two seconds on one side";
    EXPECT_FALSE(drove_at(end_mps - 0.1, end));
  }
}

/// A drive at 5 m/s or so whose positions lie ahead by so much every other four seconds; then eight seconds of speed 0,
/// in the middle of which the positions go on so far.
bool drove_among(double ahead_m, double gone_m, int driven_s = 60, float later_kmh = 0, double mps = 5) {
  Street drive;
  for (int s = 0; s < driven_s; ++s) drive.fix(s, mps * s + (s / 4 % 2 == 0 ? 0 : ahead_m), 3.6 * mps);
  const double stand_m = mps * driven_s + ahead_m;
  for (int s = 0; s <= 8; ++s)
    drive.fix(driven_s + s, stand_m + gone_m * std::clamp(s / 4.0 - 0.5, 0.0, 1.0), s == 6 ? later_kmh : 0);
  return drive.drove(static_cast<size_t>(driven_s) + 4);
}

TEST(DroveByPositions, FartherThanSpeedsAndPositionsDifferAroundIt) {
  EXPECT_FALSE(drove_among(1, 2 * 1.4826 - 0.05));
  EXPECT_TRUE(drove_among(1, 2 * 1.4826 + 0.05));
  EXPECT_FALSE(drove_among(0, 1.95)) << "no log is so good";
  EXPECT_TRUE(drove_among(0, 2.05));
  EXPECT_FALSE(drove_among(0, 3, 60, 3.6F)) << "half a metre is told, and half a metre may be the lag";
  EXPECT_TRUE(drove_among(0, 3.05, 60, 3.6F));
}

TEST(DroveByPositions, WaysOfACarThatCrawlsShowNothing) {
  EXPECT_TRUE(drove_among(0, 3, 60, 0, 2.05));
  EXPECT_FALSE(drove_among(0, 3, 60, 0, 1.95)) << "at a stand positions wander";
}

TEST(DroveByPositions, TheTwoMinutesAroundItShowHowTheyDiffer) {
  const auto drove = [](int swings_until_s) {
    Street drive;  // 300 s at 3 m/s, then the stand, in which the positions go on by 3 m
    for (int s = 0; s < 300; ++s) drive.fix(s, 3 * s + (s < swings_until_s && s / 4 % 2 == 1 ? 2 : 0), 10.8);
    for (int s = 0; s <= 8; ++s) drive.fix(300 + s, 900 + 3 * std::clamp(s / 4.0 - 0.5, 0.0, 1.0), 0);
    return drive.drove(304);
  };
  EXPECT_TRUE(drove(184)) << "all that is older than that swings";
  EXPECT_FALSE(drove(250)) << "most of the two minutes";
}

TEST(DroveByPositions, TwentyWaysShowHowTheyDiffer) {
  EXPECT_FALSE(drove_among(0, 5, 28));
  EXPECT_TRUE(drove_among(0, 5, 29));
}

/// Fixes so many seconds and 20 m apart, by whose logged speeds the car walks.
Street walking(double seconds = 3) {
  Street drive;
  for (int k = 0; k < 6; ++k) drive.fix(seconds * k, 20.0 * k, 36);
  drive.speed_mps.assign(drive.speed_mps.size(), 1.9F);
  return drive;
}

TEST(WaitsBySpeeds, WhereNoneShowsACarThatDrives) {
  EXPECT_TRUE(walking().waits({1, 5}));
  EXPECT_FALSE(walking().waits({1, 2})) << "one fix may be anything";
  EXPECT_FALSE(walking(3.1).waits({1, 5})) << "it may have driven between them";
  for (const float other : {2.0F, std::numeric_limits<float>::quiet_NaN()}) {
    for (const size_t k : {1, 4}) {
      Street drive = walking();
      drive.speed_mps[k] = other;
      EXPECT_FALSE(drive.waits({1, 5}));
      EXPECT_TRUE(drive.waits(k == 1 ? Range{2, 5} : Range{1, 4}));
    }
  }
}

TEST(WaitsBySpeeds, SpeedsThatAreBelievedNowhereSayNothing) {
  Street drive = walking();
  drive.channels.speed_fixes = 6;
  drive.channels.speed_aside = 5;
  EXPECT_TRUE(drive.waits({1, 5}));
  drive.channels.speed_aside = 6;
  EXPECT_FALSE(drive.waits({1, 5}));
}

}  // namespace
}  // namespace tomare::rules
