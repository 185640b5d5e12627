// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// 200 m eastward, then a left turn into 200 m northward; straight on the street goes on. Road 0 leads to the junction,
/// 1 straight on, 2 left.
struct Corner : MadeDrive {
  map::Restriction ban{};

  explicit Corner(bool turns = true) {
    const uint16_t west = map.node(0, 500), middle = map.node(200, 500, map::kNodeBanned | map::kNodeJunction);
    const uint16_t east = map.node(400, 500), north = map.node(200, 700);
    for (const auto& [from, to] : {std::pair{west, middle}, {middle, east}, {middle, north}}) map.road(from, to, 200);
    leg(0, 200);
    leg(turns ? 2 : 1, 200);
    ban.relation = 77;
    ban.via_node = middle;
    ban.from_segment = 0;
    ban.to_segment = 2;
    ban.turn = map::kTurnLeft;
    ban.vehicles = 1U << map::kCar;
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
}

}  // namespace
}  // namespace tomare::rules
