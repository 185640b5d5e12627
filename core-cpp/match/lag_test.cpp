// SPDX-License-Identifier: MIT
#include "core-cpp/match/lag.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/check_channels.hpp"
#include "core-cpp/match/made_log_test.hpp"

namespace tomare::match {
namespace {

/// Stands for eight seconds in every 40, and takes eight each to speed up and to brake.
double mps_at(double t) {
  const double in = t - 40 * std::floor(t / 40);
  return std::clamp(1.5 * std::min(in - 8, 40 - in), 0.0, 12.0);
}

/// To the northeast (3 : 4) in the latitude of Tokyo, with speeds and courses of some seconds before.
struct Late : testing::MadeLog {
  Late(double lag_s, int seconds, double step_s = 1) {
    double x_m = 0;
    for (int i = 0; i * step_s <= seconds; ++i) {
      const double t = i * step_s;
      for (int k = 0; i > 0 && k < 100; ++k) x_m += 0.01 * step_s * mps_at(t - step_s + 0.01 * step_s * (k + 0.5));
      fix(t, x_m, static_cast<float>(mps_at(t - lag_s)));
    }
  }
  /// The speeds through a low pass of so many seconds, as often as there are fixes.
  Late& filtered(double seconds) {
    for (size_t i = 1; i < speed_mps.size(); ++i) {
      const double dt = static_cast<double>(time_ms[i] - time_ms[i - 1]) * 0.001;
      speed_mps[i] =
          speed_mps[i - 1] + (speed_mps[i] - speed_mps[i - 1]) * static_cast<float>(1 - std::exp(-dt / seconds));
    }
    return *this;
  }
  /// The mean of the speeds of so many seconds before each fix and after it.
  Late& averaged(int before, int after) {
    const std::vector<float> all(speed_mps.begin(), speed_mps.end());
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
      const int from = std::max(0, i - before), to = std::min(static_cast<int>(all.size()) - 1, i + after);
      float sum = 0;
      for (int k = from; k <= to; ++k) sum += all[static_cast<size_t>(k)];
      speed_mps[static_cast<size_t>(i)] = sum / static_cast<float>(to - from + 1);
    }
    return *this;
  }
  void fix(double seconds, double x_m, float mps, float course = 36.87F) {
    constexpr int32_t kLat = 350'000'000;
    const MetreScale scale = metre_scale(kLat);
    add(1'790'000'000'000 + std::llround(seconds * 1000), kLat + static_cast<int32_t>(std::lround(0.8 * x_m / scale.y)),
        static_cast<int32_t>(std::lround(0.6 * x_m / scale.x)), mps, course);
  }
  std::vector<uint8_t> usable() const { return std::vector<uint8_t>(time_ms.size(), 1); }
  double lag_s() const { return speed_lag(fixes(), usable()).seconds; }
  Channels checked() const {
    Channels out;
    check_channels(fixes(), {}, &out);
    return out;
  }
};

TEST(SpeedLag, IsFoundFromOneSecondToThree) {
  EXPECT_EQ(Late(0, 600).lag_s(), 0);
  EXPECT_EQ(Late(0.75, 600).lag_s(), 0) << "less than a speed errs by";
  for (const double lag_s : {1.0, 1.5, 2.0, 3.0}) EXPECT_EQ(Late(lag_s, 600).lag_s(), lag_s);
  EXPECT_EQ(Late(3.5, 600).lag_s(), 0) << "another clock";
  EXPECT_EQ(Late(10, 600).lag_s(), 0);
  EXPECT_EQ(Late(-2, 600).lag_s(), 0) << "no filter tells what comes";
}

TEST(SpeedLag, NeedsThirtyWaysInWhichTheSpeedChanges) {
  EXPECT_EQ(Late(2, 600, 2).lag_s(), 2);
  EXPECT_EQ(Late(2, 600, 2.2).lag_s(), 0) << "fixes too far apart";
  EXPECT_EQ(Late(2, 40).lag_s(), 0) << "one start and one stop";
  Late even(2, 0);
  for (int t = 1; t < 600; ++t) even.fix(t, 10 * t, t % 2 == 0 ? 9 : 11);
  EXPECT_EQ(even.lag_s(), 0);
}

/// Stretches of so many seconds, each after a silence of three: the car speeds up evenly in one and brakes in the next,
/// and the speeds are those of some seconds before.
struct Stretches : Late {
  double mps2 = 1.5, lag = 2, seconds = 10;
  Stretches() : Late(0, -1) {}
  Stretches& add(int count, double jump_m = 0) {
    for (int n = 0; n < count; ++n, begins_s_ += seconds + 3) {
      const double first_mps = n % 2 == 0 ? 5 : 5 + mps2 * seconds, gains = n % 2 == 0 ? mps2 : -mps2;
      for (double t = 0; t <= seconds; ++t) {
        const double jumps_m = t > seconds / 2 ? jump_m : 0;
        fix(begins_s_ + t, first_mps * t + gains * t * t / 2 + jumps_m,
            static_cast<float>(first_mps + gains * (t - lag)));
      }
    }
    return *this;
  }

 private:
  double begins_s_ = 0;
};

double lag_of(int count, double seconds = 10, double mps2 = 1.5, double lag = 2) {
  Stretches drive;
  drive.seconds = seconds;
  drive.mps2 = mps2;
  drive.lag = lag;
  return drive.add(count).lag_s();
}

TEST(SpeedLag, AWayOfSixSecondsTellsItWhereTheSpeedsOfFourMoreAreKnown) {
  EXPECT_EQ(lag_of(30), 2) << "one way each";
  EXPECT_EQ(lag_of(29), 0);
  EXPECT_EQ(lag_of(60, 9), 0) << "none has its ten seconds";
  EXPECT_EQ(lag_of(15, 11), 2) << "two ways each";
  EXPECT_EQ(lag_of(14, 11), 0);
}

TEST(SpeedLag, AWayOnWhichTheSpeedChangesByThreeMetresPerSecondTellsIt) {
  EXPECT_EQ(lag_of(40, 10, 0.51), 2);
  EXPECT_EQ(lag_of(40, 10, 0.49), 0);
}

TEST(SpeedLag, IsFoundToAQuarterOfASecond) {
  for (const double lag_s : {1.0, 1.25, 1.5, 1.75, 2.25, 2.75, 3.0}) EXPECT_EQ(lag_of(40, 10, 1.5, lag_s), lag_s);
  EXPECT_EQ(lag_of(40, 10, 1.5, 3.25), 0) << "another clock";
  EXPECT_EQ(lag_of(40, 10, 1.5, 4), 0);
}

TEST(SpeedLag, JumpsOfTheReceiverHideItWhereTheyAreAsMany) {
  const auto among = [](int jumps) {
    Stretches drive;
    drive.mps2 = 0.6;
    drive.lag = 1.25;  // 4.5 m a way, and a jump counts as 12
    return drive.add(30).add(jumps, 100).lag_s();
  };
  EXPECT_EQ(among(30), 1.25);
  EXPECT_EQ(among(38), 0);
}

TEST(SpeedLag, AWayRoundABendIsNotTheLineAcrossIt) {
  Late round(0, -1);  // on a circle of 20 m, which it drives round in ten seconds
  constexpr int32_t kLat = 350'000'000;
  constexpr double kRadiusM = 20;
  const MetreScale scale = metre_scale(kLat);
  double way_m = 0;
  for (int t = 0; t <= 300; ++t) {
    for (int k = 0; t > 0 && k < 100; ++k) way_m += 0.01 * mps_at(t - 1 + 0.01 * (k + 0.5));
    const double angle = way_m / kRadiusM;
    round.add(
        1'790'000'000'000 + 1000 * t, kLat + static_cast<int32_t>(std::lround(kRadiusM * std::sin(angle) / scale.y)),
        static_cast<int32_t>(std::lround(kRadiusM * std::cos(angle) / scale.x)), static_cast<float>(mps_at(t - 2)), 0);
  }
  EXPECT_EQ(round.lag_s(), 2);
}

TEST(SpeedLag, ALowPassOfSecondsIsNoLag) {
  for (const double seconds : {2.5, 4.0, 5.0, 7.0}) {
    Late log(0, 600);
    const Lag lag = speed_lag(log.filtered(seconds).fixes(), log.usable());
    EXPECT_TRUE(lag.filtered) << seconds;
    EXPECT_EQ(lag.seconds, 0);
  }
  EXPECT_TRUE(speed_lag(Late(0, 600, 2).filtered(4).fixes(), std::vector<uint8_t>(301, 1)).filtered)
      << "every two seconds";
  EXPECT_TRUE(speed_lag(Late(0, 90).filtered(4).fixes(), std::vector<uint8_t>(91, 1)).filtered)
      << "two starts and stops";
}

TEST(SpeedLag, ReceiversAndShiftsAreNoLowPass) {
  for (const double seconds : {0.5, 1.0}) {
    Late log(0, 600);
    EXPECT_FALSE(speed_lag(log.filtered(seconds).fixes(), log.usable()).filtered) << seconds;
  }
  for (const double lag_s : {-2.0, 0.0, 1.0, 2.0, 3.0, 5.0, 10.0}) {
    const Late log(lag_s, 600);
    EXPECT_FALSE(speed_lag(log.fixes(), log.usable()).filtered) << lag_s;
  }
  Late mean(0, 600);
  EXPECT_FALSE(speed_lag(mean.averaged(2, 2).fixes(), mean.usable()).filtered) << "of both sides";
}

TEST(SpeedLag, OneStartShowsNoLowPass) {
  Late log(0, 35);  // stands, starts, and brakes at the end
  for (size_t i = 20; i < log.speed_mps.size(); ++i) log.speed_mps[i] = 12;
  EXPECT_FALSE(speed_lag(log.filtered(4).fixes(), log.usable()).filtered);
}

TEST(CheckChannels, SpeedsThroughALowPassAreBelievedNowhere) {
  Late log(0, 600);
  const Channels found = log.filtered(3).checked();
  EXPECT_EQ(found.notes, kNote_speed_late | kNote_speed_contradicted_all_along);
  EXPECT_EQ(found.speed_aside, found.speed_fixes);
  EXPECT_TRUE(found.disputed_at(300));
}

TEST(WithoutLag, TakesTheSpeedOfTheMomentAndTheNearestCourse) {
  Late log(0, 0);  // one fix at 0 s
  log.fix(1, 10, 10, 100);
  log.fix(2, 20, 20, 120);
  log.fix(3, 30, 30, 130);
  const Velocities v = without_lag(log.fixes(), log.usable(), 1.25);
  EXPECT_FLOAT_EQ(v.speed_mps[0], 12.5F);
  EXPECT_EQ(v.heading_deg[0], 100);
  EXPECT_FLOAT_EQ(v.speed_mps[1], 22.5F);
  EXPECT_TRUE(std::isnan(v.speed_mps[2])) << "nothing comes after";
  EXPECT_TRUE(std::isnan(v.heading_deg[3]));
}

TEST(WithoutLag, KnowsNothingOverASilenceAndLooksPastWhatCannotBeUsed) {
  Late log(0, 0);
  log.fix(1, 10, 10);
  log.fix(2, 20, 99);
  log.fix(3, 30, 30);
  log.fix(6, 60, 60);
  std::vector<uint8_t> usable = log.usable();
  usable[2] = 0;
  const Velocities v = without_lag(log.fixes(), usable, 1.5);
  EXPECT_FLOAT_EQ(v.speed_mps[0], 15);
  EXPECT_FLOAT_EQ(v.speed_mps[1], 25);
  EXPECT_TRUE(std::isnan(v.speed_mps[2])) << "that fix is none";
  EXPECT_TRUE(std::isnan(v.speed_mps[3])) << "three seconds of silence";
}

TEST(CheckChannels, SpeedsThatComeLateAreMovedBack) {
  const Channels late = Late(2, 600).checked();
  EXPECT_EQ(late.notes, uint32_t{kNote_speed_lag});
  ASSERT_EQ(late.speed_mps.size(), 601U);
  for (int t = 5; t < 590; ++t) EXPECT_NEAR(late.speed_mps[static_cast<size_t>(t)], mps_at(t), 0.01);
  EXPECT_EQ(Late(0, 600).checked().notes, 0U);
  Late open(2, 600);
  open.speed_unit_open = true;
  EXPECT_EQ(open.checked().notes & kNote_speed_lag, 0U) << "first the unit must be known";
}

}  // namespace
}  // namespace tomare::match
