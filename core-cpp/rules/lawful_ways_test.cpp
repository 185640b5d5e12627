// SPDX-License-Identifier: MIT
#include "core-cpp/rules/lawful_ways.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeJunction;

/// A street eastward with a junction at 200 m. The banned exit leads so far north, and then eastward beside the street.
struct Beside : MadeJunction {
  explicit Beside(double north_m, float sigma_m) : MadeJunction(400) {
    const uint16_t corner = map.node(200, 500 + north_m), end = map.node(600, 500 + north_m);
    map.road(middle, corner, north_m);
    map.road(corner, end, 400);
    leg(0, 200);
    leg(2, north_m);
    leg(3, 300);
    trace.error.sigma_m = sigma_m;
    map.restrictions = {testing::no_left(middle, 0, 2)};
    along(0, 400, 36);
  }
  Finding finding() { return judged(judge_turn_bans).findings.at(0); }
};

TEST(LawfulWays, ATurnOntoARoadBesideTheLawfulOneIsNotClaimedWithinTheReceiversError) {
  Beside wide(20, 20), near(20, 3);
  EXPECT_EQ(wide.finding().verdict, Verdict::undetermined);
  EXPECT_NE(wide.finding().reasons & kReason_parallel_road, 0U);
  EXPECT_EQ(near.finding().verdict, Verdict::violated) << "a good receiver tells the roads apart";
}

TEST(LawfulWays, ARoadFarFromTheLawfulOneIsClaimed) {
  Beside far(120, 20);
  EXPECT_EQ(far.finding().verdict, Verdict::violated);
}

TEST(LawfulWays, ACarThatMayStandBeforeTheJunctionYetIsNotAccused) {
  for (const bool stands : {true, false}) {
    Beside drive(120, 20);
    if (stands) {
      // all positions behind the turn lie where the car waits, and the path wanders off
      for (size_t i = 21; i < drive.time_ms.size(); ++i) {
        const double gone = drive.trace.fixes[i].path_m - 200;
        drive.shift(i, gone > 120 ? 120 - gone : 0, -std::min(gone, 120.0) + 10);
      }
    }
    EXPECT_EQ(drive.finding().verdict, stands ? Verdict::undetermined : Verdict::violated);
  }
}

}  // namespace
}  // namespace tomare::rules
