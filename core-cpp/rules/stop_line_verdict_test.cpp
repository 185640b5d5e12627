// SPDX-License-Identifier: MIT
// What a line's evidence makes of a finding: verdict and reasons against a slow twin, over made drives.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/made_line_test.hpp"
#include "core-cpp/rules/stop_line.hpp"

namespace tomare::rules {
namespace {

/// No violation: so sure or not, the finding says what is left open.
uint32_t left_open(const Settings& s, const StopEvidence& e) {
  const double stands_mps = 2 * (e.derived ? s.stop_sigma_derived_mps : s.stop_sigma_speed_mps);
  if (e.lowest_at_line <= stands_mps || e.possible_at_line <= 0.5) return kReason_stop_possible_between_fixes;
  const uint32_t queue = e.queued ? uint32_t{kReason_queue_before_line} : 0;
  return queue | (e.witnesses < 3 ? kReason_gps_gap : kReason_line_position_uncertain);
}

void accuse_slowly(const Settings& s, const StopEvidence& e, Finding* f) {
  f->observation = static_cast<float>(1 / (1 + e.stood_odds + e.hidden_odds));
  if (e.derived) f->reasons |= kReason_no_speed;
  const double told_from = e.derived ? (e.sigma_m <= 6 ? 0.8 : 0.87) : 0.85;
  if (f->observation < told_from || e.witnesses < 3) {
    f->reasons |= left_open(s, e);
    return;
  }
  f->verdict = Verdict::violated;
  if (e.queued) f->reasons |= kReason_queue_before_line;
  if (f->observation < 0.9) f->reasons |= kReason_line_position_uncertain;
}

/// Whether the positions deny what the verdict rests on.
bool denied_slowly(const Context& c, const Passage& passage, const StopEvidence& e, Verdict verdict) {
  if (e.derived || verdict == Verdict::undetermined) return false;
  if (verdict == Verdict::violated) return stood_by_positions(passage, e.lowest_observed);
  for (uint32_t k = 0; k < c.trace.fixes.size(); ++k) {
    const match::MatchedFix& fix = c.trace.fixes[k];
    const bool stands = fix.path_m >= 285 && fix.path_m <= 310 && fix.speed_mps <= 2 * 0.3;
    if (stands && !drove_by_positions(c, c.trace.runs[0].fixes, k)) return false;
  }
  return true;
}

Finding decided_slowly(const Context& c, const StopLine& line) {
  const std::vector<uint32_t>& run_fixes = c.trace.runs[0].fixes;
  Finding f;
  locate(c, c.trace.legs[0], line.path_m, &f);
  const Range range = within(c, run_fixes, 260, 330);
  const StopEvidence e = stop_evidence(c, run_fixes, line, f, range);
  if (range.size() == 0 || e.longest_gap > c.settings.stop_max_gap_s) {
    f.reasons = kReason_gps_gap;
  } else if (e.jumped || (e.leapt && !e.earned())) {
    f.reasons = kReason_match_uncertain;
  } else if (e.earned()) {
    f.verdict = Verdict::complied;
    f.observation = static_cast<float>(e.stopped);
  } else {
    accuse_slowly(c.settings, e, &f);
  }
  if (!denied_slowly(c, {c, run_fixes, range}, e, f.verdict)) return f;
  f.verdict = Verdict::undetermined;
  f.reasons |= kReason_speed_contradicted;
  return f;
}

struct Both {
  Finding got, wanted;
};
Both judged(testing::MadeDrive* drive) {
  static Both both;
  drive->judged([](const Context& c, Judgement*) {
    StopLine line = {300, 40, 30, 15, 10};
    line.place.junction_m = 10;
    both.wanted = decided_slowly(c, line);
    both.got = {};
    locate(c, c.trace.legs[0], line.path_m, &both.got);
    judge_stop(c, c.trace.runs[0].fixes, line, &both.got);
  });
  return both;
}

/// Drives, of which in each fourth the positions gain on the speeds, in another they fall behind.
using Outcomes = std::map<std::pair<Verdict, uint32_t>, int>;
Outcomes outcomes_of_chance(bool derived) {
  Outcomes outcomes;
  for (uint32_t seed = 0; seed < 600; ++seed) {
    testing::MadeDrive drive = testing::drive_by_chance(seed, derived);
    const double gain_m = seed % 4 == 0 ? 4 : (seed % 4 == 1 ? -4 : 0);
    for (size_t k = 0; k < drive.trace.fixes.size() && !derived; ++k) {
      drive.shift(k, gain_m * static_cast<double>(k % 8));
    }
    if (seed % 7 == 0) drive.jumped.assign(drive.trace.fixes.size(), seed % 14 == 0 ? 1 : 0);
    const Both both = judged(&drive);
    EXPECT_EQ(both.got.verdict, both.wanted.verdict) << seed;
    EXPECT_EQ(both.got.reasons, both.wanted.reasons) << seed;
    EXPECT_EQ(both.got.observation, both.wanted.observation) << seed;
    ++outcomes[{both.got.verdict, both.got.reasons}];
  }
  return outcomes;
}

/// How many of them have the verdict and, among others, the reason; without one, those that have none.
int count_of(const Outcomes& outcomes, Verdict verdict, uint32_t reason = 0) {
  int count = 0;
  for (const auto& [outcome, drives] : outcomes) {
    const bool has = reason == 0 ? outcome.second == 0 : (outcome.second & reason) != 0;
    if (outcome.first == verdict && has) count += drives;
  }
  return count;
}

TEST(StopLineVerdict, OfLoggedSpeedsIsThatOfTheSlowTwin) {
  const Outcomes outcomes = outcomes_of_chance(false);
  EXPECT_GT(count_of(outcomes, Verdict::complied), 10);
  EXPECT_GT(count_of(outcomes, Verdict::violated), 50);
  for (const uint32_t reason : {kReason_queue_before_line, kReason_line_position_uncertain}) {
    EXPECT_GT(count_of(outcomes, Verdict::violated, reason), 2) << reason;
  }
  for (const uint32_t reason :
       {kReason_gps_gap, kReason_match_uncertain, kReason_queue_before_line, kReason_line_position_uncertain,
        kReason_stop_possible_between_fixes, kReason_speed_contradicted}) {
    EXPECT_GT(count_of(outcomes, Verdict::undetermined, reason), 2) << reason;
  }
}

TEST(StopLineVerdict, OfSpeedsFromPositionsIsThatOfTheSlowTwin) {
  const Outcomes outcomes = outcomes_of_chance(true);
  EXPECT_GT(count_of(outcomes, Verdict::complied), 10);
  EXPECT_EQ(count_of(outcomes, Verdict::violated), 0);
  EXPECT_GT(count_of(outcomes, Verdict::violated, kReason_no_speed), 50);
  EXPECT_GT(count_of(outcomes, Verdict::violated, kReason_line_position_uncertain), 5);
  for (const uint32_t reason : {kReason_gps_gap, kReason_match_uncertain, kReason_line_position_uncertain,
                                kReason_stop_possible_between_fixes, kReason_no_speed}) {
    EXPECT_GT(count_of(outcomes, Verdict::undetermined, reason), 2) << reason;
  }
}

}  // namespace
}  // namespace tomare::rules
