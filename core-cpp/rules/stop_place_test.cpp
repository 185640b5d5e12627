// SPDX-License-Identifier: MIT
// Where a stop is one at the line: near it, within the receiver's error, and where signs of the map are wrong.
#include "core-cpp/rules/stop_place.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tomare::rules {
namespace {

/// Probability that a stop so far past the sign was for something else.
double elsewhere(double at_m, const LinePlace& place, double sigma_m = 5) {
  return 1 / (1 + odds_at_line(place, at_m, sigma_m));
}

constexpr LinePlace kNearJunction = {0, 0, 6};
constexpr LinePlace kFarFromJunction = {0, 0, 26};  // as where the map has a sign 20 m before its place
constexpr LinePlace kNoJunction = {};

TEST(StopPlace, IsOneAltogether) {
  for (const LinePlace& place : {kNearJunction, kFarFromJunction, kNoJunction, LinePlace{-8, 0, 6}}) {
    double sum = 0;
    for (double at = -300; at < 300; at += 0.5) sum += 0.5 * stop_density(place, at, 5);
    EXPECT_NEAR(sum, 1, 0.12);
  }
}

TEST(StopPlace, AtTheLine) {
  EXPECT_LT(elsewhere(0, kNearJunction), 0.05);
  EXPECT_LT(elsewhere(-3, kNearJunction), 0.05);
  EXPECT_LT(elsewhere(11, kNearJunction), 0.5) << "two errors past it: as like as not";
  EXPECT_LT(elsewhere(-16, kNearJunction), 0.85);
}

TEST(StopPlace, AQueueBeforeIt) {
  EXPECT_GT(elsewhere(-30, kNearJunction), 0.85);
  EXPECT_LT(elsewhere(-30, kNearJunction, 15), 0.85) << "a worse receiver does not tell";
  EXPECT_NEAR(elsewhere(-1e6, kNearJunction), 1, 1e-6);
}

TEST(StopPlace, ASignThatLiesTwentyMetresOff) {
  EXPECT_LT(elsewhere(19, kFarFromJunction), 0.5) << "before the junction that is ahead";
  EXPECT_GT(elsewhere(45, kFarFromJunction), 0.9) << "beyond it no line of this sign lies";
  EXPECT_LT(elsewhere(19, kNoJunction), 0.85);
  EXPECT_LT(elsewhere(-19, kNoJunction), 0.85);
}

TEST(StopPlace, TwinSignsAreOnePlace) {
  const LinePlace twins = {-8, 0, 6};
  EXPECT_LT(elsewhere(-8, twins), 0.08);
  EXPECT_GT(elsewhere(-8, twins) + 0.05, elsewhere(0, twins));
}

TEST(StopPlace, AStretchIsItsMean) {
  EXPECT_DOUBLE_EQ(odds_at_line(kNearJunction, 2, 2, 5), odds_at_line(kNearJunction, 2, 5));
  const double near = odds_at_line(kNearJunction, -2, 2, 5), wide = odds_at_line(kNearJunction, -60, 60, 5);
  EXPECT_GT(near, 4 * wide);
  EXPECT_GT(wide, 0);
  EXPECT_TRUE(std::isfinite(odds_at_line(kNearJunction, -1e7, 1e7, 5)));
}

TEST(StopPlace, CarsQueueACarsLengthBeforeTheLine) {
  EXPECT_FALSE(queues({}, -12));
  EXPECT_TRUE(queues({}, -12.1));
  EXPECT_FALSE(queues({-10, 0}, -22)) << "of two signs, before the first";
}

}  // namespace
}  // namespace tomare::rules
