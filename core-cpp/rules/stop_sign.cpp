// SPDX-License-Identifier: MIT
// Stop signs: could the car have stopped at the line? (Road Traffic Act of Japan, article 43.)
#include <algorithm>

#include "core-cpp/rules/drive.hpp"
#include "core-cpp/rules/kinematics.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// A rule point passed by a run, by its place on the path.
struct Passed {
  double path_m;
  uint32_t leg;
  map::RulePoint point;
};

void collect(const Context& c, uint32_t index, std::vector<Passed>* out) {
  const Leg& leg = c.trace.legs[index];
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return;
  const map::Segment& s = tile->segments[leg.segment];
  const double lo = std::min(leg.from_m, leg.to_m), hi = std::max(leg.from_m, leg.to_m);
  for (uint32_t i = 0; i < s.rule_point_count; ++i) {
    const map::RulePoint& p = tile->rule_points[s.first_rule_point + i];
    const double at = p.offset_cm * 0.01;
    if ((p.directions >> direction_of(leg) & 1) == 0 || at < lo - 0.02 || at > hi + 0.02) continue;
    const double gone = leg.forward ? at - leg.from_m : leg.from_m - at;
    out->push_back({leg.path_m + gone, index, p});
  }
}

struct Evidence {
  double lowest_observed = 1e9, lowest_possible = 1e9, longest_gap = 0;
  double lowest_at_line = 1e9;   ///< observed near the line
  double possible_at_line = 1e9;
  bool derived = false;
};

class StopJudge {
 public:
  StopJudge(const Context& c, const match::Run& run, Judgement* out)
      : c_(c), s_(c.settings), run_(run), out_(out), on_(fixes_of(c, run)) {}

  void run() {
    if (on_.size() < 2) return;
    std::vector<Passed> passed;
    for (uint32_t l = run_.first_leg; l < run_.first_leg + run_.leg_count; ++l) collect(c_, l, &passed);
    std::sort(passed.begin(), passed.end(), [](const Passed& a, const Passed& b) {
      return a.path_m != b.path_m ? a.path_m < b.path_m : a.point.node < b.point.node;
    });
    const double end_m = c_.trace.fixes[on_.back()].path_m;
    const double start_m = c_.trace.fixes[on_.front()].path_m;
    for (const Passed& p : passed) {
      if (p.point.kind != map::kStop || p.path_m + 3 > end_m || p.path_m - 3 < start_m) continue;
      one(p, passed);
    }
  }

 private:
  bool signal_near(const Passed& p, const std::vector<Passed>& all) const {
    for (const Passed& other : all) {
      const double ahead = other.path_m - p.path_m;
      if (other.point.kind == map::kSignals && ahead > -5 && ahead < s_.stop_signal_radius_m) return true;
    }
    return false;
  }

  double sigma(const match::MatchedFix& fix) const {
    return fix.speed_derived ? s_.stop_sigma_derived_mps : s_.stop_sigma_speed_mps;
  }

  Evidence gather(const Passed& p, Range range) const {
    Evidence e;
    const size_t first = range.begin > 0 ? range.begin - 1 : 0;
    const size_t last = std::min(range.end, on_.size() - 1);
    for (size_t k = first; k <= last; ++k) {
      const match::MatchedFix& fix = c_.trace.fixes[on_[k]];
      const bool inside = k >= range.begin && k < range.end;
      const double before = p.path_m - fix.path_m;
      const bool near = before <= s_.stop_line_before_m && before >= -s_.stop_line_after_m;
      e.derived = e.derived || fix.speed_derived;
      if (inside) e.lowest_observed = std::min<double>(e.lowest_observed, fix.speed_mps);
      if (inside && near) e.lowest_at_line = std::min<double>(e.lowest_at_line, fix.speed_mps);
      if (inside) e.lowest_possible = std::min(e.lowest_possible, std::max(0.0, fix.speed_mps - 2 * sigma(fix)));
      if (k == last) break;
      const match::MatchedFix& next = c_.trace.fixes[on_[k + 1]];
      const double dt = static_cast<double>(c_.fixes.time_ms[on_[k + 1]] - c_.fixes.time_ms[on_[k]]) * 0.001;
      const double v1 = std::max(0.0, fix.speed_mps - 2 * sigma(fix));
      const double v2 = std::max(0.0, next.speed_mps - 2 * sigma(next));
      const double u = lowest_possible(v1, v2, dt, s_.stop_decel_mps2, s_.stop_accel_mps2);
      e.lowest_possible = std::min(e.lowest_possible, u);
      e.longest_gap = std::max(e.longest_gap, dt);
      if (p.path_m - next.path_m <= s_.stop_line_before_m && before >= -s_.stop_line_after_m) {
        e.possible_at_line = std::min(e.possible_at_line, u);
      }
    }
    return e;
  }

  void decide(const Passed& p, const Evidence& e, Finding* f) const {
    const double stopped = std::max(s_.stop_stop_speed_mps, e.derived ? 2 * s_.stop_sigma_derived_mps
                                                                       : 2 * s_.stop_sigma_speed_mps);
    if (e.longest_gap > s_.stop_max_gap_s) {
      f->reasons |= kReason_gps_gap;
    } else if (e.lowest_at_line <= stopped) {
      f->verdict = Verdict::complied;
    } else if (e.lowest_observed <= stopped) {
      const bool upstream_only = e.possible_at_line > s_.stop_stop_speed_mps;
      f->reasons |= upstream_only ? kReason_queue_before_line : kReason_stop_possible_between_fixes;
    } else if (e.lowest_possible > s_.stop_stop_speed_mps) {
      f->verdict = Verdict::violated;
      const double margin = e.lowest_possible / s_.stop_stop_speed_mps;  // above 1
      f->observation = static_cast<float>(1.0 - 0.25 / (margin * margin));
      if (e.derived) f->reasons |= kReason_no_speed;
    } else {
      f->reasons |= kReason_stop_possible_between_fixes;
    }
    if ((p.point.flags & map::kAtJunction) != 0) f->reasons |= kReason_line_position_uncertain;
  }

  void one(const Passed& p, const std::vector<Passed>& all) {
    const Leg& leg = c_.trace.legs[p.leg];
    double before = s_.stop_window_before_m, after = s_.stop_window_after_m;
    if ((p.point.flags & map::kAtJunction) != 0) before += 20;
    for (const Passed& other : all) {
      if (other.point.kind != map::kStop || other.point.node == p.point.node) continue;
      const double gap = p.path_m - other.path_m;
      if (gap > 0) before = std::min(before, gap * 0.5);
      if (gap < 0) after = std::min(after, -gap * 0.5);
    }
    Finding f;
    f.rule = Rule::stop_sign;
    f.source = SourceTag::stop;
    f.direction_source = p.point.direction_source;
    f.node = p.point.node;
    locate(c_, leg, p.point.offset_cm * 0.01, &f);
    Range range = within(c_, on_, p.path_m - before, p.path_m + after);
    const Evidence e = gather(p, range);
    if (range.size() == 0) {
      range.begin = std::min(range.begin, on_.size() - 1);
      range.begin = range.begin > 0 ? range.begin - 1 : 0;
      range.end = std::min(range.begin + 2, on_.size());
      f.reasons |= kReason_gps_gap;
    }
    bracket(c_, on_, range, &f);
    const Match match = match_of(c_, on_, range);
    f.match = match.mean;
    if (e.lowest_observed < 1e8) f.measure(kMeasure_lowest_observed_kmh, e.lowest_observed * 3.6);
    if (e.lowest_possible < 1e8) f.measure(kMeasure_lowest_possible_kmh, e.lowest_possible * 3.6);
    f.measure(kMeasure_fixes_in_window, static_cast<double>(range.size()));
    f.measure(kMeasure_longest_gap_s, e.longest_gap);
    if (f.reasons == 0) decide(p, e, &f);
    const bool ambiguous = p.point.direction_source == map::kDirectionAmbiguous;
    if (p.point.direction_source == map::kDirectionInferred) {
      f.map = static_cast<float>(s_.confidence_direction_inferred);
      f.reasons |= kReason_direction_inferred;
    }
    if (ambiguous) f.reasons |= kReason_direction_ambiguous;
    const bool signal = signal_near(p, all);
    if (signal) f.reasons |= kReason_signal_present;
    if ((ambiguous || signal) && f.verdict == Verdict::violated) f.verdict = Verdict::undetermined;
    ++out_->exposure[static_cast<int>(Rule::stop_sign)].passed;
    settle(c_, f, out_);
  }

  const Context& c_;
  const Settings& s_;
  const match::Run& run_;
  Judgement* out_;
  std::vector<uint32_t> on_;
};

}  // namespace

void judge_stop_signs(const Context& c, Judgement* out) {
  for (const match::Run& run : c.trace.runs) StopJudge(c, run, out).run();
}

}  // namespace tomare::rules
