// SPDX-License-Identifier: MIT
// The error that positions show of themselves, and what a knot sums up, at each edge.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/movement.hpp"

namespace tomare::match {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// Eastward in the latitude of Tokyo, every other fix so far north.
struct East {
  std::vector<int64_t> time_ms;
  std::vector<int32_t> lat_e7, lon_e7;
  std::vector<float> speed_mps, heading_deg, accuracy_m;
  Settings settings;

  East(uint32_t fixes, double step_s, double mps, double swing_m, float told = kNone) {
    constexpr int32_t kLat = 350'000'000;
    const MetreScale scale = metre_scale(kLat);
    for (uint32_t i = 0; i < fixes; ++i) {
      time_ms.push_back(1'790'000'000'000 + std::llround(i * step_s * 1000));
      lat_e7.push_back(kLat + (i % 2 == 0 ? 0 : static_cast<int32_t>(std::lround(swing_m / scale.y))));
      lon_e7.push_back(static_cast<int32_t>(std::lround(i * step_s * mps / scale.x)));
      speed_mps.push_back(static_cast<float>(mps));
      heading_deg.push_back(kNone);
      accuracy_m.push_back(told);
    }
  }
  Movement movement(bool told = true) const {
    return {{static_cast<uint32_t>(time_ms.size()), time_ms.data(), lat_e7.data(), lon_e7.data(), speed_mps.data(),
             heading_deg.data(), accuracy_m.data()},
            std::vector<uint8_t>(time_ms.size(), 1),
            settings,
            told};
  }
  double noise_m() const { return movement().noise_m(); }
};

TEST(MovementNoise, IsFourAndAHalfTimesTheMedianDistanceFromTheLine) {
  EXPECT_NEAR(East(40, 2, 10, 1).noise_m(), 4.5, 0.05);
  EXPECT_NEAR(East(40, 2, 10, 6).noise_m(), 27, 0.05);
  EXPECT_NEAR(East(40, 2, 10, 7).noise_m(), 30, 1e-9) << "five times the expected error at the most";
}

TEST(MovementNoise, OfEnoughKnotsThatAreNearAndOnALine) {
  EXPECT_EQ(East(11, 2, 10, 1).noise_m(), 0);
  EXPECT_GT(East(12, 2, 10, 1).noise_m(), 4);
  EXPECT_GT(East(40, 3, 10, 1).noise_m(), 4);
  EXPECT_EQ(East(40, 3.01, 10, 1).noise_m(), 0) << "too far apart";
  EXPECT_GT(East(40, 2, 3.8, 1).noise_m(), 4);
  EXPECT_EQ(East(40, 2, 3.7, 1).noise_m(), 0) << "a line of less than 15 m";
}

TEST(MovementKnots, AreTwoSecondsApartAndTheLastFixIsOne) {
  const Movement each = East(6, 1.9, 10, 0).movement(), second = East(6, 1.8, 10, 0).movement();
  EXPECT_EQ(each.knots().size(), 6U);
  ASSERT_EQ(second.knots().size(), 4U);
  EXPECT_EQ(second.knots()[1].fix, 2U);
  EXPECT_EQ(second.knots()[3].fix, 5U);
  EXPECT_NEAR(second.total_s(), 9, 1e-9);
}

TEST(MovementKnots, SumUpWaysAndWhatIsUnknown) {
  East drive(7, 2, 10, 0);
  drive.speed_mps[3] = kNone;
  const Movement m = drive.movement();
  const Knot& last = m.knots().back();
  EXPECT_NEAR(last.x, 120, 0.05);
  EXPECT_NEAR(last.chords_m, 120, 0.05);
  EXPECT_NEAR(last.bends_m, 0, 0.01);
  EXPECT_NEAR(last.logged_m, 80, 1e-3) << "of four steps of six";
  EXPECT_EQ(last.unknown, 2U);
  EXPECT_NEAR(last.variance_m2, 6 * 0.15 * 0.15 * 16, 1e-6);
  EXPECT_TRUE(m.told({0, 2}));
  EXPECT_FALSE(m.told({1, 3}));
  EXPECT_TRUE(m.comparable({4, 6}));
}

TEST(MovementKnots, LongStepsErrMoreAndVeryLongOnesTellNothing) {
  EXPECT_NEAR(East(2, 7, 10, 0).movement().knots()[1].variance_m2, std::pow(0.15 * 49, 2), 1e-6);
  EXPECT_NEAR(East(2, 8, 10, 0).movement().knots()[1].variance_m2, std::pow(0.3 * 64, 2), 1e-6);
  EXPECT_TRUE(East(2, 20, 10, 0).movement().comparable({0, 1}));
  EXPECT_FALSE(East(2, 20.01, 10, 0).movement().comparable({0, 1}));
}

TEST(MovementKnots, ABendIsWhatTwoChordsAreLongerThanTheirLine) {
  const Movement m = East(5, 2, 10, 15).movement();  // 25 m up and down over 40 m of line
  EXPECT_NEAR(m.knots()[4].chords_m, 100, 0.1);
  EXPECT_NEAR(m.knots()[4].bends_m, 30, 0.1) << "three pairs";
  EXPECT_NEAR(m.net_m({0, 4}), 80, 0.1);
  EXPECT_NEAR(m.way_m({0, 4}), 105, 0.1) << "a third of the bends, each of which lies in two pairs";
  EXPECT_NEAR(m.way_m({0, 1}), 25, 0.1);
}

TEST(MovementKnots, APositionThatIsRepeatedAtSpeedIsFrozen) {
  East drive(8, 2, 10, 0);
  drive.lon_e7[4] = drive.lon_e7[3];
  const Movement m = drive.movement();
  EXPECT_FALSE(m.frozen({0, 3}));
  EXPECT_TRUE(m.frozen({3, 4}));
  EXPECT_TRUE(m.frozen({4, 6})) << "it comes back from that";
  EXPECT_FALSE(m.frozen({5, 7}));
  for (const float mps : {1.4F, 1.6F}) {
    East slow(8, 2, 1.5, 0);
    for (float& speed : slow.speed_mps) speed = mps;
    slow.lon_e7[4] = slow.lon_e7[3];
    EXPECT_EQ(slow.movement().frozen({3, 4}), mps > 1.5) << "slower it may stand";
  }
}

TEST(MovementKnots, AToldErrorCountsFromTheExpectedOneUpToFiveTimes) {
  const auto sigma = [](float told, bool believed = true) {
    return East(3, 2, 10, 0, told).movement(believed).knots()[1].sigma_m;
  };
  EXPECT_EQ(sigma(kNone), 6);
  EXPECT_EQ(sigma(4), 6);
  EXPECT_EQ(sigma(12), 12);
  EXPECT_EQ(sigma(500), 30);
  EXPECT_EQ(sigma(12, false), 6);
}

}  // namespace
}  // namespace tomare::match
