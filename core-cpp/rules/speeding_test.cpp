// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/match/way_error.hpp"
#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

map::Attributes limited(double low_kmh, double high_kmh) {
  map::Attributes facts{};
  facts.road_class = map::kTertiary;
  for (int d = 0; d < 2; ++d) {
    facts.limit_low[d][map::kCar] = static_cast<uint16_t>(low_kmh * 10);
    facts.limit_high[d][map::kCar] = static_cast<uint16_t>(high_kmh * 10);
  }
  return facts;
}
map::Attributes limited(double kmh) { return limited(kmh, kmh); }

/// A kilometre of one limit, driven at one speed for 20 s.
struct Street : MadeDrive {
  explicit Street(const map::Attributes& facts) { road(1000, facts); }
  Street(const map::Attributes& facts, double kmh, double seconds = 20) : Street(facts) { drive(kmh, seconds); }
  void drive(double kmh, double seconds) {
    for (double s = 0; s <= seconds; ++s) fix(s, s * kmh / 3.6, kmh);
  }
  /// The log has no speed: the one that the path gives.
  void derive() {
    for (match::MatchedFix& f : trace.fixes) f.speed_derived = true;
  }
  std::vector<Finding> findings() { return judged(judge_speeding).findings; }
  Finding finding() {
    const std::vector<Finding> found = findings();
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Finding{} : found[0];
  }
};

TEST(Speeding, FasterThanLimitAndToleranceIsViolated) {
  Street drive(limited(40), 60);
  const Judgement out = drive.judged(judge_speeding);
  ASSERT_EQ(out.findings.size(), 1U);
  const Finding& f = out.findings[0];
  EXPECT_EQ(f.rule, Rule::speeding);
  EXPECT_EQ(f.verdict, Verdict::violated);
  EXPECT_EQ(f.reasons, 0U);
  EXPECT_EQ(f.source, SourceTag::maxspeed);
  EXPECT_EQ(f.way, 1000);
  EXPECT_EQ(f.first_fix, 0U);
  EXPECT_EQ(f.last_fix, 20U);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_sustained_kmh], 60);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_peak_kmh], 60);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_limit_kmh], 40);
  EXPECT_TRUE(std::isnan(f.measured[kMeasure_limit_low_kmh]));
  EXPECT_FLOAT_EQ(f.measured[kMeasure_over_kmh], 20);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_duration_s], 20);
  EXPECT_NEAR(f.measured[kMeasure_length_m], 20 * 60 / 3.6, 0.1);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_fixes_in_window], 21);
  const double margin = 20 / (0.3 * 3.6);
  EXPECT_NEAR(f.observation, 1 - 0.2 / (1 + margin * margin), 1e-6);
  const double doubt = 0.04 * (5.0 / 20) * (5.0 / 20);
  EXPECT_NEAR(f.match, 3 * (1 - doubt) / (3 * (1 - doubt) + doubt), 1e-6);
  const Exposure& exposure = out.exposure[static_cast<int>(Rule::speeding)];
  EXPECT_EQ(exposure.passed, 1U);
  EXPECT_EQ(exposure.violated, 1U);
  EXPECT_NEAR(exposure.judged_m, 20 * 60 / 3.6, 0.1);
}

TEST(Speeding, OverMoreThanTwoMinutesNoMeanIsTaken) {
  Street drive(limited(40));
  drive.map.segments[0].length_cm = 1'000'000;
  drive.trace.legs[0].to_m = 10'000;
  for (int s = 0; s < 150; ++s) drive.fix(s, 5 * s, 18);
  for (int s = 0; s <= 130; ++s) drive.fix(150 + s, 750 + 25 * s, 90);
  for (int s = 1; s < 150; ++s) drive.fix(280 + s, 4000 + 5 * s, 18);
  drive.derive();
  drive.trace.error.sigma_m = 100;  // two and a half minutes would tell the speed well
  EXPECT_NEAR(drive.finding().measured[kMeasure_peak_kmh], 90, 0.1);
}

TEST(Speeding, ThePlaceIsWhereTheEventBegins) {
  Street forward(limited(40));
  for (int s = 0; s < 10; ++s) forward.fix(s, 10 * s, 36);
  for (int s = 0; s < 10; ++s) forward.fix(10 + s, 100 + 20 * s, 72);
  const Finding east = forward.finding();
  EXPECT_EQ(east.first_fix, 10U);
  EXPECT_EQ(east.lon_e7, forward.lon_e7[10]);
  MadeDrive backward;
  backward.road(1000, limited(40), false);
  for (int s = 0; s < 10; ++s) backward.fix(s, 10 * s, 36);
  for (int s = 0; s < 10; ++s) backward.fix(10 + s, 100 + 20 * s, 72);
  const std::vector<Finding> found = backward.judged(judge_speeding).findings;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].forward);
  EXPECT_EQ(found[0].lon_e7, backward.lon_e7[10]);
}

TEST(Speeding, TheToleranceIsOfKilometresOrOfTheLimit) {
  EXPECT_EQ(Street(limited(40), 45).findings().size(), 0U) << "at it";
  EXPECT_EQ(Street(limited(40), 45.1).finding().verdict, Verdict::violated);
  EXPECT_EQ(Street(limited(120), 126).findings().size(), 0U) << "5 % of the limit are more";
  EXPECT_EQ(Street(limited(120), 126.2).finding().verdict, Verdict::violated);
}

TEST(Speeding, TheEventNeedsItsTimeAndItsWay) {
  for (const double least_s : {19.9, 20.1}) {
    Street drive(limited(40), 60);
    drive.settings.speeding_min_duration_s = least_s;
    EXPECT_EQ(drive.findings().size(), least_s < 20 ? 1U : 0U);
  }
  for (const double least_m : {333.0, 334.0}) {
    Street drive(limited(40), 60);
    drive.settings.speeding_min_distance_m = least_m;
    EXPECT_EQ(drive.findings().size(), least_m < 333.3 ? 1U : 0U);
  }
}

TEST(Speeding, WithinAnIntervalOfSignedLimitsItIsPossible) {
  EXPECT_EQ(Street(limited(31, 49), 36).findings().size(), 0U) << "at the lower limit and its tolerance";
  EXPECT_EQ(Street(limited(31, 49), 36.1).findings().size(), 1U);
  const Finding between = Street(limited(31, 49), 39).finding();
  EXPECT_EQ(between.verdict, Verdict::possible);
  EXPECT_EQ(between.reasons, uint32_t{kReason_limit_interval});
  EXPECT_FLOAT_EQ(between.measured[kMeasure_limit_low_kmh], 31);
  EXPECT_FLOAT_EQ(between.measured[kMeasure_over_kmh], -10);
  EXPECT_FLOAT_EQ(between.observation, 0.8F) << "below the higher limit nothing makes it surer";
  EXPECT_EQ(Street(limited(31, 49), 54).finding().verdict, Verdict::possible)
      << "at the higher limit and its tolerance";
  const Finding above = Street(limited(31, 49), 54.1).finding();
  EXPECT_EQ(above.verdict, Verdict::violated);
  EXPECT_EQ(above.reasons, 0U);
}

TEST(Speeding, ALimitThatNobodyKnowsIsUndeterminedUnlessAllOfItsValuesAreExceeded) {
  const auto drive = [](double kmh) {
    Street street(limited(60));
    street.clause(&street.map.attributes.back(), map::kConditionLimit, 300, {{map::kTermKeyword, 0, map::kWet, 0, 0}});
    street.drive(kmh, 20);
    return street.finding();
  };
  const Finding between = drive(50);
  EXPECT_EQ(between.verdict, Verdict::undetermined);
  EXPECT_EQ(between.reasons, uint32_t{kReason_limit_interval | kReason_condition_unknowable});
  const Finding above = drive(70);
  EXPECT_EQ(above.verdict, Verdict::violated);
  EXPECT_EQ(above.reasons, 0U);
}

TEST(Speeding, ADefaultOfTheLawIsPossibleAtTheMost) {
  DefaultLimit row{};
  row.from_ms = INT64_MIN;
  row.until_ms = INT64_MAX;
  row.classes = ~0U;
  row.vehicles = 255;
  row.low = 300;
  row.high = 600;
  const auto drive = [&](double kmh, bool excluded = false) {
    Street street(map::Attributes{}, kmh);
    street.law.limits = &row;
    street.law.limit_count = 1;
    street.settings.speeding_exclude_assumed = excluded ? 1 : 0;
    const std::vector<Finding> found = street.findings();
    return found.empty() ? Finding{} : found[0];
  };
  EXPECT_EQ(drive(80).verdict, Verdict::possible);
  EXPECT_EQ(drive(80).reasons, uint32_t{kReason_limit_assumed});
  EXPECT_EQ(drive(80).source, SourceTag::law);
  EXPECT_EQ(drive(50).verdict, Verdict::undetermined) << "one of the law's limits allows it";
  EXPECT_EQ(drive(50).reasons, uint32_t{kReason_limit_assumed | kReason_limit_interval});
  EXPECT_EQ(drive(80, true).source, SourceTag::none) << "and none where the settings leave it out";
}

TEST(Speeding, WithoutANumberNothingIsJudged) {
  for (const uint16_t limit : {map::kLimitUnset, map::kLimitUnlimited, map::kLimitVariable, map::kLimitUnparsed}) {
    map::Attributes facts = limited(0);
    facts.limit_low[0][map::kCar] = facts.limit_high[0][map::kCar] = limit;
    Street drive(facts, 100);
    const Judgement out = drive.judged(judge_speeding);
    EXPECT_EQ(out.findings.size(), 0U) << limit;
    EXPECT_EQ(out.exposure[static_cast<int>(Rule::speeding)].judged_m, 0) << limit;
  }
}

TEST(Speeding, OnPrivateGroundItIsUndetermined) {
  map::Attributes facts = limited(10);
  facts.service = map::kServiceParkingAisle;
  const Finding f = Street(facts, 40).finding();
  EXPECT_EQ(f.verdict, Verdict::undetermined);
  EXPECT_EQ(f.reasons, uint32_t{kReason_private_ground});
}

TEST(Speeding, SustainedIsWhatThreeQuartersExceed) {
  Street drive(limited(40));
  const double kmh[] = {50, 52, 54, 56, 58, 60, 62, 64, 66, 68, 70, 72};
  double at = 0;
  for (int s = 0; s < 12; ++s) {
    drive.fix(s, at, kmh[s]);
    at += kmh[s] / 3.6;
  }
  const Finding f = drive.finding();
  EXPECT_FLOAT_EQ(f.measured[kMeasure_sustained_kmh], 56);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_peak_kmh], 72);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_over_kmh], 16);
  const double margin = (62 - 40) / (0.3 * 3.6);
  EXPECT_NEAR(f.observation, 1 - 0.2 / (1 + margin * margin), 1e-6) << "by the median";
}

TEST(Speeding, ADipBetweenTwoSpellsIsNoPartOfWhatWasSustained) {
  Street drive(limited(40));
  double at = 0;
  for (int s = 0; s <= 20; ++s) {
    const double kmh = s == 10 ? 42 : 60;
    drive.fix(s, at, kmh);
    at += kmh / 3.6;
  }
  EXPECT_FLOAT_EQ(drive.finding().measured[kMeasure_sustained_kmh], 60);
  EXPECT_FLOAT_EQ(drive.finding().measured[kMeasure_fixes_in_window], 21);
}

TEST(Speeding, ASpikeThatNoCarDrivesIsTheReceivers) {
  const auto peak = [](double kmh, double after_kmh = 60, double before_kmh = 60) {
    Street drive(limited(40));
    for (int s = 0; s <= 20; ++s) drive.fix(s, s * 60 / 3.6, s == 10 ? kmh : (s > 10 ? after_kmh : before_kmh));
    return drive.finding().measured[kMeasure_peak_kmh];
  };
  EXPECT_NEAR(peak(72.5), 72.5, 0.01) << "3.5 m/s2 are 12.6 km/h in a second";
  EXPECT_NEAR(peak(72.7), 60, 0.01);
  EXPECT_NEAR(peak(72.7, 61), 72.7, 0.01) << "brakes slowly enough";
  EXPECT_NEAR(peak(72.7, 60, 61), 72.7, 0.01) << "gains it slowly enough";
  EXPECT_NEAR(peak(90, 62), 62, 0.01) << "the faster neighbour counts";
}

TEST(Speeding, AShortRoadTakesTheLimitOfTwoThatAgree) {
  const auto found = [](double length_m, double limit, double before, double after) {
    MadeDrive drive;
    drive.settings.speeding_min_duration_s = 1;
    drive.settings.speeding_min_distance_m = 1;
    drive.settings.speeding_edge_m = -1;
    drive.road(100, limited(before));
    drive.road(length_m, limit > 0 ? limited(limit) : map::Attributes{});
    drive.road(100, limited(after));
    for (int s = 0; s <= 40; ++s) drive.fix(s * 0.5, s * 5, 36);
    return drive.judged(judge_speeding).findings.size();
  };
  EXPECT_EQ(found(29.9, 20, 60, 60), 0U) << "a bridge that a sign forgot";
  EXPECT_EQ(found(30, 20, 60, 60), 1U);
  EXPECT_EQ(found(29.9, 20, 60, 50), 1U) << "the neighbours differ";
  EXPECT_EQ(found(29.9, 60, 20, 20), 1U) << "one event over all three";
  EXPECT_EQ(found(29.9, 0, 20, 20), 2U) << "where no limit is known there is none to correct";
}

/// At 36 km/h on 200 m of one limit, 200 m of 20 km/h, 200 m of the third; a fix each 10 m. The 20 km/h are exceeded
/// on the metres that the finding is of.
std::pair<double, double> exceeded(const map::Attributes& before, const map::Attributes& after) {
  MadeDrive drive;
  drive.road(200, before);
  drive.road(200, limited(20));
  drive.road(200, after);
  for (int s = 0; s < 60; ++s) drive.fix(s, 10 * s, 36);
  const std::vector<Finding> found = drive.judged(judge_speeding).findings;
  EXPECT_EQ(found.size(), 1U);
  if (found.empty()) return {};
  EXPECT_FLOAT_EQ(found[0].measured[kMeasure_limit_kmh], 20);
  return {10.0 * found[0].first_fix, 10.0 * found[0].last_fix};
}

TEST(Speeding, NearAChangeOfLimitTheHigherOneCounts) {
  using Metres = std::pair<double, double>;
  EXPECT_EQ(exceeded(limited(60), limited(60)), Metres(240, 360)) << "30 m to either side are not judged";
  EXPECT_EQ(exceeded(limited(60), map::Attributes{}), Metres(240, 390)) << "no limit is known there: none is higher";
  map::Attributes unlimited = limited(0);
  unlimited.limit_low[0][map::kCar] = unlimited.limit_high[0][map::kCar] = map::kLimitUnlimited;
  EXPECT_EQ(exceeded(unlimited, map::Attributes{}), Metres(240, 390));
  EXPECT_EQ(exceeded(map::Attributes{}, unlimited), Metres(200, 360));
}

TEST(Speeding, TheHigherLimitMayLieBehindAShortRoad) {
  MadeDrive drive;
  drive.road(200, limited(60));
  drive.road(10, limited(30));
  drive.road(200, limited(20));
  for (int s = 0; s < 40; ++s) drive.fix(s, 10 * s, 36);
  const std::vector<Finding> found = drive.judged(judge_speeding).findings;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].first_fix, 25U)
      << "20 m behind the 30, 30 m behind the 60; then 36 is lawful until 30 m behind the 30";
}

/// km/h by which a mean speed over `seconds` may be too high.
double doubt_kmh(const MadeDrive& drive, double seconds) {
  return drive.settings.speeding_k_sigma * 3.6 * match::way_sigma(drive.settings, drive.trace.error.sigma_m, seconds) /
         seconds;
}

/// Seconds over which the mean speed from positions is exact enough.
double base_s(const MadeDrive& drive) {
  double seconds = 1;
  while (match::way_sigma(drive.settings, drive.trace.error.sigma_m, seconds) >
         drive.settings.stop_sigma_derived_mps * seconds) {
    ++seconds;
  }
  return seconds;
}

TEST(Speeding, ASpeedFromPositionsIsSureBeyondItsError) {
  const auto drive = [](double kmh) {
    Street street(limited(40), kmh, 30);
    street.derive();
    return street.finding();
  };
  Street any(limited(40));
  const double seconds = base_s(any), doubt = doubt_kmh(any, seconds);
  ASSERT_GT(seconds, 2);
  ASSERT_LT(seconds, 15);
  const Finding sure = drive(45 + doubt + 0.5);
  EXPECT_EQ(sure.verdict, Verdict::violated);
  EXPECT_EQ(sure.reasons, 0U);
  EXPECT_NEAR(sure.measured[kMeasure_sustained_kmh], 45 + doubt + 0.5, 0.01);
  const double margin = (5 + doubt + 0.5) / (doubt / any.settings.speeding_k_sigma);
  EXPECT_NEAR(sure.observation, 1 - 0.2 / (1 + margin * margin), 1e-4);
  const Finding doubted = drive(45 + doubt - 0.5);
  EXPECT_EQ(doubted.verdict, Verdict::undetermined);
  EXPECT_EQ(doubted.reasons, uint32_t{kReason_no_speed});
}

TEST(Speeding, OfAnEventTheSurePartIsAccusedAlone) {
  Street drive(limited(40));
  double at = 0;
  for (int s = 0; s <= 50; ++s) {
    drive.fix(s, at, 50);
    at += (s < 30 ? 48 : 100) / 3.6;
  }
  drive.derive();
  const std::vector<Finding> found = drive.findings();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::violated);
  EXPECT_GE(found[0].first_fix, 20U);
  EXPECT_EQ(found[0].last_fix, 50U);
}

TEST(Speeding, AMeanOfPositionsStaysWithinItsLimit) {
  MadeDrive drive;
  drive.settings.speeding_edge_m = -1;
  drive.road(500, limited(100));
  drive.road(500, limited(30));
  for (int s = 0; s < 18; ++s) drive.fix(s, s * 27.7, 99.7);
  for (int s = 0; s < 60; ++s) drive.fix(18 + s, 500 + s * 8.0, 28.8);
  for (match::MatchedFix& f : drive.trace.fixes) f.speed_derived = true;
  EXPECT_EQ(drive.judged(judge_speeding).findings.size(), 0U) << "what was driven before the sign is another matter";
}

TEST(Speeding, OfPositionsTheFirstHasAMeanToo) {
  Street drive(limited(40), 75, 30);
  drive.derive();
  drive.trace.fixes[0].speed_mps = 0;  // there is none before it
  EXPECT_EQ(drive.finding().first_fix, 0U);
}

TEST(Speeding, APlaceThatJumpsAlongTheRoadMakesTwentyFiveMetres) {
  for (const double kmh : {49.9, 50.1}) {  // for nine seconds: 24.8 or 25.3 m more than the limit allows
    Street drive(limited(40), kmh, 9);
    drive.derive();
    drive.trace.error.sigma_m = 1;
    EXPECT_EQ(drive.finding().verdict, kmh < 50 ? Verdict::undetermined : Verdict::violated) << kmh;
  }
}

TEST(Speeding, WhatIsDrivenBehindAChangeOfLimitIsNoPartOfTheEvent) {
  MadeDrive drive;
  drive.settings.speeding_edge_m = -1;
  drive.road(400, limited(40));
  drive.road(400, limited(80));
  for (int s = 0; s < 40; ++s) drive.fix(s, 20 * s, s < 20 ? 60 : 75);
  const std::vector<Finding> found = drive.judged(judge_speeding).findings;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].last_fix, 19U);
  EXPECT_NEAR(found[0].measured[kMeasure_peak_kmh], 60, 0.01);
}

TEST(Speeding, PositionsFarFromThePathMakeTheirMeanWorse) {
  for (const float off_m : {0.0F, 40.0F}) {
    Street drive(limited(40), 75, 30);
    drive.derive();
    for (match::MatchedFix& f : drive.trace.fixes) f.error_m = off_m;
    EXPECT_EQ(drive.finding().verdict, off_m > 0 ? Verdict::undetermined : Verdict::violated);
  }
}

TEST(Speeding, AWayThatBendsMayBeAsShortAsTheStraightLine) {
  Street drive(limited(40), 75, 30);
  drive.derive();
  for (size_t k = 0; k < drive.trace.fixes.size(); ++k) drive.shift(k, -12.0 * static_cast<double>(k));
  EXPECT_EQ(drive.finding().verdict, Verdict::undetermined);
  EXPECT_EQ(drive.finding().reasons, uint32_t{kReason_no_speed});
}

TEST(Speeding, ASpeedThatPositionsContradictIsUndetermined) {
  Street drive(limited(40), 36);
  drive.channels.disputed.assign(21, 1);
  for (float& mps : drive.speed_mps) mps = 20;
  const Judgement out = drive.judged(judge_speeding);
  ASSERT_EQ(out.findings.size(), 1U);
  EXPECT_EQ(out.findings[0].verdict, Verdict::undetermined);
  EXPECT_EQ(out.findings[0].reasons, uint32_t{kReason_speed_contradicted});
  EXPECT_FLOAT_EQ(out.findings[0].measured[kMeasure_peak_kmh], 72) << "the higher one";
  EXPECT_EQ(out.findings[0].first_fix, 0U) << "from the first fix on";
  EXPECT_EQ(out.exposure[static_cast<int>(Rule::speeding)].judged_m, 0);
}

TEST(Speeding, PositionsThatStayWithinTheLimitDenyALoggedSpeed) {
  const auto drive = [](double way_mps) {
    Street street(limited(40));
    for (int s = 0; s <= 20; ++s) street.fix(s, s * way_mps, 72);
    return street.finding();
  };
  const Finding denied = drive(10);
  EXPECT_EQ(denied.verdict, Verdict::undetermined);
  EXPECT_EQ(denied.reasons, uint32_t{kReason_speed_contradicted});
  EXPECT_EQ(drive(12.4).verdict, Verdict::undetermined) << "45 km/h are 12.5 m/s";
  EXPECT_EQ(drive(12.6).verdict, Verdict::violated) << "too fast by the positions, too";
  Street near(limited(40));
  for (int s = 0; s <= 20; ++s) near.fix(s, s * 12.4, 46);
  EXPECT_EQ(near.finding().verdict, Verdict::violated) << "both are as near as their errors";
}

TEST(Speeding, BetweenSparseFixesAWayFarBelowTheSpeedsDeniesThem) {
  const auto drive = [](double way_mps) {
    Street street(limited(40));
    for (int s = 0; s <= 30; s += 30) street.fix(s, s * way_mps, 60);
    return street.finding();
  };
  EXPECT_EQ(drive(9.9).verdict, Verdict::undetermined) << "0.6 of 60 km/h are 10 m/s";
  EXPECT_EQ(drive(9.9).reasons, uint32_t{kReason_speed_contradicted});
  EXPECT_EQ(drive(10.1).verdict, Verdict::violated) << "the driver may have braked and gone on";
  Street blurred(limited(40));
  for (int s = 0; s <= 30; s += 30) blurred.fix(s, s * 9.9, 60);
  blurred.trace.error.sigma_m = 100;
  EXPECT_EQ(blurred.finding().reasons & kReason_speed_contradicted, 0U) << "the positions may be wrong by as much";
}

/// A road 8 m north of the street and along all of it; the fixes lie so far north of the street.
struct TwoRoads : Street {
  TwoRoads(const map::Attributes& facts, const map::Attributes& beside, double first_m = 150, double north_m = 4)
      : Street(facts) {
    const uint16_t west = map.node(0, 8), middle = map.node(first_m, 8), east = map.node(1000, 8);
    map.road(west, middle, first_m, beside);
    map.road(middle, east, 1000 - first_m, beside);
    drive(60, 20);
    for (size_t k = 0; k < trace.fixes.size(); ++k) shift(k, 0, north_m);
    for (match::MatchedFix& f : trace.fixes) f.posterior = 0.9F;
  }
};

TEST(Speeding, WhereAFasterRoadLiesBesideItIsLessSure) {
  const Finding fast = TwoRoads(limited(40), limited(80)).finding();
  EXPECT_NE(fast.reasons & kReason_parallel_road, 0U);
  EXPECT_LT(fast.match, 0.8F);
  const Finding at = TwoRoads(limited(40), limited(55)).finding();
  EXPECT_NE(at.reasons & kReason_parallel_road, 0U) << "60 is lawful with the tolerance of 55";
  const Finding slow = TwoRoads(limited(40), limited(54)).finding();
  EXPECT_EQ(slow.reasons, 0U) << "it would have been an offence there, too";
  EXPECT_GT(slow.match, 0.89F);
  EXPECT_NE(TwoRoads(limited(40), map::Attributes{}).finding().reasons & kReason_parallel_road, 0U)
      << "a limit that nobody knows may be higher";
}

// Of a road that the map has twice, with 30 and with 60, the lower limit accused at a confidence of 0.67.
TEST(Speeding, ARoadBesideThatIsNearlyAsLikelyAccusesNobody) {
  const auto north_of_street = [](double metres) { return TwoRoads(limited(40), limited(80), 150, metres).finding(); };
  const Finding nearly = north_of_street(-0.5);
  EXPECT_EQ(nearly.verdict, Verdict::undetermined);
  EXPECT_NE(nearly.reasons & kReason_parallel_road, 0U);
  EXPECT_GT(nearly.match, 0.8F) << "it is the road's doing, not the confidence's";
  EXPECT_EQ(north_of_street(-1).verdict, Verdict::violated);
}

// A drive that was on one road from its beginning to its end was accused as if none lay beside it, where the map has
// that one in one piece.
TEST(Speeding, ARoadBesideInOnePieceIsJoinedToItself) {
  const Finding pieces = TwoRoads(limited(40), limited(80)).finding();
  const Finding whole = TwoRoads(limited(40), limited(80), 900).finding();
  EXPECT_NE(whole.reasons & kReason_parallel_road, 0U);
  EXPECT_NEAR(whole.match, pieces.match, 0.01);
}

TEST(Speeding, ARoadBesideThatMayNotBeDrivenIsNoExcuse) {
  map::Attributes closed = limited(80);
  map::set_access(&closed, map::kForward, 1U << map::kCar, map::kAccessNo, map::kKeyVehicle);
  EXPECT_EQ(TwoRoads(limited(40), closed).finding().reasons, 0U);
  map::Attributes unsure = limited(40);
  TwoRoads seen(unsure, limited(80));
  for (match::MatchedFix& f : seen.trace.fixes) f.posterior = 1;
  for (size_t k = 0; k < seen.trace.fixes.size(); ++k) seen.shift(k, 0, 0);
  EXPECT_EQ(seen.finding().reasons, 0U) << "nor is any where the positions lie on the path";
}

TEST(Speeding, ARunWithoutFixesIsNoDrive) {
  MadeDrive drive;
  drive.road(100, limited(40));
  EXPECT_EQ(drive.judged(judge_speeding).findings.size(), 0U);
}

}  // namespace
}  // namespace tomare::rules
