// SPDX-License-Identifier: MIT
// Where positions jump: by how far, for how long, and what a car does itself.
#include "core-cpp/rules/jumps.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core-cpp/match/made_log_test.hpp"
#include "core-cpp/match/way_error.hpp"

namespace tomare::rules {
namespace {

/// Fixes a second apart on a line to the east at 10 m/s, each moved north by so many metres.
class Drive {
 public:
  explicit Drive(uint32_t count) : time_(count), lat_(count, 350'000'000), lon_(count) {
    for (uint32_t i = 0; i < count; ++i) {
      time_[i] = 1000 * static_cast<int64_t>(i);
      lon_[i] = 1'390'000'000 + static_cast<int32_t>(10 * i / 0.00911);
    }
  }
  Drive& north(uint32_t from, uint32_t to, double metres) {
    for (uint32_t i = from; i < to; ++i) lat_[i] += static_cast<int32_t>(metres / 0.0111);
    return *this;
  }
  Drive& slower(uint32_t step_s) {
    for (int64_t& time : time_) time *= step_s;
    return *this;
  }
  /// Every other fix lies so far north.
  Drive& swing(double metres) {
    for (uint32_t i = 1; i < lat_.size(); i += 2) lat_[i] += static_cast<int32_t>(std::lround(metres / 0.0111195));
    return *this;
  }
  Drive& at_once(uint32_t fix) {
    time_[fix] = time_[fix - 1];
    return *this;
  }
  /// Indexes that are marked.
  std::vector<uint32_t> jumps(float sigma_m = 5, float removed_m2 = 0) const {
    const match::Fixes log = {static_cast<uint32_t>(time_.size()), time_.data(), lat_.data(), lon_.data()};
    match::DriveError error;
    error.sigma_m = sigma_m;
    error.removed_m2 = removed_m2;
    return testing::marked(find_jumps(log, error, Settings{}));
  }

 private:
  std::vector<int64_t> time_;
  std::vector<int32_t> lat_, lon_;
};

std::vector<uint32_t> from_to(uint32_t first, uint32_t last) {
  std::vector<uint32_t> all;
  for (uint32_t i = first; i <= last; ++i) all.push_back(i);
  return all;
}

TEST(Jumps, ASteadyDriveHasNone) {
  EXPECT_TRUE(Drive(60).jumps().empty());
  EXPECT_TRUE(Drive(0).jumps().empty());
  EXPECT_TRUE(Drive(1).jumps().empty());
}

TEST(Jumps, ASmoothReceiverThatMovesBy36MetresInTwoSecondsJumps) {
  // bench/accuracy, shibuya-lawful-38 by a phone: its filter spreads the jump over two seconds
  const std::vector<uint32_t> marks = Drive(100).north(20, 21, 18).north(21, 38, 36).north(38, 39, 18).jumps();
  EXPECT_EQ(marks, from_to(18, 42));
}

TEST(Jumps, ABurstIsMarkedWithTwoSecondsAround) { EXPECT_EQ(Drive(60).north(20, 32, 30).jumps(), from_to(18, 34)); }

TEST(Jumps, TheErrorOfTheReceiverIsNone) {
  EXPECT_TRUE(Drive(60).north(20, 32, 15).jumps().empty());
  EXPECT_TRUE(Drive(60).north(20, 32, 25).jumps(10).empty());
}

TEST(Jumps, WhatStaysIsBelieved) { EXPECT_EQ(Drive(120).north(20, 120, 40).jumps(), from_to(18, 22)); }

TEST(Jumps, WhatComesBackLaterThanABurstStaysBelievedBetween) {
  std::vector<uint32_t> both = from_to(18, 22);
  const std::vector<uint32_t> back = from_to(58, 62);
  both.insert(both.end(), back.begin(), back.end());
  EXPECT_EQ(Drive(120).north(20, 60, 40).jumps(), both);
}

TEST(Jumps, BetweenDistantFixesACarMayHaveTurned) {
  EXPECT_TRUE(Drive(60).slower(5).north(20, 32, 30).jumps().empty());
}

/// Whether a drive of so many fixes jumps that lies so far north from the middle on.
bool jumps_by(double metres, uint32_t count, float sigma_m = 5, float removed_m2 = 0) {
  return !Drive(count).north(count / 2, count, metres).jumps(sigma_m, removed_m2).empty();
}

TEST(Jumps, AChangeOfVelocityIsTheCarsOwnUpToNineMetresPerSecondSquared) {
  EXPECT_FALSE(jumps_by(8.8, 100)) << "of a receiver that shows no error";
  EXPECT_TRUE(jumps_by(9.2, 100));
  EXPECT_TRUE(Drive(100).slower(2).north(50, 100, 9 * 2 * 2 + 1).jumps().size() > 0);
  EXPECT_TRUE(Drive(100).slower(2).north(50, 100, 9 * 2 * 2 - 1).jumps().empty()) << "over two seconds twice as much";
}

TEST(Jumps, WithTooFewFixesTheErrorIsTheDrives) {
  const double most_m = 9 + 3.5 * match::way_sigma({}, 5, 1);
  EXPECT_FALSE(jumps_by(most_m - 0.2, 61));
  EXPECT_TRUE(jumps_by(most_m + 0.2, 61));
  EXPECT_TRUE(jumps_by(most_m - 0.2, 62)) << "sixty changes of velocity tell more";
  const double smoothed_m = 9 + 3.5 * match::way_sigma({}, 10, 1);
  EXPECT_FALSE(jumps_by(smoothed_m - 0.2, 61, 6, 64)) << "that of the positions before they were smoothed";
  EXPECT_TRUE(jumps_by(smoothed_m + 0.2, 61, 6, 64));
}

TEST(Jumps, PositionsThatSwingShowTheirError) {
  const double most_m = 9 + 3.5 * 2 / 1.1774;  // each velocity differs by 2 m/s from the one before
  EXPECT_TRUE(Drive(100).swing(1).north(50, 100, most_m + 2 - 0.2).jumps().empty());
  EXPECT_FALSE(Drive(100).swing(1).north(50, 100, most_m + 2 + 0.2).jumps().empty());
}

TEST(Jumps, StepsOfFourSecondsTellAndNoLongerOnes) {
  EXPECT_FALSE(Drive(100).slower(4).north(50, 100, 400).jumps().empty());
  EXPECT_TRUE(Drive(100).slower(5).north(50, 100, 400).jumps().empty());
  EXPECT_TRUE(Drive(100).at_once(50).north(50, 100, 40).jumps().empty()) << "nor does one of no time";
}

TEST(Jumps, WithinHalfAMinuteTheyAreOneBurst) {
  EXPECT_EQ(Drive(100).north(20, 49, 40).jumps(), from_to(18, 51));
  EXPECT_EQ(Drive(100).north(20, 50, 40).jumps(), from_to(18, 52));
  EXPECT_EQ(Drive(100).north(20, 51, 40).jumps().size(), 10U) << "two of five fixes each";
}

}  // namespace
}  // namespace tomare::rules
