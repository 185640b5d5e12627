// SPDX-License-Identifier: MIT
#include "core-cpp/rules/to_and_fro.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// 200 m along a street, then so far into a road and back out of it, and 200 m on.
struct Spur : MadeDrive {
  explicit Spur(double metres) {
    road(200);
    const uint16_t middle = map.node(200, 0), end = map.node(200, 300);
    const uint16_t side = map.road(middle, end, 300);
    leg(side, metres);
    leg(side, metres, false);
    road(200);
    along(0, 400, 36);
  }
};

bool found_round_near(MadeDrive* drive, uint32_t from, uint32_t to) {
  static uint32_t first, last;
  static bool found;
  first = from;
  last = to;
  drive->judged([](const Context& c, Judgement*) { found = turns_round_near(c, c.trace.runs[0], first, last); });
  return found;
}

bool found_in_stretch(MadeDrive* drive, const Stretch& stretch) {
  static Stretch asked;
  static bool found;
  asked = stretch;
  drive->judged([](const Context& c, Judgement*) { found = to_and_fro(c, c.trace.runs[0], asked); });
  return found;
}

TEST(ToAndFro, APathThatTurnsRoundWithinSixtyMetresWanders) {
  Spur near(59), far(60);
  EXPECT_TRUE(found_round_near(&near, 2, 3)) << "it turned round before";
  EXPECT_TRUE(found_round_near(&near, 0, 1)) << "it turns round after";
  EXPECT_FALSE(found_round_near(&far, 2, 3));
  EXPECT_FALSE(found_round_near(&far, 0, 1));
}

TEST(ToAndFro, AStretchThatIsLeftAsItWasEnteredWanders) {
  Spur near(59), far(60);
  EXPECT_TRUE(found_in_stretch(&near, {1, 2, 200, 318}));
  EXPECT_FALSE(found_in_stretch(&far, {1, 2, 201, 320})) << "it left the place where it turned for good";
  EXPECT_FALSE(found_in_stretch(&far, {1, 2, 200, 319})) << "it came from afar";
}

/// So far along a street, back by as much as is asked, and on.
struct Back : MadeDrive {
  explicit Back(double metres) {
    road(300);
    leg(0, metres, false);
    leg(0, metres);
    along(0, 300 + 2 * metres, 36);
  }
};

TEST(ToAndFro, AStretchBetweenTurningRoundTwiceWanders) {
  Back near(59), far(60);
  EXPECT_TRUE(found_in_stretch(&near, {1, 1, 300, 359}));
  EXPECT_FALSE(found_in_stretch(&far, {1, 1, 300, 360}));
}

TEST(ToAndFro, AStretchThatIsOnlyLeftOrOnlyEnteredByTurningRoundDoesNot) {
  Spur spur(30);
  EXPECT_FALSE(found_in_stretch(&spur, {1, 1, 200, 230})) << "entered from another road";
  EXPECT_FALSE(found_in_stretch(&spur, {2, 2, 230, 260})) << "left into another road";
}

TEST(ToAndFro, WhereADriveBeginsOrEndsNothingWasTurned) {
  Back drive(50);
  EXPECT_FALSE(found_in_stretch(&drive, {0, 0, 0, 50}));
  EXPECT_FALSE(found_in_stretch(&drive, {2, 2, 350, 400}));
  Spur spur(59);
  EXPECT_FALSE(found_round_near(&spur, 0, 0)) << "the street before is too long";
  EXPECT_FALSE(found_round_near(&spur, 3, 3));
}

TEST(ToAndFro, AnotherRunThatComesBackIsNoTurnOfThisOne) {
  MadeDrive drive;
  drive.road(50);
  drive.along(0, 50, 36);
  drive.next_run();
  drive.leg(0, 50, false);
  drive.along(0, 50, 36);
  EXPECT_FALSE(found_round_near(&drive, 0, 0));
}

TEST(TurnsRound, OnTheSameRoadTheOtherWay) {
  match::Leg leg, next;
  EXPECT_FALSE(turns_round(leg, next)) << "it goes on";
  next.forward = !leg.forward;
  EXPECT_TRUE(turns_round(leg, next));
  next.segment = 1;
  EXPECT_FALSE(turns_round(leg, next)) << "another road";
  next.segment = 0;
  next.tile = 1;
  EXPECT_FALSE(turns_round(leg, next)) << "another road of the same number, over the tile's border";
}

/// 200 m, a street, 30 m into a side road and back, the street's length again, 200 m.
bool wanders_beside_spur(double street_m, uint32_t leg) {
  MadeDrive drive;
  drive.road(200);
  drive.road(street_m);
  const uint16_t side = drive.map.road(drive.map.node(200, 0), drive.map.node(200, 300), 300);
  drive.leg(side, 30);
  drive.leg(side, 30, false);
  drive.road(street_m);
  drive.road(200);
  drive.along(0, 400, 36);
  return found_round_near(&drive, leg, leg);
}

TEST(ToAndFro, MetresAreThoseOfAllLegsUpToTheTurn) {
  for (const uint32_t leg : {1U, 4U}) {
    EXPECT_TRUE(wanders_beside_spur(29, leg)) << leg;
    EXPECT_FALSE(wanders_beside_spur(30, leg)) << leg;
  }
}

}  // namespace
}  // namespace tomare::rules
