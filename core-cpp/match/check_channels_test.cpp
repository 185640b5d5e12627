// SPDX-License-Identifier: MIT
// Courses against the movement, and the first look at speeds, at their edges.
#include "core-cpp/match/check_channels.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/match/made_log_test.hpp"
#include "core-cpp/match/screen.hpp"

namespace tomare::match {
namespace {

/// Eastward along the equator.
struct East : testing::MadeLog {
  void fix(double seconds, double x_m, float course, float mps = kNone) {
    const auto lon = static_cast<int32_t>(std::lround(x_m / 0.0111195));
    add(1'790'000'000'000 + std::llround(seconds * 1000), 0, lon, mps, course);
  }
  Channels checked() const {
    Channels out;
    check_channels(fixes(), {}, &out);
    return out;
  }
};

/// 20 m a second, with a course that leads elsewhere from one fix to another.
East astray(uint32_t from, uint32_t to) {
  East drive;
  for (uint32_t i = 0; i < 40; ++i) drive.fix(i, 20 * i, i >= from && i <= to ? 200.0F : 90.0F);
  return drive;
}

TEST(CheckCourse, TwoMovementsOfTwentyMetresThatGoElsewhereAreLeftAside) {
  const Channels out = astray(10, 12).checked();
  EXPECT_EQ(out.notes, uint32_t{kNote_course_contradicted_in_places});
  EXPECT_EQ(out.course_aside, 3U);
  EXPECT_NE(out.heading_deg[11], out.heading_deg[11]);
  EXPECT_EQ(out.heading_deg[13], 90);
  EXPECT_EQ(astray(10, 11).checked().notes, 0U) << "one alone";
}

TEST(CheckCourse, TheFirstFixIsLeftAsideToo) {
  const Channels out = astray(0, 2).checked();
  EXPECT_EQ(out.course_aside, 3U);
  EXPECT_NE(out.heading_deg[0], out.heading_deg[0]);
}

TEST(CheckCourse, SixtyDegreesOffIsNotYetElsewhere) {
  const auto contradicted = [](float course) {
    East drive;
    for (uint32_t i = 0; i < 40; ++i) drive.fix(i, 20 * i, i % 8 == 0 ? course - 1 : course);
    return (drive.checked().notes & kNote_course_contradicted) != 0;
  };
  EXPECT_FALSE(contradicted(150));
  EXPECT_TRUE(contradicted(151.1F));
}

/// A first look at so many steps of two seconds, at 10 m/s and 11 m/s in turns.
bool settled(uint32_t steps) {
  East drive;
  double x = 0;
  for (uint32_t i = 0; i <= steps; ++i) {
    drive.fix(2 * i, x, East::kNone, i % 2 == 0 ? 10.0F : 11.0F);
    x += 21;
  }
  const FirstLook first = look_first(drive.fixes(), std::vector<uint8_t>(steps + 1, 1), {}, false);
  EXPECT_TRUE(!first.all_agrees || std::fabs(first.ratio - 1) < 0.01) << first.ratio;
  return first.all_agrees;
}

TEST(Screen, SixteenWindowsOfEightSecondsSettleIt) {
  EXPECT_FALSE(settled(18));
  EXPECT_TRUE(settled(19));
}

/// Straight on with a fix each five seconds, and once round a roundabout in two steps.
TEST(Screen, ABendBetweenTwoStepsExplainsAWayThatIsLonger) {
  constexpr uint32_t kRound = 20;
  East drive;
  double x = 0;
  for (uint32_t i = 0; i < 60; ++i) {
    const float mps = i % 2 == 0 ? 10.0F : 11.0F;
    drive.fix(5 * i, x, East::kNone, mps);
    if (i == kRound) {  // half way round it stands across
      const auto across = static_cast<int32_t>(std::lround(105 / M_PI / 0.0111195));
      drive.lat_e7.back() += across;
    }
    x += i == kRound - 1 || i == kRound ? 0 : 52.5;
  }
  EXPECT_TRUE(look_first(drive.fixes(), std::vector<uint8_t>(60, 1), {}, false).all_agrees);
}

}  // namespace
}  // namespace tomare::match
