// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_line.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/kinematics.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

constexpr double kStopsAtLines = 400;  ///< metres: odds of a stop at the line, times the way between stops elsewhere
constexpr double kRunsItOdds = 0.02;   ///< of a driver who need not have been on this road: few run a sign
constexpr double kAnySpeed = 100;      ///< m/s; error of a speed of which nothing is known
constexpr double kReachSigmas = 6;     ///< a standstill farther off was no stop at the line

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

/// Standard error of the speed of fix `k`; one taken from positions is the mean between the fixes before and after.
double sigma_of(const Context& c, const std::vector<uint32_t>& on, size_t k) {
  const Settings& s = c.settings;
  if (!c.trace.fixes[on[k]].speed_derived) return s.stop_sigma_speed_mps;
  const uint32_t a = on[k > 0 ? k - 1 : k], b = on[std::min(k + 1, on.size() - 1)];
  const double seconds = static_cast<double>(c.fixes.time_ms[b] - c.fixes.time_ms[a]) * 0.001;
  if (seconds <= 0) return kAnySpeed;
  const double sigma_m = c.trace.error.of(c.fixes.accuracy_m[on[k]]);
  return std::max(s.stop_sigma_derived_mps, way_sigma(s, sigma_m, seconds) / seconds);
}

StopEvidence gather(const Context& c, const std::vector<uint32_t>& on, const StopLine& line, Range range) {
  const Settings& s = c.settings;
  StopEvidence e;
  const size_t first = range.begin > 0 ? range.begin - 1 : 0;
  const size_t last = std::min(range.end, on.size() - 1);
  for (size_t k = first; k <= last; ++k) {
    const match::MatchedFix& fix = c.trace.fixes[on[k]];
    const bool inside = k >= range.begin && k < range.end;
    const double before = line.path_m - fix.path_m;
    const bool near = before <= line.near_before_m && before >= -line.near_after_m;
    e.derived = e.derived || fix.speed_derived;
    e.disputed = e.disputed || c.channels.disputed_at(on[k]);
    if (inside) e.lowest_observed = std::min<double>(e.lowest_observed, fix.speed_mps);
    if (inside && near) e.lowest_at_line = std::min<double>(e.lowest_at_line, fix.speed_mps);
    const double sigma = sigma_of(c, on, k);
    if (inside) e.sigma_mps = std::max(e.sigma_mps, sigma);
    const double v1 = std::max(0.0, fix.speed_mps - 2 * sigma);
    if (inside) e.lowest_possible = std::min(e.lowest_possible, v1);
    if (k == last) break;
    const match::MatchedFix& next = c.trace.fixes[on[k + 1]];
    const double dt = static_cast<double>(c.fixes.time_ms[on[k + 1]] - c.fixes.time_ms[on[k]]) * 0.001;
    const double v2 = std::max(0.0, next.speed_mps - 2 * sigma_of(c, on, k + 1));
    const double u = lowest_possible(v1, v2, dt, s.stop_decel_mps2, s.stop_accel_mps2);
    e.lowest_possible = std::min(e.lowest_possible, u);
    e.longest_gap = std::max(e.longest_gap, dt);
    if (line.path_m - next.path_m <= line.near_before_m && before >= -line.near_after_m) {
      e.possible_at_line = std::min(e.possible_at_line, u);
    }
  }
  return e;
}

double standstill_mps(const Settings& s, bool derived) {
  return std::max(s.stop_stop_speed_mps, 2 * (derived ? s.stop_sigma_derived_mps : s.stop_sigma_speed_mps));
}

/// Standard error of positions there, along the path.
double sigma_near(const Context& c, const std::vector<uint32_t>& on, Range range) {
  double sigma = c.trace.error.sigma_m;
  for (size_t k = range.begin; k < range.end; ++k) {
    sigma = std::max<double>(sigma, c.trace.error.of(c.fixes.accuracy_m[on[k]]));
  }
  return sigma;
}

/// Metres along the path from the line to the nearest place, up to `reach_m` off, where the car stood or may have.
double standing_off(const Context& c, const std::vector<uint32_t>& on, double line_m, double reach_m) {
  const Settings& s = c.settings;
  const Range range = within(c, on, line_m - reach_m, line_m + reach_m);
  double off = 1e9;
  for (size_t k = range.begin; k < range.end; ++k) {
    const match::MatchedFix& fix = c.trace.fixes[on[k]];
    if (fix.speed_mps > standstill_mps(s, fix.speed_derived)) continue;
    off = std::min(off, std::fabs(fix.path_m - line_m));
  }
  return off;
}

/// Probability that the car did not stop at the line, seeing that it stood so far off: a position is as uncertain along
/// the road as across it, with heavy tails, and stops at a line are far more frequent than others as near to one.
double stood_elsewhere(double off_m, double sigma_m) {
  const double z = off_m / sigma_m;
  const double cost = z < 2 ? 0.5 * z * z : 2 * z - 2;
  return 1 / (1 + kStopsAtLines / sigma_m * exp_neg(static_cast<float>(cost)));
}

void decide(const Settings& s, const StopEvidence& e, Finding* f) {
  const double stopped = standstill_mps(s, e.derived);
  if (e.longest_gap > s.stop_max_gap_s) {
    f->reasons |= kReason_gps_gap;
  } else if (e.lowest_at_line <= stopped) {
    // a car that rolls shows such a speed too, where it is taken from positions
    const bool told = e.sigma_mps <= 2 * s.stop_sigma_derived_mps && e.lowest_at_line <= s.stop_sigma_derived_mps;
    const bool stood = !e.derived || told;
    if (stood) f->verdict = Verdict::complied;
    if (!stood) f->reasons |= kReason_stop_possible_between_fixes | kReason_no_speed;
  } else if (e.lowest_observed <= stopped) {
    const bool upstream_only = e.possible_at_line > s.stop_stop_speed_mps;
    f->reasons |= upstream_only ? kReason_queue_before_line : kReason_stop_possible_between_fixes;
  } else if (e.lowest_possible > s.stop_stop_speed_mps) {
    f->verdict = Verdict::violated;
    const double margin = e.lowest_possible / s.stop_stop_speed_mps;  // above 1
    f->observation = static_cast<float>(1.0 - 0.25 / (margin * margin));
    if (e.derived) f->reasons |= kReason_no_speed;
  } else {
    f->reasons |= kReason_stop_possible_between_fixes;
  }
}

/// The positions say otherwise than the logged speeds that the verdict rests on.
bool denied(const Context& c, const std::vector<uint32_t>& on, Range range, const StopLine& line, const StopEvidence& e,
            Verdict verdict) {
  if (verdict == Verdict::violated) return stood_by_positions(c, on, range, e.lowest_observed);
  if (verdict != Verdict::complied) return false;
  const Range near = within(c, on, line.path_m - line.near_before_m, line.path_m + line.near_after_m);
  for (size_t k = near.begin; k < near.end; ++k) {
    const bool stands = c.trace.fixes[on[k]].speed_mps <= standstill_mps(c.settings, false);
    if (stands && !drove_by_positions(c, on, k)) return false;
  }
  return true;
}

/// 0 stopped, 1 nearly, 2 rolling, 3 weak braking, 4 no attempt: by the lowest observed speed.
double band_of(const Settings& s, double lowest_mps) {
  constexpr double kBands[] = {3, 10, 20};  // km/h
  if (lowest_mps <= s.stop_stop_speed_mps) return 0;
  double band = 1;
  for (const double bound : kBands) band += lowest_mps * 3.6 > bound ? 1 : 0;
  return band;
}

/// Probability that the car was on the path's road on both sides of the line: it may have turned off before it.
float passing(const Context& c, const std::vector<uint32_t>& on, double line_m) {
  const size_t before = within(c, on, -1e9, line_m).end;
  return match_of(c, on, {before > 0 ? before - 1 : 0, std::min(before + 1, on.size())}).lowest;
}

/// What the match is worth once the car is seen not to stop: on a road without the line that is what all do.
float seen_running(float match) {
  const double here = kRunsItOdds * match;
  return static_cast<float>(here / (here + (1 - match)));
}

}  // namespace

std::vector<Passed> passed_points(const Context& c, const match::Run& run) {
  std::vector<Passed> passed;
  for (uint32_t l = run.first_leg; l < run.first_leg + run.leg_count; ++l) collect(c, l, &passed);
  std::stable_sort(passed.begin(), passed.end(), [](const Passed& a, const Passed& b) {
    return a.path_m != b.path_m ? a.path_m < b.path_m : a.point.node < b.point.node;
  });
  return passed;
}

bool signal_near(const std::vector<Passed>& all, double path_m, double radius_m) {
  return std::any_of(all.begin(), all.end(), [&](const Passed& other) {
    const double ahead = other.path_m - path_m;
    return other.point.kind == map::kSignals && ahead > -5 && ahead < radius_m;
  });
}

void judge_stop(const Context& c, const std::vector<uint32_t>& on, const StopLine& line, Finding* f) {
  Range range = within(c, on, line.path_m - line.before_m, line.path_m + line.after_m);
  const StopEvidence e = gather(c, on, line, range);
  if (getenv("EVD")) {
    fprintf(stderr, "LINE %.1f before %.1f after %.1f node %lld\n", line.path_m, line.before_m, line.after_m,
            (long long)f->node);
    const Range w = within(c, on, line.path_m - 60, line.path_m + 60);
    for (size_t k = w.begin; k < w.end; ++k)
      fprintf(stderr, "  %lld path %.1f v %.2f err %.1f post %.3f %s\n",
              (long long)c.fixes.time_ms[on[k]] / 1000 % 86400, c.trace.fixes[on[k]].path_m - line.path_m,
              c.trace.fixes[on[k]].speed_mps, c.trace.fixes[on[k]].error_m, c.trace.fixes[on[k]].posterior,
              k >= range.begin && k < range.end ? "in" : "");
  }
  if (range.size() == 0) {
    range.begin = std::min(range.begin, on.size() - 1);
    range.begin = range.begin > 0 ? range.begin - 1 : 0;
    range.end = std::min(range.begin + 2, on.size());
    f->reasons |= kReason_gps_gap;
  }
  bracket(c, on, range, f);
  f->match = std::min(match_of(c, on, range).mean, passing(c, on, line.path_m));
  if (e.lowest_observed < 1e8) {
    f->measure(kMeasure_lowest_observed_kmh, e.lowest_observed * 3.6);
    f->measure(kMeasure_stop_band, band_of(c.settings, e.lowest_observed));
  }
  if (e.lowest_possible < 1e8) f->measure(kMeasure_lowest_possible_kmh, e.lowest_possible * 3.6);
  f->measure(kMeasure_fixes_in_window, static_cast<double>(range.size()));
  f->measure(kMeasure_longest_gap_s, e.longest_gap);
  if (e.disputed) f->reasons |= kReason_speed_contradicted;
  if (f->reasons == 0) decide(c.settings, e, f);
  if (!e.derived && denied(c, on, range, line, e, f->verdict)) {
    f->verdict = Verdict::undetermined;
    f->reasons |= kReason_speed_contradicted;
  }
  if (f->verdict != Verdict::violated) return;
  f->match = seen_running(f->match);
  const double sigma = sigma_near(c, on, range);
  const double elsewhere = stood_elsewhere(standing_off(c, on, line.path_m, kReachSigmas * sigma), sigma);
  f->observation *= static_cast<float>(elsewhere);
  if (elsewhere < 0.9) f->reasons |= kReason_line_position_uncertain;
}

}  // namespace tomare::rules
