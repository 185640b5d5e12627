// SPDX-License-Identifier: MIT
// Where positions drift away from the way of the log's own velocities: by how far, for how long, and what may differ.
#include "core-cpp/rules/drifts.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/match/made_log_test.hpp"

namespace tomare::rules {
namespace {

constexpr double kNaN = testing::MadeLog::kNone;

/// A fix each second to the north; positions may drift to the east, velocities may be told otherwise.
class Drive {
 public:
  explicit Drive(uint32_t count, double mps = 10)
      : time_(count), x_(count), y_(count), speed_(count, static_cast<float>(mps)), course_(count, 0) {
    channels_.usable.assign(count, 1);
    channels_.speed_fixes = count;
    for (uint32_t i = 0; i < count; ++i) {
      time_[i] = 1'700'000'000'000 + 1000 * static_cast<int64_t>(i);
      y_[i] = mps * i;
    }
  }
  /// From one fix to another positions drift by so many metres in all, and stay.
  Drive& drift(uint32_t from, uint32_t to, double metres) {
    for (uint32_t i = from; i < x_.size(); ++i) x_[i] += metres * std::min(1.0, double(i - from) / (to - from));
    return *this;
  }
  Drive& ahead(uint32_t from, uint32_t to, double metres) {
    for (uint32_t i = from; i < y_.size(); ++i) y_[i] += metres * std::min(1.0, double(i - from) / (to - from));
    return *this;
  }
  /// It turns to the east at a fix, and its velocities follow so many seconds later.
  Drive& turn(uint32_t at, double mps, uint32_t late_s) {
    for (uint32_t i = at; i < x_.size(); ++i) {
      x_[i] += mps * (i - at);
      y_[i] = y_[at];
      if (i >= at + late_s) course_[i] = 90;
    }
    return *this;
  }
  Drive& told(double mps) {
    speed_.assign(speed_.size(), static_cast<float>(mps));
    return *this;
  }
  Drive& course(double degrees) {
    course_.assign(course_.size(), static_cast<float>(degrees));
    return *this;
  }
  /// Every other block of so many seconds lies to the east.
  Drive& swing(double metres, uint32_t seconds) {
    for (uint32_t i = 0; i < x_.size(); ++i) x_[i] += (i / seconds % 2) * metres;
    return *this;
  }
  Drive& every(int64_t seconds) {
    for (size_t i = 0; i < time_.size(); ++i) time_[i] = time_[0] + static_cast<int64_t>(i) * seconds * 1000;
    for (double& y : y_) y *= static_cast<double>(seconds);
    return *this;
  }
  Drive& unusable(uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; ++i) channels_.usable[i] = 0;
    return *this;
  }
  Drive& note(uint32_t bits) {
    channels_.notes |= bits;
    return *this;
  }
  Drive& no_speeds() {
    channels_.speed_fixes = 0;
    return told(kNaN);
  }

  /// Indexes that are marked; `jumped`: one that was before.
  std::vector<uint32_t> moved(std::vector<uint32_t> jumped = {}) const {
    testing::MadeLog log;
    for (size_t i = 0; i < x_.size(); ++i) {
      log.add(time_[i], static_cast<int32_t>(std::lround(350'000'000 + y_[i] / 0.011094)),
              static_cast<int32_t>(std::lround(1'390'000'000 + x_[i] / 0.0091288)), speed_[i], course_[i]);
    }
    std::vector<uint8_t> marks;
    if (!jumped.empty()) marks.assign(x_.size(), 0);
    for (const uint32_t fix : jumped) marks[fix] = 1;
    mark_drifts(log.fixes(), log.fixes(), channels_, &marks);
    return testing::marked(marks);
  }

 private:
  std::vector<int64_t> time_;
  std::vector<double> x_, y_;
  std::vector<float> speed_, course_;
  match::Channels channels_;
};

bool drifts(const Drive& drive) { return !drive.moved().empty(); }

TEST(Drifts, ASteadyDriveHasNone) {
  EXPECT_FALSE(drifts(Drive(200)));
  EXPECT_FALSE(drifts(Drive(0)));
  EXPECT_FALSE(drifts(Drive(1)));
}

TEST(Drifts, ABurstThatDrawsTheCarOverToAnotherRoadIsMarkedUntilItIsBack) {
  // bench/accuracy, urban canyon: 49 m aside within 12 s, and back half a minute later
  const std::vector<uint32_t> marks = Drive(200).drift(60, 72, 49).drift(84, 93, -49).moved();
  ASSERT_FALSE(marks.empty());
  EXPECT_GE(marks.front(), 50U);
  EXPECT_LE(marks.front(), 60U);
  EXPECT_GE(marks.back(), 93U);
  EXPECT_LE(marks.back(), 103U);
  EXPECT_EQ(marks.size(), marks.back() - marks.front() + 1) << "between them too";
}

TEST(Drifts, BetweenTwoThatAreFarApartPositionsAreBelieved) {
  const std::vector<uint32_t> marks = Drive(300).drift(60, 72, 49).drift(200, 212, -49).moved();
  ASSERT_FALSE(marks.empty());
  EXPECT_LT(marks.size(), 80U);
  EXPECT_EQ(std::count(marks.begin(), marks.end(), 140U), 0);
  EXPECT_EQ(std::count(marks.begin(), marks.end(), 206U), 1);
}

TEST(Drifts, TheGapThatIsFilledIsThirtySeconds) {
  // windows of 12 s end up to 10 s after a drift of 2 s that is seen whole from its second fix on
  const auto between = [](uint32_t back) {
    const std::vector<uint32_t> marks = Drive(300).drift(60, 62, 40).drift(back, back + 2, -40).moved();
    return std::count(marks.begin(), marks.end(), 88U) != 0;
  };
  EXPECT_TRUE(between(110));
  EXPECT_FALSE(between(118));
}

TEST(Drifts, ACarThatStandsNeedsNoCourse) {
  EXPECT_TRUE(drifts(Drive(200, 0).course(kNaN).drift(60, 70, 40)));
  EXPECT_FALSE(drifts(Drive(200, 0).course(kNaN).drift(60, 70, 15)));
  EXPECT_TRUE(drifts(Drive(200, 0.9).course(kNaN).drift(60, 70, 40)));
  EXPECT_FALSE(drifts(Drive(200, 1.1).course(kNaN).drift(60, 70, 40))) << "nobody knows where it went";
}

TEST(Drifts, TheEverydayErrorOfAReceiverIsNone) {
  EXPECT_FALSE(drifts(Drive(200, 0).drift(60, 70, 19.5)));
  EXPECT_TRUE(drifts(Drive(200, 0).drift(60, 70, 20.5)));
  EXPECT_FALSE(drifts(Drive(200, 0).drift(60, 100, 40))) << "slower than any burst";
}

TEST(Drifts, OneThatErrsAllAlongShowsItsError) {
  EXPECT_FALSE(drifts(Drive(400).swing(25, 9)));
  EXPECT_FALSE(drifts(Drive(400).swing(10, 9).drift(200, 210, 20))) << "four errors of 8 m each";
  EXPECT_TRUE(drifts(Drive(400).swing(10, 9).drift(200, 210, 50)));
}

TEST(Drifts, InATurnVelocitiesMayBeASecondLate) {
  for (const uint32_t at : {100U, 101U}) EXPECT_FALSE(drifts(Drive(200, 14).turn(at, 14, 1)));
  EXPECT_TRUE(drifts(Drive(200, 14).turn(100, 14, 4)));
  for (const uint32_t at : {100U, 101U}) {
    EXPECT_FALSE(drifts(Drive(200, 14).turn(at, 14, 3).note(match::kNote_speed_lag))) << "known to be late";
  }
}

TEST(Drifts, SpeedsMayBeOffByAFewInAHundred) {
  EXPECT_FALSE(drifts(Drive(200, 40).told(38)));
  // what is off all along is the drive's own error, and no burst
  EXPECT_FALSE(drifts(Drive(200, 40).told(20)));
}

TEST(Drifts, WithoutSpeedsThatTellTheWayThereAreNone) {
  EXPECT_FALSE(drifts(Drive(200, 0).drift(60, 70, 40).no_speeds()));
  for (const uint32_t bits : {match::kNote_speed_unit, match::kNote_speed_unit_unknown, match::kNote_speed_constant,
                              match::kNote_speed_contradicted_all_along, match::kNote_speed_late,
                              match::kNote_course_constant, match::kNote_course_contradicted}) {
    EXPECT_FALSE(drifts(Drive(200, 0).drift(60, 70, 40).note(bits))) << bits;
  }
  EXPECT_TRUE(drifts(Drive(200, 0).drift(60, 70, 40).note(match::kNote_speed_contradicted)));
}

TEST(Drifts, BetweenDistantFixesTwoVelocitiesDoNotTellTheWay) {
  EXPECT_TRUE(drifts(Drive(200).every(4).drift(60, 63, 60)));
  EXPECT_FALSE(drifts(Drive(200).every(5).drift(60, 63, 60)));
  EXPECT_FALSE(drifts(Drive(200, 0).unusable(60, 70).drift(60, 70, 60))) << "a gap ends what is summed";
}

TEST(Drifts, AShortDriveDoesNotShowItsError) {
  EXPECT_FALSE(drifts(Drive(60, 0).drift(30, 40, 40)));
  EXPECT_TRUE(drifts(Drive(80, 0).drift(30, 40, 40)));
}

TEST(Drifts, WhatJumpedBeforeStaysMarked) {
  EXPECT_EQ(Drive(200).moved({5}), std::vector<uint32_t>{5});
  const std::vector<uint32_t> both = Drive(200, 0).drift(60, 70, 40).moved({5});
  EXPECT_EQ(both.front(), 5U);
  EXPECT_GT(both.size(), 10U);
}

std::vector<uint32_t> from_to(uint32_t first, uint32_t last) {
  std::vector<uint32_t> all;
  for (uint32_t i = first; i <= last; ++i) all.push_back(i);
  return all;
}

TEST(Drifts, WindowsOfTwelveSecondsThatStrayByTwentyMetresAreMarkedWhole) {
  // every other fix is looked at, the odd ones: six of the ten seconds of a drift lie in the first window and the last
  EXPECT_EQ(Drive(200, 0).drift(60, 70, 42).moved(), from_to(53, 77)) << "21 m within five seconds";
  EXPECT_EQ(Drive(200, 0).drift(60, 70, 38).moved(), from_to(55, 75)) << "19 m are none, 26.6 m within seven are";
  EXPECT_EQ(Drive(200, 0).ahead(60, 70, 42).moved(), from_to(53, 77)) << "to the north";
  EXPECT_EQ(Drive(200, 0).ahead(60, 70, -42).moved(), from_to(53, 77));
  EXPECT_EQ(Drive(200, 10).drift(60, 70, -48).moved(), from_to(53, 77)) << "24 m, and 3.6 m for the way";
}

TEST(Drifts, WhatIsThirtySecondsBehindTheLastIsOfOneBurst) {
  EXPECT_EQ(Drive(300, 0).drift(60, 70, 42).drift(114, 124, -42).moved(), from_to(53, 131));
  EXPECT_EQ(Drive(300, 0).drift(60, 70, 42).drift(116, 126, -42).moved().size(), 50U);
}

TEST(Drifts, ThirtyWindowsShowTheError) {
  EXPECT_FALSE(drifts(Drive(71, 0).drift(30, 40, 40)));
  EXPECT_TRUE(drifts(Drive(72, 0).drift(30, 40, 40)));
}

TEST(Drifts, OfTheWayThreeInAHundredAreAllowedFor) {
  for (const double course : {0.0, 180.0}) {  // 480 m within a window
    EXPECT_FALSE(drifts(Drive(200, course < 90 ? 40 : -40).told(40).course(course).drift(60, 70, 33.4))) << course;
    EXPECT_TRUE(drifts(Drive(200, course < 90 ? 40 : -40).told(40).course(course).drift(60, 70, 35.4))) << course;
  }
}

TEST(Drifts, ThatOfTheWayIsTheSameEastward) {
  EXPECT_FALSE(drifts(Drive(200, 40).turn(0, 40, 0).ahead(60, 70, 33.4)));
  EXPECT_TRUE(drifts(Drive(200, 40).turn(0, 40, 0).ahead(60, 70, 35.4)));
}

TEST(Drifts, InATurnAsMuchAsTheVelocityChangesWithinTheLag) {
  const auto late = [](double mps, uint32_t late_s, uint32_t notes) {
    return drifts(Drive(200, mps).turn(101, mps, late_s).note(notes));
  };
  for (const double mps : {14, 28}) {  // both axes change by that; 2.5 s of it are more than the error and 1 s of it
    EXPECT_FALSE(late(mps, 2, 0));
    EXPECT_TRUE(late(mps, 3, 0));
    EXPECT_FALSE(late(mps, 4, match::kNote_speed_lag)) << "three seconds are known of";
    EXPECT_TRUE(late(mps, 5, match::kNote_speed_lag));
  }
}

TEST(Drifts, AStepOfFourSecondsGoesOnAndALongerOneBegins) {
  EXPECT_TRUE(drifts(Drive(200, 0).unusable(62, 65).drift(60, 70, 60))) << "four seconds between two";
  EXPECT_FALSE(drifts(Drive(200, 0).unusable(62, 66).drift(60, 68, 60)));
}

}  // namespace
}  // namespace tomare::rules
