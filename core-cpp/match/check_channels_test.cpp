// SPDX-License-Identifier: MIT
// Courses against the movement, and the first look at speeds, at their edges.
#include "core-cpp/match/check_channels.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/made_log_test.hpp"
#include "core-cpp/match/screen.hpp"

namespace tomare::match {
namespace {

/// Eastward in the latitude of Tokyo.
struct East : testing::MadeLog {
  void fix(double seconds, double x_m, float course, float mps = kNone) {
    constexpr int32_t kLat = 350'000'000;
    const auto lon = static_cast<int32_t>(std::lround(x_m / metre_scale(kLat).x));
    add(1'790'000'000'000 + std::llround(seconds * 1000), kLat, lon, mps, course);
  }
  Channels checked() const {
    Channels out;
    check_channels(fixes(), {}, &out);
    return out;
  }
};

/// 20 m a step, with a course that leads elsewhere from one fix to another.
East astray(uint32_t from, uint32_t to, double step_s = 1) {
  East drive;
  for (uint32_t i = 0; i < 40; ++i) drive.fix(step_s * i, 20 * i, i >= from && i <= to ? 200.0F : 90.0F);
  return drive;
}

TEST(CheckCourse, TwoMovementsOfTwentyMetresThatGoElsewhereAreLeftAside) {
  const Channels out = astray(10, 12).checked();
  EXPECT_EQ(out.notes, uint32_t{kNote_course_contradicted_in_places});
  EXPECT_EQ(out.course_aside, 3U);
  EXPECT_NE(out.heading_deg[11], out.heading_deg[11]);
  EXPECT_EQ(out.heading_deg[13], 90);
  EXPECT_EQ(astray(10, 11).checked().notes, 0U) << "one alone";
  EXPECT_EQ(astray(10, 12, 4).checked().notes, uint32_t{kNote_course_contradicted_in_places});
  EXPECT_EQ(astray(10, 12, 4.1).checked().notes, 0U) << "over more than four seconds";
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

/// A drive whose positions are those of its speeds, a fix each second: so many of the first speed, then of the second.
East changing(float first_mps, float then_mps, uint32_t count = 60) {
  East drive;
  double x = 0;
  for (uint32_t i = 0; i < 2 * count; ++i) {
    const float mps = i < count ? first_mps : then_mps;
    drive.fix(i, x, East::kNone, mps);
    x += i + 1 == count ? 0.5 * (first_mps + then_mps) : mps;
  }
  return drive;
}

TEST(CheckSpeeds, NoCarGainsEightMetresPerSecondInASecondNorLosesEleven) {
  EXPECT_EQ(changing(10, 17.9F).checked().notes, 0U);
  EXPECT_EQ(changing(10, 18.1F).checked().notes, uint32_t{kNote_speed_contradicted});
  EXPECT_EQ(changing(30, 19.1F).checked().notes, 0U);
  EXPECT_EQ(changing(30, 18.9F).checked().notes, uint32_t{kNote_speed_contradicted});
}

TEST(CheckSpeeds, FourSecondsAroundAJumpAreNotBelieved) {
  const Channels out = changing(10, 18.1F).checked();
  for (uint32_t i = 0; i < 120; ++i) EXPECT_EQ(out.disputed_at(i), i >= 55 && i <= 64) << i;
  EXPECT_EQ(out.speed_aside, 10U);
  EXPECT_NE(out.speed_mps[55], out.speed_mps[55]);
  EXPECT_EQ(out.speed_mps[54], 10);
}

TEST(CheckAccuracy, OneValueAllAlongIsLeftWhereItIsAnOrdinaryOne) {
  const auto notes = [](float told, float last) {
    East drive = changing(10, 12);
    for (float& accuracy : drive.accuracy_m) accuracy = told;
    drive.accuracy_m.back() = last;
    return drive.checked().notes;
  };
  EXPECT_EQ(notes(4.9F, 4.9F), uint32_t{kNote_accuracy_constant});
  EXPECT_EQ(notes(5, 5), 0U);
  EXPECT_EQ(notes(10, 10), 0U);
  EXPECT_EQ(notes(10.1F, 10.1F), uint32_t{kNote_accuracy_constant});
  EXPECT_EQ(notes(10.1F, 10.2F), 0U) << "it changes";
  EXPECT_EQ(notes(10.1F, 10.0F), 0U);
  EXPECT_EQ(notes(10.1F, East::kNone), uint32_t{kNote_accuracy_constant}) << "some fixes tell none";
}

/// Fixes 20 m apart, so many to the east and then to the north, with one course that wobbles by so much.
uint32_t notes_of_course(uint32_t east, uint32_t north, float wobble_deg = 0) {
  East drive;
  for (uint32_t i = 0; i < east + north; ++i) {
    const uint32_t to_east = std::min(i, east - 1);
    drive.fix(i, 20.0 * to_east, i % 2 == 0 ? 100.0F : 100.0F + wobble_deg);
    drive.lat_e7.back() = static_cast<int32_t>(std::lround(20.0 * (i - to_east) / 0.0111195));
  }
  return drive.checked().notes;
}

TEST(CheckCourse, OneCourseAllAlongIsNoneWhereSomeMovementsTurn) {
  EXPECT_EQ(notes_of_course(40, 10), uint32_t{kNote_course_constant});
  EXPECT_EQ(notes_of_course(40, 10, 0.4F), uint32_t{kNote_course_constant});
  EXPECT_EQ(notes_of_course(40, 10, 0.6F), uint32_t{kNote_course_contradicted_in_places}) << "it changes";
  EXPECT_EQ(notes_of_course(40, 0), 0U) << "the car keeps it";
  EXPECT_EQ(notes_of_course(15, 2), uint32_t{kNote_course_contradicted_in_places}) << "two movements are few";
  EXPECT_EQ(notes_of_course(28, 3), uint32_t{kNote_course_constant});
  EXPECT_EQ(notes_of_course(29, 3), uint32_t{kNote_course_contradicted_in_places}) << "less than one in ten";
}

TEST(CheckSpeeds, ALogWithoutSpeedsHasNoUnit) {
  East drive;
  for (uint32_t i = 0; i < 40; ++i) drive.fix(i, 20 * i, 90);
  Fixes log = drive.fixes();
  log.speed_unit_open = true;
  Channels out;
  check_channels(log, {}, &out);
  EXPECT_EQ(out.notes, 0U);
}

TEST(CheckSpeeds, TheUnitIsTheNearestOne) {
  const auto unit = [](float factor) {
    East drive = changing(20, 24);
    for (float& mps : drive.speed_mps) mps *= factor;
    const Channels out = drive.checked();
    EXPECT_EQ(out.notes, uint32_t{kNote_speed_unit}) << factor;
    return out.speed_factor;
  };
  EXPECT_EQ(unit(1.89F), 1.852);
  EXPECT_EQ(unit(1.91F), 1.943844);
}

/// 20 m/s and then 24, logged as so many times as much.
Channels times(float factor, bool open = false) {
  East drive = changing(20, 24);
  for (float& mps : drive.speed_mps) mps *= factor;
  drive.speed_unit_open = open;
  return drive.checked();
}

TEST(CheckSpeeds, UpToATenthTheyAreInTheirUnit) {
  for (const float factor : {1.09F, 0.92F}) EXPECT_EQ(times(factor).notes, 0U) << factor;
  EXPECT_EQ(times(1.11F).notes, uint32_t{kNote_speed_unit});
  EXPECT_EQ(times(0.90F).notes, uint32_t{kNote_speed_contradicted_all_along}) << "it may be the clock";
}

TEST(CheckSpeeds, AUnitIsKnownByFourInAHundred) {
  EXPECT_EQ(times(1.19F).speed_factor, 1.150779);
  EXPECT_EQ(times(1.20F).speed_factor, 1) << "no unit is so far from its ratio";
  EXPECT_EQ(times(1.56F).speed_factor, 1.609344);
  EXPECT_EQ(times(1.54F).speed_factor, 1);
  EXPECT_EQ(times(1.88F, true).notes, uint32_t{kNote_speed_converted});
  EXPECT_EQ(times(1.19F, true).notes, uint32_t{kNote_speed_contradicted_all_along}) << "no unit per m/s";
}

TEST(CheckSpeeds, WhereTheUnitIsOpenTheLogIsConverted) {
  const Channels out = times(3.6F, true);
  EXPECT_EQ(out.notes, uint32_t{kNote_speed_converted});
  EXPECT_NEAR(out.speed_mps[5], 20, 1e-4);
  EXPECT_NEAR(out.scale, 1 / 3.6, 1e-6);
  EXPECT_EQ(out.speed_aside, 0U);
}

/// Positions go by one speed and then by the other, and the log tells one that varies by so much.
uint32_t notes_of_constant(float first_mps, float then_mps, float told_mps, float varies_mps) {
  East drive = changing(first_mps, then_mps);
  for (size_t i = 0; i < drive.speed_mps.size(); ++i) drive.speed_mps[i] = told_mps + (i % 2 == 0 ? varies_mps : 0);
  return drive.checked().notes;
}

TEST(CheckSpeeds, OneValueAllAlongIsNoneWhereThePositionsSpeedUp) {
  EXPECT_EQ(notes_of_constant(5, 15, 10, 0), uint32_t{kNote_speed_constant});
  EXPECT_EQ(notes_of_constant(5, 15, 10, 0.2F), uint32_t{kNote_speed_constant});
  EXPECT_EQ(notes_of_constant(5, 15, 10, 0.25F) & kNote_speed_constant, 0U) << "it varies";
  EXPECT_EQ(notes_of_constant(10, 10, 10, 0), 0U) << "the car keeps its speed";
  for (const bool first : {true, false}) {
    East drive = changing(5, 15);
    for (float& mps : drive.speed_mps) mps = 10;
    (first ? drive.speed_mps.front() : drive.speed_mps.back()) = 11;
    EXPECT_EQ(drive.checked().notes & kNote_speed_constant, 0U) << "one fix differs";
  }
}

/// A drive of so many steps at 20 m/s, whose log tells another speed.
uint32_t notes_after(int steps, float told_mps, double step_s = 1) {
  East drive;
  for (int i = 0; i <= steps; ++i) {
    drive.fix(step_s * i, 20 * step_s * i, East::kNone, told_mps * (i % 2 == 0 ? 1.0F : 1.1F));
  }
  return drive.checked().notes;
}

TEST(CheckSpeeds, FewWindowsTellNoUnit) {
  EXPECT_EQ(notes_after(14, 69) & kNote_speed_unit, 0U);
  EXPECT_EQ(notes_after(15, 69), uint32_t{kNote_speed_unit}) << "five windows of eight seconds";
  EXPECT_EQ(notes_after(9, 69, 10) & kNote_speed_unit, 0U);
  EXPECT_EQ(notes_after(10, 69, 10), uint32_t{kNote_speed_unit}) << "ten, where fixes are far apart";
}

}  // namespace
}  // namespace tomare::match
