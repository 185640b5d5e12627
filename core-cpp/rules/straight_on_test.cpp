// SPDX-License-Identifier: MIT
// A path that goes from an avenue to a corridor 15 m to its left, and courses that show the step, or none.
#include "core-cpp/rules/straight_on.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "core-cpp/rules/made_corridor_test.hpp"

namespace tomare::rules {
namespace {

/// What a drive eastward does, whose path leaves the avenue at its middle fix.
struct Drive {
  double mps = 10;
  double step_s = 1;
  int around = 5;  ///< fixes on each side
  float course_deg = 90;
  float swerve_deg = 0;    ///< that the courses depart from this at the middle
  bool some_none = false;  ///< one fix has no course
  double aside_m = 0;      ///< of the path, where the positions were logged
  bool northward = false;  ///< all of it turned: the corridor lies to the right then
};

testing::MadeCorridor drawn(const Drive& drive) {
  testing::MadeCorridor corridor(700, true, {}, drive.northward);
  for (int i = -drive.around; i <= drive.around; ++i) {
    const float swerve = i == 0 ? -drive.swerve_deg : (i == 1 ? drive.swerve_deg : 0);
    corridor.goes(drive.mps, drive.some_none && i == 2 ? testing::MadeCorridor::kNotTold : drive.course_deg + swerve);
    const double along_m = drive.mps * drive.step_s * i;
    corridor.fix(100 + drive.step_s * i, along_m < 0 ? 100 + along_m : along_m, drive.aside_m, along_m < 0 ? 0 : 2);
  }
  return corridor;
}

std::optional<StepAside> step_of(const Drive& drive) {
  return drawn(drive).judged([&](const Context& c, const match::Run& run) {
    return step_aside(c, run.fixes, static_cast<size_t>(drive.around));
  });
}

TEST(StraightOn, ThePathStepsAsideAndTheCarDidNot) {
  const std::optional<StepAside> step = step_of({});
  ASSERT_TRUE(step);
  EXPECT_NEAR(step->right_m, -15, 0.1) << "to the left";
  EXPECT_NEAR(step->right_x, 0, 1e-4);
  EXPECT_NEAR(step->right_y, -1, 1e-4) << "south is right of east";
  // the lines' 2.5 m, and 0.03 of eight seconds and the link
  EXPECT_NEAR(step->sigma_m, std::sqrt(2.5 * 2.5 + 0.0009 * 95 * 95), 0.05);
}

TEST(StraightOn, ItIsThePathsStepWhereverThePositionsWereLogged) {
  for (const bool northward : {false, true}) {
    for (const double aside_m : {-9.0, 0.0, 9.0}) {
      Drive drive;
      drive.northward = northward;
      drive.course_deg = northward ? 0 : 90;
      drive.aside_m = aside_m;
      const std::optional<StepAside> step = step_of(drive);
      ASSERT_TRUE(step);
      EXPECT_NEAR(step->right_m, northward ? 15 : -15, 0.2) << aside_m;
    }
  }
}

TEST(StraightOn, CoursesThatPointToTheCorridorShowLessOfAStep) {
  Drive drive;
  drive.course_deg = 80;
  const std::optional<StepAside> step = step_of(drive);
  ASSERT_TRUE(step);
  EXPECT_NEAR(step->right_m, -15 * std::cos(10 * M_PI / 180) + 80 * std::sin(10 * M_PI / 180), 0.3);
}

TEST(StraightOn, ACarThatTurnsOrIsSlowTellsNothing) {
  Drive turns, wavers, slow, crawls;
  turns.swerve_deg = 15;
  wavers.swerve_deg = 10;
  slow.mps = 2.9;
  crawls.mps = 3.1;
  EXPECT_FALSE(step_of(turns));
  EXPECT_TRUE(step_of(wavers));
  EXPECT_FALSE(step_of(slow));
  EXPECT_TRUE(step_of(crawls));
}

TEST(StraightOn, ThreeAndAHalfSecondsAreSeenOnEachSide) {
  Drive few, sparse, dense;
  few.around = 3;
  sparse.step_s = 3;
  dense.step_s = 0.25;
  dense.around = 20;
  EXPECT_FALSE(step_of(few));
  EXPECT_FALSE(step_of(sparse)) << "a car may swerve and come back within three seconds";
  EXPECT_TRUE(step_of(dense));
}

TEST(StraightOn, EachFixHasACourse) {
  Drive drive;
  drive.some_none = true;
  EXPECT_FALSE(step_of(drive));
}

/// Positions that lie on the corridor for 40 s, and before on the avenue: 15 m aside of one error all along.
testing::MadeCorridor driven_with_course(float course_deg) {
  testing::MadeCorridor corridor;
  corridor.goes(10, course_deg);
  for (int i = -9; i < 0; ++i) corridor.fix(100 + i, 100 + 10 * i, 0, 0);
  corridor.begin_stretch();
  for (int i = 0; i < 40; ++i) corridor.fix(100 + i, 10 * i, 0);
  corridor.end_stretch();
  return corridor;
}

/// Probability that the corridor was driven.
double accused_with_course(float course_deg) { return driven_with_course(course_deg).accused(); }

TEST(StraightOn, TheReceiverWentAsideAndNotTheCar) {
  EXPECT_GT(accused_with_course(testing::MadeCorridor::kNotTold), 0.95);
  EXPECT_LT(accused_with_course(90), 0.85) << "the courses show no step to the corridor";
  EXPECT_GT(accused_with_course(78), 0.95) << "here they do";
}

TEST(StraightOn, TheErrorsOfBothStepsWeighWhichOfThemTheCarMade) {
  const auto cost = [](double metres, double sigma_m) {
    const double z = std::fabs(metres) / sigma_m;
    return z < 2 ? z * z / 2 : 2 * z - 2;
  };
  for (const float course_deg : {90.0F, 87.0F, 86.0F, 85.0F, 80.0F}) {
    SCOPED_TRACE(course_deg);
    testing::MadeCorridor corridor = driven_with_course(course_deg);
    const std::optional<StepAside> step =
        corridor.judged([](const Context& c, const match::Run& run) { return step_aside(c, run.fixes, 9); });
    ASSERT_TRUE(step);
    // on the lawful road it would have gone 15 m less to the left
    const double lawful_m = step->right_m + 15 * std::cos((90 - course_deg) * M_PI / 180);
    const double straight = std::max(1.0, std::exp(cost(step->right_m, step->sigma_m) - cost(lawful_m, step->sigma_m)));
    // half as likely as a driver who turns in; little before it shows the error, and nothing is seen behind it
    const double wanted = 0.5 * std::min(3.0, 0.02 * straight) * 0.15;
    EXPECT_NEAR(std::log((1 / corridor.accused(1) - 1) / wanted), 0, 0.1);
  }
}

}  // namespace
}  // namespace tomare::rules
