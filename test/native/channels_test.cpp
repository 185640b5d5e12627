// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/match/check_channels.hpp"
#include "test/native/simulated_log.hpp"

namespace tomare::match {
namespace {

using testing::SimulatedLog;

/// Stops every 53 seconds for five, and takes ten seconds to brake and to speed up.
double town(double t) {
  const double in = t - 53 * std::floor(t / 53);
  if (in < 5) return 0;
  if (in < 15) return 1.4 * (in - 5);
  return in < 43 ? 14 : 1.4 * (53 - in);
}
double bend(double t) { return static_cast<int>(t) % 60 < 5 || static_cast<int>(t) % 120 > 70 ? 0 : 1.5; }

SimulatedLog drive(double step_s = 1, double sigma_m = 3) { return {600, step_s, sigma_m, town, bend}; }

Channels checked(const SimulatedLog& log) {
  Channels channels;
  check_channels(log.fixes(), {}, &channels);
  return channels;
}

/// Fixes whose speed is left aside, from the first such to the last, in seconds.
std::pair<double, double> aside_between(const SimulatedLog& log, const Channels& c) {
  std::pair<double, double> span{-1, -1};
  for (uint32_t i = 0; i < log.time_ms.size(); ++i) {
    if (!c.disputed_at(i)) continue;
    span.second = static_cast<double>(log.time_ms[i] - log.time_ms[0]) * 0.001;
    if (span.first < 0) span.first = span.second;
  }
  return span;
}

TEST(Channels, HonestDrivesKeepAllAtEveryStepAndError) {
  for (const double step_s : {0.2, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0}) {
    for (const double sigma_m : {1.0, 3.0, 6.0, 8.0}) {
      const SimulatedLog log = drive(step_s, sigma_m);
      const Channels c = checked(log);
      EXPECT_EQ(c.notes, 0U) << step_s << " s, " << sigma_m << " m";
      EXPECT_EQ(c.speed_aside + c.course_aside, 0U);
      EXPECT_TRUE(c.speed_mps.empty() && c.heading_deg.empty());
      if (step_s > 5) continue;
      EXPECT_NEAR(c.speed_ratio, 1, 0.05) << step_s << " s, " << sigma_m << " m";
    }
  }
}

TEST(Channels, SpeedsThatLagTwoSecondsAreMovedBackAndThoseThatRunAheadAreHonest) {
  for (const double lag_s : {-2.0, -1.0, 1.0, 2.0}) {
    SimulatedLog log = drive();
    for (size_t i = 0; i < log.speed_mps.size(); ++i) {
      log.speed_mps[i] = static_cast<float>(town(std::fmax(0, static_cast<double>(i) - lag_s)));
    }
    EXPECT_EQ(checked(log).notes, lag_s > 0 ? uint32_t{kNote_speed_lag} : 0U) << lag_s;
  }
}

TEST(Channels, AFactorIsAUnit) {
  for (const double factor : {3.6, 1.943844, 2.236936, 1.609344, 1.852, 1.17}) {
    for (const double step_s : {1.0, 5.0}) {
      SimulatedLog log = drive(step_s);
      for (float& v : log.speed_mps) v = static_cast<float>(v * factor);
      const Channels c = checked(log);
      EXPECT_EQ(c.notes, kNote_speed_unit) << factor << ", " << step_s << " s";
      EXPECT_NEAR(c.speed_ratio, factor, 0.05 * factor);
      EXPECT_NEAR(c.speed_factor, factor == 1.17 ? 1.150779 : factor, 1e-6) << step_s;
      EXPECT_EQ(c.speed_aside, c.speed_fixes);
      EXPECT_TRUE(std::isnan(c.believed(log.fixes()).speed_mps[5]));
    }
  }
}

TEST(Channels, AnotherFactorMayBeTheClocks) {
  for (const double factor : {0.1, 0.25, 0.2777778, 0.5, 0.5144444, 0.6213712, 2.2 / 1.7, 10.0}) {
    for (const bool open : {false, true}) {
      for (const double step_s : {1.0, 5.0}) {
        SimulatedLog log = drive(step_s);
        log.speed_unit_open = open;
        for (float& v : log.speed_mps) v = static_cast<float>(v * factor);
        const Channels c = checked(log);
        if (step_s > 2 && std::fabs(factor - 1) < 0.5) continue;  // chords cut corners
        EXPECT_EQ(c.notes, kNote_speed_contradicted_all_along) << factor << ", " << step_s << " s";
        EXPECT_NEAR(c.speed_ratio, factor, 0.05 * factor);
        EXPECT_EQ(c.speed_aside, c.speed_fixes);
        for (uint32_t i = 0; i < log.fixes().count; ++i) EXPECT_TRUE(c.disputed_at(i));
      }
    }
  }
}

TEST(Channels, WhereTheUnitIsOpenTheFactorConverts) {
  SimulatedLog log = drive();
  log.speed_unit_open = true;
  EXPECT_EQ(checked(log).notes, 0U);  // metres per second indeed
  const std::vector<float> true_mps = log.speed_mps;
  for (float& v : log.speed_mps) v *= 3.6F;
  Channels c = checked(log);
  EXPECT_EQ(c.notes, kNote_speed_converted);
  EXPECT_EQ(c.speed_aside, 0U);
  for (size_t i = 0; i < true_mps.size(); ++i) {
    EXPECT_NEAR(c.believed(log.fixes()).speed_mps[i], true_mps[i], 1e-4);
    EXPECT_NEAR(c.told_mps(log.fixes(), static_cast<uint32_t>(i)), true_mps[i], 1e-4);
  }
  for (float& v : log.speed_mps) v *= 0.1F;  // what unit that is nobody knows, or what clock
  EXPECT_EQ(checked(log).notes, kNote_speed_contradicted_all_along);
}

TEST(Channels, AnOpenUnitThatNothingTellsIsNoSpeed) {
  SimulatedLog log(12, 1, 3, [](double) { return 0.0; }, bend);
  log.speed_unit_open = true;
  EXPECT_EQ(checked(log).notes, kNote_speed_unit_unknown);
}

TEST(Channels, OneValueAllAlongIsNoSpeed) {
  for (const float value : {0.0F, 5.0F, 30.0F}) {
    for (const double step_s : {1.0, 5.0, 60.0}) {
      SimulatedLog log = drive(step_s);
      for (float& v : log.speed_mps) v = value;
      const Channels c = checked(log);
      if (step_s > 20 && value != 0) continue;  // means of a minute contradict no speed of its ends
      EXPECT_EQ(c.notes, kNote_speed_constant) << value << " at " << step_s << " s";
      EXPECT_EQ(c.speed_aside, c.speed_fixes);
    }
  }
}

TEST(Channels, ACruiseIsNoStuckColumn) {
  SimulatedLog log(120, 1, 3, [](double) { return 20.0; }, bend);
  for (float& v : log.speed_mps) v = 20;
  EXPECT_EQ(checked(log).notes, 0U);
  SimulatedLog parked(120, 1, 3, [](double) { return 0.0; }, bend);
  for (float& v : parked.speed_mps) v = 0;
  EXPECT_EQ(checked(parked).notes, 0U);
}

TEST(Channels, AStretchIsLeftAsideAndLittleBesideIt) {
  for (const double step_s : {1.0, 5.0}) {
    for (const float more_mps : {-13.0F, 14.0F, 57.0F}) {
      SimulatedLog log = drive(step_s);
      for (size_t i = 0; i < log.speed_mps.size(); ++i) {
        const double t = static_cast<double>(i) * step_s;
        if (t >= 225 && t < 245) log.speed_mps[i] = std::fmax(0.0F, log.speed_mps[i] + more_mps);
      }
      const Channels c = checked(log);
      EXPECT_EQ(c.notes, kNote_speed_contradicted) << more_mps << " at " << step_s;
      const auto [from, to] = aside_between(log, c);
      EXPECT_LE(from, 225 + step_s);
      EXPECT_GE(to, 244 - step_s);
      EXPECT_GE(from, 225 - 8 - 2 * step_s);
      EXPECT_LE(to, 245 + 8 + 2 * step_s);
    }
  }
}

TEST(Channels, ASlightContradictionIsSeenWhenItLasts) {
  SimulatedLog log = drive();
  for (size_t i = 200; i < 260; ++i) log.speed_mps[i] += 2.5F;
  const Channels c = checked(log);
  EXPECT_EQ(c.notes, kNote_speed_contradicted);
  EXPECT_GT(c.speed_aside, 30U);
}

TEST(Channels, ADriveThatIsContradictedThroughoutHasNoSpeed) {
  SimulatedLog log = drive();
  for (size_t i = 0; i < log.speed_mps.size(); ++i) log.speed_mps[i] = i % 23 < 12 ? 25.0F : 1.0F;
  const Channels c = checked(log);
  EXPECT_NE(c.notes & kNote_speed_contradicted_all_along, 0U);
  EXPECT_EQ(c.speed_aside, c.speed_fixes);
}

TEST(Channels, SpeedsOfAnotherMoment) {
  for (const double step_s : {1.0, 5.0}) {
    for (const double late_s : {-10.0, -4.5, 4.5, 10.0}) {
      SimulatedLog log = drive(step_s);
      for (size_t i = 0; i < log.speed_mps.size(); ++i) {
        log.speed_mps[i] = static_cast<float>(town(std::fmax(0, static_cast<double>(i) * step_s - late_s)));
      }
      const Channels c = checked(log);
      EXPECT_NE(c.notes & kNote_speed_late, 0U) << late_s << " s at " << step_s << " s";
      EXPECT_EQ(c.speed_aside, c.speed_fixes);
    }
  }
}

TEST(Channels, SpeedsOfAnotherDriveAreOfNoOtherMoment) {
  for (const double period_s : {31.0, 37.0, 43.0, 67.0}) {
    SimulatedLog log = drive();
    for (size_t i = 0; i < log.speed_mps.size(); ++i) {
      log.speed_mps[i] = static_cast<float>(town(static_cast<double>(i) * 53 / period_s));
    }
    const Channels c = checked(log);
    EXPECT_EQ(c.notes & kNote_speed_late, 0U) << period_s;
    EXPECT_NE(c.notes & kNote_speed_contradicted_all_along, 0U) << period_s;
  }
}

TEST(Channels, SpeedsThatNoCarCanHave) {
  SimulatedLog log = drive();
  log.speed_mps[230] = 0;  // a single nought at 14 m/s
  EXPECT_EQ(checked(log).notes, kNote_speed_contradicted);
  EXPECT_TRUE(checked(log).disputed_at(230));
  EXPECT_FALSE(checked(log).disputed_at(224));
}

/// A tunnel: the receiver repeats its last position, speed and course, and comes back a kilometre on.
TEST(Channels, AReceiverThatRepeatsItselfSpoilsNothingElse) {
  SimulatedLog log = drive();
  for (size_t i = 201; i < 260; ++i) {
    log.lat_e7[i] = log.lat_e7[200];
    log.lon_e7[i] = log.lon_e7[200];
    log.speed_mps[i] = 14;
  }
  const Channels c = checked(log);
  EXPECT_EQ(c.notes, kNote_speed_contradicted);
  const auto [from, to] = aside_between(log, c);
  EXPECT_GE(from, 190);
  EXPECT_LE(to, 272);
}

TEST(Channels, CoursesThatGoElsewhere) {
  for (const double step_s : {1.0, 5.0}) {
    SimulatedLog log = drive(step_s);
    const std::vector<float> true_deg = log.heading_deg;
    for (float& h : log.heading_deg) h = 0;
    EXPECT_EQ(checked(log).notes, kNote_course_constant);
    EXPECT_TRUE(std::isnan(checked(log).believed(log.fixes()).heading_deg[3]));
    for (size_t i = 0; i < true_deg.size(); ++i) log.heading_deg[i] = std::fmod(true_deg[i] + 180.0F, 360.0F);
    EXPECT_EQ(checked(log).notes, kNote_course_contradicted);
    EXPECT_EQ(checked(log).course_aside, checked(log).course_fixes);
  }
  SimulatedLog straight(120, 1, 3, [](double) { return 20.0; }, [](double) { return 0.0; });
  for (float& h : straight.heading_deg) h = 40;
  EXPECT_EQ(checked(straight).notes, 0U);  // one course all along, and the car keeps it
}

TEST(Channels, OneAccuracyAllAlongIsNone) {
  SimulatedLog log = drive();
  for (const float value : {0.1F, 1.0F, 30.0F, 1000.0F}) {
    for (float& a : log.accuracy_m) a = value;
    EXPECT_EQ(checked(log).notes, kNote_accuracy_constant);
    EXPECT_TRUE(std::isnan(checked(log).believed(log.fixes()).accuracy_m[3]));
  }
  for (float& a : log.accuracy_m) a = 5;  // what a log without any is taken to have
  EXPECT_EQ(checked(log).notes, 0U);
  log.accuracy_m[7] = 4;
  EXPECT_EQ(checked(log).notes, 0U);
}

TEST(Channels, LogsTooShortToTell) {
  for (const double seconds : {0.0, 1.0, 3.0}) {
    SimulatedLog log(seconds, 1, 3, [](double) { return 10.0; }, bend);
    EXPECT_EQ(checked(log).notes, 0U);
  }
  SimulatedLog six(5, 1, 1, [](double) { return 10.0; }, bend);
  for (float& v : six.speed_mps) v *= 3.6F;
  EXPECT_EQ(checked(six).notes, kNote_speed_contradicted);
}

}  // namespace
}  // namespace tomare::match
