// SPDX-License-Identifier: MIT
// Level crossings: every vehicle stops right before them (Road Traffic Act of Japan, article 33), where
// the country's law says so. Tracks that follow one another are one crossing.
#include <algorithm>

#include "core-cpp/rules/stop_line.hpp"

namespace tomare::rules {
namespace {

constexpr double kOneCrossing = 40;   // metres of travel between tracks of one crossing
constexpr double kSignalBeyond = 15;  // metres past the first track at which a signal is the crossing's
constexpr double kWhollyPassed = 3;   // metres of the drive on both sides of it
constexpr double kLineBefore = 5;     // metres from the line to the first track's node: 2 to 15 in practice

struct Crossing {
  size_t first;   ///< index of its first point among the passed ones
  double last_m;  ///< of its last track
  bool unsure;    ///< one of its tracks is
};

/// Points of tracks in use, joined where they are near.
std::vector<Crossing> crossings(const std::vector<Passed>& passed) {
  std::vector<Crossing> found;
  for (size_t i = 0; i < passed.size(); ++i) {
    const map::RulePoint& p = passed[i].point;
    if (p.kind != map::kLevelCrossing || (p.flags & map::kCrossingInactive) != 0) continue;
    const bool unsure = (p.flags & map::kPointUnsure) != 0 || (p.detail & map::kPointConditional) != 0;
    if (!found.empty() && passed[i].path_m - found.back().last_m <= kOneCrossing) {
      found.back().last_m = passed[i].path_m;
      found.back().unsure = found.back().unsure || unsure;
    } else {
      found.push_back({i, passed[i].path_m, unsure});
    }
  }
  return found;
}

void judge_crossing(const Context& c, const std::vector<uint32_t>& run_fixes, const Crossing& crossing,
                    const std::vector<Passed>& passed, Judgement* out) {
  const Settings& s = c.settings;
  const Passed& p = passed[crossing.first];
  Finding f;
  f.rule = Rule::level_crossing;
  f.source = (p.point.flags & map::kFromOverlay) != 0 ? SourceTag::overlay_crossing : SourceTag::crossing;
  f.node = p.point.node;
  locate(c, c.trace.legs[p.leg], p.point.offset_cm * 0.01, &f);
  StopLine line = {p.path_m - kLineBefore, s.stop_window_before_m, kLineBefore + s.stop_window_after_m,
                   s.stop_line_before_m, kLineBefore};
  line.place.junction_m = kLineBefore;  // no line lies beyond the track
  judge_stop(c, run_fixes, line, &f);
  const bool signal = (p.point.detail & map::kSignalBeside) != 0 ||
                      signal_near(passed, p.path_m - kOneCrossing, kOneCrossing + kSignalBeyond);
  if (signal) f.reasons |= kReason_signal_present;
  if (signal && f.verdict == Verdict::violated) f.verdict = Verdict::undetermined;
  weigh_unsure(crossing.unsure, &f);
  weigh_private_ground(c, c.trace.legs[p.leg], &f);
  ++out->exposure[static_cast<int>(Rule::level_crossing)].passed;
  settle(c, f, out);
}

/// Whether the law of the leg's place asks every driver to stop.
bool stop_is_duty(const Context& c, uint32_t leg) {
  const map::Tile* tile = c.graph.tile(c.trace.legs[leg].tile);
  return tile != nullptr && c.laws.at(tile->segments[c.trace.legs[leg].segment].place).level_crossing_stop;
}

}  // namespace

void judge_level_crossings(const Context& c, Judgement* out) {
  for (const match::Run& run : c.trace.runs) {
    const std::vector<uint32_t>& run_fixes = run.fixes;
    if (run_fixes.size() < 2) continue;
    const std::vector<Passed> passed = passed_points(c, run);
    const double end_m = c.trace.fixes[run_fixes.back()].path_m, start_m = c.trace.fixes[run_fixes.front()].path_m;
    for (const Crossing& crossing : crossings(passed)) {
      if (crossing.last_m + kWhollyPassed > end_m || passed[crossing.first].path_m - kWhollyPassed < start_m) continue;
      if (stop_is_duty(c, passed[crossing.first].leg)) judge_crossing(c, run_fixes, crossing, passed, out);
    }
  }
}

}  // namespace tomare::rules
