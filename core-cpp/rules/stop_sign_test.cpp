// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// 600 m of a street with a stop sign at 300 m for whoever drives along it.
struct Street : MadeDrive {
  explicit Street(bool forward = true, const map::Attributes& facts = {}) : forward_(forward) {
    map::Attributes street = facts;
    street.road_class = map::kTertiary;
    road(600, street, forward);
  }
  /// A point at so many metres of the path, meant for the drive's direction; in the order of the segment.
  map::RulePoint& point(map::RulePointKind kind, double at_m, uint8_t flags = 0) {
    map::RulePoint p{};
    p.node = 500 + static_cast<int64_t>(map.points.size());
    p.offset_cm = static_cast<uint32_t>((forward_ ? at_m : 600 - at_m) * 100 + 0.5);
    p.kind = kind;
    p.directions = forward_ ? 1 : 2;
    p.direction_source = map::kDirectionGiven;
    p.flags = flags;
    map.points.push_back(p);
    return map.points.back();
  }
  /// At one speed, a fix each second.
  Street& through(double kmh = 40) {
    along(0, 590, kmh);
    return *this;
  }
  /// Brakes by 2 m/s2 to a stand at so many metres, stands for some seconds, and goes on.
  Street& stopping(double at_m, double seconds = 3, double lowest_mps = 0) {
    constexpr double kMps = 10;
    const double way_m = (kMps * kMps - lowest_mps * lowest_mps) / 4;
    double s = 0, at = at_m - way_m;
    const double begin = at - 10 * std::floor(at / 10);
    for (double x = begin; x < at; x += 10) fix(s++, x, 36);
    for (double v = kMps; v > lowest_mps; v -= 2) {
      fix(s++, at, v * 3.6);
      at += std::max(v, 2.0) - 1;
    }
    for (double k = 0; k < seconds; ++k) {
      fix(s++, at_m + lowest_mps * k, lowest_mps * 3.6);
    }
    at = at_m + lowest_mps * seconds;
    for (double v = std::max(2.0, lowest_mps); at < 590; v = std::min(kMps, v + 2)) {
      fix(s++, at, v * 3.6);
      at += v + 1;
    }
    return *this;
  }
  /// A fix each second with these speeds (m/s), the last of `before` at so many metres; before them 10 s at the first.
  Street& speeds(const std::vector<double>& before, double at_m, const std::vector<double>& after) {
    std::vector<double> all(10, before.front());
    all.insert(all.end(), before.begin(), before.end());
    const size_t at = all.size() - 1;
    all.insert(all.end(), after.begin(), after.end());
    std::vector<double> place(all.size(), at_m);
    for (size_t k = at; k > 0; --k) place[k - 1] = place[k] - (all[k - 1] + all[k]) / 2;
    for (size_t k = at; k + 1 < all.size(); ++k) place[k + 1] = place[k] + (all[k] + all[k + 1]) / 2;
    for (size_t k = 0; k < all.size(); ++k) fix(static_cast<double>(k), place[k], all[k] * 3.6);
    return *this;
  }
  std::vector<Finding> findings() { return judged(judge_stop_signs).findings; }
  Finding finding() {
    const std::vector<Finding> found = findings();
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Finding{} : found[0];
  }

 private:
  bool forward_;
};

TEST(StopSign, DrivenThroughAtSpeedIsViolated) {
  Street street;
  street.point(map::kStop, 300);
  street.through();
  const Judgement out = street.judged(judge_stop_signs);
  ASSERT_EQ(out.findings.size(), 1U);
  const Finding& f = out.findings[0];
  EXPECT_EQ(f.rule, Rule::stop_sign);
  EXPECT_EQ(f.verdict, Verdict::violated);
  EXPECT_EQ(f.reasons, 0U);
  EXPECT_EQ(f.source, SourceTag::stop);
  EXPECT_EQ(f.direction_source, map::kDirectionGiven);
  EXPECT_EQ(f.node, 500);
  EXPECT_EQ(f.way, 1000);
  EXPECT_NEAR(f.measured[kMeasure_lowest_observed_kmh], 40, 0.01);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_stop_band], 4);
  EXPECT_FLOAT_EQ(f.measured[kMeasure_longest_gap_s], 1);
  EXPECT_GT(f.measured[kMeasure_lowest_possible_kmh], 30);
  EXPECT_GE(f.measured[kMeasure_fixes_in_window], 5);
  EXPECT_GT(f.match, 0.98F);
  EXPECT_GT(f.observation, 0.9F);
  EXPECT_FLOAT_EQ(f.map, 1);
  const Exposure& exposure = out.exposure[static_cast<int>(Rule::stop_sign)];
  EXPECT_EQ(exposure.passed, 1U);
  EXPECT_EQ(exposure.violated, 1U);
}

TEST(StopSign, TheFindingLiesWhereTheSignStands) {
  for (const bool forward : {true, false}) {
    Street street(forward);
    street.point(map::kStop, 220);
    const Finding f = street.through().finding();
    int32_t lat = 0, lon = 0;
    map::position_on(*street.map.graph().tile(0), 0, forward ? 220 : 380, &lat, &lon);
    EXPECT_EQ(f.lat_e7, lat);
    EXPECT_EQ(f.lon_e7, lon);
  }
}

TEST(StopSign, AStandAtTheLineComplied) {
  for (const double at_m : {292.0, 299.0, 303.0}) {
    Street street;
    street.point(map::kStop, 300);
    const Finding f = street.stopping(at_m, 4).finding();
    EXPECT_EQ(f.verdict, Verdict::complied) << at_m;
    EXPECT_EQ(f.reasons, 0U);
    EXPECT_FLOAT_EQ(f.measured[kMeasure_lowest_observed_kmh], 0);
    EXPECT_FLOAT_EQ(f.measured[kMeasure_stop_band], 0);
    EXPECT_GE(f.observation, 0.9F);
  }
}

TEST(StopSign, HowFarItWasFromAStop) {
  const auto band = [](double kmh) {
    Street street;
    street.point(map::kStop, 300);
    return street.through(kmh).finding().measured[kMeasure_stop_band];
  };
  EXPECT_FLOAT_EQ(band(2.9), 1);
  EXPECT_FLOAT_EQ(band(3.1), 2);
  EXPECT_FLOAT_EQ(band(9.9), 2);
  EXPECT_FLOAT_EQ(band(10.1), 3);
  EXPECT_FLOAT_EQ(band(19.9), 3);
  EXPECT_FLOAT_EQ(band(20.1), 4);
}

TEST(StopSign, AStandFarFromTheLineIsNoAcquittal) {
  for (const double at_m : {230.0, 380.0}) {
    Street street;
    street.point(map::kStop, 300);
    EXPECT_NE(street.stopping(at_m, 10).finding().verdict, Verdict::complied) << at_m;
  }
}

TEST(StopSign, ASlowRollIsNoStop) {
  Street street;
  street.point(map::kStop, 300);
  const Finding f = street.stopping(299, 3, 3).finding();
  EXPECT_NE(f.verdict, Verdict::complied);
  EXPECT_NEAR(f.measured[kMeasure_lowest_observed_kmh], 10.8, 0.01);
}

TEST(StopSign, BetweenFixesFarApartItMayHaveStood) {
  Street street;
  street.point(map::kStop, 300);
  for (int k = 0; k * 80 < 590; ++k) street.fix(10 * k, 20 + 80 * k, 29);
  const Finding f = street.finding();
  EXPECT_EQ(f.verdict, Verdict::undetermined);
  EXPECT_EQ(f.reasons, uint32_t{kReason_stop_possible_between_fixes});
  EXPECT_LT(f.measured[kMeasure_lowest_possible_kmh], 1.8);
}

TEST(StopSign, AGapIsNotLookedInto) {
  const auto reasons = [](double gap_s) {
    Street street;
    street.point(map::kStop, 300);
    street.along(0, 280, 40);
    street.pause(gap_s - 1);
    street.along(320, 590, 40);
    return street.finding().reasons;
  };
  EXPECT_EQ(reasons(15.1), uint32_t{kReason_gps_gap});
  EXPECT_EQ(reasons(15) & kReason_gps_gap, 0U);
}

TEST(StopSign, WithoutAnyFixNearItNothingIsKnown) {
  Street street;
  street.point(map::kStop, 300);
  for (const double at : {0.0, 100.0, 220.0, 400.0, 500.0}) street.fix(at / 10, at, 36);
  const Finding f = street.finding();
  EXPECT_EQ(f.verdict, Verdict::undetermined);
  EXPECT_NE(f.reasons & kReason_gps_gap, 0U);
}

TEST(StopSign, SpeedsThatPositionsContradict) {
  Street disputed;
  disputed.point(map::kStop, 300);
  disputed.through();
  disputed.channels.disputed.assign(disputed.time_ms.size(), 0);
  disputed.channels.disputed[27] = 1;
  EXPECT_EQ(disputed.finding().verdict, Verdict::undetermined);
  EXPECT_EQ(disputed.finding().reasons, uint32_t{kReason_speed_contradicted});
  disputed.channels.disputed[27] = 0;
  disputed.channels.disputed[5] = 1;
  EXPECT_EQ(disputed.finding().verdict, Verdict::violated) << "far from the line";
}

TEST(StopSign, AStandByPositionsDeniesThatItWasRun) {
  Street street;
  street.point(map::kStop, 300);
  street.along(0, 290, 36);
  for (int s = 0; s < 8; ++s) street.fix(30 + s, 299, 36);
  street.pause(9);
  street.along(310, 590, 36);
  const Finding f = street.finding();
  EXPECT_EQ(f.verdict, Verdict::undetermined);
  EXPECT_NE(f.reasons & kReason_speed_contradicted, 0U);
}

TEST(StopSign, PositionsThatDroveOnDenyAStand) {
  Street street;
  street.point(map::kStop, 300);
  for (int s = 0; s < 59; ++s) street.fix(s, 10 * s, s >= 27 && s <= 32 ? 0 : 36);
  const Finding f = street.finding();
  EXPECT_EQ(f.verdict, Verdict::undetermined);
  EXPECT_NE(f.reasons, 0U);
}

TEST(StopSign, FromPositionsAloneAStopMustBeEarned) {
  const auto derived = [](Street* street) {
    street->point(map::kStop, 300);
    for (match::MatchedFix& f : street->trace.fixes) f.speed_derived = true;
    return street->finding();
  };
  Street through, standing;
  const Finding ran = derived(&through.through(40));
  EXPECT_NE(ran.verdict, Verdict::complied);
  const Finding stood = derived(&standing.stopping(298, 20));
  EXPECT_NE(stood.verdict, Verdict::violated);
}

TEST(StopSign, APointIsMetInItsDirectionAlone) {
  for (const bool forward : {true, false}) {
    Street with(forward), against(forward);
    with.point(map::kStop, 300);
    const Finding f = with.through().finding();
    EXPECT_EQ(f.verdict, Verdict::violated);
    EXPECT_EQ(f.forward, forward);
    against.point(map::kStop, 300).directions = forward ? 2 : 1;
    EXPECT_EQ(against.through().findings().size(), 0U);
  }
}

TEST(StopSign, AtTheEndsOfTheDriveNothingIsSaid) {
  const auto found = [](double first_m, double last_m) {
    Street street;
    street.point(map::kStop, 300);
    street.along(first_m, last_m, 36);
    return street.findings().size();
  };
  EXPECT_EQ(found(100, 300), 0U);
  EXPECT_EQ(found(102, 302.5), 0U);
  EXPECT_EQ(found(103, 303), 1U);
  EXPECT_EQ(found(297, 500), 1U);
  EXPECT_EQ(found(298, 500), 0U);
  Street one;
  one.point(map::kStop, 300);
  one.fix(0, 300, 36);
  EXPECT_EQ(one.findings().size(), 0U) << "one fix is no drive";
}

TEST(StopSign, SmoothPositionsTellMoreThanOnesThatScatter) {
  const auto drive = [](double white_m) {
    Street street;
    street.point(map::kStop, 300);
    street.through(15);
    for (size_t k = 0; k < street.trace.fixes.size(); ++k) {
      street.trace.fixes[k].speed_derived = true;
      street.shift(k, 0, k % 4 == 0 ? white_m : (k % 4 == 2 ? -white_m : 0));
    }
    return street.finding().verdict;
  };
  EXPECT_EQ(drive(0.5), Verdict::violated);
  EXPECT_EQ(drive(4), Verdict::undetermined);
}

TEST(StopSign, AnInferredDirectionIsLessSure) {
  Street street;
  street.point(map::kStop, 300).direction_source = map::kDirectionInferred;
  const Finding f = street.through().finding();
  EXPECT_EQ(f.verdict, Verdict::violated);
  EXPECT_EQ(f.reasons, uint32_t{kReason_direction_inferred});
  EXPECT_FLOAT_EQ(f.map, 0.85F);
}

TEST(StopSign, AnAmbiguousDirectionAccusesNobody) {
  Street ran, stood;
  ran.point(map::kStop, 300).direction_source = map::kDirectionAmbiguous;
  stood.point(map::kStop, 300).direction_source = map::kDirectionAmbiguous;
  EXPECT_EQ(ran.through().finding().verdict, Verdict::undetermined);
  EXPECT_EQ(ran.findings().at(0).reasons, uint32_t{kReason_direction_ambiguous});
  EXPECT_EQ(stood.stopping(299, 4).finding().verdict, Verdict::complied);
}

TEST(StopSign, ASignalTakesThePlaceOfTheSign) {
  const auto with = [](double signal_m, bool other_direction = false) {
    Street street;
    if (signal_m < 300) {
      street.point(map::kSignals, signal_m);
      street.point(map::kStop, 300);
    } else {
      street.point(map::kStop, 300);
      map::RulePoint& signal = street.point(map::kSignals, signal_m);
      if (other_direction) signal.directions = 2;
    }
    return street.through().finding();
  };
  EXPECT_EQ(with(310).verdict, Verdict::undetermined);
  EXPECT_EQ(with(310).reasons, uint32_t{kReason_signal_present});
  EXPECT_EQ(with(329).verdict, Verdict::undetermined);
  EXPECT_EQ(with(331).verdict, Verdict::violated) << "30 m beyond the sign";
  EXPECT_EQ(with(296).verdict, Verdict::undetermined);
  EXPECT_EQ(with(281).verdict, Verdict::undetermined) << "on its approach";
  EXPECT_EQ(with(279).verdict, Verdict::violated) << "more than 20 m before it";
  EXPECT_EQ(with(310, true).verdict, Verdict::violated) << "for those who come from the other side";
}

TEST(StopSign, ASignalBeforeTheLastJunctionIsOfAnotherApproach) {
  for (const bool junction : {true, false}) {
    MadeDrive drive;  // the signal stands 12 m before the sign, and other roads meet the street between
    drive.road(294);
    const auto between = static_cast<uint16_t>(drive.map.nodes.size() - 1);
    drive.road(306);
    for (const double north_m : {-200.0, 200.0}) {
      if (junction) drive.map.road(between, drive.map.node(294, 400 + north_m), 200);
    }
    for (const uint16_t segment : {0, 1}) {
      map::RulePoint p{};
      p.node = 500 + segment;
      p.segment = segment;
      p.offset_cm = segment == 0 ? 28'800 : 600;
      p.kind = segment == 0 ? map::kSignals : map::kStop;
      p.directions = 1;
      p.direction_source = map::kDirectionGiven;
      drive.map.points.push_back(p);
    }
    drive.along(0, 590, 40);
    const std::vector<Finding> found = drive.judged(judge_stop_signs).findings;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ((found[0].reasons & kReason_signal_present) != 0, !junction);
  }
}

TEST(StopSign, APointAtAJunctionIsNotTheLine) {
  Street street;
  street.point(map::kStop, 300, map::kAtJunction);
  const Finding f = street.through().finding();
  EXPECT_NE(f.reasons & kReason_line_position_uncertain, 0U);
  Street plain;
  plain.point(map::kStop, 300);
  EXPECT_GT(f.measured[kMeasure_fixes_in_window], plain.through().finding().measured[kMeasure_fixes_in_window])
      << "its window is wider";
}

TEST(StopSign, TheLineOfAPointAtAJunctionLiesUpToTwelveMetresBeforeIt) {
  const auto odds = [](double stand_m) {  // that a stand was a stop at the line: half of them where cars queue
    Street street;
    street.point(map::kStop, 300, map::kAtJunction);
    return 1 / street.stopping(stand_m, 4).finding().observation - 1;
  };
  EXPECT_GT(odds(276.2), 1.8 * odds(275.8)) << "12 m before where the line begins";
  EXPECT_GT(odds(290), odds(276.2));
  EXPECT_LT(odds(262), 0.8 * odds(274)) << "farther away it is less likely";
}

TEST(StopSign, WhereTheLawKnowsNoAllWayStop) {
  for (const bool known : {true, false}) {
    Street street;
    street.law.all_way_stop = known;
    street.point(map::kStop, 300, map::kStopAll);
    const Finding f = street.through().finding();
    EXPECT_EQ(f.verdict, known ? Verdict::violated : Verdict::undetermined);
    EXPECT_EQ(f.reasons, known ? 0U : uint32_t{kReason_map_contradiction});
  }
}

TEST(StopSign, AnUnsurePointAndPrivateGround) {
  Street unsure;
  unsure.point(map::kStop, 300, map::kPointUnsure);
  EXPECT_EQ(unsure.through().finding().verdict, Verdict::undetermined);
  EXPECT_EQ(unsure.findings().at(0).reasons, uint32_t{kReason_map_contradiction});
  map::Attributes aisle{};
  aisle.service = map::kServiceParkingAisle;
  Street owned(true, aisle);
  owned.point(map::kStop, 300);
  EXPECT_EQ(owned.through().finding().verdict, Verdict::undetermined);
  EXPECT_EQ(owned.findings().at(0).reasons, uint32_t{kReason_private_ground});
}

TEST(StopSign, TheSourceOfAnOverlayIsSaid) {
  Street street;
  street.point(map::kStop, 300, map::kFromOverlay);
  EXPECT_EQ(street.through().finding().source, SourceTag::overlay_stop);
}

TEST(StopSign, TwoSignsAreTwoDutiesButOneStopMayServeTwinSigns) {
  Street far;
  far.point(map::kStop, 300);
  far.point(map::kStop, 400);
  const std::vector<Finding> both = far.stopping(299, 4).findings();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].verdict, Verdict::complied);
  EXPECT_NE(both[1].verdict, Verdict::complied) << "100 m on";
  Street twins;
  twins.point(map::kStop, 300);
  twins.point(map::kStop, 308);
  for (const Finding& f : twins.stopping(300, 4).findings()) EXPECT_NE(f.verdict, Verdict::violated);
}

TEST(StopSign, ATwinSignIsNoOtherPlace) {
  const auto observation = [](map::RulePointKind before) {
    Street street;
    street.point(before, 292);
    street.point(map::kStop, 300);
    return street.stopping(280, 4).findings().back().observation;
  };
  const float alone = observation(map::kLevelCrossing);
  EXPECT_GT(alone, observation(map::kStop) + 0.05F) << "a stand at the first may be for both";
  EXPECT_EQ(alone, observation(map::kGiveWay)) << "which is no twin";
}

TEST(StopSign, ATwinSignBehindIsNoOtherPlace) {
  const auto verdict = [](map::RulePointKind behind) {
    Street street;
    street.point(map::kStop, 300);
    street.point(behind, 308);
    return street.stopping(316, 4).findings().front().verdict;
  };
  EXPECT_EQ(verdict(map::kStop), Verdict::complied) << "a stand at the second may be for both";
  EXPECT_EQ(verdict(map::kGiveWay), Verdict::undetermined);
}

TEST(StopSign, AStandMayHideInTheStepOverTheLineAlone) {
  const auto certainty = [](double begin_m) {
    Street street;
    street.point(map::kStop, 300);
    double s = 0, at = 10;
    for (; at < begin_m; at += 8) street.fix(s++, at, 29);
    s += 9;  // 40 m in ten seconds
    for (at += 32; at < 590; at += 8) street.fix(s++, at, 29);
    return street.finding();
  };
  EXPECT_EQ(certainty(275).verdict, Verdict::undetermined);
  EXPECT_EQ(certainty(330).verdict, Verdict::violated);
  EXPECT_EQ(certainty(220).verdict, Verdict::violated);
}

TEST(StopSign, BrakingAtTheLineIsNoErrorOfTheSpeeds) {
  Street street;
  street.point(map::kStop, 300);
  street.speeds({7.6, 7.2, 6.7, 7.8, 7.1, 6.3, 3.2, 0.3}, 298, {0.3, 1.6, 3.5, 6.3, 7.3, 7.3, 7.3, 7.3, 7.3, 7.3});
  EXPECT_EQ(street.finding().verdict, Verdict::complied);
}

TEST(StopSign, AShortGapHidesFewerStopsThanALongOne) {
  Street street;
  street.point(map::kStop, 300);
  street.speeds({8, 8, 8, 6, 4, 2.1}, 298, {2.1, 2.1, 4, 6, 8, 8, 8, 8, 8, 8});
  EXPECT_EQ(street.finding().verdict, Verdict::violated);
}

TEST(StopSign, APathThatIsLongerThanTheSpeedsSayAccusesNobody) {
  const auto leaping = [](double leap_m) {
    Street street;
    street.point(map::kStop, 300);
    for (int k = 0; k < 50; ++k) street.fix(k, 10 * k + (k >= 30 ? leap_m : 0) - 5, 36);
    return street.finding();
  };
  EXPECT_EQ(leaping(15).verdict, Verdict::violated) << "within three errors";
  EXPECT_EQ(leaping(25).verdict, Verdict::undetermined);
  EXPECT_EQ(leaping(25).reasons, uint32_t{kReason_match_uncertain});
}

TEST(StopSign, WhereThePathBeginsOrEndsAStopMayBeUnseen) {
  const auto seen = [](double first_m, double last_m, double kmh) {
    Street street;
    street.point(map::kStop, 300);
    street.along(first_m, last_m, kmh);
    return street.finding().verdict;
  };
  EXPECT_EQ(seen(294, 500, 15), Verdict::undetermined) << "it may have stood 3 m before";
  EXPECT_EQ(seen(255, 500, 15), Verdict::violated);
  EXPECT_EQ(seen(100, 304.5, 15), Verdict::undetermined);
  EXPECT_EQ(seen(100, 345, 15), Verdict::violated);
}

TEST(StopSign, SpeedsThatHardlyACarHasTellNothing) {
  const auto then = [](double mps) {
    Street street;
    street.point(map::kStop, 300);
    street.speeds({7.4, 7.4, 7.4, 7.4, 7.4, 4.8, 2.4}, 300, {mps, mps, mps, mps, mps, mps, mps, mps});
    return street.finding().verdict;
  };
  EXPECT_EQ(then(6.5), Verdict::violated);
  EXPECT_EQ(then(7.2), Verdict::undetermined) << "it may be the lowest speed that is wrong";
}

TEST(StopSign, AQueueBeforeALineAtWhichTheDriverSlowsAgain) {
  const auto then = [](const std::vector<double>& after) {
    Street street;
    street.point(map::kStop, 300);
    street.speeds({8, 8, 8, 6, 4, 2, 0, 0, 0}, 279, after);
    return street.finding();
  };
  const Finding slows = then({2, 4, 5, 4, 3.5, 5, 6, 8, 8, 8, 8, 8, 8});
  EXPECT_EQ(slows.verdict, Verdict::violated);
  EXPECT_EQ(slows.reasons, uint32_t{kReason_queue_before_line});
  EXPECT_EQ(then({2, 4, 5, 6, 7, 8, 8, 8, 8, 8, 8}).verdict, Verdict::undetermined) << "the sign may stand 20 m off";
}

TEST(StopSign, AStandAfterWhichTheCarCrawlsOnWasInAQueue) {
  const auto then = [](const std::vector<double>& after) {
    Street street;
    street.point(map::kStop, 300);
    return street.speeds({8, 8, 8, 6, 4, 2, 0, 0, 0}, 295, after).finding().verdict;
  };
  EXPECT_EQ(then({2, 4, 6, 8, 8, 8, 8, 8, 8}), Verdict::complied);
  EXPECT_EQ(then({2, 4, 5, 3, 2, 3, 5, 7, 8, 8, 8, 8, 8}), Verdict::undetermined);
}

TEST(StopSign, AJumpOfTheReceiverNeitherAccusesNorAcquits) {
  Street ran, stood;
  for (Street* street : {&ran.through(), &stood.stopping(299, 4)}) {
    street->point(map::kStop, 300);
    EXPECT_NE(street->finding().verdict, Verdict::undetermined);
    street->jumped.assign(street->time_ms.size(), 1);
    EXPECT_EQ(street->finding().verdict, Verdict::undetermined);
    EXPECT_EQ(street->finding().reasons, uint32_t{kReason_match_uncertain});
  }
}

TEST(StopSign, OtherPointsAreNone) {
  Street street;
  street.point(map::kGiveWay, 200);
  street.point(map::kSignals, 300);
  street.point(map::kLevelCrossing, 400);
  EXPECT_EQ(street.through().findings().size(), 0U);
}

}  // namespace
}  // namespace tomare::rules
