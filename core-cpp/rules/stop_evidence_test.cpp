// SPDX-License-Identifier: MIT
// What the fixes around a line say, from made drives: stands, later slowing, speeds that their neighbours contradict.
#include "core-cpp/rules/stop_evidence.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_line_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// With these speeds (m/s), a fix each second from `begin_m` on; that of fix
/// `spike` is told as 25 m/s.
StopEvidence evidence(const std::vector<double>& mps, double begin_m, size_t spike = SIZE_MAX) {
  MadeDrive drive;
  drive.road(600);
  double at = begin_m;
  for (size_t k = 0; k < mps.size(); ++k) {
    if (k > 0) at += (mps[k - 1] + mps[k]) / 2;
    drive.fix(static_cast<double>(k), at, (k == spike ? 25 : mps[k]) * 3.6);
  }
  return testing::evidence_at_line(&drive);
}

/// Drives up, stands in a queue 25 m before the line, and passes the line with these speeds.
StopEvidence queued(const std::vector<double>& after) {
  std::vector<double> all = {8, 8, 8, 8, 8, 8, 6, 4, 2, 0, 0, 0};
  all.insert(all.end(), after.begin(), after.end());
  return evidence(all, 223);
}

TEST(StopEvidence, AStandInTheQueueCountsLessWhereTheCarSlowsAgain) {
  const StopEvidence slows = queued({2, 4, 6, 5.5, 4.5, 3.5, 5, 7, 8, 8, 8, 8, 8});
  const StopEvidence goes_on = queued({2, 4, 6, 7, 7.5, 8, 8, 8, 8, 8, 8});
  EXPECT_TRUE(slows.queued);
  EXPECT_TRUE(goes_on.queued);
  EXPECT_GT(goes_on.stood_odds, 0);
  EXPECT_NEAR(slows.stood_odds, 0.08 * goes_on.stood_odds, 1e-6);
  EXPECT_FALSE(slows.earned());
}

TEST(StopEvidence, AStandAtTheLineIsEarnedAndNothingElseIsAsked) {
  const StopEvidence e = evidence({8, 8, 8, 8, 6, 4, 2, 0, 0, 0, 2, 4, 6, 8, 8, 8, 8}, 252);
  EXPECT_TRUE(e.earned());
  EXPECT_EQ(e.stood_odds, 0);
  EXPECT_EQ(e.hidden_odds, 0);
  EXPECT_EQ(e.lowest_observed, 0);
}

TEST(StopEvidence, ASpeedThatItsNeighboursContradictIsNoWitness) {
  const std::vector<double> steady(20, 8);
  const StopEvidence all = evidence(steady, 230);
  EXPECT_EQ(evidence(steady, 230, 8).witnesses + 3, all.witnesses) << "it and both its neighbours";
}

TEST(StopEvidence, AtSpeedNothingIsLeftOfAStop) {
  const StopEvidence e = evidence(std::vector<double>(25, 8), 210);
  EXPECT_EQ(e.stopped, 0);
  EXPECT_EQ(e.stood_odds, 0);
  EXPECT_LT(e.hidden_odds, 1e-3);
  EXPECT_NEAR(e.lowest_at_line, 8, 1e-5);
  EXPECT_EQ(e.longest_gap, 1);
  EXPECT_FALSE(e.queued || e.derived || e.leapt || e.jumped || e.disputed);
}

TEST(StopEvidence, WhereThePathBeginsAStopMayBeUnseen) {
  EXPECT_GT(evidence({3, 4, 5, 6, 7, 8, 8, 8, 8}, 298).hidden_odds, 1);
}

}  // namespace
}  // namespace tomare::rules
