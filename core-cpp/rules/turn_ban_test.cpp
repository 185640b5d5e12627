// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

using testing::Corner;
using testing::Crossroads;
using testing::expect;
using testing::expect_open;

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

TEST(TurnBan, WhatIsSaidOfIt) {
  Crossroads drive;
  drive.ban(Crossroads::kNorth, map::kTurnLeft);
  const std::vector<Finding> found = drive.driven({Crossroads::kIn, Crossroads::kNorth});
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
  Crossroads plain(map::kNodeJunction);
  plain.ban(Crossroads::kNorth, map::kTurnLeft);
  EXPECT_EQ(plain.driven({Crossroads::kIn, Crossroads::kNorth}).size(), 0U);
  for (const double short_of : {0.04, 0.06}) {
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    drive.leg(Crossroads::kIn, 200 - short_of);
    drive.leg(Crossroads::kNorth, 200);
    drive.along(0, 390, 36);
    EXPECT_EQ(drive.judged(judge_turn_bans).findings.size(), short_of < 0.05 ? 1U : 0U);
  }
}

TEST(TurnBan, TurningRoundBeforeTheJunctionIsTurningRoundAtIt) {
  for (const double at_m : {200.0, 175.1, 175.0}) {
    Crossroads drive;
    drive.ban(Crossroads::kIn, map::kTurnU);
    drive.leg(Crossroads::kIn, at_m);
    drive.leg(Crossroads::kIn, at_m, false);
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
    Crossroads drive;
    map::Restriction& r = drive.ban(Crossroads::kNorth, map::kTurnRight);
    r.from_segment = Crossroads::kEast;
    drive.leg(Crossroads::kEast, 200, false);
    drive.trace.legs[0].to_m = static_cast<float>(short_of);
    drive.leg(Crossroads::kNorth, 200);
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

TEST(TurnBan, OfARelationThatNamesSeveralExitsOneNeedNotBeTheStraightest) {
  for (const int64_t relation : {70, 71, 0}) {
    Crossroads drive;
    map::Restriction east = drive.ban(Crossroads::kNorth, map::kTurnStraight);
    east.relation = relation;
    east.to_segment = Crossroads::kEast;
    if (relation != 0) drive.map.restrictions.push_back(east);
    const std::vector<Finding> found = drive.driven({Crossroads::kIn, Crossroads::kNorth});
    ASSERT_GE(found.size(), 1U);
    const bool named = relation == 70;
    EXPECT_EQ(found[0].verdict, named ? Verdict::violated : Verdict::undetermined) << relation;
    EXPECT_EQ(found[0].reasons, named ? 0U : uint32_t{kReason_map_contradiction}) << relation;
  }
}

TEST(TurnBan, AnotherOnlyByWaysAllowsWhoFollowsIt) {
  for (const uint16_t allowed : {Crossroads::kNorthEast, Crossroads::kNorthOn}) {
    for (const bool both : {true, false}) {
      Crossroads drive;
      drive.ban_by_ways({Crossroads::kNorth, Crossroads::kNorthOn}, map::kOnly);
      if (both) drive.ban_by_ways({Crossroads::kNorth, allowed}, map::kOnly).relation = 90;
      const std::vector<Finding> found = drive.driven({Crossroads::kIn, Crossroads::kNorth, Crossroads::kNorthEast});
      ASSERT_GE(found.size(), 1U);
      const bool follows = both && allowed == Crossroads::kNorthEast;
      EXPECT_EQ(found[0].verdict, follows ? Verdict::complied : Verdict::violated) << allowed << both;
    }
  }
}

TEST(TurnBan, ByWaysTheWholeOfThemIsBanned) {
  const auto drive = [](const std::vector<uint16_t>& roads, uint8_t flags = 0,
                        const std::vector<uint16_t>& ways = {Crossroads::kNorth, Crossroads::kNorthEast}) {
    Crossroads junction;
    junction.ban_by_ways(ways, flags);
    return junction.driven(roads);
  };
  using J = Crossroads;
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
  Crossroads drive;
  drive.map.segments[Crossroads::kNorthOn].way = drive.map.segments[Crossroads::kNorth].way;
  const uint16_t end = drive.map.road(drive.map.segments[Crossroads::kNorthOn].to_node, drive.map.node(400, 900), 200);
  drive.ban_by_ways({Crossroads::kNorth, end});
  expect(drive.driven({Crossroads::kIn, Crossroads::kNorth, Crossroads::kNorthOn, end}), Verdict::violated);
}

TEST(TurnBan, AClauseSaysWhenItIsInForce) {
  const auto drive = [](uint16_t value, const std::vector<map::Term>& terms, bool turns = true) {
    Crossroads junction;
    junction.clause(&junction.ban(Crossroads::kNorth, map::kTurnLeft), value, terms);
    return junction.driven({Crossroads::kIn, turns ? Crossroads::kNorth : Crossroads::kEast});
  };
  const std::vector<map::Term> wet = {{map::kTermKeyword, 0, map::kWet, 0, 0}};
  expect(drive(1, {}), Verdict::violated);
  EXPECT_EQ(drive(1, {}).at(0).tag_text, 0);
  expect(drive(0, {}), Verdict::complied);
  expect(drive(1, {{map::kTermTime, 0, 0, 0, 600}}), Verdict::complied);
  expect_open(drive(1, wet), kReason_condition_unknowable);
  expect(drive(1, wet, false), Verdict::complied);
  Crossroads lifted;
  map::Restriction& r = lifted.ban(Crossroads::kNorth, map::kTurnLeft);
  lifted.clause(&r, 1, {});
  lifted.clause(&r, 0, wet);
  expect_open(lifted.driven({Crossroads::kIn, Crossroads::kNorth}), kReason_condition_unknowable);
}

TEST(TurnBan, TheTagOfAnUnconditionalOneIsQuoted) {
  Crossroads drive;
  map::Restriction& r = drive.ban(Crossroads::kNorth, map::kTurnLeft);
  drive.clause(&r, 1, {});
  r.flags = 0;
  EXPECT_EQ(drive.driven({Crossroads::kIn, Crossroads::kNorth}).at(0).tag_text, 0);
}

TEST(TurnBan, AForceThatIsNoneTakesAllReasonsAway) {
  Crossroads drive;
  drive.clause(&drive.ban(Crossroads::kNorth, map::kTurnLeft), 0, {});
  drive.leg(Crossroads::kIn, 200);
  drive.leg(Crossroads::kNorth, 200);
  drive.along(0, 205, 36);
  expect(drive.judged(judge_turn_bans).findings, Verdict::complied);
}

/// Straight on where road 2 is the only way, and another restriction of the same approach opens road 1.
struct TwoOnly : Crossroads {
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
  TwoOnly both, unsure, may, lifted, elsewhere, ban;
  expect(both.first(), Verdict::complied);
  unsure.map.restrictions[1].flags |= map::kRestrictionUnsure;
  expect_open(unsure.first(), kReason_map_contradiction);
  may.clause(&may.map.restrictions[1], 1, {{map::kTermKeyword, 0, map::kWet, 0, 0}});
  expect_open(may.first(), kReason_condition_unknowable);
  lifted.clause(&lifted.map.restrictions[1], 0, {});
  expect(lifted.first(), Verdict::violated);
  for (int vehicle = map::kCar + 1; vehicle < map::kVehicleCount; ++vehicle) {
    TwoOnly other;
    other.map.restrictions[1].vehicles = static_cast<uint8_t>(1U << vehicle);
    expect(other.first(), Verdict::violated);
  }
  elsewhere.map.restrictions[1].from_segment = Crossroads::kSouth;
  expect(elsewhere.first(), Verdict::violated);
  ban.map.restrictions[1].flags = 0;
  ban.map.restrictions[1].to_segment = Crossroads::kSouth;
  expect(ban.first(), Verdict::violated);
}

TEST(TurnBan, ABanOfTheExitThatWasTakenAllowsNothing) {
  TwoOnly drive;
  drive.map.restrictions[1].flags = 0;  // no straight on
  expect(drive.driven({Crossroads::kIn, Crossroads::kEast}), Verdict::violated);
}

TEST(TurnBan, OneOfAnotherJunctionIsNoOtherExitOfThisRelation) {
  Crossroads drive;
  const map::Restriction straight = drive.ban(Crossroads::kNorth, map::kTurnStraight);
  map::Restriction elsewhere = straight;  // by a node that comes first
  elsewhere.via_node = 0;
  elsewhere.to_segment = Crossroads::kEast;
  ASSERT_GT(straight.via_node, 0);
  drive.map.restrictions = {elsewhere, straight};
  expect_open(drive.driven({Crossroads::kIn, Crossroads::kNorth}), kReason_map_contradiction);
}

TEST(TurnBan, TheSameRestrictionTwiceDoesNotAllowItself) {
  Crossroads drive;
  drive.ban(Crossroads::kNorth, map::kTurnLeft, map::kOnly);
  drive.map.restrictions.push_back(drive.map.restrictions[0]);
  expect(drive.driven({Crossroads::kIn, Crossroads::kEast}), Verdict::violated);
}

TEST(TurnBan, OneThatIsSureToAllowOutweighsOneThatMay) {
  TwoOnly drive;
  map::Restriction may = drive.map.restrictions[1];
  may.relation = 99;
  may.flags |= map::kRestrictionUnsure;
  drive.map.restrictions.push_back(may);
  EXPECT_EQ(drive.driven({Crossroads::kIn, Crossroads::kEast}).at(0).verdict, Verdict::complied);
}

TEST(TurnBan, TheSameTurnBannedTwiceIsOneViolation) {
  Crossroads drive;
  drive.ban(Crossroads::kNorth, map::kTurnLeft);
  drive.ban(Crossroads::kNorth, map::kTurnLeft);
  expect(drive.driven({Crossroads::kIn, Crossroads::kNorth}), Verdict::violated);
}

TEST(TurnBan, ARelationOfSeveralExitsIsToldOfOnceAndOverlaysHaveNone) {
  using J = Crossroads;
  const auto driven = [](int64_t relation, uint16_t exit) {
    Crossroads drive;
    drive.ban(J::kNorth, map::kTurnLeft);
    drive.ban(J::kSouth, map::kTurnRight);
    for (map::Restriction& r : drive.map.restrictions) r.relation = relation;
    return drive.driven({J::kIn, exit});
  };
  expect(driven(77, J::kEast), Verdict::complied);
  EXPECT_EQ(driven(77, J::kEast).at(0).source_detail, map::kTurnLeft << 8) << "by its first exit";
  for (const uint16_t exit : {J::kNorth, J::kSouth}) {
    expect(driven(77, exit), Verdict::violated);  // by the one that was taken
  }
  EXPECT_EQ(driven(0, J::kEast).size(), 2U) << "each is one of its own";
}

TEST(TurnBan, OnPrivateGroundItIsUndetermined) {
  for (const uint16_t owned : {Crossroads::kIn, Crossroads::kNorth}) {
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    map::Attributes aisle{};
    aisle.road_class = map::kService;
    aisle.service = map::kServiceParkingAisle;
    drive.map.attributes.push_back(aisle);
    drive.map.ways[owned].attributes = 1;
    expect_open(drive.driven({Crossroads::kIn, Crossroads::kNorth}), kReason_private_ground);
  }
}

TEST(TurnBan, ATurnIsAsSureAsItsLeastSureFix) {
  const double edge = Settings{}.confidence_violated_min / 0.99;  // a turn is seen so surely at the most
  for (const double posterior : {edge - 0.002, edge + 0.002}) {
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    drive.leg(Crossroads::kIn, 200);
    drive.leg(Crossroads::kNorth, 200);
    drive.along(0, 390, 36);
    drive.trace.fixes[18].posterior = static_cast<float>(posterior);
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    if (posterior < edge) expect_open(found, kReason_match_uncertain);
    if (posterior > edge) expect(found, Verdict::violated);
  }
}

TEST(TurnBan, AnExitThatIsNotSureAcquitsNobody) {
  const auto seen = [](double step_s, double posterior) {
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    drive.leg(Crossroads::kIn, 400);
    drive.leg(Crossroads::kEast, 600);
    for (int k = -1; k <= 2; ++k) drive.fix(k * step_s, 380 + 10 * step_s * k, 36);
    for (match::MatchedFix& fix : drive.trace.fixes) fix.posterior = static_cast<float>(posterior);
    return drive.judged(judge_turn_bans).findings;
  };
  for (const auto& [step_s, least] : {std::pair{4.0, 0.9}, {20.0, 0.9}, {20.5, 0.96}}) {
    expect_open(seen(step_s, least - 0.005), kReason_match_uncertain);
    expect(seen(step_s, least + 0.005), Verdict::complied);
  }
}

TEST(TurnBan, FarFromAnyFixNothingIsSaid) {
  Crossroads drive;
  drive.ban(Crossroads::kNorth, map::kTurnLeft);
  drive.leg(Crossroads::kIn, 200);
  drive.leg(Crossroads::kNorth, 200);
  for (const double at : {0.0, 100.0, 159.0, 241.0, 300.0}) drive.fix(at / 10, at, 36);
  EXPECT_EQ(drive.judged(judge_turn_bans).findings.size(), 0U);
}

/// A road that leaves the junction northward, 8 m east of road 2, and the drive between the two.
struct Channel : Crossroads {
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
  for (Channel* drive : {&between, &on_path}) drive->ban(Crossroads::kNorth, map::kTurnLeft);
  const std::vector<Finding> found = between.driven({Crossroads::kIn, Crossroads::kNorth});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].reasons & kReason_parallel_road, 0U);
  EXPECT_NEAR(found[0].match, 0.25, 0.05) << "as near as the other, and few make a banned turn";
  EXPECT_GT(on_path.driven({Crossroads::kIn, Crossroads::kNorth}).at(0).match, 0.5F);
  map::Attributes closed{};
  for (int d = 0; d < 2; ++d) map::set_access(&closed, d, 255, map::kAccessNo, map::kKeyVehicle);
  Channel shut(4, closed);
  shut.ban(Crossroads::kNorth, map::kTurnLeft);
  expect(shut.driven({Crossroads::kIn, Crossroads::kNorth}), Verdict::violated);
}

/// The drive begins 40 m before a road of 50 m that leads to the junction. A lawful channel lies 8 m beside that road,
/// or beside both; positions lie between.
std::vector<Finding> with_channel(bool beside_both) {
  testing::MadeDrive drive;
  const uint16_t begin = drive.map.node(110, 500), west = drive.map.node(150, 500);
  const uint16_t middle = drive.map.node(200, 500, map::kNodeBanned | map::kNodeJunction);
  drive.map.road(begin, west, 40);
  drive.map.road(west, middle, 50);
  drive.map.road(middle, drive.map.node(200, 700), 200);
  drive.map.road(middle, drive.map.node(400, 500), 200);
  const double from_m = beside_both ? 112 : 152;
  const uint16_t a = drive.map.node(from_m, 492), b = drive.map.node(198, 492);
  drive.map.road(beside_both ? begin : west, a, 9);
  drive.map.road(a, b, 198 - from_m);
  drive.map.road(b, middle, 9);
  for (const auto& [road, metres] : {std::pair{0, 40.0}, {1, 50.0}, {2, 200.0}}) {
    drive.leg(static_cast<uint16_t>(road), metres);
  }
  drive.map.restrictions = {testing::no_left(middle, 1, 2)};
  for (size_t k = 0; k < 17; ++k) drive.shift(k, 0, -4);
  drive.along(0, 279, 18);
  return drive.judged(judge_turn_bans).findings;
}

TEST(TurnBan, AChannelLiesBesideAllRoadsWithinSixtyMetresBeforeTheJunction) {
  expect(with_channel(false), Verdict::violated);
  const std::vector<Finding> found = with_channel(true);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].reasons & kReason_parallel_road, 0U);
}

TEST(TurnBan, WhereTheBannedRoadLiesBesideNobodyIsAcquitted) {
  const auto drive = [](double shift_m, uint16_t banned) {
    Channel channel(shift_m);
    channel.ban(banned, map::kTurnLeft);
    channel.leg(Crossroads::kIn, 200);
    channel.leg(static_cast<uint16_t>(channel.beside - 1), 17);
    channel.leg(channel.beside, 85);
    channel.along(0, 295, 36);
    return channel.judged(judge_turn_bans).findings;
  };
  const std::vector<Finding> between = drive(-4, Crossroads::kNorth);
  expect_open(between, kReason_match_uncertain);
  EXPECT_LT(between.at(0).match, 0.9F);
  expect(drive(4, Crossroads::kNorth), Verdict::complied);
  expect(drive(-4, Crossroads::kEast), Verdict::complied);  // which goes another way
  Channel only(4);
  only.ban(Crossroads::kNorth, map::kTurnLeft, map::kOnly);
  expect(only.driven({Crossroads::kIn, Crossroads::kNorth}), Verdict::complied);
}

/// The banned road leaves eastward for so many metres and then goes northward beside the one driven, 20 m off;
/// positions lie between the two.
std::vector<Finding> between_roads_that_part(double east_m) {
  Crossroads drive;
  const uint16_t end = drive.map.node(220, 700);
  const uint16_t banned = drive.map.road(drive.middle, end, 200 + east_m);
  drive.map.bend(banned, 200 + east_m, 500);
  if (east_m < 20) drive.map.bend(banned, 220, 540);
  drive.ban(banned, map::kTurnLeft);
  drive.leg(Crossroads::kIn, 200);
  drive.leg(Crossroads::kNorth, 200);
  for (size_t k = 21; k < 40; ++k) drive.shift(k, 10);
  drive.along(0, 390, 36);
  return drive.judged(judge_turn_bans).findings;
}

TEST(TurnBan, ABannedRoadThatPartsByMoreThanFortyFiveDegreesIsNotTakenForTheOneDriven) {
  expect(between_roads_that_part(20), Verdict::complied);
  expect_open(between_roads_that_part(1), kReason_match_uncertain);
}

}  // namespace
}  // namespace tomare::rules
