// SPDX-License-Identifier: MIT
#include "core-cpp/rules/passage.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

TEST(Within, BothEndsOfTheRangeCount) {
  static Range range;
  MadeDrive drive;
  drive.road(100);
  for (int k = 0; k < 5; ++k) drive.fix(k, 10 * k, 36);
  drive.judged([](const Context& c, Judgement*) { range = within(c, c.trace.runs[0].fixes, 10, 30); });
  EXPECT_EQ(range.begin, 1U);
  EXPECT_EQ(range.end, 4U);
  drive.judged([](const Context& c, Judgement*) { range = within(c, c.trace.runs[0].fixes, 10.1, 29.9); });
  EXPECT_EQ(range.begin, 2U);
  EXPECT_EQ(range.end, 3U);
}

TEST(PassageSpeeds, MeanPeakAndWhatIsFaster) {
  static Speeds speeds;
  MadeDrive drive;
  drive.road(100);
  for (const double kmh : {18.0, 36.0, 54.0}) drive.fix(kmh, kmh, kmh);
  drive.judged([](const Context& c, Judgement*) { speeds = Passage{c, c.trace.runs[0].fixes, {0, 3}}.speeds(10); });
  EXPECT_DOUBLE_EQ(speeds.mean, 10);
  EXPECT_DOUBLE_EQ(speeds.peak, 15);
  EXPECT_EQ(speeds.faster, 1U) << "as fast is not faster";
  drive.judged([](const Context& c, Judgement*) { speeds = Passage{c, c.trace.runs[0].fixes, {1, 1}}.speeds(10); });
  EXPECT_EQ(speeds.mean, 0);
}

TEST(PassageMatch, MeanAndLowestPosterior) {
  static Match match;
  MadeDrive drive;
  drive.road(100);
  drive.fix(0, 0, 36).posterior = 0.5F;
  drive.fix(1, 10, 36).posterior = 0.9F;
  drive.judged([](const Context& c, Judgement*) { match = Passage{c, c.trace.runs[0].fixes, {0, 2}}.match(); });
  EXPECT_FLOAT_EQ(match.mean, 0.7F);
  EXPECT_FLOAT_EQ(match.lowest, 0.5F);
  drive.judged([](const Context& c, Judgement*) { match = Passage{c, c.trace.runs[0].fixes, {1, 1}}.match(); });
  EXPECT_EQ(match.mean, 1);
}

TEST(PassageAside, BeyondTheLargestOffsetAndTwiceTheErrorShown) {
  static bool aside;
  static double mean_m;
  const auto ask = [](double first_m, double second_m, float shown_m) {
    MadeDrive drive;
    drive.road(100);
    drive.fix(0, 0, 36).error_m = static_cast<float>(first_m);
    drive.fix(1, 10, 36).error_m = static_cast<float>(second_m);
    drive.trace.error.measured_m = shown_m;
    drive.judged([](const Context& c, Judgement*) {
      const Passage passage = {c, c.trace.runs[0].fixes, {0, 2}};
      aside = passage.aside();
      mean_m = passage.mean_error_m();
    });
    return aside;
  };
  EXPECT_TRUE(ask(2, 11, 0));
  EXPECT_DOUBLE_EQ(mean_m, 6.5);
  EXPECT_FALSE(ask(2, 10, 0)) << "as large is not larger";
  EXPECT_FALSE(ask(2, 11, 3.5F));
  EXPECT_TRUE(ask(4, 11, 3.5F));
}

TEST(PassageNearerAround, AThirdOfTheDistanceInTheMinuteBeforeAndAfter) {
  static bool nearer;
  const auto ask = [](float around_m, double apart_s, int before = 4, int after = 4) {
    MadeDrive drive;
    drive.road(1000);
    const auto fix = [&](double s, float error_m) { drive.fix(s, s, 36).error_m = error_m; };
    for (int k = before; k > 0; --k) fix(200 - apart_s - k, around_m);
    fix(200, 9);
    fix(210, 9);
    for (int k = 1; k <= after; ++k) fix(210 + apart_s + k, around_m);
    static size_t begin;
    begin = static_cast<size_t>(before);
    drive.judged([](const Context& c, Judgement*) {
      nearer = Passage{c, c.trace.runs[0].fixes, {begin, begin + 2}}.nearer_around();
    });
    return nearer;
  };
  EXPECT_TRUE(ask(2.9F, 0));
  EXPECT_FALSE(ask(3, 0)) << "a third is not less";
  EXPECT_TRUE(ask(1, 56, 3, 4)) << "the last a minute after";
  EXPECT_TRUE(ask(1, 56, 4, 3)) << "the first a minute before";
  EXPECT_FALSE(ask(1, 56.5)) << "of four on each side, one is too far off";
  EXPECT_FALSE(ask(1, 61)) << "too long before and after";
  EXPECT_FALSE(ask(1, 0, 3, 3)) << "six fixes are too few";
  EXPECT_FALSE(ask(1, 0, 0, 0));
}

TEST(PassageHeadingAgreement, CountsCoursesOfFixesThatMove) {
  static double share;
  const auto ask = [](std::vector<float> courses, double kmh, bool forward = true, uint32_t notes = 0) {
    MadeDrive drive;
    drive.channels.notes = notes;
    drive.road(100, drive.map.attributes[0], forward);
    for (size_t k = 0; k < courses.size(); ++k) drive.fix(static_cast<double>(k), 10.0 * static_cast<double>(k), kmh);
    drive.heading_deg = courses;
    drive.judged([](const Context& c, Judgement*) {
      share = Passage{c, c.trace.runs[0].fixes, {0, c.trace.runs[0].fixes.size()}}.heading_agreement();
    });
    return share;
  };
  EXPECT_DOUBLE_EQ(ask({90, 90, 270, MadeDrive::kNone}, 36), 2.0 / 3);
  EXPECT_DOUBLE_EQ(ask({149, 151}, 36), 0.5) << "sixty degrees to either side";
  EXPECT_DOUBLE_EQ(ask({90, 90}, 36, false), 1) << "the road runs west, the car east";
  EXPECT_DOUBLE_EQ(ask({270, 270}, 7), 1) << "below 2 m/s a course says nothing";
  EXPECT_DOUBLE_EQ(ask({270, 270}, 7.3), 0);
  EXPECT_DOUBLE_EQ(ask({270, 270}, 36, true, match::kNote_course_constant), 1);
}

}  // namespace
}  // namespace tomare::rules
