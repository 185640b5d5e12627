// SPDX-License-Identifier: MIT
// A path on a corridor 15 m beside an avenue, and positions as they were logged: which of the two they speak for.
#include "core-cpp/rules/beside.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "core-cpp/rules/made_corridor_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeCorridor;
constexpr double kApartM = MadeCorridor::kApartM;

struct Corridor : MadeCorridor {
  using MadeCorridor::MadeCorridor;
  /// Fixes a second apart from metre 100 of the corridor on, so far south of it.
  void drive(double south_m, uint32_t count = 40, float told_m = kNotTold, double begin_s = 0) {
    begin_stretch();
    for (uint32_t i = 0; i < count; ++i) fix(begin_s + i, 100 + 12.0 * i, -south_m, kOn, told_m);
    end_stretch();
  }
  /// The same with a few fixes before it, so far north of the path.
  void drive_round(double south_m, double north_before_m) {
    for (uint32_t i = 0; i < 8; ++i) fix(i, 10.0 * i, north_before_m, 0);
    drive(south_m, 40, kNotTold, 26);
  }
  bool surely() {
    return judged([](const Context& c, const match::Run& run) { return surely_here(c, run, {0, run.fixes.size()}); });
  }
};

double probability(double south_m, double sigma_m = 5, uint32_t count = 40) {
  Corridor corridor;
  corridor.trace_.error.sigma_m = static_cast<float>(sigma_m);
  corridor.drive(south_m, count);
  return corridor.accused();
}

TEST(Beside, PositionsOnTheAccusedRoadHold) {
  EXPECT_GT(probability(0), 0.95);
  EXPECT_GT(probability(-4), 0.95) << "aside, but away from the other road";
}

TEST(Beside, PositionsOnTheLawfulRoadAcquit) {
  EXPECT_LT(probability(kApartM), 0.05);
  EXPECT_LT(probability(12), 0.05);
}

TEST(Beside, AReceiverThatLiesAsideBeforeAndAfterIsNoDriverThatTurnsIn) {
  // bench/accuracy, porto-wrong-way-23 by a phone: two minutes of 12 m to one side, 466 m of them beside a closed road
  Corridor aside, turning;
  aside.drive_round(0, kApartM);
  turning.drive_round(0, 0);
  EXPECT_LT(aside.accused(), 0.7) << "and the drive ends there, so that nothing is seen of it after";
  EXPECT_GT(turning.accused(), 0.95);
}

TEST(Beside, BetweenTheTwoNobodyIsAccused) { EXPECT_LT(probability(kApartM / 2), 0.5); }

TEST(Beside, ABadReceiverTellsNeither) {
  EXPECT_LT(probability(0, 20), 0.5);
  EXPECT_GT(probability(kApartM, 20), 0.05);
}

TEST(Beside, MoreSecondsSayMoreButNotAsMuchAsTheirFixes) {
  EXPECT_GT(probability(3, 5, 40), probability(3, 5, 5));
  EXPECT_LT(probability(3, 8, 40), 0.99) << "errors drift together";
}

TEST(Beside, AToldAccuracyRaisesNothing) {
  Corridor exact, coarse, none;
  exact.drive(2, 40, 1);
  coarse.drive(2, 40, 15);
  none.drive(2);
  EXPECT_LE(exact.accused(), none.accused());
  EXPECT_LT(coarse.accused(), none.accused());
}

TEST(Beside, ARoadThatThePathIsNotJoinedToIsUnlikely) {
  Corridor joined, apart(700, false);
  joined.drive(kApartM / 2);
  apart.drive(kApartM / 2);
  EXPECT_LT(joined.accused(), 0.5);
  EXPECT_GT(apart.accused(), 0.8);
}

TEST(Beside, ARoadBesidePartOfTheStretchIsNone) {
  Corridor brief(300);
  brief.drive(kApartM / 2);
  EXPECT_EQ(brief.accused(), 1);
}

TEST(Beside, ARoadIsLookedForAsFarAsTheErrorReaches) {
  constexpr double kAwayM = 12;  // on the other side of the path: the avenue lies 27 m off
  EXPECT_EQ(probability(-kAwayM, 7.5), 1) << "26 m";
  EXPECT_LT(probability(-kAwayM, 8), 1) << "28 m";
  EXPECT_LT(probability(-9.5, 2), 1) << "25 m in any case";
  EXPECT_EQ(probability(-10.5, 2), 1);
}

TEST(Beside, OnlyTheNearestSixteenRoadsAreAsked) {
  for (const int others : {14, 15}) {  // beside the path's and the avenue
    Corridor corridor;
    for (int k = 0; k < others; ++k) {
      const double y_m = 517 + 0.5 * k;
      corridor.map_.road(corridor.map_.node(200, y_m), corridor.map_.node(900, y_m), 700);
    }
    corridor.drive(0);
    EXPECT_EQ(corridor.accused() < 1, others == 14) << others;
  }
}

TEST(Beside, WhatIsOftenDoneIsBelievedSooner) {
  Corridor corridor;
  corridor.drive(kApartM / 2);
  EXPECT_GT(corridor.accused(kManyDoIt), corridor.accused(kFewDoIt));
}

TEST(Beside, SurelyHereNeedsThePosteriorTheRawPositionsAndTheErrorThatIsShown) {
  Corridor on, aside, told, unsure, smoothed;
  on.drive(2);
  EXPECT_TRUE(on.surely());
  aside.drive(8);
  EXPECT_FALSE(aside.surely()) << "more than one and a half standard errors from the path";
  told.drive(2, 40, 1);
  EXPECT_FALSE(told.surely()) << "the posterior believed a told accuracy";
  unsure.drive(2);
  unsure.trace_.fixes[20].posterior = 0.9F;
  EXPECT_FALSE(unsure.surely());
  smoothed.drive(8);
  smoothed.trace_.error.removed_m2 = 25;
  Corridor one, none;
  one.drive(2, 1);
  EXPECT_TRUE(one.surely());
  none.drive(2, 0);
  EXPECT_FALSE(none.surely()) << "nothing was seen there";
  EXPECT_TRUE(smoothed.surely()) << "8 m are less than one and a half times the error before smoothing";
}

TEST(Beside, AClaimIsNoSurerThanItsRoad) {
  Finding f;
  f.match = 0.99F;
  weigh_beside(0.95, &f);
  EXPECT_FLOAT_EQ(f.match, 0.95F);
  EXPECT_EQ(f.reasons, 0U);
  weigh_beside(0.6, &f);
  EXPECT_FLOAT_EQ(f.match, 0.6F);
  EXPECT_EQ(f.reasons, kReason_parallel_road);
}

/// The corridor westward: from where it comes back to the avenue to where both part.
struct Westward : MadeCorridor {
  static constexpr uint16_t kAvenue = 3;
  Westward() {
    std::vector<match::Leg> legs(trace_.legs.rbegin(), trace_.legs.rend());
    double path_m = 0;
    for (match::Leg& leg : legs) {
      std::swap(leg.from_m, leg.to_m);
      leg.forward = false;
      leg.path_m = path_m;
      path_m += leg.length_m();
    }
    trace_.legs = legs;
  }
  /// Forty fixes a second apart, so far south of it; the avenue is for traffic westward, or eastward.
  double accused(double south_m, bool avenue_westward = true) {
    begin_stretch();
    for (int i = 0; i < 40; ++i) {
      fix(i, 600 - 12.0 * i, -south_m, 0);
      trace_.fixes.back().path_m = 100 + 12.0 * i;
    }
    end_stretch();
    return judged([&](const Context& c, const match::Run& run) {
      return Beside(c, run, {0, 0, 0, 700}, {0, 40}).accused(kFewDoIt, [&](const match::Leg& leg) {
        return leg.segment == kAvenue && leg.forward != avenue_westward;
      });
    });
  }
};

TEST(Beside, AgainstTheDirectionOfTheMapsRoadsAsAlongIt) {
  for (const double south_m : {0.0, 5.0, 7.5, 10.0, 15.0}) {
    Corridor eastward;
    eastward.drive(south_m);
    EXPECT_NEAR(Westward().accused(south_m), eastward.accused(), 1e-3) << south_m;
    EXPECT_EQ(Westward().accused(south_m, false), 1) << "nobody may drive there westward";
  }
}

}  // namespace
}  // namespace tomare::rules
