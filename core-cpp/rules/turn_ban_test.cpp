// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;
using testing::MadeJunction;
using testing::no_left;

/// 200 m eastward, then a left turn into 200 m northward; straight on the street goes on. Road 0 leads to the junction,
/// 1 straight on, 2 left.
struct Corner : MadeJunction {
  map::Restriction ban{};

  explicit Corner(bool turns = true) {
    map.road(middle, map.node(200, 700), 200);
    leg(0, 200);
    leg(turns ? 2 : 1, 200);
    ban = no_left(middle, 0, 2);
  }
  std::vector<Finding> driven(double from_m = 0, double to_m = 390) {
    if (map.restrictions.empty()) map.restrictions = {ban};
    along(from_m, to_m, 36);
    return judged(judge_turn_bans).findings;
  }
};

TEST(TurnBan, ABannedTurnThatIsMadeIsViolated) {
  Corner corner;
  const std::vector<Finding> found = corner.driven();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::violated);
  EXPECT_EQ(found[0].reasons, 0U);
  EXPECT_EQ(found[0].relation, 77);
  EXPECT_EQ(found[0].source, SourceTag::restriction);
  EXPECT_EQ(found[0].source_detail, map::kTurnLeft << 8);
  EXPECT_NEAR(found[0].measured[kMeasure_turn_deg], -90, 1);
  EXPECT_FLOAT_EQ(found[0].observation, 0.99F);
}

/// The course behind the junction, at 36 km/h and a fix a second; so many fixes late.
Verdict with_course(float after, size_t late = 0) {
  Corner corner;
  corner.map.restrictions = {corner.ban};
  corner.along(0, 390, 36);
  for (size_t i = 0; i < corner.heading_deg.size(); ++i) corner.heading_deg[i] = i < 20 + late ? 90 : after;
  return corner.judged(judge_turn_bans).findings.at(0).verdict;
}

TEST(TurnBan, CoursesBehindItThatContradictThePathDenyIt) {
  EXPECT_EQ(with_course(0), Verdict::violated);
  EXPECT_EQ(with_course(90), Verdict::undetermined) << "straight on: a jump of the positions";
  EXPECT_EQ(with_course(180), Verdict::undetermined) << "the other way";
  EXPECT_EQ(with_course(0, 3), Verdict::violated) << "late courses";
  EXPECT_EQ(with_course(0, 4), Verdict::undetermined) << "most of those behind it";
  EXPECT_EQ(with_course(NAN), Verdict::violated) << "none";
}

/// A road 10 m to the left of the street, entered by a banned turn; the courses swerve by so much at the junction.
uint32_t reasons_beside(float swerve_deg) {
  MadeDrive drive;
  const uint16_t west = drive.map.node(0, 500),
                 middle = drive.map.node(200, 500, map::kNodeBanned | map::kNodeJunction);
  const uint16_t up = drive.map.node(200, 510);
  drive.map.road(west, middle, 200);
  drive.map.road(middle, up, 10);
  drive.map.road(up, drive.map.node(400, 510), 200);
  for (const auto& [road, metres] : {std::pair{0, 200}, {1, 10}, {2, 200}})
    drive.leg(static_cast<uint16_t>(road), metres);
  map::Restriction ban{};
  ban.via_node = middle;
  ban.to_segment = 1;
  ban.turn = map::kTurnLeft;
  ban.vehicles = 1U << map::kCar;
  drive.map.restrictions = {ban};
  drive.along(0, 400, 36);
  for (size_t i = 0; i < drive.heading_deg.size(); ++i)
    drive.heading_deg[i] = i == 20 || i == 21 ? 90 - swerve_deg : 90;
  return drive.judged(judge_turn_bans).findings.at(0).reasons;
}

TEST(TurnBan, CoursesThatGoStraightOnDenyATurnIntoARoadBeside) {
  EXPECT_NE(reasons_beside(0) & kReason_course_contradicted, 0U);
  EXPECT_NE(reasons_beside(10) & kReason_course_contradicted, 0U);
  EXPECT_EQ(reasons_beside(20) & kReason_course_contradicted, 0U);
}

TEST(TurnBan, FarApartCoursesDenyNothing) {
  for (const double step_s : {3.0, 4.0}) {
    Corner corner;
    corner.map.restrictions = {corner.ban};
    for (int k = 0; k <= 12; ++k) corner.fix(step_s * k, 30 * k, 10 * 3.6);
    corner.heading_deg.assign(corner.heading_deg.size(), 90);
    EXPECT_EQ(corner.judged(judge_turn_bans).findings.at(0).verdict,
              step_s > 3 ? Verdict::violated : Verdict::undetermined);
  }
}

TEST(TurnBan, AnotherExitComplied) {
  Corner corner(false);
  const std::vector<Finding> found = corner.driven();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::complied);
  EXPECT_FLOAT_EQ(found[0].observation, 1);
}

TEST(TurnBan, OnlyOtherwiseThanItNamesIsBanned) {
  for (const bool turns : {true, false}) {
    Corner corner(turns);
    corner.ban.flags = map::kOnly;
    const std::vector<Finding> found = corner.driven();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].verdict, turns ? Verdict::complied : Verdict::violated);
    EXPECT_EQ(found[0].source_detail, map::kTurnLeft << 8 | 1);
  }
}

TEST(TurnBan, AnotherOnlyOfTheSameApproachAllows) {
  Corner corner(false);
  corner.ban.flags = map::kOnly;
  map::Restriction straight = corner.ban;
  straight.relation = 78;
  straight.to_segment = 1;
  straight.turn = map::kTurnStraight;
  corner.map.restrictions = {corner.ban, straight};
  const std::vector<Finding> found = corner.driven();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].verdict, Verdict::complied);
  EXPECT_EQ(found[1].verdict, Verdict::complied);
}

TEST(TurnBan, ItBindsItsVehiclesAndItsApproach) {
  Corner bus, other;
  bus.ban.vehicles = 1U << map::kBus;
  EXPECT_EQ(bus.driven().size(), 0U);
  other.ban.from_segment = 1;
  EXPECT_EQ(other.driven().size(), 0U);
}

TEST(TurnBan, GeometryThatContradictsIsUndetermined) {
  Corner corner;
  corner.ban.turn = map::kTurnRight;
  const std::vector<Finding> found = corner.driven();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::undetermined);
  EXPECT_EQ(found[0].reasons, uint32_t{kReason_map_contradiction});
}

TEST(TurnBan, AnUnsureRestrictionIsUndetermined) {
  Corner corner;
  corner.ban.flags = map::kRestrictionUnsure;
  EXPECT_EQ(corner.driven().at(0).verdict, Verdict::undetermined);
}

TEST(TurnBan, TheSourceOfAnOverlayIsSaid) {
  Corner corner;
  corner.ban.flags = map::kRestrictionOverlay;
  EXPECT_EQ(corner.driven().at(0).source, SourceTag::overlay_turn);
}

TEST(TurnBan, ADriveThatEndsRightBehindItIsTooShort) {
  Corner at, below;
  const std::vector<Finding> enough = at.driven(0, 210);
  ASSERT_EQ(enough.size(), 1U);
  EXPECT_EQ(enough[0].reasons & kReason_short_stretch, 0U) << "10 m are enough";
  const std::vector<Finding> brief = below.driven(5, 209);
  ASSERT_EQ(brief.size(), 1U);
  EXPECT_EQ(brief[0].verdict, Verdict::undetermined);
  EXPECT_NE(brief[0].reasons & kReason_short_stretch, 0U);
}

TEST(TurnBan, OneFixOnASideIsTooFew) {
  Corner corner;
  corner.map.restrictions = {corner.ban};
  corner.fix(0, 190, 36);
  corner.fix(2, 210, 36);
  corner.fix(4, 230, 36);
  const std::vector<Finding> found = corner.judged(judge_turn_bans).findings;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::undetermined);
  EXPECT_NE(found[0].reasons & kReason_gps_gap, 0U);
}

TEST(TurnBan, TimeForAnotherWayRoundIsAGap) {
  for (const double seconds : {7.0, 12.0}) {
    Corner corner;
    corner.map.restrictions = {corner.ban};
    corner.fix(0, 170, 30);
    corner.fix(2, 190, 30);
    corner.fix(2 + seconds, 200 + 10, 30);
    corner.fix(4 + seconds, 200 + 30, 30);
    const std::vector<Finding> found = corner.judged(judge_turn_bans).findings;
    ASSERT_EQ(found.size(), 1U);
    // 30 km/h for 7 s are 58 m, 38 m more than the path's 20; for 12 s 100 m, 80 m more
    EXPECT_EQ((found[0].reasons & kReason_gps_gap) != 0, seconds > 10);
  }
  for (const double seconds : {8.0, 8.1}) {
    Corner edge;
    edge.map.restrictions = {edge.ban};
    for (const double before : {0.0, 2.0}) edge.fix(before, 170 + 10 * before, 36);
    for (const double after : {0.0, 2.0}) edge.fix(2 + seconds + after, 210 + 10 * after, 36);
    const std::vector<Finding> found = edge.judged(judge_turn_bans).findings;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ((found[0].reasons & kReason_gps_gap) != 0, seconds > 8) << "60 m more are none, 61 are";
  }
}

/// A junction at (200, 500) that is reached from the west by road 0. Road 1 goes on eastward, 2 northward, 3 southward;
/// all are 200 m long. From the north's end 4 goes on northward, and 5 eastward.
struct Junction : MadeJunction {
  static constexpr uint16_t kIn = 0, kEast = 1, kNorth = 2, kSouth = 3, kNorthOn = 4, kNorthEast = 5;

  explicit Junction(uint8_t flags = map::kNodeBanned | map::kNodeJunction) : MadeJunction(200, flags) {
    const uint16_t north = map.node(200, 700), south = map.node(200, 300);
    map.road(middle, north, 200);
    map.road(middle, south, 200);
    map.road(north, map.node(200, 900), 200);
    map.road(north, map.node(400, 700), 200);
  }
  map::Restriction& ban(uint16_t to, map::TurnKind turn, uint8_t flags = 0) {
    map::Restriction r{};
    r.relation = 70 + static_cast<int64_t>(map.restrictions.size());
    r.via_node = middle;
    r.from_segment = kIn;
    r.to_segment = to;
    r.turn = turn;
    r.flags = flags;
    r.vehicles = 255;
    map.restrictions.push_back(r);
    return map.restrictions.back();
  }
  /// The ways lead through, or may not: via ways in their order, then the way that follows them.
  map::Restriction& ban_by_ways(const std::vector<uint16_t>& roads, uint8_t flags = 0) {
    map::Restriction& r = ban(map::kNone16, map::kTurnNone, static_cast<uint8_t>(flags | map::kViaWay));
    r.first_way = static_cast<uint16_t>(map.restriction_ways.size());
    r.way_count = static_cast<uint16_t>(roads.size());
    for (const uint16_t number : roads) map.restriction_ways.push_back(1000 + number);
    return r;
  }
  /// Gives a restriction a clause: 1 in force, 0 none. All of one restriction come one after another.
  void clause(map::Restriction* r, uint16_t value, const std::vector<map::Term>& terms) {
    map::Attributes facts{};
    MadeDrive::clause(&facts, map::kConditionRestriction, value, terms);
    if (r->condition_count == 0) r->first_condition = facts.first_condition;
    r->condition_count += 1;
    r->flags |= map::kRestrictionConditional;
  }
  /// Drives roads one after another, wholly and forward, with a fix each 10 m.
  std::vector<Finding> driven(const std::vector<uint16_t>& roads) {
    for (const uint16_t number : roads) leg(number, 200);
    along(0, 200.0 * static_cast<double>(roads.size()) - 10, 36);
    return judged(judge_turn_bans).findings;
  }
};

/// Undetermined for this reason alone.
void expect_open(const std::vector<Finding>& found, uint32_t reasons) {
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::undetermined);
  EXPECT_EQ(found[0].reasons, reasons);
}
void expect(const std::vector<Finding>& found, Verdict verdict, int line = __builtin_LINE()) {
  SCOPED_TRACE(line);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, verdict);
  EXPECT_EQ(found[0].reasons, 0U);
}

TEST(TurnBan, NoTurnIsClaimedBetweenFixesTooFarApart) {
  for (const double seconds : {45.0, 46.0}) {  // at 30 km/h 375 m and 383 m, of which the path has 330
    Junction drive;
    drive.ban(Junction::kNorth, map::kTurnLeft);
    for (const uint16_t number : {Junction::kIn, Junction::kNorth, Junction::kNorthOn}) drive.leg(number, 200);
    for (const double at_m : {150.0, 165.0}) drive.fix(at_m / 10, at_m, 30);
    for (const double at_m : {495.0, 510.0}) drive.fix(seconds + (at_m - 330) / 10, at_m, 30);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (seconds > 45) expect_open(found, kReason_gps_gap);
    if (seconds <= 45) expect(found, Verdict::violated);
  }
}

TEST(TurnBan, OneFixBehindAnotherExitAcquitsNobody) {
  for (const double to_m : {210.0, 220.0}) {
    Corner corner(false);
    const std::vector<Finding> found = corner.driven(5, to_m);  // fixes at 205 m and 215 m
    if (to_m < 215) expect_open(found, kReason_gps_gap);
    if (to_m > 215) expect(found, Verdict::complied);
  }
}

TEST(TurnBan, ACarThatStoodForSoLongBeforeAnotherExitMayHaveGoneRoundABlock) {
  for (const double seconds : {50.0, 51.0}) {  // at 30 km/h, 417 m and 425 m, of which the path has 20
    Corner corner(false);
    corner.map.restrictions = {corner.ban};
    for (const double at_m : {150.0, 170.0}) corner.fix(at_m / 10, at_m, 30);
    corner.fix(17 + seconds, 190, 30);
    for (const double at_m : {210.0, 230.0}) corner.fix(seconds + at_m / 10, at_m, 30);
    const std::vector<Finding> found = corner.judged(judge_turn_bans).findings;
    if (seconds > 50) expect_open(found, kReason_gps_gap);
    if (seconds <= 50) expect(found, Verdict::complied);
  }
}

TEST(TurnBan, APathThatTurnsRoundBehindAnotherExitAcquitsNobody) {
  for (const double metres : {50.0, 70.0}) {
    Corner corner(false);
    corner.trace.legs.pop_back();
    corner.trace.runs[0].leg_count = 1;
    corner.restart(200);
    corner.leg(1, metres);
    corner.leg(1, metres, false);
    const std::vector<Finding> found = corner.driven(0, 200 + 2 * metres);
    if (metres < 60) expect_open(found, kReason_match_uncertain);
    if (metres > 60) expect(found, Verdict::complied);
  }
}

TEST(TurnBan, APathThatTurnsRightRoundBetweenFixesFarApartAcquitsNobody) {
  for (const double step_s : {3.0, 3.1}) {  // the car may have turned off and come back
    Junction drive;
    drive.ban(Junction::kNorth, map::kTurnLeft);
    drive.leg(Junction::kIn, 200);
    drive.leg(Junction::kIn, 200, false);
    for (int k = 0; k <= 16; ++k) drive.fix(step_s * k, 24.9 * k, 8 * 3.6);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (step_s > 3) expect_open(found, kReason_match_uncertain);
    if (step_s <= 3) expect(found, Verdict::complied);
  }
}

TEST(TurnBan, ABannedWayRoundABlockAsLongAsThePathAcquitsNobodyBetweenFixesFarApart) {
  for (const double seconds : {20.0, 20.1}) {
    MadeJunction block(70);
    const uint16_t east = block.middle + 1, north = block.map.node(200, 570, map::kNodeJunction);
    const uint16_t beyond = block.map.node(270, 570, map::kNodeJunction);
    const uint16_t round = block.map.road(east, beyond, 70), left = block.map.road(block.middle, north, 70);
    block.map.road(north, beyond, 70);
    const uint16_t on = block.map.road(beyond, block.map.node(270, 770), 200);
    for (const auto& [road, metres] : {std::pair<uint16_t, double>{0, 200}, {1, 70}, {round, 70}, {on, 200}})
      block.leg(road, metres);
    block.map.restrictions = {no_left(block.middle, 0, left)};
    for (const double at_m : {140.0, 160.0, 180.0}) block.fix((at_m - 180) / 10, at_m, 36);
    for (const double at_m : {360.0, 380.0, 400.0}) block.fix(seconds + (at_m - 360) / 10, at_m, 36);
    const std::vector<Finding> found = block.judged(judge_turn_bans).findings;
    if (seconds > 20) expect_open(found, kReason_match_uncertain);
    if (seconds <= 20) expect(found, Verdict::complied);
  }
}

TEST(TurnBan, WhatIsSaidOfIt) {
  Junction drive;
  drive.ban(Junction::kNorth, map::kTurnLeft);
  const std::vector<Finding> found = drive.driven({Junction::kIn, Junction::kNorth});
  expect(found, Verdict::violated);
  EXPECT_EQ(found[0].way, 1000) << "where it was left";
  EXPECT_EQ(found[0].lon_e7, drive.lon_e7[20]);
  EXPECT_EQ(found[0].first_fix, 16U) << "40 m before the junction";
  EXPECT_EQ(found[0].last_fix, 24U);
  EXPECT_FLOAT_EQ(found[0].measured[kMeasure_fixes_before], 21);
  EXPECT_FLOAT_EQ(found[0].measured[kMeasure_fixes_after], 20);
  EXPECT_FLOAT_EQ(found[0].match, 1);
}

TEST(TurnBan, ANodeWithoutAnyAndARoadThatEndsShortOfIt) {
  Junction plain(map::kNodeJunction);
  plain.ban(Junction::kNorth, map::kTurnLeft);
  EXPECT_EQ(plain.driven({Junction::kIn, Junction::kNorth}).size(), 0U);
  for (const double short_of : {0.04, 0.06}) {
    Junction drive;
    drive.ban(Junction::kNorth, map::kTurnLeft);
    drive.leg(Junction::kIn, 200 - short_of);
    drive.leg(Junction::kNorth, 200);
    drive.along(0, 390, 36);
    EXPECT_EQ(drive.judged(judge_turn_bans).findings.size(), short_of < 0.05 ? 1U : 0U);
  }
}

TEST(TurnBan, TurningRoundBeforeTheJunctionIsTurningRoundAtIt) {
  for (const double at_m : {200.0, 175.1, 175.0}) {
    Junction drive;
    drive.ban(Junction::kIn, map::kTurnU);
    drive.leg(Junction::kIn, at_m);
    drive.leg(Junction::kIn, at_m, false);
    drive.along(0, 2 * at_m - 10, 36);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (at_m == 175) {
      EXPECT_EQ(found.size(), 0U) << "25 m before it";
    } else {
      expect(found, Verdict::violated);
      EXPECT_NEAR(std::fabs(found[0].measured[kMeasure_turn_deg]), 180, 1);
    }
  }
}

TEST(TurnBan, AgainstARoadItEndsAtItsFirstNode) {
  for (const double short_of : {0.0, 0.1}) {
    Junction drive;
    map::Restriction& r = drive.ban(Junction::kNorth, map::kTurnRight);
    r.from_segment = Junction::kEast;
    drive.leg(Junction::kEast, 200, false);
    drive.trace.legs[0].to_m = static_cast<float>(short_of);
    drive.leg(Junction::kNorth, 200);
    drive.along(0, 390, 36);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (short_of > 0) {
      EXPECT_EQ(found.size(), 0U);
    } else {
      expect(found, Verdict::violated);
      EXPECT_NEAR(found[0].measured[kMeasure_turn_deg], 90, 1);
    }
  }
}

TEST(TurnBan, APathThatNosesIntoAnotherArmTurnsAtTheJunctionAllTheSame) {
  for (const double nose_m : {9.9, 10.1}) {
    Junction drive;
    drive.ban(Junction::kNorth, map::kTurnLeft);
    drive.leg(Junction::kIn, 200);
    drive.leg(Junction::kEast, nose_m);
    drive.leg(Junction::kEast, nose_m, false);
    drive.leg(Junction::kNorth, 200);
    drive.along(0, 400, 36);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (nose_m < 10) expect(found, Verdict::violated);
    if (nose_m > 10) expect_open(found, kReason_match_uncertain);
  }
}

TEST(TurnBan, ByWaysTheWholeOfThemIsBanned) {
  const auto drive = [](const std::vector<uint16_t>& roads, uint8_t flags = 0,
                        const std::vector<uint16_t>& ways = {Junction::kNorth, Junction::kNorthEast}) {
    Junction junction;
    junction.ban_by_ways(ways, flags);
    return junction.driven(roads);
  };
  using J = Junction;
  expect(drive({J::kIn, J::kNorth, J::kNorthEast}), Verdict::violated);
  expect(drive({J::kIn, J::kNorth, J::kNorthOn}), Verdict::complied);
  EXPECT_EQ(drive({J::kIn, J::kEast}).size(), 0U) << "it never came into it";
  EXPECT_EQ(drive({J::kIn, J::kNorth}).size(), 0U) << "the drive ends on it";
  expect(drive({J::kIn, J::kNorth, J::kNorthEast}, map::kOnly), Verdict::complied);
  expect(drive({J::kIn, J::kNorth, J::kNorthOn}, map::kOnly), Verdict::violated);
  expect(drive({J::kIn, J::kEast}, map::kOnly), Verdict::violated);
  EXPECT_EQ(drive({J::kIn, J::kNorth}, map::kOnly).size(), 0U);
  EXPECT_EQ(drive({J::kIn, J::kNorth, J::kNorthOn}, 0, {J::kNorth, J::kNorthEast, J::kSouth}).size(), 0U)
      << "it left where a ban of longer ways does not reach";
  expect(drive({J::kIn, J::kNorth, J::kNorthOn}, map::kOnly, {J::kNorth, J::kNorthEast, J::kSouth}), Verdict::violated);
  const std::vector<Finding> exit = drive({J::kIn, J::kNorth, J::kNorthEast});
  EXPECT_NEAR(exit.at(0).measured[kMeasure_turn_deg], 0, 1) << "from the approach to the last way";
}

TEST(TurnBan, AWayOfSeveralSegmentsIsOne) {
  Junction drive;
  drive.map.segments[Junction::kNorthOn].way = drive.map.segments[Junction::kNorth].way;
  const uint16_t end = drive.map.road(drive.map.segments[Junction::kNorthOn].to_node, drive.map.node(400, 900), 200);
  drive.ban_by_ways({Junction::kNorth, end});
  expect(drive.driven({Junction::kIn, Junction::kNorth, Junction::kNorthOn, end}), Verdict::violated);
}

TEST(TurnBan, AClauseSaysWhenItIsInForce) {
  const auto drive = [](uint16_t value, const std::vector<map::Term>& terms, bool turns = true) {
    Junction junction;
    junction.clause(&junction.ban(Junction::kNorth, map::kTurnLeft), value, terms);
    return junction.driven({Junction::kIn, turns ? Junction::kNorth : Junction::kEast});
  };
  const std::vector<map::Term> wet = {{map::kTermKeyword, 0, map::kWet, 0, 0}};
  expect(drive(1, {}), Verdict::violated);
  EXPECT_EQ(drive(1, {}).at(0).tag_text, 0);
  expect(drive(0, {}), Verdict::complied);
  expect(drive(1, {{map::kTermTime, 0, 0, 0, 600}}), Verdict::complied);
  expect_open(drive(1, wet), kReason_condition_unknowable);
  expect(drive(1, wet, false), Verdict::complied);
  Junction lifted;
  map::Restriction& r = lifted.ban(Junction::kNorth, map::kTurnLeft);
  lifted.clause(&r, 1, {});
  lifted.clause(&r, 0, wet);
  expect_open(lifted.driven({Junction::kIn, Junction::kNorth}), kReason_condition_unknowable);
}

TEST(TurnBan, TheTagOfAnUnconditionalOneIsQuoted) {
  Junction drive;
  map::Restriction& r = drive.ban(Junction::kNorth, map::kTurnLeft);
  drive.clause(&r, 1, {});
  r.flags = 0;
  EXPECT_EQ(drive.driven({Junction::kIn, Junction::kNorth}).at(0).tag_text, 0);
}

TEST(TurnBan, AForceThatIsNoneTakesAllReasonsAway) {
  Junction drive;
  drive.clause(&drive.ban(Junction::kNorth, map::kTurnLeft), 0, {});
  drive.leg(Junction::kIn, 200);
  drive.leg(Junction::kNorth, 200);
  drive.along(0, 205, 36);
  expect(drive.judged(judge_turn_bans).findings, Verdict::complied);
}

/// Straight on where road 2 is the only way, and another restriction of the same approach opens road 1.
struct TwoOnly : Junction {
  TwoOnly() {
    ban(kNorth, map::kTurnLeft, map::kOnly);
    ban(kEast, map::kTurnStraight, map::kOnly);
  }
  /// Of the first.
  std::vector<Finding> first() {
    std::vector<Finding> found = driven({kIn, kEast});
    if (found.size() > 1) found.pop_back();
    return found;
  }
};

TEST(TurnBan, AnotherOnlyAllowsAsFarAsItIsInForce) {
  TwoOnly both, unsure, may, lifted, bus, elsewhere, ban;
  expect(both.first(), Verdict::complied);
  unsure.map.restrictions[1].flags |= map::kRestrictionUnsure;
  expect_open(unsure.first(), kReason_map_contradiction);
  may.clause(&may.map.restrictions[1], 1, {{map::kTermKeyword, 0, map::kWet, 0, 0}});
  expect_open(may.first(), kReason_condition_unknowable);
  lifted.clause(&lifted.map.restrictions[1], 0, {});
  expect(lifted.first(), Verdict::violated);
  bus.map.restrictions[1].vehicles = 1U << map::kBus;
  expect(bus.first(), Verdict::violated);
  elsewhere.map.restrictions[1].from_segment = Junction::kSouth;
  expect(elsewhere.first(), Verdict::violated);
  ban.map.restrictions[1].flags = 0;
  ban.map.restrictions[1].to_segment = Junction::kSouth;
  expect(ban.first(), Verdict::violated);
}

TEST(TurnBan, TheSameRestrictionTwiceDoesNotAllowItself) {
  Junction drive;
  drive.ban(Junction::kNorth, map::kTurnLeft, map::kOnly);
  drive.map.restrictions.push_back(drive.map.restrictions[0]);
  expect(drive.driven({Junction::kIn, Junction::kEast}), Verdict::violated);
}

TEST(TurnBan, OneThatIsSureToAllowOutweighsOneThatMay) {
  TwoOnly drive;
  map::Restriction may = drive.map.restrictions[1];
  may.relation = 99;
  may.flags |= map::kRestrictionUnsure;
  drive.map.restrictions.push_back(may);
  EXPECT_EQ(drive.driven({Junction::kIn, Junction::kEast}).at(0).verdict, Verdict::complied);
}

TEST(TurnBan, TheSameTurnBannedTwiceIsOneViolation) {
  Junction drive;
  drive.ban(Junction::kNorth, map::kTurnLeft);
  drive.ban(Junction::kNorth, map::kTurnLeft);
  expect(drive.driven({Junction::kIn, Junction::kNorth}), Verdict::violated);
}

TEST(TurnBan, OnPrivateGroundItIsUndetermined) {
  for (const uint16_t owned : {Junction::kIn, Junction::kNorth}) {
    Junction drive;
    drive.ban(Junction::kNorth, map::kTurnLeft);
    map::Attributes aisle{};
    aisle.road_class = map::kService;
    aisle.service = map::kServiceParkingAisle;
    drive.map.attributes.push_back(aisle);
    drive.map.ways[owned].attributes = 1;
    expect_open(drive.driven({Junction::kIn, Junction::kNorth}), kReason_private_ground);
  }
}

TEST(TurnBan, FarFromAnyFixNothingIsSaid) {
  Junction drive;
  drive.ban(Junction::kNorth, map::kTurnLeft);
  drive.leg(Junction::kIn, 200);
  drive.leg(Junction::kNorth, 200);
  for (const double at : {0.0, 100.0, 159.0, 241.0, 300.0}) drive.fix(at / 10, at, 36);
  EXPECT_EQ(drive.judged(judge_turn_bans).findings.size(), 0U);
}

TEST(TurnBan, APathThatTurnsRoundRightBehindItIsTooShort) {
  for (const double onward : {4.9, 5.1}) {
    Junction drive;
    const uint16_t hook = drive.map.node(200, 503);
    const uint16_t first = drive.map.road(drive.middle, hook, 3),
                   second = drive.map.road(hook, drive.map.node(200, 560), 57);
    drive.ban(first, map::kTurnLeft);
    drive.leg(Junction::kIn, 200);
    drive.leg(first, 3);
    drive.leg(second, onward - 3);
    drive.leg(second, onward - 3, false);
    drive.leg(first, 3, false);
    drive.leg(Junction::kEast, 100);
    for (int k = 0; k <= 150; ++k) drive.fix(k, 2 * k, 7.2);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    ASSERT_GE(found.size(), 1U);
    EXPECT_EQ((found[0].reasons & kReason_short_stretch) != 0, onward < 5) << "half of 10 m";
  }
}

TEST(TurnBan, ARoundOfABlockWithFewFixesMayHaveGoneTheOtherWayRound) {
  for (const double step_m : {15.0, 20.0}) {
    MadeDrive drive;
    const uint16_t a = drive.map.node(100, 500), b = drive.map.node(130, 500, map::kNodeBanned);
    const uint16_t c = drive.map.node(130, 530), d = drive.map.node(100, 530);
    for (const auto& [from, to] : {std::pair{a, b}, {b, c}, {c, d}, {d, a}}) drive.map.road(from, to, 30);
    drive.map.restrictions = {no_left(b, 0, 1)};
    for (const uint16_t number : {0, 1, 2, 3, 0}) drive.leg(number, 30);
    for (double at = 0; at <= 150; at += step_m) drive.fix(at / 10, at, 36);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].reasons, step_m > 15 ? uint32_t{kReason_gps_gap} : 0U) << "five fixes on 90 m, or seven";
  }
}

/// A road that leaves the junction northward, 8 m east of road 2, and the drive between the two.
struct Channel : Junction {
  uint16_t beside = 0;
  explicit Channel(double shift_m, const map::Attributes& facts = {}) {
    const uint16_t near = map.node(208, 515), far = map.node(208, 600);
    map::Attributes open = facts;
    open.road_class = map::kTertiary;
    map.road(middle, near, 17, open);
    beside = map.road(near, far, 85, open);
    map.road(far, map.node(208, 700), 100, open);
    for (size_t k = 21; k < 40; ++k) shift(k, shift_m);
  }
};

TEST(TurnBan, WhereALawfulChannelLiesBesideTheTurnItIsLessSure) {
  Channel between(4), on_path(0);
  for (Channel* drive : {&between, &on_path}) drive->ban(Junction::kNorth, map::kTurnLeft);
  const std::vector<Finding> found = between.driven({Junction::kIn, Junction::kNorth});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].reasons & kReason_parallel_road, 0U);
  EXPECT_NEAR(found[0].match, 0.25, 0.05) << "as near as the other, and few make a banned turn";
  EXPECT_GT(on_path.driven({Junction::kIn, Junction::kNorth}).at(0).match, 0.5F);
  map::Attributes closed{};
  for (int d = 0; d < 2; ++d) map::set_access(&closed, d, 255, map::kAccessNo, map::kKeyVehicle);
  Channel shut(4, closed);
  shut.ban(Junction::kNorth, map::kTurnLeft);
  expect(shut.driven({Junction::kIn, Junction::kNorth}), Verdict::violated);
}

TEST(TurnBan, WhereTheBannedRoadLiesBesideNobodyIsAcquitted) {
  const auto drive = [](double shift_m, uint16_t banned) {
    Channel channel(shift_m);
    channel.ban(banned, map::kTurnLeft);
    channel.leg(Junction::kIn, 200);
    channel.leg(static_cast<uint16_t>(channel.beside - 1), 17);
    channel.leg(channel.beside, 85);
    channel.along(0, 295, 36);
    return channel.judged(judge_turn_bans).findings;
  };
  const std::vector<Finding> between = drive(-4, Junction::kNorth);
  expect_open(between, kReason_match_uncertain);
  EXPECT_LT(between.at(0).match, 0.9F);
  expect(drive(4, Junction::kNorth), Verdict::complied);
  expect(drive(-4, Junction::kEast), Verdict::complied);  // which goes another way
  Channel only(4);
  only.ban(Junction::kNorth, map::kTurnLeft, map::kOnly);
  expect(only.driven({Junction::kIn, Junction::kNorth}), Verdict::complied);
}

TEST(TurnBan, ATurnOutOfAnArmThatThePathOnlyEnteredToTurnRoundIsUndetermined) {
  for (const double metres : {40.0, 80.0}) {
    Corner spur;
    spur.trace.legs.pop_back();
    spur.trace.runs[0].leg_count = 1;
    spur.restart(200);
    spur.leg(2, metres);
    spur.leg(2, metres, false);
    spur.leg(1, 200);
    spur.ban.from_segment = 2;
    spur.ban.to_segment = 1;
    const std::vector<Finding> found = spur.driven(0, 200 + 2 * metres + 150);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].verdict, metres < 60 ? Verdict::undetermined : Verdict::violated) << metres;
    EXPECT_EQ((found[0].reasons & kReason_match_uncertain) != 0, metres < 60) << metres;
  }
}

/// 140 m eastward, then round a block of 60 m to the left, back over its south side, and on eastward. The first turn is
/// banned; a fix every second at 21.6 km/h.
struct Block : MadeDrive {
  explicit Block(bool logged) {
    const uint16_t west = map.node(0, 500), first = map.node(140, 500, map::kNodeJunction);
    const uint16_t ban = map.node(200, 500, map::kNodeBanned | map::kNodeJunction);
    const uint16_t corner = map.node(200, 560), last = map.node(140, 560), east = map.node(400, 500);
    map.road(west, first, 140);
    map.road(first, ban, 60);
    map.road(ban, corner, 60);
    map.road(corner, last, 60);
    map.road(last, first, 60);
    map.road(ban, east, 200);
    leg(0, 140);
    for (const uint16_t side : {1, 2, 3, 4, 1}) leg(side, 60);
    leg(5, 200);
    map.restrictions = {no_left(ban, 1, 2)};
    along(0, 620, 21.6);
    for (match::MatchedFix& fix : trace.fixes) fix.speed_derived = !logged;
  }
  Finding finding() {
    for (const Finding& f : judged(judge_turn_bans).findings) {
      if (f.verdict != Verdict::complied) return f;
    }
    return {};
  }
};

TEST(TurnBan, APathRoundABlockIsNoTurnWhereTheCarMayHaveStood) {
  for (const float sigma_m : {5.0F, 10.0F, 20.0F, 30.0F}) {  // 42 m from the midst to a corner
    Block drive(false);
    drive.trace.error.sigma_m = sigma_m;
    const Finding f = drive.finding();
    EXPECT_EQ(f.verdict == Verdict::violated, sigma_m < 15) << sigma_m;
    EXPECT_EQ((f.reasons & kReason_match_uncertain) != 0, sigma_m > 15) << sigma_m;
  }
}

TEST(TurnBan, APathRoundABlockIsNoTurnWhereTheLoggedSpeedsSayThatTheCarStood) {
  for (const bool stood : {false, true}) {
    Block drive(true);
    for (match::MatchedFix& fix : drive.trace.fixes) {
      if (stood && fix.path_m > 200 && fix.path_m < 380) fix.speed_mps = 0;
    }
    const Finding f = drive.finding();
    EXPECT_EQ(f.verdict, stood ? Verdict::undetermined : Verdict::violated);
    EXPECT_EQ((f.reasons & kReason_match_uncertain) != 0, stood);
  }
}

TEST(TurnBan, WhoWaitsAtTheJunctionByTheLoggedSpeedsTurnsNowhere) {
  for (const float mps : {0.0F, 1.9F, 2.0F}) {
    Corner corner;
    corner.map.restrictions = {corner.ban};
    corner.along(0, 390, 36);
    for (size_t i = 19; i < 25; ++i) corner.speed_mps[i] = mps;  // from 190 m to 240 m
    const Finding f = corner.judged(judge_turn_bans).findings.at(0);
    EXPECT_EQ(f.verdict, mps < 1.95F ? Verdict::undetermined : Verdict::violated) << mps;
    EXPECT_EQ((f.reasons & kReason_speed_contradicted) != 0, mps < 1.95F) << mps;
  }
}

TEST(TurnBan, ThePositionsOfACarThatWaitsMayLeapRoundTheCorner) {
  for (const bool waits : {true, false}) {
    Corner corner;
    corner.map.restrictions = {corner.ban};
    corner.along(0, 190, 36);
    corner.along(195, 195, 36);
    corner.along(250, 390, 36);
    for (size_t i = 20; i < 22; ++i) corner.speed_mps[i] = waits ? 0.0F : 10.0F;
    const Finding f = corner.judged(judge_turn_bans).findings.at(0);
    EXPECT_EQ((f.reasons & kReason_speed_contradicted) != 0, waits);
  }
}

}  // namespace
}  // namespace tomare::rules
