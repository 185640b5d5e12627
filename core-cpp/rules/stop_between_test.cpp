// SPDX-License-Identifier: MIT
// What a stop between two fixes costs, at the edges: by speeds, by the way between positions, by both.
#include "core-cpp/rules/stop_between.hpp"

#include <gtest/gtest.h>

namespace tomare::rules {
namespace {

/// Fixes at these speeds along a straight road, as far apart as they drove.
std::vector<LineFix> driving(const std::vector<double>& mps, double step_s, double sigma_mps = 0.3) {
  std::vector<LineFix> fixes;
  double x = 0;
  for (size_t k = 0; k < mps.size(); ++k) {
    if (k > 0) x += 0.5 * (mps[k - 1] + mps[k]) * step_s;
    LineFix fix = {static_cast<double>(k) * step_s, x, x, mps[k], true};
    fix.sigma_mps = sigma_mps;
    fix.x_m = x;
    fixes.push_back(fix);
  }
  return fixes;
}

double cost(const std::vector<LineFix>& fixes, size_t k, bool derived = false, double sigma_m = 5) {
  const Settings s;
  return stop_cost(fixes, k, {sigma_m, s.match_error_share, s.match_error_time_s}, derived, s);
}

TEST(StopBetween, AtSpeedThereIsNoTime) {
  EXPECT_EQ(cost(driving({8, 8, 8, 8}, 1), 1), kNoStopCost);
  EXPECT_EQ(cost(driving({13, 13, 13, 13}, 5), 1), kNoStopCost);
}

TEST(StopBetween, AMomentaryStopCostsLittle) {
  EXPECT_LT(cost(driving({5, 1.5, 1.2, 3.2, 5}, 1), 1), 0.8);  // braking at 3, then speeding up at 2
  EXPECT_LT(cost(driving({5, 1.8, 1.4, 3.9, 6}, 1), 1), 1.8);  // as hard as cars do
  EXPECT_LT(cost(driving({5, 0.2, 0, 0.1, 2}, 1), 2), 0.1);    // a stand
}

TEST(StopBetween, RollingCostsMoreTheFasterItIs) {
  double before = 0;
  for (const double mps : {1.0, 1.5, 2.0, 2.5, 3.0}) {
    const double now = cost(driving({5, mps, mps, mps, 5}, 1), 1);
    EXPECT_GE(now, before) << mps;
    before = now;
  }
  EXPECT_LT(cost(driving({3, 1, 1, 1, 3}, 1), 1), 1);
  EXPECT_GT(cost(driving({5, 2.5, 2.5, 2.5, 5}, 1), 1), 4);
}

TEST(StopBetween, AWorseSpeedTellsLess) {
  EXPECT_GT(cost(driving({5, 2.5, 2.5, 2.5, 5}, 1, 0.3), 1), 2 * cost(driving({5, 2.5, 2.5, 2.5, 5}, 1, 1), 1));
}

TEST(StopBetween, OverFiveSecondsTheWayTells) {
  std::vector<LineFix> fixes = driving({7, 7, 7, 7}, 5);  // speeds alone leave time for a stop
  EXPECT_GT(cost(fixes, 1), 4) << "35 m are too far for it";
  EXPECT_GT(cost(driving({6, 6, 6, 6}, 5), 1), 3) << "30 m are more than drivers make of it";
  for (size_t k = 2; k < fixes.size(); ++k) fixes[k].x_m -= 20;
  EXPECT_LT(cost(fixes, 1), 2.5) << "15 m are not";
}

TEST(StopBetween, PositionsAlone) {
  EXPECT_GT(cost(driving({8, 8, 8, 8, 8, 8, 8, 8}, 1, 1.1), 3, true), 5);
  EXPECT_LT(cost(driving({3, 3, 3, 3, 3, 3, 3, 3}, 1, 1.1), 3, true), 2);
  EXPECT_LT(cost(driving({8, 8, 8, 8, 8, 8, 8, 8}, 1, 3), 3, true, 15), 5) << "a worse receiver tells less";
}

TEST(StopBetween, NoSpeedThatIsKnown) { EXPECT_LT(cost(driving({8, 8, 8, 8}, 1, 100), 1), 0.1); }

TEST(StopBetween, AtTheEndsOfTheFixes) {
  const std::vector<LineFix> two = driving({1, 1}, 1);
  EXPECT_LT(cost(two, 0), 1);
  EXPECT_EQ(cost(driving({13, 13}, 5), 0), kNoStopCost);
}

}  // namespace
}  // namespace tomare::rules
