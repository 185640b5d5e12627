// SPDX-License-Identifier: MIT
// The slow twin brakes and speeds up in steps of a hundredth of a second.
#include "core-cpp/rules/kinematics.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tomare::rules {
namespace {

double by_steps(double v1, double v2, double dt, double decel, double accel) {
  double lowest = std::min(v1, v2);
  for (double brake = 0; brake <= dt; brake += 0.01) {
    const double u = std::max(0.0, v1 - decel * brake);
    if (u + accel * (dt - brake) >= v2 - 1e-9) lowest = std::min(lowest, u);
  }
  return lowest;
}

TEST(LowestPossible, AgreesWithSimulation) {
  for (double v1 = 0; v1 < 20; v1 += 1.7) {
    for (double v2 = 0; v2 < 20; v2 += 1.3) {
      for (const double dt : {1.0, 2.0, 5.0}) {
        const bool reachable = v2 <= v1 + 2.5 * dt && v1 <= v2 + 3.5 * dt;
        if (!reachable) continue;
        EXPECT_NEAR(lowest_possible(v1, v2, dt, 3.5, 2.5), by_steps(v1, v2, dt, 3.5, 2.5), 0.05) << v1 << ' ' << v2;
      }
    }
  }
}

TEST(LowestPossible, HiddenStopBoundsOfTheTable) {  // 1 s 5.2 km/h, 2 s 10.5, 5 s 26
  EXPECT_EQ(lowest_possible(5.2 / 3.6, 5.2 / 3.6, 1, 3.5, 2.5), 0);
  EXPECT_GT(lowest_possible(5.4 / 3.6, 5.4 / 3.6, 1, 3.5, 2.5), 0);
  EXPECT_EQ(lowest_possible(26.0 / 3.6, 26.0 / 3.6, 5, 3.5, 2.5), 0);
}

}  // namespace
}  // namespace tomare::rules
