// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_beside.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/rules/made_slip_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;
using Slip = testing::MadeSlip;

TEST(TurnBeside, ABannedCornerThatTheCarDroveIsClaimedThoughThePathTakesTheSlipRoad) {
  Slip slip;
  slip.drive(true);
  const std::vector<Finding> found = slip.found();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::violated);
  EXPECT_EQ(found[0].relation, 77);
  EXPECT_EQ(found[0].way, 1003) << "the road before the turn";
  EXPECT_NEAR(found[0].measured[kMeasure_turn_deg], -90, 1);
  EXPECT_NEAR(found[0].measured[kMeasure_fixes_before], 34, 1);
  EXPECT_NEAR(found[0].measured[kMeasure_fixes_after], 33, 1);
  EXPECT_GT(found[0].match, 0.9F);
}

TEST(TurnBeside, ACarOnTheSlipRoadIsNotAccused) {
  Slip slip;
  slip.drive(false);
  EXPECT_EQ(slip.found().size(), 0U);
}

TEST(TurnBeside, PositionsOnTheCornerAccuseNobodyWhereTheCoursesFitThePathAsWell) {
  for (const bool courses : {true, false}) {
    Slip slip;
    slip.drive(true);
    for (size_t i = 34; i <= 42 && !courses; ++i) slip.heading_deg[i] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(slip.found().size(), courses ? 1U : 0U);
  }
}

TEST(TurnBeside, PositionsThatFitNoWayWellAccuseWhereTheyFitEachLawfulOneFarWorse) {
  for (const double off_m : {24.0, 60.0}) {
    Slip slip;
    slip.drive(true);
    for (size_t i = 0; i < slip.time_ms.size(); ++i) slip.shift(i, off_m * 0.7, -off_m * 0.7);
    EXPECT_EQ(slip.found().size(), off_m < 30 ? 1U : 0U) << off_m;
  }
}

TEST(TurnBeside, WithoutLoggedCoursesOrSpeedsNobodyIs) {
  Slip no_courses, no_speeds, far_apart;
  no_courses.drive(true);
  no_courses.heading_deg.assign(no_courses.heading_deg.size(), std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(no_courses.found().size(), 0U);
  no_speeds.drive(true);
  for (match::MatchedFix& fix : no_speeds.trace.fixes) fix.speed_derived = true;
  EXPECT_EQ(no_speeds.found().size(), 0U);
  far_apart.drive(true, 4);
  EXPECT_EQ(far_apart.found().size(), 0U) << "four seconds between fixes show no shape";
}

TEST(TurnBeside, ABanThatDoesNotBindOrIsUnsureAccusesNobody) {
  Slip bus, unsure, elsewhere;
  bus.ban.vehicles = 1U << map::kBus;
  unsure.ban.flags = map::kRestrictionUnsure;
  elsewhere.ban.to_segment = 5;
  for (Slip* slip : {&bus, &unsure, &elsewhere}) {
    slip->drive(true);
    EXPECT_EQ(slip->found().size(), 0U);
  }
}

TEST(TurnBeside, OnlyOtherwiseThanItNamesIsBannedToo) {
  Slip slip;
  slip.ban.flags = map::kOnly;
  slip.ban.to_segment = 5;
  slip.ban.turn = map::kTurnStraight;
  slip.drive(true);
  const std::vector<Finding> found = slip.found();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::violated);
}

TEST(TurnBeside, ALawfulWayOfTheSameShapeClears) {
  Slip slip;
  const uint16_t beside = slip.map.node(200 + Slip::kArm - 3, 500, map::kNodeJunction);
  slip.map.road(slip.leaves, beside, Slip::kArm - 3);
  slip.map.road(beside, slip.meets, Slip::kArm);
  slip.drive(true);
  EXPECT_EQ(slip.found().size(), 0U);
}

TEST(TurnBeside, ARoadThatIsClosedLeadsToNoTurn) {
  Slip slip;
  map::Attributes closed = slip.map.attributes[0];
  for (const int way : {map::kForward, map::kBackward})
    map::set_access(&closed, way, 255, map::kAccessNo, map::kKeyAccess);
  const uint16_t extra = slip.map.road(slip.leaves, slip.corner, Slip::kArm, closed);
  slip.map.segments[3] = slip.map.segments[extra];
  slip.drive(true);
  EXPECT_EQ(slip.found().size(), 0U);
}

/// What is found where the ban is of the junction at which the path leaves for the slip road, and another relation bans
/// another exit there.
std::vector<Finding> at_the_slip_road(bool corner) {
  Slip slip;
  const uint16_t other = slip.map.road(slip.leaves, slip.map.node(200, 300), 200);
  slip.map.nodes[slip.leaves].flags |= map::kNodeBanned;
  slip.ban = testing::no_left(slip.leaves, 0, 3);
  slip.ban.turn = map::kTurnNone;
  map::Restriction second = slip.ban;
  second.relation = 78;
  second.to_segment = other;
  slip.drive(corner);
  slip.map.restrictions = {slip.ban, second};
  return slip.judged(judge_turn_bans).findings;
}

TEST(TurnBeside, OfATurnThatIsClaimedThePathsOwnExitSaysNothingAndOthersAreTold) {
  const std::vector<Finding> made = at_the_slip_road(true);
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(made[0].verdict, Verdict::violated);
  EXPECT_EQ(made[0].relation, 77);
  EXPECT_NE(made[1].verdict, Verdict::violated);
  EXPECT_EQ(made[1].relation, 78);
  const std::vector<Finding> kept = at_the_slip_road(false);
  ASSERT_EQ(kept.size(), 2U);
  for (const Finding& f : kept) EXPECT_EQ(f.verdict, Verdict::complied) << f.relation;
}

/// How many are found where fixes lie on these metres of the path alone; it leaves for the slip road at 200 m and comes
/// to its end at 242 m.
size_t found_between(double first_m, double last_m) {
  Slip slip;
  slip.drive(true);
  std::erase_if(slip.trace.runs[0].fixes, [&](uint32_t i) {
    return slip.trace.fixes[i].path_m < first_m || slip.trace.fixes[i].path_m > last_m;
  });
  return slip.found().size();
}

TEST(TurnBeside, ADriveThatBeginsOrEndsAtTheCornerTellsTooLittle) {
  EXPECT_EQ(found_between(100, 400), 1U);
  EXPECT_EQ(found_between(168, 400), 1U) << "32 m before the way are driven";
  EXPECT_EQ(found_between(174, 400), 0U) << "26 m";
  EXPECT_EQ(found_between(100, 277), 1U) << "34 m behind it";
  EXPECT_EQ(found_between(100, 271), 0U) << "28 m";
}

/// A banned turn of the path itself, so many metres along the leg.
Slip with_own_turn(size_t leg, float along_m) {
  Slip slip;
  slip.drive(true);
  std::vector<match::Leg>& legs = slip.trace.legs;
  match::Leg behind = legs[leg];
  behind.from_m = legs[leg].to_m = along_m;
  behind.path_m += along_m;
  behind.illegal = match::kBannedTurn;
  legs.insert(legs.begin() + static_cast<ptrdiff_t>(leg) + 1, behind);
  slip.trace.runs[0].leg_count += 1;
  for (match::MatchedFix& fix : slip.trace.fixes) fix.leg += fix.path_m >= behind.path_m ? 1 : 0;
  return slip;
}

TEST(TurnBeside, ABannedTurnOfThePathItselfWithinFortyMetresIsToldAlone) {
  EXPECT_EQ(with_own_turn(0, 159).found().size(), 1U) << "41 m before the way";
  EXPECT_EQ(with_own_turn(0, 161).found().size(), 0U);
  EXPECT_EQ(with_own_turn(2, 39).found().size(), 0U) << "39 m behind it";
  EXPECT_EQ(with_own_turn(2, 41).found().size(), 1U);
}

/// 200 m eastward, then the path goes straight on for 40 m and back by 28 m to a road northward. A banned left turn at
/// the junction leads to the same road over 28 m alone, 40 m less.
struct Straight : MadeDrive {
  map::Restriction ban{};

  Straight() {
    const uint16_t west = map.node(0, 500), junction = map.node(200, 500, map::kNodeBanned | map::kNodeJunction);
    const uint16_t beyond = map.node(240, 500, map::kNodeJunction), back = map.node(220, 520, map::kNodeJunction);
    const uint16_t north = map.node(220, 720);
    map.road(west, junction, 200);
    map.road(junction, beyond, 40);
    map.road(beyond, back, 28.28);
    map.road(junction, back, 28.28);
    map.road(back, north, 200);
    for (const auto& [number, metres] : {std::pair{0, 200.0}, {1, 40.0}, {2, 28.28}, {4, 200.0}}) {
      leg(static_cast<uint16_t>(number), metres);
    }
    ban.relation = 78;
    ban.via_node = junction;
    ban.from_segment = 0;
    ban.to_segment = 3;
    ban.turn = map::kTurnLeft;
    ban.vehicles = 1U << map::kCar;
    map.restrictions = {ban};
  }
  /// What is found where the car drives on by the speeds for so many metres between the fixes around the junction.
  Finding gone(double metres, bool logged = true, bool first_logged = true) {
    const double before_m = 190, behind_m = 288.28, step_s = 5;
    for (const double at_m : {before_m - 80, before_m - 40}) fix(now(at_m), at_m, 28.8);
    const double mps = metres / (2 * step_s);
    fix(now(before_m), before_m, mps * 3.6);
    fix(now(before_m) + 2 * step_s, behind_m, mps * 3.6);
    for (const double on_m : {40.0, 80.0}) fix(now(before_m) + 2 * step_s + on_m / 8, behind_m + on_m, 28.8);
    for (match::MatchedFix& f : trace.fixes) f.speed_derived = !logged;
    if (!first_logged) trace.fixes[0].speed_derived = true;
    return judged(judge_turn_bans).findings.at(0);
  }
  static double now(double at_m) { return at_m / 8; }
};

TEST(TurnBeside, ABannedWayThatTheSpeedsFitBetterThanThePathAcquitsNobody) {
  Straight path, corner, unlogged;
  EXPECT_EQ(path.gone(98).verdict, Verdict::complied) << "as long as the path";
  const Finding found = corner.gone(58);
  EXPECT_EQ(found.verdict, Verdict::undetermined) << "as long as the banned way";
  EXPECT_EQ(found.reasons, uint32_t{kReason_match_uncertain});
  EXPECT_EQ(unlogged.gone(58, false).verdict, Verdict::complied) << "no speeds tell how far";
  EXPECT_EQ(Straight().gone(58, true, false).verdict, Verdict::undetermined) << "90 m before it nobody asks for one";
}

}  // namespace
}  // namespace tomare::rules
