// SPDX-License-Identifier: MIT
// Stop signs: could the car have stopped at the line? (Road Traffic Act of Japan, article 43.)
#include <algorithm>
#include <cmath>

#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/stop_line.hpp"

namespace tomare::rules {
namespace {

/// Signs nearer to each other than two errors of the receiver are one place: a stop at either may be one at the other.
constexpr double kOnePlaceSigmas = 2;

/// Metres of the drive on both sides of a sign that it passed.
constexpr double kPassedM = 3;
/// Where the map has a sign at the junction's middle, its line lies up to so far before.
constexpr double kLineBeforeMiddleM = 12;
/// … and its window reaches so much farther back.
constexpr double kMiddleWindowM = 20;

/// Other signs of the map cut the window in the middle, but for the error, or are one place with it.
void weigh_other(const Passed& p, const Passed& other, double sigma_m, StopLine* line) {
  const double gap = p.path_m - other.path_m, apart = std::fabs(gap);
  if (apart <= kOnePlaceSigmas * sigma_m) {
    line->place.from_m = std::min(line->place.from_m, -gap);
    line->place.to_m = std::max(line->place.to_m, -gap);
    return;
  }
  double& edge_m = gap > 0 ? line->before_m : line->after_m;
  edge_m = std::min(edge_m, apart * 0.5 + sigma_m);
}

/// The window goes on over the junction by the receiver's error, and widens for points at a junction's centre.
StopLine line_of(const Context& c, const match::Run& run, const Passed& p, const std::vector<Passed>& all) {
  const Settings& s = c.settings;
  const std::vector<uint32_t>& run_fixes = run.fixes;
  const Range at_line = within(c, run_fixes, p.path_m - s.stop_line_before_m, p.path_m + s.stop_line_after_m);
  const size_t k = std::min(at_line.begin, run_fixes.size() - 1);
  const double sigma_m = logged_sigma_m(c, run_fixes[k]);
  StopLine line = {p.path_m, s.stop_window_before_m, s.stop_window_after_m + sigma_m, s.stop_line_before_m,
                   s.stop_line_after_m};
  const bool at_junction = (p.point.flags & map::kAtJunction) != 0;
  if (at_junction) line.before_m += kMiddleWindowM;
  const double reach = 2 * std::max(line.before_m, line.after_m);  // after_m has one error in it: two are within
  const auto first = std::partition_point(all.begin(), all.end(),
                                          [&](const Passed& other) { return other.path_m < p.path_m - reach; });
  for (auto other = first; other != all.end() && other->path_m <= p.path_m + reach; ++other) {
    const bool same = &*other == &p || (other->point.node == p.point.node && p.point.node != 0);
    if (other->point.kind == map::kStop && !same) weigh_other(p, *other, sigma_m, &line);
  }
  line.near_before_m -= line.place.from_m;
  line.near_after_m += line.place.to_m;
  if (at_junction) line.place.from_m = std::min(line.place.from_m, -kLineBeforeMiddleM);
  line.place.junction_m = at_junction ? 0 : junction_ahead(c, run, p);
  return line;
}

/// Signals at the sign, at its junction or on its approach.
bool signalled(const Context& c, const match::Run& run, const Passed& p, const std::vector<Passed>& all) {
  if ((p.point.detail & map::kSignalBeside) != 0) return true;
  const double radius_m = c.settings.stop_signal_radius_m;
  return signal_near(all, p.path_m, radius_m) || signal_on_approach(c, all, p) || signals_on_arms(c, run, p, radius_m);
}

SourceTag source_of(const map::RulePoint& p) {
  if ((p.flags & map::kFromOverlay) != 0) return SourceTag::overlay_stop;
  return (p.detail & map::kPointBySign) != 0 ? SourceTag::traffic_sign : SourceTag::stop;
}

void judge_sign(const Context& c, const match::Run& run, const Passed& p, const std::vector<Passed>& all,
                Judgement* out) {
  Finding f;
  f.rule = Rule::stop_sign;
  f.source = source_of(p.point);
  f.direction_source = p.point.direction_source;
  f.node = p.point.node;
  locate(c, c.trace.legs[p.leg], p.point.offset_cm * 0.01, &f);
  judge_stop(c, run.fixes, line_of(c, run, p, all), &f);
  if ((p.point.flags & map::kAtJunction) != 0) f.reasons |= kReason_line_position_uncertain;
  const bool ambiguous = p.point.direction_source == map::kDirectionAmbiguous;
  if (p.point.direction_source == map::kDirectionInferred) {
    f.map = static_cast<float>(c.settings.confidence_direction_inferred);
    f.reasons |= kReason_direction_inferred;
  }
  if (ambiguous) f.reasons |= kReason_direction_ambiguous;
  const bool signal = signalled(c, run, p, all);
  if (signal) f.reasons |= kReason_signal_present;
  const bool conditional = (p.point.detail & map::kPointConditional) != 0;
  if (conditional) f.reasons |= kReason_condition_unparsed;
  if ((ambiguous || signal || conditional) && f.verdict == Verdict::violated) f.verdict = Verdict::undetermined;
  if ((p.point.flags & map::kStopAll) != 0 && !law_of(c, c.trace.legs[p.leg]).all_way_stop &&
      f.verdict == Verdict::violated) {
    f.verdict = Verdict::undetermined;
    f.reasons |= kReason_map_contradiction;
  }
  weigh_unsure((p.point.flags & map::kPointUnsure) != 0, &f);
  weigh_private_ground(c, c.trace.legs[p.leg], &f);
  ++out->exposure[static_cast<int>(Rule::stop_sign)].passed;
  settle(c, f, out);
}

}  // namespace

void judge_stop_signs(const Context& c, Judgement* out) {
  for (const match::Run& run : c.trace.runs) {
    const std::vector<uint32_t>& run_fixes = run.fixes;
    if (run_fixes.size() < 2) continue;
    const std::vector<Passed> passed = passed_points(c, run);
    const double end_m = c.trace.fixes[run_fixes.back()].path_m, start_m = c.trace.fixes[run_fixes.front()].path_m;
    for (const Passed& p : passed) {
      if (p.point.kind != map::kStop || p.path_m + kPassedM > end_m || p.path_m - kPassedM < start_m) continue;
      judge_sign(c, run, p, passed, out);
    }
  }
}

}  // namespace tomare::rules
