// SPDX-License-Identifier: MIT
// Paths that turn round near a junction with bans: into an arm and out again, in the road that led there, at their end.
#include <gtest/gtest.h>

#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

using testing::Crossroads;
using testing::expect;
using testing::expect_open;

TEST(TurnBanNose, APathThatNosesIntoAnotherArmTurnsAtTheJunctionAllTheSame) {
  for (const double nose_m : {9.9, 10.0, 10.1}) {
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    drive.leg(Crossroads::kIn, 200);
    drive.leg(Crossroads::kEast, nose_m);
    drive.leg(Crossroads::kEast, nose_m, false);
    drive.leg(Crossroads::kNorth, 200);
    drive.along(0, 400, 36);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (nose_m < 10) expect(found, Verdict::violated);
    if (nose_m >= 10) expect_open(found, kReason_match_uncertain);
  }
}

TEST(TurnBanNose, WhoTurnsRoundInTheRoadThatLedThereDoesNotNose) {
  Crossroads drive;
  drive.ban(Crossroads::kIn, map::kTurnU);
  drive.leg(Crossroads::kIn, 200);
  drive.leg(Crossroads::kIn, 9, false).from_m = 200;
  drive.trace.legs.back().to_m = 191;
  drive.leg(Crossroads::kIn, 9).from_m = 191;
  drive.trace.legs.back().to_m = 200;
  drive.leg(Crossroads::kNorth, 200);
  drive.along(0, 400, 36);
  const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
  ASSERT_GE(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::undetermined);
  EXPECT_NE(found[0].reasons & kReason_match_uncertain, 0U);
}

TEST(TurnBanNose, WhereThePathEndsWithANoseItIsTheExitThatWasTaken) {
  for (const bool last : {true, false}) {  // or another run follows
    Crossroads drive;
    drive.ban(Crossroads::kEast, map::kTurnStraight);
    drive.leg(Crossroads::kIn, 200);
    drive.leg(Crossroads::kEast, 9);
    drive.leg(Crossroads::kEast, 9, false).from_m = 9;
    drive.along(0, 218, 18);
    if (!last) drive.repeat();
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    ASSERT_EQ(found.size(), last ? 1U : 2U);
    EXPECT_NE(found[0].verdict, Verdict::complied);
  }
}

TEST(TurnBanNose, OutOfAnArmThatItOnlyNosesIntoItDoesNotTurn) {
  for (const double nose_m : {9.0, 60.0}) {
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnRight).from_segment = Crossroads::kEast;
    drive.leg(Crossroads::kIn, 200);
    drive.leg(Crossroads::kEast, nose_m);
    drive.leg(Crossroads::kEast, nose_m, false);
    drive.leg(Crossroads::kNorth, 200);
    drive.along(0, 400, 36);
    EXPECT_EQ(drive.judged(judge_turn_bans).findings.size(), nose_m < 10 ? 0U : 1U) << nose_m;
  }
}

}  // namespace
}  // namespace tomare::rules
