// SPDX-License-Identifier: MIT
// Minimum speed: slower than a sign demands (Road Traffic Act of Japan, article 75-4). Whether traffic
// let the car go faster cannot be known, so that it is possible at most; off in the shipped settings.
#include <algorithm>

#include "core-cpp/rules/stretch.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

double minimum_kmh(const Context& c, const Leg& leg) {
  const map::Attributes* a = attributes_of(c, leg);
  return a == nullptr ? 0 : a->min_speed * 0.1;
}

class MinimumJudge {
 public:
  MinimumJudge(const Context& c, const match::Run& run, Judgement* out) : c_(c), out_(out), run_fixes_(run.fixes) {
    for (const Stretch& s : stretches(c, run, kJoint, [&](const Leg& leg) { return minimum_kmh(c, leg) > 0; })) {
      out->exposure[static_cast<int>(Rule::minimum_speed)].judged_m += s.length_m();
      const Range range = within(c, run_fixes_, s.from_m, s.to_m);
      for (size_t k = range.begin; k < range.end;) k = slow_from(k, range.end);
    }
  }

 private:
  bool slow(size_t k) const {
    const match::MatchedFix& fix = c_.trace.fixes[run_fixes_[k]];
    return fix.speed_mps * 3.6 < minimum_kmh(c_, c_.trace.legs[fix.leg]) - c_.settings.minimum_speed_tolerance_kmh;
  }

  /// Judges the slow fixes that begin at `k`; the first fix after them.
  size_t slow_from(size_t k, size_t end) {
    size_t last = k;
    while (last < end && slow(last)) ++last;
    if (last > k) event({k, last});
    return std::max(last, k + 1);
  }

  void event(Range range) {
    Finding f;
    f.rule = Rule::minimum_speed;
    f.source = SourceTag::minspeed;
    const Passage passage = {c_, run_fixes_, range};
    passage.bracket(&f);
    const double duration = static_cast<double>(f.end_ms - f.start_ms) * 0.001;
    if (duration < c_.settings.minimum_speed_min_duration_s) return;
    const match::MatchedFix& first = c_.trace.fixes[run_fixes_[range.begin]];
    const match::MatchedFix& last = c_.trace.fixes[run_fixes_[range.end - 1]];
    const Leg& leg = c_.trace.legs[first.leg];
    locate(c_, leg, leg.along_m(first.path_m - leg.path_m), &f);
    f.match = passage.match().mean;
    f.measure(kMeasure_mean_kmh, passage.speeds(0).mean * 3.6);
    f.measure(kMeasure_limit_kmh, minimum_kmh(c_, leg));
    f.measure(kMeasure_duration_s, duration);
    f.measure(kMeasure_length_m, last.path_m - first.path_m);
    f.verdict = Verdict::possible;
    f.reasons = kReason_congestion_possible;
    f.tag_text = least_text(leg);
    weigh_private_ground(c_, leg, &f);
    if (passage.disputed() > 0) {
      f.verdict = Verdict::undetermined;
      f.reasons |= kReason_speed_contradicted;
    }
    ++out_->exposure[static_cast<int>(Rule::minimum_speed)].passed;
    settle(c_, f, out_);
  }

  uint16_t least_text(const Leg& leg) const {
    const map::Tile* tile = c_.graph.tile(leg.tile);
    if (tile == nullptr) return map::kNone16;
    return map::quote_of(*tile, tile->attributes_of(leg.segment), map::kQuotedMinSpeed, direction_of(leg), c_.vehicle);
  }

  const Context& c_;
  Judgement* out_;
  const std::vector<uint32_t>& run_fixes_;
};

}  // namespace

void judge_minimum_speed(const Context& c, Judgement* out) {
  for (const match::Run& run : c.trace.runs) MinimumJudge(c, run, out);
}

}  // namespace tomare::rules
