// SPDX-License-Identifier: MIT
// Where positions jump: by how far, for how long, and what a car does itself.
#include "core-cpp/rules/jumps.hpp"

#include <gtest/gtest.h>

#include <limits>

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
  /// Indexes that are marked.
  std::vector<uint32_t> jumps(float sigma_m = 5) const {
    const match::Fixes log = {static_cast<uint32_t>(time_.size()), time_.data(), lat_.data(), lon_.data()};
    match::DriveError error;
    error.sigma_m = sigma_m;
    const std::vector<uint8_t> marks = find_jumps(log, error, Settings{});
    std::vector<uint32_t> found;
    for (uint32_t i = 0; i < marks.size(); ++i) {
      if (marks[i] != 0) found.push_back(i);
    }
    return found;
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

}  // namespace
}  // namespace tomare::rules
