// SPDX-License-Identifier: MIT
// What the match is worth at a line: whoever turned off before it did not pass it.
#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

/// The match of a stop at 297 m before a sign at 300 m, where one fix is matched with a probability of a half.
float match_where(size_t unsure, double expected_mean) {
  testing::MadeDrive drive;
  map::Attributes street{};
  street.road_class = map::kTertiary;
  drive.road(600, street);
  map::RulePoint sign{};
  sign.node = 500;
  sign.offset_cm = 30'000;
  sign.kind = map::kStop;
  sign.directions = 1;
  sign.direction_source = map::kDirectionGiven;
  drive.map.points.push_back(sign);
  double s = 0;
  for (double at = 7; at < 277; at += 10) drive.fix(s++, at, 36);
  for (const double mps : {8.0, 6.0, 4.0, 2.0}) drive.fix(s++, 297 - mps * mps / 4, 3.6 * mps);
  for (int k = 0; k < 5; ++k) drive.fix(s++, 297, 0);  // fixes 31 to 35
  for (double mps = 2, at = 298; at < 590; mps = std::min(10.0, mps + 2), at += mps) drive.fix(s++, at, 3.6 * mps);
  drive.trace.fixes[unsure].posterior = 0.5F;
  const std::vector<Finding> found = drive.judged(judge_stop_signs).findings;
  EXPECT_EQ(found.at(0).verdict, Verdict::complied);
  const double in_window = found.at(0).measured[kMeasure_fixes_in_window];
  EXPECT_NEAR(expected_mean, 1 - 0.5 / in_window, 0.02) << in_window;
  return found.at(0).match;
}

TEST(StopLinePassing, TheFixesNextToTheLineMustBeOnThePath) {
  EXPECT_FLOAT_EQ(match_where(36, 0.97), 0.5F) << "the last before it";
  EXPECT_FLOAT_EQ(match_where(37, 0.97), 0.5F) << "the first behind it";
  EXPECT_GT(match_where(35, 0.97), 0.9F) << "the mean of the window alone";
  EXPECT_GT(match_where(38, 0.97), 0.9F);
}

TEST(StopLinePassing, WhereADriveBeginsBehindTheLineItsFirstFixCounts) {
  testing::MadeDrive drive;
  drive.road(600);
  drive.law.level_crossing_stop = true;
  map::RulePoint tracks{};
  tracks.offset_cm = 30'000;
  tracks.kind = map::kLevelCrossing;
  tracks.directions = 3;
  drive.map.points.push_back(tracks);
  drive.along(297, 500, 36);  // the line lies at 295 m
  drive.trace.fixes[0].posterior = 0.5F;
  EXPECT_LT(drive.judged(judge_level_crossings).findings.at(0).match, 0.51F);
}

}  // namespace
}  // namespace tomare::rules
