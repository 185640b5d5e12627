// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_closure_test.hpp"

namespace tomare::rules {
namespace {

using testing::closed;
using testing::MadeClosure;
using testing::MadeDrive;

/// 200 m of open road, so much of another one, 200 m of open road; a fix a second at 36 km/h.
struct Passage : MadeClosure {
  explicit Passage(map::Access access, double length_m = 100) : Passage(closed(access), length_m) {}
  explicit Passage(const map::Attributes& facts, double length_m = 100) : MadeClosure(facts, length_m) {
    open_ends();
    along(0, 395 + length_m, 36);
  }
  std::vector<Finding> findings() { return judged(judge_no_entry).findings; }
  Finding finding() {
    const std::vector<Finding> found = findings();
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Finding{} : found[0];
  }
};

TEST(NoEntry, AClosedRoadThatIsDrivenThroughIsViolated) {
  Passage drive(map::kAccessNo);
  const Judgement out = drive.judged(judge_no_entry);
  ASSERT_EQ(out.findings.size(), 1U);
  const Finding& f = out.findings[0];
  EXPECT_EQ(f.verdict, Verdict::violated);
  EXPECT_EQ(f.reasons, 0U);
  EXPECT_EQ(f.way, 1001);
  EXPECT_EQ(f.source, SourceTag::access);
  EXPECT_EQ(f.source_detail, map::kKeyVehicle << 8 | map::kAccessNo);
  EXPECT_EQ(f.first_fix, 20U);
  EXPECT_EQ(f.last_fix, 30U);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_length_m], 100);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_duration_s], 10);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_mean_kmh], 36);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_fixes_in_window], 11);
  EXPECT_FLOAT_EQ(f.observation, 1 - 0.05F / 12);
  EXPECT_EQ(out.exposure[static_cast<int>(Rule::no_entry)].passed, 1U);
  EXPECT_EQ(out.exposure[static_cast<int>(Rule::no_entry)].violated, 1U);
}

TEST(NoEntry, OnARoadThatIsLaidOutAsPrivateGroundItIsUndetermined) {
  for (const uint8_t service : {uint8_t{map::kServiceNone}, uint8_t{map::kServiceDriveway}}) {
    map::Attributes facts = closed(map::kAccessNo);
    facts.service = service;
    const Finding f = Passage(facts).finding();
    const bool street = service == map::kServiceNone;
    EXPECT_EQ(f.verdict, street ? Verdict::violated : Verdict::undetermined);
    EXPECT_EQ(f.reasons & kReason_private_ground, street ? 0U : uint32_t{kReason_private_ground});
  }
}

TEST(NoEntry, ASpeedThatNobodyDrivesThereIsALeapOfThePositions) {
  for (const auto& [kmh, logged] : {std::pair{126.0, false}, {136.0, false}, {136.0, true}}) {
    MadeDrive drive;
    drive.road(300);
    drive.road(300, closed(map::kAccessNo));
    drive.road(300);
    drive.open_ends();
    drive.along(0, 890, kmh);
    for (match::MatchedFix& fix : drive.trace.fixes) fix.speed_derived = !logged;
    const std::vector<Finding> found = drive.judged(judge_no_entry).findings;
    ASSERT_EQ(found.size(), 1U);
    const bool claimed = logged || kmh < 130;
    EXPECT_EQ(found[0].verdict, claimed ? Verdict::violated : Verdict::undetermined);
    EXPECT_EQ(found[0].reasons, claimed ? 0U : uint32_t{kReason_match_uncertain});
  }
}

TEST(NoEntry, WhatTheAccessMakesOfIt) {
  EXPECT_EQ(Passage(map::kAccessDestination).finding().verdict, Verdict::violated);
  EXPECT_FLOAT_EQ(Passage(map::kAccessDestination).finding().map, 0.9F);
  for (const map::Access access : {map::kAccessDelivery, map::kAccessPermit, map::kAccessForestry}) {
    const Finding f = Passage(access).finding();
    EXPECT_EQ(f.verdict, Verdict::possible) << access;
    EXPECT_EQ(f.reasons, uint32_t{kReason_permit_possible}) << access;
  }
  EXPECT_EQ(Passage(map::kAccessUncertain).finding().verdict, Verdict::undetermined);
  EXPECT_EQ(Passage(map::kAccessOther).finding().verdict, Verdict::undetermined);
  EXPECT_EQ(Passage(map::kAccessOther).finding().reasons, uint32_t{kReason_condition_unparsed});
  for (const map::Access access :
       {map::kAccessUnset, map::kAccessYes, map::kAccessPermissive, map::kAccessDesignated}) {
    EXPECT_EQ(Passage(access).findings().size(), 0U) << "an open road is no place of the rule";
  }
}

TEST(NoEntry, PositionsFarAsideAreOfARoadThatTheMapLacks) {
  const auto driven = [](float inside_m, float around_m) {
    Passage drive(map::kAccessNo);
    for (size_t k = 0; k < drive.trace.fixes.size(); ++k) {
      drive.trace.fixes[k].error_m = k >= 20 && k <= 30 ? inside_m : around_m;
    }
    return drive.finding();
  };
  EXPECT_EQ(driven(10, 2).verdict, Verdict::undetermined);
  EXPECT_EQ(driven(10, 2).reasons, uint32_t{kReason_parallel_road});
  EXPECT_EQ(driven(10, 4).verdict, Verdict::violated) << "the receiver errs as much before and after";
  EXPECT_EQ(driven(5, 0).verdict, Verdict::violated);
}

TEST(NoEntry, TheEdgesOfLength) {
  EXPECT_EQ(Passage(map::kAccessNo, 14.9).findings().size(), 0U) << "below half the least length";
  const Finding brief = Passage(map::kAccessNo, 29.9).finding();
  EXPECT_EQ(brief.verdict, Verdict::undetermined);
  EXPECT_NE(brief.reasons & kReason_short_stretch, 0U);
  EXPECT_EQ(Passage(map::kAccessNo, 30).finding().reasons & kReason_short_stretch, 0U) << "at the least length";
}

TEST(NoEntry, FewFastFixesAreTooLittle) {
  MadeClosure drive(closed(map::kAccessNo));
  for (int k = 0; k <= 50; ++k) drive.fix(10.0 * k, 10.0 * k, k >= 22 && k <= 23 ? 36 : 3);
  const std::vector<Finding> two = drive.judged(judge_no_entry).findings;
  ASSERT_EQ(two.size(), 1U);
  EXPECT_EQ(two[0].verdict, Verdict::undetermined);
  EXPECT_EQ(two[0].reasons, uint32_t{kReason_low_speed});
  drive.trace.fixes[24].speed_mps = 10;
  EXPECT_EQ(drive.judged(judge_no_entry).findings.at(0).verdict, Verdict::violated) << "three are enough";
  for (match::MatchedFix& fix : drive.trace.fixes) fix.speed_mps = 1;
  EXPECT_EQ(drive.judged(judge_no_entry).findings.size(), 0U) << "none is";
}

TEST(NoEntry, ATripThatEndsInsideMayHaveADestination) {
  const auto ending = [](map::Access access, double last_m, bool yard = false) {
    MadeClosure drive(closed(access), 200);
    if (!yard) drive.open_ends();
    drive.along(0, last_m, 36);
    const std::vector<Finding> found = drive.judged(judge_no_entry).findings;
    return found.empty() ? Finding{} : found[0];
  };
  EXPECT_EQ(ending(map::kAccessDestination, 300).verdict, Verdict::complied);
  EXPECT_EQ(ending(map::kAccessDestination, 300).reasons, uint32_t{kReason_destination_possible});
  EXPECT_EQ(ending(map::kAccessDelivery, 300).verdict, Verdict::complied);
  EXPECT_EQ(ending(map::kAccessNo, 300).verdict, Verdict::undetermined);
  EXPECT_EQ(ending(map::kAccessNo, 300).reasons, uint32_t{kReason_permit_possible});
  EXPECT_EQ(ending(map::kAccessDestination, 430).verdict, Verdict::complied) << "30 m beyond it";
  EXPECT_EQ(ending(map::kAccessDestination, 440).verdict, Verdict::violated) << "40 m beyond it";
  EXPECT_EQ(ending(map::kAccessDestination, 440, true).verdict, Verdict::complied) << "no other way leads there";
  EXPECT_EQ(ending(map::kAccessNo, 440, true).verdict, Verdict::violated) << "the end of a log alone says too little";
}

TEST(NoEntry, AStandInsideIsADestination) {
  const auto standing = [](double seconds) {
    MadeClosure drive(closed(map::kAccessDestination), 200, 400);
    drive.open_ends();
    drive.along(0, 290, 36);
    drive.stand(300, seconds);
    drive.along(310, 700, 36);
    return drive.judged(judge_no_entry).findings.at(0).verdict;
  };
  EXPECT_EQ(standing(130), Verdict::complied);
  EXPECT_EQ(standing(100), Verdict::violated);
}

TEST(NoEntry, PositionsWanderUpToTwentyFiveMetresAboutAStand) {
  const auto wandering = [](double metres) {
    MadeClosure drive(closed(map::kAccessDestination), 200, 400);
    drive.open_ends();
    drive.along(0, 290, 36);
    for (int k = 0; k < 130; ++k) drive.fix(40 + k, 300 + (k < 65 ? 0 : metres), 0);
    drive.pause(145);
    drive.along(340, 700, 36);
    return drive.judged(judge_no_entry).findings.at(0).verdict;
  };
  EXPECT_EQ(wandering(25), Verdict::complied);
  EXPECT_EQ(wandering(26), Verdict::violated) << "two stands of a minute";
}

TEST(NoEntry, APermitMakesItComplied) {
  Passage drive(map::kAccessNo);
  drive.permits = {{1001, 0, INT64_MAX}};
  EXPECT_EQ(drive.finding().verdict, Verdict::complied);
  EXPECT_EQ(drive.finding().reasons, uint32_t{kReason_permit_listed});
}

TEST(NoEntry, AnUnsureFactIsUndetermined) {
  map::Attributes facts = closed(map::kAccessNo);
  facts.flags |= map::kFlagAccessUnsure;
  const Finding f = Passage(facts).finding();
  EXPECT_EQ(f.verdict, Verdict::undetermined);
  EXPECT_EQ(f.reasons, uint32_t{kReason_map_contradiction});
}

TEST(NoEntry, ARoadThatIsClosedAtOtherTimesComplied) {
  const auto driven = [](int32_t from, int32_t to) {
    MadeDrive drive;
    map::Attributes facts{};
    facts.road_class = map::kTertiary;
    drive.clause(&facts, map::kConditionAccess, map::kAccessNo, {{map::kTermTime, 0, 0, from, to}});
    drive.map.conditions.back().flags = map::kKeyVehicle << 4;
    drive.road(200);
    drive.road(100, facts);
    drive.road(200);
    drive.open_ends();
    drive.along(0, 490, 36);
    return drive.judged(judge_no_entry).findings.at(0);
  };
  EXPECT_EQ(driven(0, 600).verdict, Verdict::complied);  // the drive is at 22:13
  EXPECT_EQ(driven(0, 600).reasons, 0U);
  EXPECT_EQ(driven(1300, 1400).verdict, Verdict::violated);
  EXPECT_EQ(driven(1335, 1400).verdict, Verdict::undetermined);
  EXPECT_EQ(driven(1335, 1400).reasons, uint32_t{kReason_time_window_edge});
}

TEST(NoEntry, OneFixAmongSparseOnesAcquitsNobody) {
  const auto seen = [](std::vector<double> at_s, bool permitted = false) {
    MadeDrive drive;
    map::Attributes facts{};
    facts.road_class = map::kTertiary;
    drive.clause(&facts, map::kConditionAccess, map::kAccessNo, {{map::kTermTime, 0, 0, 0, 600}});
    drive.map.conditions.back().flags = map::kKeyVehicle << 4;
    if (permitted) drive.permits = {{1001, 0, INT64_MAX}};
    drive.road(300);
    drive.road(100, permitted ? closed(map::kAccessNo) : facts);
    drive.road(300);
    drive.open_ends();
    for (const double s : at_s) drive.fix(s, 300 + 10 * s, 36);
    return drive.judged(judge_no_entry).findings.at(0);
  };
  EXPECT_EQ(seen({-15, 5, 25}).verdict, Verdict::complied) << "20 s on both sides";
  EXPECT_EQ(seen({-15, 5, 25}).reasons, 0U);
  for (const std::vector<double>& sparse : {std::vector<double>{-16, 5, 25}, {-15, 5, 26}}) {
    EXPECT_EQ(seen(sparse).verdict, Verdict::undetermined);
    EXPECT_EQ(seen(sparse).reasons, uint32_t{kReason_gps_gap});
  }
  EXPECT_EQ(seen({-25, 3, 7, 35}).verdict, Verdict::complied) << "two fixes are on it";
  EXPECT_EQ(seen({-25, 5, 35}, true).verdict, Verdict::complied) << "a permit is for whoever was there";
  EXPECT_EQ(seen({5, 25}).verdict, Verdict::complied) << "nothing is before it";
}

TEST(NoEntry, AClauseBindsItsVehiclesAndItsDirections) {
  const auto driven = [](int vehicle, uint8_t vehicles, uint8_t directions, bool forward = true) {
    MadeDrive drive;
    map::Attributes facts{};
    facts.road_class = map::kTertiary;
    drive.clause(&facts, map::kConditionAccess, map::kAccessNo, {{map::kTermTime, 0, 0, 0, 1440}});
    map::Condition& clause = drive.map.conditions.back();
    clause.flags = map::kKeyVehicle << 4;
    clause.vehicles = vehicles;
    clause.directions = directions;
    drive.vehicle = static_cast<map::Vehicle>(vehicle);
    drive.road(200);
    drive.road(100, facts, forward);
    drive.road(200);
    drive.open_ends();
    drive.along(0, 490, 36);
    return drive.judged(judge_no_entry).findings.size();
  };
  for (int vehicle = 0; vehicle < map::kVehicleCount; ++vehicle) {
    for (int bit = 0; bit < map::kVehicleCount; ++bit) {
      EXPECT_EQ(driven(vehicle, static_cast<uint8_t>(1U << bit), 3), bit == vehicle ? 1U : 0U) << vehicle << bit;
    }
  }
  EXPECT_EQ(driven(map::kCar, 255, 1), 1U);
  EXPECT_EQ(driven(map::kCar, 255, 2), 0U);
  EXPECT_EQ(driven(map::kCar, 255, 1, false), 0U);
  EXPECT_EQ(driven(map::kCar, 255, 2, false), 1U);
}

TEST(NoEntry, ALawfulRoadBesideMakesItLessSure) {
  const auto beside = [](map::Access access, bool oneway_against) {
    Passage drive(map::kAccessNo, 200);
    map::Attributes facts = closed(access);
    const uint16_t begin = 1, a = drive.map.node(210, 10), b = drive.map.node(390, 10), end = 2;
    if (oneway_against) {
      facts.oneway_source = map::kOnewayGiven;
      facts.oneway_against[map::kForward] = 255;
    }
    for (const auto& [from, to] : {std::pair{begin, a}, {a, b}, {b, end}}) {
      drive.map.road(from, to, from == a ? 180 : 15, facts);
    }
    for (size_t k = 0; k < drive.time_ms.size(); ++k) drive.shift(k, 0, 5);
    return drive.finding();
  };
  EXPECT_NE(beside(map::kAccessYes, false).reasons & kReason_parallel_road, 0U);
  EXPECT_LT(beside(map::kAccessYes, false).match, 0.5F) << "it is as near, and few enter a closed road";
  EXPECT_EQ(beside(map::kAccessNo, false).reasons, 0U) << "that one is closed, too";
  EXPECT_EQ(beside(map::kAccessYes, true).reasons, 0U) << "nobody may drive it in that direction";
}

TEST(NoEntry, ADriveWithoutFixesOnTheRoadSaysNothing) {
  MadeDrive none, hop;
  none.road(200, closed(map::kAccessNo));
  EXPECT_EQ(none.judged(judge_no_entry).findings.size(), 0U);
  hop.road(200);
  hop.road(100, closed(map::kAccessNo));
  hop.road(200);
  for (const double at : {0.0, 100.0, 199.0, 301.0, 400.0}) hop.fix(at / 10, at, 36);
  EXPECT_EQ(hop.judged(judge_no_entry).findings.size(), 0U);
}

TEST(NoEntry, BetweenTwoFixesFarApartTheCarMayHaveStood) {
  const auto gone = [](double seconds, double to_m) {
    MadeClosure drive(closed(map::kAccessDestination), 200, 400);
    drive.open_ends();
    drive.along(0, 290, 36);
    drive.pause(seconds - 1);
    drive.along(to_m, 790, 36);
    return drive.judged(judge_no_entry).findings.at(0).verdict;
  };
  EXPECT_EQ(gone(119, 310), Verdict::violated);
  EXPECT_EQ(gone(120, 310), Verdict::complied) << "20 m are less than positions wander";
  EXPECT_EQ(gone(132, 350), Verdict::violated) << "35 m more at 10 km/h take 12.6 s";
  EXPECT_EQ(gone(133, 350), Verdict::complied);
}

TEST(NoEntry, AStandFollowsAtOnceOnAnother) {
  MadeClosure drive(closed(map::kAccessDestination), 200, 400);
  drive.open_ends();
  drive.along(0, 140, 36);
  drive.stand(150, 130);
  drive.pause(200);
  drive.along(290, 790, 36);
  EXPECT_EQ(drive.judged(judge_no_entry).findings.at(0).verdict, Verdict::complied) << "gone for 200 s, into the road";
}

TEST(NoEntry, StretchesWithAHoleOfFifteenMetresAreOne) {
  for (const double hole : {15.0, 15.1}) {
    MadeDrive drive;
    drive.road(200);
    drive.road(100, closed(map::kAccessNo));
    drive.road(hole);
    drive.road(100, closed(map::kAccessNo));
    drive.road(200);
    drive.along(0, 600, 36);
    EXPECT_EQ(drive.judged(judge_no_entry).findings.size(), hole > 15 ? 2U : 1U);
  }
}

TEST(NoEntry, WhoWaitsByTheLoggedSpeedsEntersNothing) {
  for (const float fastest : {1.9F, 2.0F}) {
    Passage drive(map::kAccessNo);
    for (size_t i = 20; i <= 30; ++i) drive.speed_mps[i] = i == 25 ? fastest : 0;
    const Finding f = drive.finding();
    EXPECT_EQ(f.verdict, fastest < 1.95F ? Verdict::undetermined : Verdict::violated);
    EXPECT_EQ(f.reasons, fastest < 1.95F ? kReason_speed_contradicted : 0U);
  }
}

}  // namespace
}  // namespace tomare::rules
