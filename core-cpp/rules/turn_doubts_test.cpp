// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

using testing::Corner;
using testing::Crossroads;
using testing::expect;
using testing::expect_open;
using testing::MadeDrive;
using testing::MadeJunction;
using testing::no_left;

/// The course behind the junction, at 36 km/h and a fix a second; so many fixes late.
Verdict with_course(float after, size_t late = 0) {
  Corner corner;
  corner.map.restrictions = {corner.ban};
  corner.along(0, 390, 36);
  for (size_t i = 0; i < corner.heading_deg.size(); ++i) corner.heading_deg[i] = i < 20 + late ? 90 : after;
  return corner.judged(judge_turn_bans).findings.at(0).verdict;
}

TEST(TurnDoubts, CoursesBehindItThatContradictThePathDenyIt) {
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

TEST(TurnDoubts, CoursesThatGoStraightOnDenyATurnIntoARoadBeside) {
  EXPECT_NE(reasons_beside(0) & kReason_course_contradicted, 0U);
  EXPECT_NE(reasons_beside(10) & kReason_course_contradicted, 0U);
  EXPECT_EQ(reasons_beside(20) & kReason_course_contradicted, 0U);
}

TEST(TurnDoubts, FarApartCoursesDenyNothing) {
  for (const double step_s : {3.0, 4.0}) {
    Corner corner;
    corner.map.restrictions = {corner.ban};
    for (int k = 0; k <= 12; ++k) corner.fix(step_s * k, 30 * k, 10 * 3.6);
    corner.heading_deg.assign(corner.heading_deg.size(), 90);
    EXPECT_EQ(corner.judged(judge_turn_bans).findings.at(0).verdict,
              step_s > 3 ? Verdict::violated : Verdict::undetermined);
  }
}

TEST(TurnDoubts, ADriveThatEndsRightBehindItIsTooShort) {
  Corner at, below;
  const std::vector<Finding> enough = at.driven(0, 210);
  ASSERT_EQ(enough.size(), 1U);
  EXPECT_EQ(enough[0].reasons & kReason_short_stretch, 0U) << "10 m are enough";
  const std::vector<Finding> brief = below.driven(5, 209);
  ASSERT_EQ(brief.size(), 1U);
  EXPECT_EQ(brief[0].verdict, Verdict::undetermined);
  EXPECT_NE(brief[0].reasons & kReason_short_stretch, 0U);
}

TEST(TurnDoubts, ADriveThatBeginsRightBeforeItIsTooShort) {
  for (const double from_m : {190.0, 191.0}) {
    Corner corner;
    const std::vector<Finding> found = corner.driven(from_m, 390);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].reasons & kReason_short_stretch, from_m > 190 ? uint32_t{kReason_short_stretch} : 0U) << from_m;
  }
}

TEST(TurnDoubts, OneFixOnASideIsTooFew) {
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

TEST(TurnDoubts, TimeForAnotherWayRoundIsAGap) {
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

TEST(TurnDoubts, NoTurnIsClaimedBetweenFixesTooFarApart) {
  for (const double seconds : {45.0, 46.0}) {  // at 30 km/h 375 m and 383 m, of which the path has 330
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    for (const uint16_t number : {Crossroads::kIn, Crossroads::kNorth, Crossroads::kNorthOn}) drive.leg(number, 200);
    for (const double at_m : {150.0, 165.0}) drive.fix(at_m / 10, at_m, 30);
    for (const double at_m : {495.0, 510.0}) drive.fix(seconds + (at_m - 330) / 10, at_m, 30);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (seconds > 45) expect_open(found, kReason_gps_gap);
    if (seconds <= 45) expect(found, Verdict::violated);
  }
}

TEST(TurnDoubts, OneFixBehindAnotherExitAcquitsNobody) {
  for (const double to_m : {210.0, 220.0}) {
    Corner corner(false);
    const std::vector<Finding> found = corner.driven(5, to_m);  // fixes at 205 m and 215 m
    if (to_m < 215) expect_open(found, kReason_gps_gap);
    if (to_m > 215) expect(found, Verdict::complied);
  }
}

TEST(TurnDoubts, ACarThatStoodForSoLongBeforeAnotherExitMayHaveGoneRoundABlock) {
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

TEST(TurnDoubts, APathThatTurnsRoundBehindAnotherExitAcquitsNobody) {
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

TEST(TurnDoubts, UnlessItsLastTenMetresDo) {
  for (const double back_m : {9.9, 10.1}) {
    for (const bool behind : {false, true}) {  // another run
      Corner corner(false);
      corner.trace.legs.pop_back();
      corner.trace.runs[0].leg_count = 1;
      corner.restart(200);
      corner.leg(1, 40);
      corner.leg(1, back_m, false).from_m = 40;
      corner.trace.legs.back().to_m = static_cast<float>(40 - back_m);
      if (behind) corner.put_run_before();
      corner.map.restrictions = {corner.ban};
      corner.along(0, 240 + back_m, 18);
      const std::vector<Finding> found = corner.judged(judge_turn_bans).findings;
      if (back_m > 10) expect_open(found, kReason_match_uncertain);
      if (back_m < 10) expect(found, Verdict::complied);
    }
  }
}

TEST(TurnDoubts, APathThatTurnsRightRoundBetweenFixesFarApartAcquitsNobody) {
  for (const double step_s : {3.0, 3.1}) {  // the car may have turned off and come back
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    drive.leg(Crossroads::kIn, 200);
    drive.leg(Crossroads::kIn, 200, false);
    for (int k = 0; k <= 16; ++k) drive.fix(step_s * k, 24.9 * k, 8 * 3.6);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (step_s > 3) expect_open(found, kReason_match_uncertain);
    if (step_s <= 3) expect(found, Verdict::complied);
  }
}

TEST(TurnDoubts, ABannedWayRoundABlockAsLongAsThePathAcquitsNobodyBetweenFixesFarApart) {
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

TEST(TurnDoubts, APathThatTurnsRoundRightBehindItIsTooShort) {
  for (const double onward : {4.9, 5.1}) {
    Crossroads drive;
    const uint16_t hook = drive.map.node(200, 503);
    const uint16_t first = drive.map.road(drive.middle, hook, 3),
                   second = drive.map.road(hook, drive.map.node(200, 560), 57);
    drive.ban(first, map::kTurnLeft);
    drive.leg(Crossroads::kIn, 200);
    drive.leg(first, 3);
    drive.leg(second, onward - 3);
    drive.leg(second, onward - 3, false);
    drive.leg(first, 3, false);
    drive.leg(Crossroads::kEast, 100);
    for (int k = 0; k <= 150; ++k) drive.fix(k, 2 * k, 7.2);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    ASSERT_GE(found.size(), 1U);
    EXPECT_EQ((found[0].reasons & kReason_short_stretch) != 0, onward < 5) << "half of 10 m";
  }
}

TEST(TurnDoubts, ARoundOfABlockWithFewFixesMayHaveGoneTheOtherWayRound) {
  for (const double step_m : {17.0, 18.0}) {
    MadeDrive drive;
    const uint16_t a = drive.map.node(100, 500), b = drive.map.node(130, 500, map::kNodeBanned);
    const uint16_t c = drive.map.node(130, 530), d = drive.map.node(100, 530);
    for (const auto& [from, to] : {std::pair{a, b}, {b, c}, {c, d}, {d, a}}) drive.map.road(from, to, 30);
    drive.map.restrictions = {no_left(b, 0, 1)};
    for (const uint16_t number : {0, 1, 2, 3, 0}) drive.leg(number, 30);
    for (double at = 0; at <= 150; at += step_m) drive.fix(at / 10, at, 36);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].reasons, step_m > 17 ? uint32_t{kReason_gps_gap} : 0U) << "five fixes on 90 m, or six";
  }
}

TEST(TurnDoubts, ATurnOutOfAnArmThatThePathOnlyEnteredToTurnRoundIsUndetermined) {
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

TEST(TurnDoubts, APathRoundABlockIsNoTurnWhereTheCarMayHaveStood) {
  for (const float sigma_m : {5.0F, 10.0F, 20.0F, 30.0F}) {  // 42 m from the midst to a corner
    Block drive(false);
    drive.trace.error.sigma_m = sigma_m;
    const Finding f = drive.finding();
    EXPECT_EQ(f.verdict == Verdict::violated, sigma_m < 15) << sigma_m;
    EXPECT_EQ((f.reasons & kReason_match_uncertain) != 0, sigma_m > 15) << sigma_m;
  }
}

TEST(TurnDoubts, APathRoundABlockIsNoTurnWhereTheLoggedSpeedsSayThatTheCarStood) {
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

TEST(TurnDoubts, CarsCutCornersButNotHalfOfTheWay) {
  for (const float share : {0.48F, 0.52F}) {  // of the way round the block, by the logged speeds
    Block drive(true);
    for (match::MatchedFix& fix : drive.trace.fixes) fix.speed_mps *= fix.path_m > 200 && fix.path_m < 380 ? share : 1;
    const Finding f = drive.finding();
    EXPECT_EQ(f.verdict, share < 0.5F ? Verdict::undetermined : Verdict::violated) << share;
    EXPECT_EQ((f.reasons & kReason_match_uncertain) != 0, share < 0.5F) << share;
  }
}

TEST(TurnDoubts, WhoWaitsAtTheJunctionByTheLoggedSpeedsTurnsNowhere) {
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

TEST(TurnDoubts, ThePositionsOfACarThatWaitsMayLeapRoundTheCorner) {
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
