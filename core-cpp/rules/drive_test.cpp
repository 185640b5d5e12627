// SPDX-License-Identifier: MIT
#include "core-cpp/rules/drive.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

// A day's drive through Malta had two bans of one way between the same fixes: native and WASM gave them in either
// order.
TEST(FindingsInOrder, TwoBansBetweenTheSameFixesStayAsTheyWereJudged) {
  constexpr int64_t kTimes = 100, kAtOnce = 3;
  std::vector<Finding> findings;
  for (int64_t k = 0; k < kTimes * kAtOnce; ++k) {
    Finding f;
    f.rule = Rule::turn_ban;
    f.start_ms = kTimes - k / kAtOnce;
    f.relation = k;
    findings.push_back(f);
  }
  put_in_order(&findings);
  for (int64_t k = 0; k < kTimes * kAtOnce; ++k) {
    const Finding& f = findings[static_cast<size_t>(k)];
    EXPECT_EQ(f.start_ms, 1 + k / kAtOnce);
    EXPECT_EQ(f.relation, (kTimes - 1 - k / kAtOnce) * kAtOnce + k % kAtOnce);
  }
}

TEST(FindingsInOrder, ByTimeRuleNodeWayAndFix) {
  const auto finding = [](int64_t start_ms, Rule rule, int64_t node, int64_t way, uint32_t first_fix) {
    Finding f;
    f.start_ms = start_ms;
    f.rule = rule;
    f.node = node;
    f.way = way;
    f.first_fix = first_fix;
    return f;
  };
  const std::vector<Finding> wanted = {finding(1, Rule::wrong_way, 9, 9, 9), finding(2, Rule::stop_sign, 9, 9, 9),
                                       finding(2, Rule::wrong_way, 1, 9, 9), finding(2, Rule::wrong_way, 2, 1, 9),
                                       finding(2, Rule::wrong_way, 2, 2, 1), finding(2, Rule::wrong_way, 2, 2, 2)};
  std::vector<Finding> found(wanted.rbegin(), wanted.rend());
  put_in_order(&found);
  for (size_t k = 0; k < wanted.size(); ++k) {
    EXPECT_EQ(found[k].start_ms, wanted[k].start_ms) << k;
    EXPECT_EQ(found[k].rule, wanted[k].rule) << k;
    EXPECT_EQ(found[k].node, wanted[k].node) << k;
    EXPECT_EQ(found[k].way, wanted[k].way) << k;
    EXPECT_EQ(found[k].first_fix, wanted[k].first_fix) << k;
  }
}

using testing::MadeDrive;

/// A drive of ten fixes, and a claim on the fixes 3 to 5.
Finding settled(MadeDrive* drive, Finding f = {}) {
  static Finding claim;
  if (drive->trace.legs.empty()) {
    drive->road(200);
    drive->along(0, 150, 60);
  }
  claim = f;
  claim.first_fix = 3;
  claim.last_fix = 5;
  const Judgement out = drive->judged([](const Context& c, Judgement* to) { settle(c, claim, to); });
  return out.findings.at(0);
}

Finding claim_of(Rule rule, Verdict verdict, float match = 1) {
  Finding f;
  f.rule = rule;
  f.verdict = verdict;
  f.match = match;
  return f;
}

TEST(Settle, AFixThatWasMatchedInPartMakesUndetermined) {
  for (const uint32_t cut : {2U, 3U, 5U, 6U}) {
    for (const Verdict verdict : {Verdict::violated, Verdict::complied}) {
      MadeDrive drive;
      settled(&drive);
      drive.trace.fixes[cut].cut = true;
      const Finding f = settled(&drive, claim_of(Rule::no_entry, verdict));
      const bool inside = cut == 3 || cut == 5;
      EXPECT_EQ(f.verdict, inside ? Verdict::undetermined : verdict) << cut;
      EXPECT_EQ(f.reasons, inside ? uint32_t{kReason_match_uncertain} : 0U) << cut;
    }
  }
}

TEST(Settle, ADriveThatLiesBesideTheRoadsAllAlongAccusesAndAcquitsNobody) {
  for (const double mean_error_m : {40.0, 41.0}) {
    for (const Verdict verdict : {Verdict::violated, Verdict::possible, Verdict::complied}) {
      MadeDrive drive;
      drive.mean_error_m = mean_error_m;
      const Finding f = settled(&drive, claim_of(Rule::no_entry, verdict));
      EXPECT_EQ(f.verdict, mean_error_m > 40 ? Verdict::undetermined : verdict);
      EXPECT_EQ(f.reasons, mean_error_m > 40 ? uint32_t{kReason_match_uncertain} : 0U);
    }
  }
}

TEST(Settle, AClaimBelowTheLeastConfidenceIsUndetermined) {
  MadeDrive drive;
  EXPECT_EQ(settled(&drive, claim_of(Rule::no_entry, Verdict::violated, 0.5F)).verdict, Verdict::violated) << "at it";
  Finding below = settled(&drive, claim_of(Rule::no_entry, Verdict::violated, 0.499F));
  EXPECT_EQ(below.verdict, Verdict::undetermined);
  EXPECT_EQ(below.reasons, uint32_t{kReason_match_uncertain});
  below = settled(&drive, claim_of(Rule::no_entry, Verdict::possible, 0.499F));
  EXPECT_EQ(below.verdict, Verdict::undetermined);
  EXPECT_EQ(settled(&drive, claim_of(Rule::no_entry, Verdict::complied, 0.1F)).verdict, Verdict::complied);
}

TEST(Settle, WhereTheMatchIsGoodAnotherFactorIsTheReason) {
  MadeDrive drive;
  Finding f = claim_of(Rule::no_entry, Verdict::violated, 0.8F);
  f.observation = 0.5F;
  EXPECT_EQ(settled(&drive, f).reasons, 0U);
  f.match = 0.79F;
  EXPECT_EQ(settled(&drive, f).reasons, uint32_t{kReason_match_uncertain});
}

TEST(Settle, TheDoubtOfARuleGrowsWithTheSquareOfTheError) {
  MadeDrive drive;
  double* const doubts[kRuleCount] = {&drive.settings.doubt_stop_sign, &drive.settings.doubt_level_crossing,
                                      &drive.settings.doubt_wrong_way, &drive.settings.doubt_no_entry,
                                      &drive.settings.doubt_turn_ban,  &drive.settings.doubt_speeding,
                                      &drive.settings.doubt_speeding};
  for (int rule = 0; rule < kRuleCount; ++rule) *doubts[rule] = 0.04 * (rule + 1);
  drive.settings.doubt_speeding = 0.4;
  for (int rule = 0; rule < kRuleCount; ++rule) {
    drive.trace.error.sigma_m = 10;
    const float match = settled(&drive, claim_of(static_cast<Rule>(rule), Verdict::complied)).match;
    EXPECT_FLOAT_EQ(match, static_cast<float>(1 - *doubts[rule] * 0.25)) << rule;
    drive.trace.error.sigma_m = 1000;
    EXPECT_EQ(settled(&drive, claim_of(static_cast<Rule>(rule), Verdict::complied)).match, 0) << rule;
  }
}

TEST(Settle, AClaimIsSurerThanItsMatch) {
  MadeDrive drive;
  const auto match_of = [&](Rule rule, Verdict verdict) {
    return settled(&drive, claim_of(rule, verdict, 0.6F)).match;  // odds of 1.5
  };
  EXPECT_NEAR(match_of(Rule::wrong_way, Verdict::violated), 15.0 / 16, 1e-6);
  EXPECT_NEAR(match_of(Rule::turn_ban, Verdict::violated), 12.0 / 13, 1e-6);
  EXPECT_NEAR(match_of(Rule::no_entry, Verdict::possible), 4.5 / 5.5, 1e-6);
  EXPECT_FLOAT_EQ(match_of(Rule::stop_sign, Verdict::violated), 0.6F);
  EXPECT_FLOAT_EQ(match_of(Rule::wrong_way, Verdict::complied), 0.6F) << "no claim";
  EXPECT_FLOAT_EQ(match_of(Rule::wrong_way, Verdict::undetermined), 0.6F);
}

TEST(Settle, ALeastConfidenceCountsOnceTheClaimIsLikely) {
  MadeDrive drive;
  const auto verdict_at = [&](float match, double least) {
    drive.settings.confidence_violated_min = least;
    return settled(&drive, claim_of(Rule::wrong_way, Verdict::violated, match)).verdict;
  };
  EXPECT_EQ(verdict_at(0.6F, 0.9), Verdict::violated) << "odds of 15";
  EXPECT_EQ(verdict_at(0.6F, 0.95), Verdict::undetermined);
  EXPECT_EQ(verdict_at(0.49F, 0.9), Verdict::undetermined) << "likelier false than true";
  EXPECT_EQ(verdict_at(0.4F, 0.4), Verdict::violated) << "who asks for less gets it";
}

TEST(Settle, AmongCoarsePositionsOtherWaysAreLikelier) {
  const auto match_at = [](double sigma_m, Rule rule, Verdict verdict, bool derived = true) {
    MadeDrive drive;
    drive.road(200);
    drive.along(0, 150, 60);
    for (match::MatchedFix& fix : drive.trace.fixes) fix.speed_derived = derived;
    drive.settings.doubt_speeding = 0;
    drive.trace.error.sigma_m = static_cast<float>(sigma_m);
    Finding claim = claim_of(rule, verdict);
    claim.match = 0.9F;
    return settled(&drive, claim).match;
  };
  EXPECT_NEAR(match_at(6, Rule::speeding, Verdict::violated), 27.0 / 28, 1e-6) << "as expected: odds of 9, three times";
  EXPECT_NEAR(match_at(9, Rule::speeding, Verdict::violated), 0.858, 1e-3) << "less a factor of e^1.5";
  EXPECT_NEAR(match_at(12, Rule::speeding, Verdict::violated), 0.309, 1e-3) << "e^3";
  EXPECT_NEAR(match_at(20, Rule::speeding, Verdict::violated), 0.309, 1e-3) << "and no more";
  EXPECT_FLOAT_EQ(match_at(20, Rule::speeding, Verdict::complied), 0.9F) << "no claim";
  EXPECT_NEAR(match_at(20, Rule::speeding, Verdict::violated, false), 27.0 / 28, 1e-6)
      << "speed and course bear the path out";
  EXPECT_NEAR(match_at(20, Rule::wrong_way, Verdict::violated), 90.0 / 91, 1e-6);
}

TEST(Settle, CountsByVerdict) {
  static Verdict verdict;
  MadeDrive drive;
  settled(&drive);
  const auto exposure = [&](Verdict v) {
    verdict = v;
    return drive.judged([](const Context& c, Judgement* out) { settle(c, claim_of(Rule::turn_ban, verdict), out); })
        .exposure[static_cast<int>(Rule::turn_ban)];
  };
  EXPECT_EQ(exposure(Verdict::complied).complied, 1U);
  EXPECT_EQ(exposure(Verdict::violated).violated, 1U);
  EXPECT_EQ(exposure(Verdict::possible).undetermined, 1U);
  EXPECT_EQ(exposure(Verdict::undetermined).undetermined, 1U);
  EXPECT_EQ(exposure(Verdict::violated).complied + exposure(Verdict::violated).undetermined, 0U);
}

TEST(WeighUnsure, OnlyWhatCompliedInAnyCaseStays) {
  for (const Verdict verdict : {Verdict::violated, Verdict::possible, Verdict::complied}) {
    Finding f = claim_of(Rule::no_entry, verdict);
    weigh_unsure(false, &f);
    EXPECT_EQ(f.verdict, verdict);
    EXPECT_EQ(f.reasons, 0U);
    weigh_unsure(true, &f);
    const bool kept = verdict == Verdict::complied;
    EXPECT_EQ(f.verdict, kept ? Verdict::complied : Verdict::undetermined);
    EXPECT_EQ(f.reasons, kept ? 0U : uint32_t{kReason_map_contradiction});
  }
}

TEST(PrivateGround, ByServiceAndByAccess) {
  static bool found;
  const auto ask = [](const map::Attributes& facts, bool judged_there) {
    MadeDrive drive;
    drive.settings.rules_private_ground = judged_there ? 1 : 0;
    drive.road(100, facts);
    drive.along(0, 90, 30);
    drive.judged([](const Context& c, Judgement*) { found = private_ground(c, c.trace.legs[0]); });
    return found;
  };
  for (const uint8_t service : {map::kServiceParkingAisle, map::kServiceDriveway, map::kServiceDriveThrough}) {
    map::Attributes facts{};
    facts.service = service;
    EXPECT_TRUE(ask(facts, false)) << int{service};
    EXPECT_FALSE(ask(facts, true)) << int{service};
  }
  for (const map::Access access : {map::kAccessPrivate, map::kAccessCustomers}) {
    map::Attributes facts{};
    map::set_access(&facts, map::kForward, 1U << map::kCar, access, map::kKeyAccess);
    EXPECT_TRUE(ask(facts, false));
  }
  map::Attributes alley{};
  alley.service = map::kServiceAlley;
  map::set_access(&alley, map::kBackward, 1U << map::kCar, map::kAccessPrivate, map::kKeyAccess);
  map::set_access(&alley, map::kForward, 1U << map::kBus, map::kAccessPrivate, map::kKeyAccess);
  EXPECT_FALSE(ask(alley, false)) << "an alley, and only the other direction and other vehicles";
}

/// A claim on ten fixes, of which the first so many may have jumped.
Finding jumped(Rule rule, uint32_t count, bool derived = false, Verdict verdict = Verdict::violated) {
  static Finding claim;
  static uint32_t jumps;
  MadeDrive drive;
  drive.road(200);
  drive.along(0, 150, 60);
  for (match::MatchedFix& f : drive.trace.fixes) f.speed_derived = derived;
  claim = claim_of(rule, verdict);
  claim.first_fix = 0;
  claim.last_fix = 9;
  jumps = count;
  return drive
      .judged([](const Context& c, Judgement* to) {
        Context with = c;
        with.jumped.assign(c.fixes.count, 0);
        std::fill_n(with.jumped.begin(), jumps, 1);
        settle(with, claim, to);
      })
      .findings.at(0);
}

TEST(Settle, AClaimThatRestsOnJumpsIsUndetermined) {
  for (const Rule place : {Rule::stop_sign, Rule::level_crossing, Rule::turn_ban}) {
    EXPECT_EQ(jumped(place, 0).verdict, Verdict::violated);
    EXPECT_EQ(jumped(place, 1).verdict, Verdict::undetermined) << "none may be where a place is judged";
    EXPECT_EQ(jumped(place, 1).reasons, uint32_t{kReason_match_uncertain});
  }
  for (const Rule stretch : {Rule::wrong_way, Rule::no_entry, Rule::minimum_speed}) {
    EXPECT_EQ(jumped(stretch, 3).verdict, Verdict::violated) << "a third";
    EXPECT_EQ(jumped(stretch, 4).verdict, Verdict::undetermined);
  }
  EXPECT_EQ(jumped(Rule::speeding, 6).verdict, Verdict::violated) << "a logged speed does not jump";
  EXPECT_EQ(jumped(Rule::speeding, 7).verdict, Verdict::undetermined);
  EXPECT_EQ(jumped(Rule::speeding, 3, true).verdict, Verdict::violated);
  EXPECT_EQ(jumped(Rule::speeding, 4, true).verdict, Verdict::undetermined) << "one from positions does";
  EXPECT_EQ(jumped(Rule::turn_ban, 5, false, Verdict::complied).verdict, Verdict::complied);
}

TEST(DamagedTile, AccusesNobody) {
  MadeDrive drive;
  map::Attributes facts{};
  facts.min_speed = 800;
  facts.limit_low[0][map::kCar] = facts.limit_high[0][map::kCar] = 100;
  map::set_access(&facts, map::kForward, 255, map::kAccessNo, map::kKeyAccess);
  for (int n = 0; n < 3; ++n) drive.road(300, facts).illegal = match::kAgainstOneway | match::kClosed;
  drive.map.damaged_tile = 1;
  drive.law.level_crossing_stop = true;
  drive.along(0, 890, 36);
  for (match::MatchedFix& f : drive.trace.fixes) f.posterior = 0.9F;
  drive.heading_deg.assign(drive.time_ms.size(), 270);
  for (const auto rule : {judge_stop_signs, judge_level_crossings, judge_wrong_way, judge_no_entry, judge_turn_bans,
                          judge_speeding, judge_minimum_speed}) {
    for (const Finding& f : drive.judged(rule).findings) EXPECT_FALSE(claims(f));
  }
}

TEST(Locate, OfADamagedTileTheWayIsNotKnown) {
  static Finding f;
  MadeDrive drive;
  drive.road(300);
  drive.map.damaged_tile = 1;
  drive.fix(0, 0, 36);
  drive.judged([](const Context& c, Judgement*) { locate(c, c.trace.legs[0], 10, &f); });
  EXPECT_EQ(f.way, 0);
  EXPECT_TRUE(f.forward);
}

TEST(Judge, EachRuleIsAskedThatTheSettingsName) {
  MadeDrive drive;
  map::Attributes facts{};
  facts.road_class = map::kTertiary;
  for (int d = 0; d < 2; ++d) facts.limit_low[d][map::kCar] = facts.limit_high[d][map::kCar] = 400;
  drive.road(1000, facts);
  drive.along(0, 900, 72);
  EXPECT_EQ(drive.judged(judge).findings.size(), 1U);
  drive.settings.rules_speeding = 0;
  EXPECT_EQ(drive.judged(judge).findings.size(), 0U);
  double* const named[] = {&drive.settings.rules_stop_sign, &drive.settings.rules_level_crossing,
                           &drive.settings.rules_wrong_way, &drive.settings.rules_no_entry,
                           &drive.settings.rules_turn_ban};
  for (double* rule : named) *rule = 0;
  drive.settings.rules_minimum_speed = 1;
  EXPECT_EQ(drive.judged(judge).findings.size(), 0U) << "the road has no minimum";
}

}  // namespace
}  // namespace tomare::rules
