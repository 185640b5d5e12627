// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_line.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/rules/corroboration.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

constexpr double kRunsItOdds = 0.02;  ///< of a driver who need not have been on this road: few run a sign
constexpr double kTold = 0.85;        ///< observation of a violation that is told, where less is left open …
/// … and where positions alone tell it: with errors up to sigma_m, and with larger ones. Of 6,300 simulated stops that
/// were kept none was above 0.8 with small errors; 5 of 4,000 were with large ones.
constexpr double kToldUnseen = 0.8, kToldCoarse = 0.87;
constexpr double kSure = 0.9;           ///< … and below this it says that places are unsure
constexpr double kSignalBehindM = 5;    ///< a signal so far before the line is one at the line
constexpr double kApproachM = 20;       ///< signals and sign of one approach stand no farther apart
constexpr double kJunctionReachM = 80;  ///< a junction farther on tells nothing of the line
constexpr uint32_t kArms = 16;          ///< of a junction that are asked for
constexpr uint32_t kControlled = 2;     ///< other arms with signals: the map only lacks those of this one
constexpr uint32_t kLeastFixes = 3;     ///< in the window and next to it, whose speeds hold: fewer may be anything

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

double standstill_mps(const Settings& s, bool derived) {
  return std::max(s.stop_stop_speed_mps, 2 * (derived ? s.stop_sigma_derived_mps : s.stop_sigma_speed_mps));
}

double told_from(const Settings& s, const StopEvidence& e) {
  if (!e.derived) return kTold;
  return e.sigma_m <= s.match_sigma_m ? kToldUnseen : kToldCoarse;
}

/// A violation, as sure as the speeds and the places where the car may have stood leave it; or why it is none.
void accuse(const Settings& s, const StopEvidence& e, Finding* f) {
  if (e.jumped || e.leapt) {
    f->reasons |= kReason_match_uncertain;
    return;
  }
  f->observation = static_cast<float>(1 / (1 + e.stood_odds + e.hidden_odds));
  if (e.derived) f->reasons |= kReason_no_speed;
  if (f->observation >= told_from(s, e) && e.witnesses >= kLeastFixes) {
    f->verdict = Verdict::violated;
    if (e.queued) f->reasons |= kReason_queue_before_line;
    if (f->observation < kSure) f->reasons |= kReason_line_position_uncertain;
    return;
  }
  const bool here = e.lowest_at_line <= standstill_mps(s, e.derived) || e.possible_at_line <= s.stop_stop_speed_mps;
  if (here) {
    f->reasons |= kReason_stop_possible_between_fixes;
  } else {
    f->reasons |= e.witnesses < kLeastFixes ? kReason_gps_gap : kReason_line_position_uncertain;
    if (e.queued) f->reasons |= kReason_queue_before_line;
  }
}

void decide(const Settings& s, const StopEvidence& e, Finding* f) {
  if (e.longest_gap > s.stop_max_gap_s) {
    f->reasons |= kReason_gps_gap;
  } else if (e.earned() && e.jumped) {
    f->reasons |= kReason_match_uncertain;
  } else if (e.earned()) {
    f->verdict = Verdict::complied;
    f->observation = static_cast<float>(e.stopped);
  } else {
    accuse(s, e, f);
  }
}

/// The positions say otherwise than the logged speeds that the verdict rests on.
bool denied(const Context& c, const std::vector<uint32_t>& run_fixes, Range range, const StopLine& line,
            const StopEvidence& e, Verdict verdict) {
  if (verdict == Verdict::violated) return stood_by_positions({c, run_fixes, range}, e.lowest_observed);
  if (verdict != Verdict::complied) return false;
  const Range near = within(c, run_fixes, line.path_m - line.near_before_m, line.path_m + line.near_after_m);
  for (size_t k = near.begin; k < near.end; ++k) {
    const bool stands = c.trace.fixes[run_fixes[k]].speed_mps <= standstill_mps(c.settings, false);
    if (stands && !drove_by_positions(c, run_fixes, k)) return false;
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
float passing(const Context& c, const std::vector<uint32_t>& run_fixes, double line_m) {
  const size_t before = within(c, run_fixes, -1e9, line_m).end;
  const Range around = {before > 0 ? before - 1 : 0, std::min(before + 1, run_fixes.size())};
  return Passage{c, run_fixes, around}.match().lowest;
}

/// Roads that meet there; ways into properties and fields leave a road without a junction.
bool ends_at_junction(const Context& c, const Leg& leg) {
  constexpr uint32_t kJunction = 3;
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return false;
  const double end = leg.forward ? tile->segments[leg.segment].length_cm * 0.01 : 0;
  if (std::fabs(leg.to_m - end) > 0.5) return false;  // turned round before it
  map::ArcRef arms[kArms];
  const uint16_t backward = leg.forward ? 0 : 1;
  const uint32_t count = c.graph.leaving({leg.tile, leg.segment, backward}, arms, kArms);
  uint32_t roads = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const map::Tile* there = c.graph.tile(arms[i].tile);
    if (there == nullptr) continue;
    const map::Attributes& a = there->attributes_of(arms[i].segment);
    const bool way_in = a.road_class == map::kTrack || a.service == map::kServiceParkingAisle ||
                        a.service == map::kServiceDriveway || a.service == map::kServiceAlley ||
                        a.service == map::kServiceDriveThrough;
    roads += way_in ? 0 : 1;
  }
  return roads >= kJunction;
}

/// In the window; of a car that stood in it and then ran the line, at the line.
void measure_speeds(const Settings& s, const StopEvidence& e, Finding* f) {
  const bool at_line = f->verdict == Verdict::violated && e.lowest_possible <= s.stop_stop_speed_mps;
  const double observed = at_line ? e.lowest_at_line : e.lowest_observed;
  const double possible = at_line ? e.possible_at_line : e.lowest_possible;
  if (observed < kNoSpeed) {
    f->measure(kMeasure_lowest_observed_kmh, observed * 3.6);
    f->measure(kMeasure_stop_band, band_of(s, observed));
  }
  if (possible < kNoSpeed) f->measure(kMeasure_lowest_possible_kmh, possible * 3.6);
}

/// With the fix before and the one after.
Range widened(Range range, size_t count) {
  return {std::min(range.begin > 0 ? range.begin - 1 : 0, count - 1), std::min(range.end + 1, count)};
}

/// What the match is worth once the car is seen not to stop: on a road without the line that is what all do.
float seen_running(float match) {
  const double here = kRunsItOdds * match;
  return static_cast<float>(here / (here + (1 - match)));
}

/// The leg that leads to the next junction; nullptr where none is near.
const Leg* leg_to_junction(const Context& c, const match::Run& run, const Passed& passed) {
  for (uint32_t l = passed.leg; l < run.first_leg + run.leg_count; ++l) {
    const Leg& leg = c.trace.legs[l];
    if (leg.path_m + leg.length_m() - passed.path_m > kJunctionReachM) break;
    if (ends_at_junction(c, leg)) return &leg;
  }
  return nullptr;
}

/// Signals on an arm that leads away from a junction, for traffic into it.
bool signals_into(const Context& c, const map::ArcRef& arm, double reach_m) {
  const map::Tile* tile = c.graph.tile(arm.tile);
  if (tile == nullptr) return false;
  const map::Segment& s = tile->segments[arm.segment];
  const int into = arm.backward == 0 ? map::kBackward : map::kForward;
  if ((tile->attributes_of(arm.segment).oneway_against[into] >> map::kCar & 1) != 0) return false;
  for (uint32_t i = 0; i < s.rule_point_count; ++i) {
    const map::RulePoint& p = tile->rule_points[s.first_rule_point + i];
    const double at = p.offset_cm * 0.01, before_m = arm.backward == 0 ? at : s.length_cm * 0.01 - at;
    if (p.kind == map::kSignals && (p.directions >> into & 1) != 0 && before_m < reach_m) return true;
  }
  return false;
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
  const auto first = std::partition_point(all.begin(), all.end(),
                                          [&](const Passed& other) { return other.path_m <= path_m - kSignalBehindM; });
  for (auto other = first; other != all.end() && other->path_m < path_m + radius_m; ++other) {
    if (other->point.kind == map::kSignals) return true;
  }
  return false;
}

bool signal_on_approach(const Context& c, const std::vector<Passed>& all, const Passed& line) {
  auto other = std::partition_point(all.begin(), all.end(), [&](const Passed& p) { return p.path_m <= line.path_m; });
  uint32_t leg = line.leg;
  while (other != all.begin() && (--other)->path_m > line.path_m - kApproachM) {
    for (; leg > other->leg; --leg) {
      if (ends_at_junction(c, c.trace.legs[leg - 1])) return false;
    }
    if (other->point.kind == map::kSignals) return true;
  }
  return false;
}

double junction_ahead(const Context& c, const match::Run& run, const Passed& passed) {
  const Leg* leg = leg_to_junction(c, run, passed);
  return leg == nullptr ? std::numeric_limits<double>::infinity() : leg->path_m + leg->length_m() - passed.path_m;
}

bool signals_on_arms(const Context& c, const match::Run& run, const Passed& line, double reach_m) {
  const Leg* leg = leg_to_junction(c, run, line);
  if (leg == nullptr) return false;
  map::ArcRef arms[kArms];
  const uint16_t backward = leg->forward ? 0 : 1;
  const uint32_t count = c.graph.leaving({leg->tile, leg->segment, backward}, arms, kArms);
  uint32_t controlled = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const bool own = arms[i].tile == leg->tile && arms[i].segment == leg->segment;
    if (!own && signals_into(c, arms[i], reach_m)) ++controlled;
  }
  return controlled >= kControlled;
}

void judge_stop(const Context& c, const std::vector<uint32_t>& run_fixes, const StopLine& line, Finding* f) {
  Range range = within(c, run_fixes, line.path_m - line.before_m, line.path_m + line.after_m);
  const size_t inside = range.size();
  if (inside == 0) f->reasons |= kReason_gps_gap;
  const StopEvidence e = stop_evidence(c, run_fixes, line, *f, range);
  if (inside < 2) range = widened(range, run_fixes.size());
  const Passage passage = {c, run_fixes, range};
  passage.bracket(f);
  f->match = std::min(passage.match().mean, passing(c, run_fixes, line.path_m));
  f->measure(kMeasure_fixes_in_window, static_cast<double>(inside));
  f->measure(kMeasure_longest_gap_s, e.longest_gap);
  if (e.disputed) f->reasons |= kReason_speed_contradicted;
  if (f->reasons == 0) decide(c.settings, e, f);
  if (!e.derived && denied(c, run_fixes, range, line, e, f->verdict)) {
    f->verdict = Verdict::undetermined;
    f->reasons |= kReason_speed_contradicted;
  }
  measure_speeds(c.settings, e, f);
  if (f->verdict != Verdict::violated) return;
  f->match = seen_running(f->match);
}

}  // namespace tomare::rules
