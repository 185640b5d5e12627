// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

map::Attributes oneway(map::OnewaySource source = map::kOnewayGiven) {
  map::Attributes facts{};
  facts.road_class = map::kTertiary;
  facts.oneway_source = source;
  facts.oneway_against[map::kForward] = 255;
  return facts;
}

/// 200 m of a street of both directions, so much of a one-way street driven against it, 200 m of the street again; a
/// fix each second at 36 km/h.
struct Against : MadeDrive {
  explicit Against(double length_m = 100, const map::Attributes& facts = oneway()) {
    road(200);
    road(length_m, facts).illegal = match::kAgainstOneway;
    road(200);
    along(0, 395 + length_m, 36);
  }
  std::vector<Finding> findings() { return judged(judge_wrong_way).findings; }
  Finding finding() {
    const std::vector<Finding> found = findings();
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Finding{} : found[0];
  }
};

/// Undetermined for this reason alone.
void expect_open(const Finding& f, Reason reason) {
  EXPECT_EQ(f.verdict, Verdict::undetermined);
  EXPECT_EQ(f.reasons, uint32_t{reason});
}

TEST(WrongWay, AOneWayStreetDrivenAgainstIsViolated) {
  Against drive;
  const Judgement out = drive.judged(judge_wrong_way);
  ASSERT_EQ(out.findings.size(), 1U);
  const Finding& f = out.findings[0];
  EXPECT_EQ(f.rule, Rule::wrong_way);
  EXPECT_EQ(f.verdict, Verdict::violated);
  EXPECT_EQ(f.reasons, 0U);
  EXPECT_EQ(f.source, SourceTag::oneway);
  EXPECT_EQ(f.way, 1001);
  EXPECT_EQ(f.lon_e7, drive.lon_e7[20]) << "where it begins";
  EXPECT_EQ(f.first_fix, 20U);
  EXPECT_EQ(f.last_fix, 30U);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_length_m], 100);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_duration_s], 10);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_mean_kmh], 36);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_fixes_in_window], 11);
  EXPECT_FLOAT_EQ(f.match, 1);
  EXPECT_FLOAT_EQ(f.map, 1);
  EXPECT_FLOAT_EQ(f.observation, 1 - 0.05F / 12);
  const Exposure& exposure = out.exposure[static_cast<int>(Rule::wrong_way)];
  EXPECT_EQ(exposure.passed, 1U);
  EXPECT_EQ(exposure.violated, 1U);
  EXPECT_EQ(exposure.complied, 0U);
  EXPECT_NEAR(exposure.judged_m, 100, 0.1);
}

TEST(WrongWay, AlongTheOneWayStreetItComplied) {
  MadeDrive drive;
  drive.road(200, oneway());
  drive.road(100);
  drive.road(200, oneway());
  drive.along(0, 490, 36);
  const Judgement out = drive.judged(judge_wrong_way);
  EXPECT_EQ(out.findings.size(), 0U);
  const Exposure& exposure = out.exposure[static_cast<int>(Rule::wrong_way)];
  EXPECT_EQ(exposure.passed, 2U);
  EXPECT_EQ(exposure.complied, 2U);
  EXPECT_NEAR(exposure.judged_m, 400, 0.1);
}

TEST(WrongWay, AStreetIsNoOneWayStreetForVehiclesThatItsRuleExcepts) {
  map::Attributes facts = oneway();
  facts.oneway_against[map::kForward] = 1U << map::kBus;
  MadeDrive car, bus;
  bus.vehicle = map::kBus;
  for (MadeDrive* drive : {&car, &bus}) {
    drive->road(200, facts);
    drive->along(0, 190, 36);
    EXPECT_EQ(drive->judged(judge_wrong_way).exposure[static_cast<int>(Rule::wrong_way)].passed,
              drive == &bus ? 1U : 0U);
  }
  map::Attributes backward = oneway();
  std::swap(backward.oneway_against[map::kForward], backward.oneway_against[map::kBackward]);
  MadeDrive other;
  other.road(200, backward);
  other.along(0, 190, 36);
  EXPECT_EQ(other.judged(judge_wrong_way).exposure[static_cast<int>(Rule::wrong_way)].passed, 1U);
}

TEST(WrongWay, WhatTheRuleComesFrom) {
  EXPECT_EQ(Against(100, oneway(map::kOnewayOverlay)).finding().source, SourceTag::overlay_oneway);
  EXPECT_FLOAT_EQ(Against(100, oneway(map::kOnewayOverlay)).finding().map, 1);
  map::Attributes implied = oneway(map::kOnewayImplied);
  EXPECT_EQ(Against(100, implied).finding().source, SourceTag::motorway);
  EXPECT_FLOAT_EQ(Against(100, implied).finding().map, 0.97F);
  implied.flags = map::kFlagRoundabout;
  EXPECT_EQ(Against(100, implied).finding().source, SourceTag::roundabout);
  EXPECT_FLOAT_EQ(Against(100, oneway(map::kOnewayUnknown)).finding().map, 0.97F);
}

TEST(WrongWay, TheTagThatGaveTheRuleIsQuoted) {
  map::Attributes facts = oneway();
  facts.quote_count = 1;
  Against drive(100, facts);
  drive.map.quotes = {{map::kQuotedOneway, 3, 255, 0, drive.map.name("oneway=-1")}};
  EXPECT_EQ(drive.finding().tag_text, 0);
  Against overlay(100, [&] {
    map::Attributes of = facts;
    of.oneway_source = map::kOnewayOverlay;
    return of;
  }());
  overlay.map.quotes = {{map::kQuotedOneway, 3, 255, 0, overlay.map.name("oneway=-1")}};
  EXPECT_EQ(overlay.finding().tag_text, map::kNone16) << "an overlay is no tag";
}

TEST(WrongWay, TheEdgesOfLength) {
  EXPECT_EQ(Against(19.9).findings().size(), 0U) << "below half the least length the path only touches the street";
  const auto at = [](double length_m) {
    Against drive(length_m);
    drive.settings.wrong_way_min_duration_s = 0;
    return drive.finding();
  };
  EXPECT_EQ(at(20).reasons, uint32_t{kReason_short_stretch});
  expect_open(at(39.9), kReason_short_stretch);
  EXPECT_EQ(at(40).verdict, Verdict::violated);
}

TEST(WrongWay, TheEdgesOfDuration) {
  for (const double least_s : {10.0, 10.001}) {
    Against drive;
    drive.settings.wrong_way_min_duration_s = least_s;
    if (least_s > 10) {
      expect_open(drive.finding(), kReason_short_stretch);
    } else {
      EXPECT_EQ(drive.finding().verdict, Verdict::violated);
    }
  }
}

TEST(WrongWay, FewFastFixesAreTooLittle) {
  const auto with = [](int fast, double slow_kmh) {
    Against drive;
    for (size_t k = 20; k <= 30; ++k) drive.trace.fixes[k].speed_mps = static_cast<float>(slow_kmh / 3.6);
    for (int k = 0; k < fast; ++k) drive.trace.fixes[static_cast<size_t>(22 + k)].speed_mps = 10;
    return drive.findings();
  };
  EXPECT_EQ(with(0, 6).size(), 0U);
  EXPECT_EQ(with(0, 7).size(), 0U) << "as fast is not faster";
  expect_open(with(2, 6.9).at(0), kReason_low_speed);
  EXPECT_EQ(with(3, 6.9).at(0).verdict, Verdict::violated);
  EXPECT_FLOAT_EQ(with(3, 6.9).at(0).observation, 1 - 0.05F / 4);
  Against halting;
  for (size_t k = 20; k <= 30; ++k) halting.trace.fixes[k].speed_mps = k <= 25 ? 3 : 0;
  expect_open(halting.finding(), kReason_low_speed);  // on average
}

TEST(WrongWay, ACourseThatSaysOtherwiseContradicts) {
  const auto share = [](int against) {
    Against drive;
    for (size_t k = 20; k < 30; ++k) drive.heading_deg[k] = k < 20U + static_cast<size_t>(against) ? 270 : 90;
    return drive.finding();
  };
  EXPECT_EQ(share(4).verdict, Verdict::violated);
  EXPECT_FLOAT_EQ(share(4).observation, 0.6F * (1 - 0.05F / 12));
  expect_open(share(5), kReason_course_contradicted);
  Against noted;
  noted.channels.notes = match::kNote_course_contradicted;
  expect_open(noted.finding(), kReason_course_contradicted);
}

TEST(WrongWay, SpeedsThatPositionsContradictInMostOfIt) {
  const auto share = [](size_t disputed) {
    Against drive(90);
    drive.channels.disputed.assign(drive.time_ms.size(), 0);
    for (size_t k = 0; k < disputed; ++k) drive.channels.disputed[20 + k] = 1;
    return drive.finding();
  };
  EXPECT_EQ(share(5).verdict, Verdict::violated) << "half of ten fixes";
  expect_open(share(6), kReason_speed_contradicted);
}

TEST(WrongWay, PositionsAsideOfTheStreetMayBeOfAnother) {
  const auto aside = [](float metres, float measured_m = 0) {
    Against drive;
    for (match::MatchedFix& f : drive.trace.fixes) f.error_m = metres;
    drive.trace.error.measured_m = measured_m;
    return drive.finding();
  };
  EXPECT_EQ(aside(6).verdict, Verdict::violated);
  expect_open(aside(6.01F), kReason_parallel_road);
  EXPECT_EQ(aside(8, 4).verdict, Verdict::violated) << "twice the error that speed and course have shown";
  expect_open(aside(8.1F, 4), kReason_parallel_road);
  Against mean;
  for (size_t k = 20; k <= 30; ++k) mean.trace.fixes[k].error_m = k < 25 ? 12 : 0;
  EXPECT_EQ(mean.finding().verdict, Verdict::violated) << "on average 5.5 m";
}

/// Off the road for so long, then onto the one-way street after so many metres of another.
Finding hopped(double seconds, double metres) {
  MadeDrive drive;
  drive.road(100);
  drive.along(0, 90, 36);
  drive.next_run();
  if (metres > 0) drive.road(metres);
  drive.road(200, oneway()).illegal = match::kAgainstOneway;
  drive.pause(seconds - 1);  // the fix after the last is a second later anyway
  drive.along(0, 190 + metres, 36);
  const std::vector<Finding> found = drive.judged(judge_wrong_way).findings;
  EXPECT_EQ(found.size(), 1U);
  return found.empty() ? Finding{} : found[0];
}

TEST(WrongWay, AHopOntoTheStreetMeansThatARoadIsMissing) {
  expect_open(hopped(14.9, 0), kReason_map_contradiction);
  EXPECT_EQ(hopped(15, 0).verdict, Verdict::violated) << "long enough for a car park";
  expect_open(hopped(10, 29.9), kReason_map_contradiction);
  EXPECT_EQ(hopped(10, 30).verdict, Verdict::violated);
}

TEST(WrongWay, ARoundaboutDrawnAgainstTheSideOfTheCountryIsTheMaps) {
  const auto round = [](DrivingSide side, map::Winding winding, map::OnewaySource source = map::kOnewayImplied,
                        bool roundabout = true) {
    map::Attributes facts = oneway(source);
    if (roundabout) facts.flags = map::kFlagRoundabout;
    Against drive(100, facts);
    drive.law.drives_on = side;
    drive.map.ways[1].winding = winding;
    return drive.finding();
  };
  expect_open(round(DrivingSide::left, map::kCounterClockwise), kReason_map_contradiction);
  expect_open(round(DrivingSide::right, map::kClockwise), kReason_map_contradiction);
  EXPECT_EQ(round(DrivingSide::left, map::kClockwise).verdict, Verdict::violated);
  EXPECT_EQ(round(DrivingSide::right, map::kCounterClockwise).verdict, Verdict::violated);
  EXPECT_EQ(round(DrivingSide::unknown, map::kCounterClockwise).verdict, Verdict::violated);
  EXPECT_EQ(round(DrivingSide::left, map::kWindingUnknown).verdict, Verdict::violated);
  EXPECT_EQ(round(DrivingSide::left, map::kCounterClockwise, map::kOnewayGiven).verdict, Verdict::violated)
      << "a tag says it";
  EXPECT_EQ(round(DrivingSide::left, map::kCounterClockwise, map::kOnewayImplied, false).verdict, Verdict::violated)
      << "no roundabout";
}

TEST(WrongWay, AnUnsureOneWayIsUndeterminedAndJudgedApart) {
  map::Attributes unsure = oneway();
  unsure.flags = map::kFlagOnewayUnsure;
  expect_open(Against(100, unsure).finding(), kReason_map_contradiction);
  MadeDrive drive;
  drive.road(100, oneway()).illegal = match::kAgainstOneway;
  drive.road(100, unsure).illegal = match::kAgainstOneway;
  drive.along(0, 200, 36);
  const std::vector<Finding> found = drive.judged(judge_wrong_way).findings;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].verdict, Verdict::violated);
  EXPECT_EQ(found[1].verdict, Verdict::undetermined);
}

TEST(WrongWay, OnPrivateGroundItIsUndetermined) {
  map::Attributes facts = oneway();
  facts.service = map::kServiceDriveway;
  expect_open(Against(100, facts).finding(), kReason_private_ground);
  MadeDrive drive;  // and the public road before it is judged apart
  drive.road(100, oneway()).illegal = match::kAgainstOneway;
  drive.road(100, facts).illegal = match::kAgainstOneway;
  drive.along(0, 200, 36);
  const std::vector<Finding> found = drive.judged(judge_wrong_way).findings;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].verdict, Verdict::violated);
  expect_open(found[1], kReason_private_ground);
}

TEST(WrongWay, ARuleOfWhichNobodyKnowsWhetherItHolds) {
  map::Attributes facts = oneway();
  Against drive(100, facts);
  drive.clause(&drive.map.attributes.back(), map::kConditionOneway, 0, {{map::kTermKeyword, 0, map::kWet, 0, 0}});
  expect_open(drive.finding(), kReason_condition_unknowable);
  Against lifted(100, facts);
  lifted.clause(&lifted.map.attributes.back(), map::kConditionOneway, 0, {{map::kTermAlways, 0, 0, 0, 0}});
  EXPECT_EQ(lifted.findings().size(), 0U) << "it does not hold now";
}

TEST(WrongWay, StretchesWithAHoleOfFifteenMetresAreOne) {
  for (const double hole : {15.0, 15.1}) {
    MadeDrive drive;
    drive.road(100, oneway()).illegal = match::kAgainstOneway;
    drive.road(hole);
    drive.road(100, oneway()).illegal = match::kAgainstOneway;
    drive.along(0, 210, 36);
    const Judgement out = drive.judged(judge_wrong_way);
    EXPECT_EQ(out.findings.size(), hole > 15 ? 2U : 1U);
    EXPECT_EQ(out.exposure[static_cast<int>(Rule::wrong_way)].passed, 2U) << "two one-way streets all the same";
    EXPECT_EQ(out.exposure[static_cast<int>(Rule::wrong_way)].complied, hole > 15 ? 0U : 1U);
  }
}

TEST(WrongWay, ALawfulRoadBesideMakesItLessSure) {
  const auto beside = [](map::Access access, bool against = false) {
    Against drive(200);
    map::Attributes facts = oneway();
    if (!against) std::swap(facts.oneway_against[map::kForward], facts.oneway_against[map::kBackward]);
    map::set_access(&facts, map::kForward, 255, access, map::kKeyAccess);
    map::set_access(&facts, map::kBackward, 255, access, map::kKeyAccess);
    const uint16_t begin = 1, a = drive.map.node(210, 10), b = drive.map.node(390, 10), end = 2;
    for (const auto& [from, to] : {std::pair{begin, a}, {a, b}, {b, end}}) {
      drive.map.road(from, to, from == a ? 180 : 15, facts);
    }
    for (size_t k = 0; k < drive.time_ms.size(); ++k) drive.shift(k, 0, 5);
    return drive.finding();
  };
  EXPECT_NE(beside(map::kAccessYes).reasons & kReason_parallel_road, 0U);
  EXPECT_LT(beside(map::kAccessYes).match, 0.5F) << "it is as near, and few drive against a one-way";
  EXPECT_EQ(beside(map::kAccessYes, true).reasons, 0U) << "it is one-way in the same direction";
  EXPECT_EQ(beside(map::kAccessNo).reasons, 0U) << "nobody may drive there";
}

TEST(WrongWay, WhoWaitsByTheLoggedSpeedsDrivesAgainstNothing) {
  Against drive;
  for (size_t i = 20; i <= 30; ++i) drive.speed_mps[i] = 1.9F;
  expect_open(drive.finding(), kReason_speed_contradicted);
}

}  // namespace
}  // namespace tomare::rules
