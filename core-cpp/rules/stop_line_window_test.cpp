// SPDX-License-Identifier: MIT
// Which fixes a finding at a line is of, and which drives pass the line at all.
#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

/// 600 m of a street with a point at 300 m.
struct Street : testing::MadeDrive {
  explicit Street(map::RulePointKind kind = map::kStop, uint8_t flags = 0) {
    map::Attributes street{};
    street.road_class = map::kTertiary;
    road(600, street);
    law.level_crossing_stop = true;
    point(kind, 300, flags);
  }
  /// In order of the metres.
  void point(map::RulePointKind kind, double at_m, uint8_t flags = 0) {
    map::RulePoint p{};
    p.node = 500 + static_cast<int64_t>(map.points.size());
    p.offset_cm = static_cast<uint32_t>(at_m * 100 + 0.5);
    p.kind = kind;
    p.directions = 1;
    p.flags = flags;
    p.direction_source = map::kDirectionGiven;
    map.points.push_back(p);
  }
};

/// The fixes of a sign at 300 m where fixes of 10 m/s lie at these metres.
std::pair<uint32_t, uint32_t> fixes_of(const std::vector<double>& path_m, uint8_t flags = 0, double behind_m = 0) {
  Street street(map::kStop, flags);
  if (behind_m > 0) street.point(map::kStop, 300 + behind_m);
  for (const double at_m : path_m) street.fix(at_m / 10, at_m, 36);
  const std::vector<Finding> found = street.judged(judge_stop_signs).findings;
  EXPECT_EQ(found.size(), behind_m > 0 ? 2U : 1U);
  return {found.at(0).first_fix, found.at(0).last_fix};
}
using Fixes = std::pair<uint32_t, uint32_t>;

TEST(StopLineWindow, AFindingIsOfTheFixesWithinItOrOfThoseBesideIt) {
  EXPECT_EQ(fixes_of({100, 200, 270, 290, 310, 400, 500}), Fixes(2, 4));
  EXPECT_EQ(fixes_of({100, 200, 290, 400, 500}), Fixes(1, 3)) << "one alone, and its neighbours";
  EXPECT_EQ(fixes_of({100, 200, 400, 500}), Fixes(1, 2)) << "none: those on both sides";
  EXPECT_EQ(fixes_of({290, 400, 500}), Fixes(0, 1)) << "where the drive begins";
  EXPECT_EQ(fixes_of({100, 200, 310}), Fixes(1, 2)) << "where it ends";
}

TEST(StopLineWindow, ASignAtAJunctionsMiddleIsLookedForTwentyMetresFartherBack) {
  EXPECT_EQ(fixes_of({100, 239, 241, 258, 262, 290, 310, 400, 500}), Fixes(4, 6));
  EXPECT_EQ(fixes_of({100, 239, 241, 258, 262, 290, 310, 400, 500}, map::kAtJunction), Fixes(2, 6));
}

TEST(StopLineWindow, BetweenTwoSignsItIsCutInTheMiddleButForTheError) {
  const std::vector<double> fixes = {100, 276, 278, 290, 310, 322, 324, 400, 500};
  EXPECT_EQ(fixes_of(fixes), Fixes(1, 6)) << "alone from 40 m before the sign to 35 m behind it";
  EXPECT_EQ(fixes_of(fixes, 0, 36), Fixes(1, 5)) << "18 m, and 5 m of the receiver's error";
  Street same;
  same.point(map::kStop, 336);
  same.map.points[1].node = same.map.points[0].node;
  for (const double at_m : fixes) same.fix(at_m / 10, at_m, 36);
  EXPECT_EQ(same.judged(judge_stop_signs).findings.at(0).last_fix, 6U) << "the same sign once more";
  Street street;
  street.map.points.clear();
  street.point(map::kStop, 264);
  street.point(map::kStop, 300);
  for (const double at_m : fixes) street.fix(at_m / 10, at_m, 36);
  const std::vector<Finding> found = street.judged(judge_stop_signs).findings;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(Fixes(found[1].first_fix, found[1].last_fix), Fixes(2, 6));
}

TEST(StopLineWindow, ItGoesOnByTheErrorToldAtTheLine) {
  const auto last = [](size_t imprecise) {
    Street street;
    for (const double at_m : {100, 260, 290, 340, 350, 420, 500}) street.fix(at_m / 10, at_m, 36);
    street.accuracy_m[imprecise] = 50;
    return street.judged(judge_stop_signs).findings.at(0).last_fix;
  };
  EXPECT_EQ(last(2), 4U) << "told 10 m before the line";
  EXPECT_EQ(last(3), 2U) << "told 40 m behind it";
}

TEST(StopLineWindow, ASignIsPassedByADriveOfThreeMetresOnBothSides) {
  const auto found = [](double first_m, double last_m) {
    Street street;
    for (const double at_m : {first_m, 300.0, last_m}) street.fix(at_m / 10, at_m, 36);
    return street.judged(judge_stop_signs).findings.size();
  };
  EXPECT_EQ(found(297, 303), 1U);
  EXPECT_EQ(found(297.1, 310), 0U);
  EXPECT_EQ(found(290, 302.9), 0U);
}

TEST(StopLineWindow, ACrossingIsPassedWhereTheDriveGoesOnBehindIt) {
  const auto found = [](double first_m, double last_m) {
    Street street(map::kLevelCrossing);
    street.along(first_m, last_m, 36);
    return street.judged(judge_level_crossings).findings.size();
  };
  const double passed_m = 3;
  EXPECT_EQ(found(100 + passed_m, 300 + passed_m), 1U);
  EXPECT_EQ(found(102 + passed_m, 302 + passed_m - 0.5), 0U);
  EXPECT_EQ(found(300 - passed_m, 500), 1U);
  EXPECT_EQ(found(300 - passed_m + 0.5, 500), 0U);
}

}  // namespace
}  // namespace tomare::rules
