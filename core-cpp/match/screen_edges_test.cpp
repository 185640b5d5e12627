// SPDX-License-Identifier: MIT
// How far speeds and positions may part before the first look leaves a drive to the closer one, at each edge.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/screen.hpp"
#include "core-cpp/match/way_error.hpp"

namespace tomare::match {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// To the northeast (3 : 4) in the latitude of Tokyo, at two speeds in turns; positions are those of the speeds, but
/// for what a test adds.
struct East {
  std::vector<int64_t> time_ms;
  std::vector<double> x_m;
  std::vector<float> speed_mps, accuracy_m;
  std::vector<uint8_t> usable;
  uint32_t turn_at;  ///< fix from which it goes to the right

  East(uint32_t steps, double step_s, float slow_mps, float fast_mps, double ratio = 1) {
    for (uint32_t i = 0; i <= steps; ++i) {
      time_ms.push_back(1'790'000'000'000 + std::llround(i * step_s * 1000));
      x_m.push_back(i * step_s * (slow_mps + fast_mps) / 2 / ratio);
      speed_mps.push_back(i % 2 == 0 ? slow_mps : fast_mps);
      accuracy_m.push_back(kNone);
      usable.push_back(1);
    }
    turn_at = steps;
  }
  /// All fixes from there on lie so much farther.
  East& farther(uint32_t from, double metres) {
    for (size_t i = from; i < x_m.size(); ++i) x_m[i] += metres;
    return *this;
  }
  East& told(float accuracy) {
    accuracy_m.assign(accuracy_m.size(), accuracy);
    return *this;
  }
  FirstLook look(bool told = true) const {
    constexpr int32_t kLat = 350'000'000;
    const MetreScale scale = metre_scale(kLat);
    std::vector<int32_t> lat, lon;
    for (size_t i = 0; i < x_m.size(); ++i) {
      const double x = std::min(x_m[i], x_m[turn_at]), aside = x_m[i] - x;
      lat.push_back(kLat + static_cast<int32_t>(std::lround((0.8 * x - 0.6 * aside) / scale.y)));
      lon.push_back(static_cast<int32_t>(std::lround((0.6 * x + 0.8 * aside) / scale.x)));
    }
    const std::vector<float> none(x_m.size(), kNone);
    const Fixes fixes = {static_cast<uint32_t>(x_m.size()),
                         time_ms.data(),
                         lat.data(),
                         lon.data(),
                         speed_mps.data(),
                         none.data(),
                         accuracy_m.data()};
    return look_first(fixes, usable, {}, told);
  }
};

/// A minute and a half at 10.5 m/s, a fix each two seconds.
East drive() { return {45, 2, 10, 11}; }

/// Metres that eight seconds, or 24, of it may be wrong by.
double most_m(double seconds, double sigma_m = 6, double step_s = 2) {
  const double errors_m = 3 * sigma_m * way_sigma({}, 1, seconds);
  const double braking = step_s > 7 ? 2 : 1, dt2 = step_s * step_s;
  const double variance = step_s > 1.5 ? 16 * 0.0225 * braking * braking * dt2 * dt2 * seconds / step_s : 0;
  return std::sqrt(errors_m * errors_m + variance) + 0.04 * 10.5 * seconds;
}

TEST(ScreenEdges, AJumpAheadOrBackThatErrorsDoNotExplain) {
  for (const int sign : {-1, 1}) {
    EXPECT_TRUE(drive().farther(20, sign * (most_m(8) - 0.2)).look().windows_agree) << sign;
    EXPECT_FALSE(drive().farther(20, sign * (most_m(8) + 0.2)).look().windows_agree) << sign;
  }
  const double dense_m = most_m(8, 6, 1);
  EXPECT_TRUE(East(90, 1, 10, 11).farther(40, dense_m - 0.2).look().windows_agree);
  EXPECT_FALSE(East(90, 1, 10, 11).farther(40, dense_m + 0.2).look().windows_agree) << "braking would show";
  const double sparse_m = most_m(8, 6, 8) + 1.5;
  EXPECT_TRUE(East(45, 8, 10, 11).farther(20, sparse_m - 0.3).look().windows_agree);
  EXPECT_FALSE(East(45, 8, 10, 11).farther(20, sparse_m + 0.3).look().windows_agree) << "speeds lag by 1.5 s";
}

TEST(ScreenEdges, ADriftOfTwentyFourSeconds) {
  const auto drifting = [](double metres) {
    East east = drive();
    for (uint32_t i = 21; i <= 32; ++i) east.farther(i, metres / 12);
    return east.look().windows_agree;
  };
  EXPECT_TRUE(drifting(most_m(24) - 0.3));
  EXPECT_FALSE(drifting(most_m(24) + 0.3));
  EXPECT_TRUE(drifting(-most_m(24) + 0.3));
  EXPECT_FALSE(drifting(-most_m(24) - 0.3));
}

TEST(ScreenEdges, AToldErrorCountsFromTheExpectedOneUpToFiveTimes) {
  const auto agrees = [](float accuracy, double metres, bool told = true) {
    return drive().told(accuracy).farther(20, metres).look(told).windows_agree;
  };
  EXPECT_TRUE(agrees(12, most_m(8, 12) - 0.2));
  EXPECT_FALSE(agrees(12, most_m(8, 12) + 0.2));
  EXPECT_FALSE(agrees(12, most_m(8) + 0.2, false)) << "it is known to be no error";
  EXPECT_TRUE(agrees(2, most_m(8) - 0.2));
  EXPECT_TRUE(agrees(500, most_m(8, 30) - 0.3));
  EXPECT_FALSE(agrees(500, most_m(8, 30) + 0.3));
}

TEST(ScreenEdges, SpeedsThatNoCarHasOneAfterTheOther) {
  const auto jumping = [](float more_mps) {
    East east(45, 2, 20, 20);
    for (uint32_t i = 20; i <= 45; ++i) east.speed_mps[i] += more_mps;
    return east.farther(20, more_mps).look().windows_agree;
  };
  const auto moved = [](float more_mps) {  // positions that follow
    East east(45, 2, 20, 20);
    for (uint32_t i = 20; i <= 45; ++i) east.speed_mps[i] += more_mps;
    for (uint32_t i = 20; i <= 45; ++i) east.farther(i, i == 20 ? more_mps : 2 * more_mps);
    return east.look().windows_agree;
  };
  EXPECT_TRUE(moved(12.9F));
  EXPECT_FALSE(moved(13.1F)) << "6 m/s2, and 1 m/s of noise";
  EXPECT_TRUE(moved(-12.9F));
  EXPECT_FALSE(moved(-13.1F));
  EXPECT_FALSE(jumping(12));
}

TEST(ScreenEdges, WhatIsMissingOrTooFarApart) {
  East first = drive(), within = drive(), left_out = drive();
  first.speed_mps[0] = kNone;
  EXPECT_FALSE(first.look().windows_agree);
  within.speed_mps[7] = kNone;
  EXPECT_FALSE(within.look().windows_agree);
  left_out.speed_mps[0] = left_out.speed_mps[7] = kNone;
  left_out.usable[0] = left_out.usable[7] = 0;
  EXPECT_TRUE(left_out.look().all_agrees) << "it is not asked";
  left_out.usable.assign(left_out.usable.size(), 0);
  EXPECT_FALSE(left_out.look().windows_agree);
  EXPECT_TRUE(East(45, 20, 10, 11).look().windows_agree);
  EXPECT_FALSE(East(45, 20.1, 10, 11).look().windows_agree);
}

TEST(ScreenEdges, SixteenWindowsOfEightSecondsAndAMovementAreTheLeast) {
  EXPECT_FALSE(East(18, 2, 10, 11).look().windows_agree);
  EXPECT_TRUE(East(19, 2, 10, 11).look().windows_agree);
  EXPECT_FALSE(East(45, 2, 0, 0).look().windows_agree) << "it stands";
}

TEST(ScreenEdges, ABendIsNoWayThatIsMissing) {
  East bends = drive();
  bends.turn_at = 20;
  EXPECT_TRUE(bends.look().all_agrees);
}

TEST(ScreenEdges, ARatioOfSevenInAHundred) {
  const auto settled = [](double ratio) { return East(45, 5, 3.15F, 3.45F, ratio).look(); };
  EXPECT_TRUE(settled(1.068).all_agrees);
  EXPECT_NEAR(settled(1.068).ratio, 1.068, 0.002);
  EXPECT_FALSE(settled(1.072).all_agrees);
  EXPECT_TRUE(settled(1.072).windows_agree);
  EXPECT_TRUE(settled(1 / 1.068).all_agrees);
  EXPECT_FALSE(settled(1 / 1.072).all_agrees);
}

TEST(ScreenEdges, WaysThatAreMissedByThreeMetresInTheMean) {
  const auto settled = [](float mps) { return East(45, 2, mps - 0.5F, mps + 0.5F, 1.03).look().all_agrees; };
  EXPECT_TRUE(settled(11.6F)) << "2.70 m in eight seconds";
  EXPECT_FALSE(settled(12)) << "2.80 m";
}

TEST(ScreenEdges, ASpeedThatHardlyVariesSettlesNothing) {
  EXPECT_FALSE(East(45, 2, 10, 10.5F).look().all_agrees);
  EXPECT_TRUE(East(45, 2, 10, 10.7F).look().all_agrees);
}

TEST(ScreenEdges, MovementsOfFifteenMetresTellTheRatio) {
  EXPECT_FALSE(East(45, 2, 6.9F, 7.9F).look().windows_agree) << "14.8 m";
  EXPECT_TRUE(East(45, 2, 7.1F, 8.1F).look().windows_agree) << "15.2 m";
}

}  // namespace
}  // namespace tomare::match
