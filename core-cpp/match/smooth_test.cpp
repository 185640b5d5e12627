// SPDX-License-Identifier: MIT
#include "core-cpp/match/smooth.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/made_log_test.hpp"

namespace tomare::match {
namespace {

constexpr double kLat = 35.0, kLon = 139.0;

/// A drive round and round a circle of 200 m at 12 m/s, a fix every `step_s` seconds, with errors that drift.
struct Drive : testing::MadeLog {
  std::vector<double> x, y;  ///< where the car was, metres

  Drive(uint32_t count, double step_s, double sigma_m) {
    const MetreScale scale = metre_scale(static_cast<int32_t>(kLat * 1e7));
    uint64_t state = 88172645463325252ULL;
    const auto normal = [&state] {  // the sum of twelve uniform numbers less six
      double sum = -6;
      for (int i = 0; i < 12; ++i) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        sum += static_cast<double>(state >> 11) / 9007199254740992.0;
      }
      return sum;
    };
    const double kept = std::exp(-step_s / 20.0), fresh = std::sqrt(1 - kept * kept);
    double ex = sigma_m * normal(), ey = sigma_m * normal();
    for (uint32_t i = 0; i < count; ++i) {
      const double angle = 12.0 * i * step_s / 200.0;
      x.push_back(200 * std::sin(angle));
      y.push_back(200 * std::cos(angle));
      add(1'700'000'000'000 + static_cast<int64_t>(1000 * step_s * i),
          static_cast<int32_t>(kLat * 1e7 + (y.back() + ey) / scale.y),
          static_cast<int32_t>(kLon * 1e7 + (x.back() + ex) / scale.x), 12,
          static_cast<float>(std::fmod(90 + angle * 57.29577951308232, 360.0)));
      ex = kept * ex + fresh * sigma_m * normal();
      ey = kept * ey + fresh * sigma_m * normal();
    }
  }
  Smoothed smoothed() const {
    Smoothed out;
    smooth(fixes(), std::vector<uint8_t>(time_ms.size(), 1), Settings{}, &out);
    return out;
  }
  /// Root of the mean square of the positions' error on an axis.
  double error_m(const std::vector<int32_t>& lat, const std::vector<int32_t>& lon) const {
    const MetreScale scale = metre_scale(static_cast<int32_t>(kLat * 1e7));
    double sum = 0;
    for (size_t i = 0; i < lat.size(); ++i) {
      const double dx = (lon[i] - kLon * 1e7) * scale.x - x[i], dy = (lat[i] - kLat * 1e7) * scale.y - y[i];
      sum += 0.5 * (dx * dx + dy * dy);
    }
    return std::sqrt(sum / static_cast<double>(lat.size()));
  }
};

TEST(Smooth, SpeedAndCourseTakeMostOfADriftAway) {
  const Drive drive(1800, 1, 10);
  const Smoothed s = drive.smoothed();
  EXPECT_GT(drive.error_m(drive.lat_e7, drive.lon_e7), 8);
  EXPECT_TRUE(s.pulled);
  EXPECT_LT(drive.error_m(s.lat_e7, s.lon_e7), 6);
  EXPECT_NEAR(s.error_m, drive.error_m(s.lat_e7, s.lon_e7), 2);
}

TEST(Smooth, AroundAFixWithoutSpeedOrCourseNoMovementIsTold) {
  const auto without = [](float speed, float course) {
    Drive drive(1800, 1, 10);
    for (size_t i = 30; i < 1800; i += 60) {
      if (speed != 12) drive.speed_mps[i] = speed;
      if (course != 0) drive.heading_deg[i] = course;
    }
    return drive.smoothed();
  };
  const Smoothed none = without(NAN, 0);
  ASSERT_TRUE(none.pulled);
  for (const Smoothed& s : {without(151, 0), without(-1, 0), without(12, NAN), without(12, 721), without(12, -721)}) {
    EXPECT_EQ(s.lat_e7, none.lat_e7);
    EXPECT_EQ(s.lon_e7, none.lon_e7);
    EXPECT_EQ(s.error_m, none.error_m);
  }
  EXPECT_NE(without(149, 0).lat_e7, none.lat_e7);
  EXPECT_NE(without(12, 719).lat_e7, none.lat_e7);
  EXPECT_NE(without(0, 0).lat_e7, none.lat_e7) << "a car that stands";
  EXPECT_NE(without(0.4F, NAN).lat_e7, none.lat_e7) << "and needs no course";
  EXPECT_EQ(without(0.5F, NAN).lat_e7, none.lat_e7);
  const Drive whole(1800, 1, 10);
  EXPECT_LT(whole.error_m(none.lat_e7, none.lon_e7), 7.5) << "less is known of a drive in pieces";
}

TEST(Smooth, AWrongUnitOfSpeedOrACourseThatIsAlwaysNoughtPullsNothing) {
  for (const int fault : {0, 1, 2}) {
    Drive drive(600, 1, 5);
    for (float& speed : drive.speed_mps) speed *= fault == 0 ? 3.6F : 1.0F;
    for (float& course : drive.heading_deg) course = fault == 1 ? 0.0F : fault == 2 ? NAN : course;
    const Smoothed s = drive.smoothed();
    EXPECT_FALSE(s.pulled) << fault;
    EXPECT_EQ(s.lat_e7, drive.lat_e7) << fault;
    EXPECT_EQ(s.lon_e7, drive.lon_e7) << fault;
  }
}

TEST(Smooth, ASpeedometerThatSaysMoreIsScaled) {
  Drive drive(1800, 1, 5);
  for (float& speed : drive.speed_mps) speed *= 1.06F;
  const Smoothed s = drive.smoothed();
  EXPECT_TRUE(s.pulled);
  EXPECT_NEAR(s.speed_scale, 1 / 1.06, 0.01);
  EXPECT_LT(drive.error_m(s.lat_e7, s.lon_e7), 4.5);
}

TEST(Smooth, ASpeedThatIsATenthWrongIsNotWhatItIsCalled) {
  for (const float factor : {1.09F, 1.13F, 0.92F, 0.88F}) {
    Drive drive(1800, 1, 5);
    for (float& speed : drive.speed_mps) speed *= factor;
    EXPECT_EQ(drive.smoothed().pulled, factor > 0.9F && factor < 1.1F) << factor;
  }
}

TEST(Smooth, ACourseThatIsRotatedByATenthOfARadianIsNone) {
  for (const float degrees : {4.5F, 7.5F, -4.5F, -7.5F}) {
    Drive drive(1800, 1, 5);
    for (float& course : drive.heading_deg) course += degrees;
    EXPECT_EQ(drive.smoothed().pulled, degrees > -5 && degrees < 5) << degrees;
  }
}

TEST(Smooth, NoFixIsMovedFartherThanHalfAKilometre) {
  for (const int32_t off_e7 : {30'000, 80'000}) {  // 330 and 890 m
    Drive drive(1800, 1, 5);
    for (size_t i = 900; i < 903; ++i) drive.lat_e7[i] += off_e7;
    const Smoothed s = drive.smoothed();
    for (size_t i = 0; i < 1800; ++i) {
      EXPECT_LT(distance_m(s.lat_e7[i], s.lon_e7[i], drive.lat_e7[i], drive.lon_e7[i]), 501) << i;
    }
  }
}

TEST(Smooth, ADriveTooShortToShowItsErrorKeepsIt) {
  EXPECT_FALSE(Drive(40, 1, 5).smoothed().pulled);
  EXPECT_TRUE(Drive(600, 1, 5).smoothed().pulled);
}

TEST(Smooth, FixesTooFarApartStayWhereTheyAre) {
  const Drive drive(400, 5, 5);
  EXPECT_FALSE(drive.smoothed().pulled);
}

TEST(Smooth, OnlyEvenStepsTellTheErrorOfTheVelocities) {
  for (const std::array<double, 4>& steps_s : {std::array<double, 4>{1, 1, 2, 2}, {1, 2, 1, 2}}) {
    Drive drive(1800, 1, 5);
    const Drive all(3600, 1, 5);
    double s = 0;
    for (size_t i = 0; i < 1800; ++i) {
      const auto at = static_cast<size_t>(s);
      drive.time_ms[i] = all.time_ms[at];
      drive.lat_e7[i] = all.lat_e7[at];
      drive.lon_e7[i] = all.lon_e7[at];
      drive.heading_deg[i] = all.heading_deg[at];
      s += steps_s[i % 4];
    }
    EXPECT_TRUE(drive.smoothed().pulled) << "ways of unlike steps differ by their time";
  }
}

TEST(Smooth, ReflectionsThatLastAreNoDrift) {
  Drive drive(1800, 1, 2);
  for (size_t i = 0; i < drive.lat_e7.size(); ++i) drive.lat_e7[i] += i % 300 < 40 ? 5000 : 0;  // 55 m for 40 s
  EXPECT_FALSE(drive.smoothed().pulled);
}

TEST(Smooth, ValuesThatMeanNothingAreHarmless) {
  for (const float value : {NAN, INFINITY, -INFINITY, 1e30F, -1e30F}) {
    Drive drive(300, 1, 5);
    for (size_t i = 0; i < 300; i += 7) drive.speed_mps[i] = value;
    for (size_t i = 0; i < 300; i += 5) drive.heading_deg[i] = value;
    const Smoothed s = drive.smoothed();
    EXPECT_LT(drive.error_m(s.lat_e7, s.lon_e7), 12);
  }
}

/// What became of a drive: errors, scale, and metres east and north by which some fixes were moved.
struct Figures {
  double error_m, removed_m2, speed_scale;
  double moved_m[4][2];
};

// The smoothing's own figures, so that no part of it changes unseen; who changes it on purpose reads what moved.
TEST(Smooth, MovesAsMuchAsItDid) {
  struct Case {
    Drive drive;
    Figures wanted;
  };
  Case cases[] = {
      {{600, 1, 5}, {3.4865, 16.2528, 0.99219, {{-7.24, -2.16}, {3.02, -2.72}, {1.99, -1.05}, {-10.80, -3.25}}}},
      {{600, 0.5, 8}, {3.8759, 28.4991, 1.00507, {{-10.55, -3.24}, {5.37, -4.53}, {1.56, -2.75}, {-12.13, 2.90}}}},
      {{400, 2, 6}, {3.9810, 20.7999, 0.95978, {{-8.59, -3.21}, {0.77, -5.51}, {1.50, -0.64}, {7.18, -6.58}}}}};
  for (size_t i = 0; i < 600; i += 5) cases[0].drive.speed_mps[i] += 0.6F;
  for (size_t i = 0; i < 600; i += 3) cases[1].drive.heading_deg[i] += 4;
  for (size_t i = 300; i < 600; ++i) cases[1].drive.time_ms[i] += 5000;  // a step that tells no movement
  for (float& speed : cases[2].drive.speed_mps) speed *= 1.04F;
  const MetreScale scale = metre_scale(static_cast<int32_t>(kLat * 1e7));
  for (const Case& c : cases) {
    const Smoothed s = c.drive.smoothed();
    ASSERT_TRUE(s.pulled);
    EXPECT_NEAR(s.error_m, c.wanted.error_m, 0.001);
    EXPECT_NEAR(s.removed_m2, c.wanted.removed_m2, 0.01);
    EXPECT_NEAR(s.speed_scale, c.wanted.speed_scale, 2e-5);
    const size_t fixes[] = {0, 100, 299, s.lat_e7.size() - 1};
    for (size_t k = 0; k < 4; ++k) {
      const size_t i = fixes[k];
      EXPECT_NEAR((s.lon_e7[i] - c.drive.lon_e7[i]) * scale.x, c.wanted.moved_m[k][0], 0.03) << i;
      EXPECT_NEAR((s.lat_e7[i] - c.drive.lat_e7[i]) * scale.y, c.wanted.moved_m[k][1], 0.03) << i;
    }
  }
}

}  // namespace
}  // namespace tomare::match
