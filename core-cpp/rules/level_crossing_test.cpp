// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// 600 m of a street that tracks cross, in a country where everybody stops before them.
struct Street : MadeDrive {
  explicit Street(const std::vector<double>& tracks_m, uint8_t flags = 0, const map::Attributes& facts = {}) {
    map::Attributes street = facts;
    street.road_class = map::kTertiary;
    road(600, street);
    law.level_crossing_stop = true;
    for (const double at_m : tracks_m) point(map::kLevelCrossing, at_m, flags);
  }
  map::RulePoint& point(map::RulePointKind kind, double at_m, uint8_t flags = 0) {
    map::RulePoint p{};
    p.node = 500 + static_cast<int64_t>(map.points.size());
    p.offset_cm = static_cast<uint32_t>(at_m * 100 + 0.5);
    p.kind = kind;
    p.directions = 3;
    p.flags = flags;
    map.points.push_back(p);
    return map.points.back();
  }
  std::vector<Finding> through(double from_m = 0, double to_m = 590) {
    along(from_m, to_m, 40);
    return judged(judge_level_crossings).findings;
  }
  /// Stands for five seconds at so many metres.
  std::vector<Finding> stopping(double at_m) {
    double s = 0;
    for (double x = at_m - 10 * std::floor(at_m / 10); x < at_m - 20; x += 10) fix(s++, x, 36);
    for (const auto& [before_m, kmh] : {std::pair{16, 25}, {9, 20}, {4, 12}, {1, 5}}) fix(s++, at_m - before_m, kmh);
    for (int k = 0; k < 5; ++k) fix(s++, at_m, 0);
    for (const auto& [behind_m, kmh] : {std::pair{1, 6}, {4, 14}, {10, 24}, {18, 32}}) fix(s++, at_m + behind_m, kmh);
    for (double x = at_m + 28; x < 590; x += 10) fix(s++, x, 36);
    return judged(judge_level_crossings).findings;
  }
};

TEST(LevelCrossing, DrivenOverAtSpeedIsViolated) {
  Street street({300});
  const std::vector<Finding> found = street.through();
  ASSERT_EQ(found.size(), 1U);
  const Finding& f = found[0];
  EXPECT_EQ(f.rule, Rule::level_crossing);
  EXPECT_EQ(f.verdict, Verdict::violated);
  EXPECT_EQ(f.reasons, 0U);
  EXPECT_EQ(f.source, SourceTag::crossing);
  EXPECT_EQ(f.node, 500);
  EXPECT_NEAR(f.measured[kMeasure_lowest_observed_kmh], 40, 0.01);
  EXPECT_GT(f.match, 0.98F);
  EXPECT_GT(f.observation, 0.9F);
  EXPECT_EQ(street.judged(judge_level_crossings).exposure[static_cast<int>(Rule::level_crossing)].passed, 1U);
}

TEST(LevelCrossing, TheFindingLiesWhereTheTracksCross) {
  Street street({220});
  const std::vector<Finding> found = street.through();
  ASSERT_EQ(found.size(), 1U);
  int32_t lat = 0, lon = 0;
  map::position_on(*street.map.graph().tile(0), 0, 220, &lat, &lon);
  EXPECT_EQ(found[0].lat_e7, lat);
  EXPECT_EQ(found[0].lon_e7, lon);
}

TEST(LevelCrossing, AStandBeforeTheTracksComplied) {
  for (const double at_m : {288.0, 294.0}) {
    Street street({300});
    const std::vector<Finding> found = street.stopping(at_m);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].verdict, Verdict::complied) << at_m;
    EXPECT_EQ(found[0].reasons, 0U);
  }
  Street far({300});
  EXPECT_NE(far.stopping(220).at(0).verdict, Verdict::complied);
}

TEST(LevelCrossing, NoDutyWhereTheLawHasNone) {
  Street street({300});
  street.law.level_crossing_stop = false;
  EXPECT_EQ(street.through().size(), 0U);
}

TEST(LevelCrossing, TracksWithinFortyMetresAreOneCrossing) {
  EXPECT_EQ(Street({300, 340}).through().size(), 1U);
  EXPECT_EQ(Street({300, 340.5}).through().size(), 2U);
  EXPECT_EQ(Street({300, 330, 360}).through().size(), 1U) << "each is near the one before";
}

TEST(LevelCrossing, TracksOutOfUseAreNone) {
  EXPECT_EQ(Street({300}, map::kCrossingInactive).through().size(), 0U);
  EXPECT_EQ(Street({}).through().size(), 0U);
  Street others({});
  others.point(map::kStop, 300);
  EXPECT_EQ(others.through().size(), 0U);
}

TEST(LevelCrossing, OneUnsureTrackMakesAllUndetermined) {
  for (const size_t unsure : {size_t{0}, size_t{1}}) {
    Street street({300, 320});
    street.map.points[unsure].flags = map::kPointUnsure;
    const std::vector<Finding> found = street.through();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].verdict, Verdict::undetermined);
    EXPECT_EQ(found[0].reasons, uint32_t{kReason_map_contradiction});
  }
}

TEST(LevelCrossing, OneThatMayNotStandYetIsUndetermined) {
  Street street({300});
  street.map.points[0].detail = map::kPointConditional;
  EXPECT_EQ(street.through().at(0).verdict, Verdict::undetermined);
}

TEST(LevelCrossing, WhereASignalRegulatesItNobodyIsAccused) {
  const auto with = [](double signal_m) {
    Street street({});
    if (signal_m < 300) street.point(map::kSignals, signal_m);
    street.point(map::kLevelCrossing, 300);
    if (signal_m > 300) street.point(map::kSignals, signal_m);
    return street.through().at(0);
  };
  EXPECT_EQ(with(290).verdict, Verdict::undetermined);
  EXPECT_EQ(with(290).reasons, uint32_t{kReason_signal_present});
  EXPECT_EQ(with(256).verdict, Verdict::undetermined);
  EXPECT_EQ(with(255).verdict, Verdict::violated) << "45 m before";
  EXPECT_EQ(with(314).verdict, Verdict::undetermined);
  EXPECT_EQ(with(315).verdict, Verdict::violated) << "15 m beyond";
}

TEST(LevelCrossing, OnPrivateGroundItIsUndetermined) {
  map::Attributes owned{};
  owned.service = map::kServiceDriveway;
  const std::vector<Finding> found = Street({300}, 0, owned).through();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::undetermined);
  EXPECT_EQ(found[0].reasons, uint32_t{kReason_private_ground});
}

TEST(LevelCrossing, TheSourceOfAnOverlayIsSaid) {
  EXPECT_EQ(Street({300}, map::kFromOverlay).through().at(0).source, SourceTag::overlay_crossing);
}

TEST(LevelCrossing, AtTheEndsOfTheDriveNothingIsSaid) {
  EXPECT_EQ(Street({300, 320}).through(100, 322).size(), 0U) << "it ends between or right behind the tracks";
  EXPECT_EQ(Street({300, 320}).through(100, 340).size(), 1U);
  EXPECT_EQ(Street({300, 320}).through(298, 500).size(), 0U);
  EXPECT_EQ(Street({300, 320}).through(296, 500).size(), 1U);
  Street one({300});
  one.fix(0, 300, 36);
  EXPECT_EQ(one.judged(judge_level_crossings).findings.size(), 0U) << "one fix is no drive";
}

}  // namespace
}  // namespace tomare::rules
