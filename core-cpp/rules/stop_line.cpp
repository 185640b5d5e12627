// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_line.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/kinematics.hpp"
#include "core-cpp/rules/stop_between.hpp"
#include "core-cpp/rules/stop_model.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

constexpr double kRunsItOdds = 0.02;  ///< of a driver who need not have been on this road: few run a sign
constexpr double kNoSpeed = 1e8;      ///< m/s: none was seen
constexpr double kAnySpeed = 100;     ///< m/s; error of a speed of which nothing is known
constexpr double kReachSigmas = 6;    ///< a standstill farther off was no stop at the line
constexpr double kEarned = 0.9;       ///< probability of a stop that acquits
constexpr double kHidden = 0.2;       ///< of the places where a stop may hide between two fixes, those that hide one …
constexpr double kHiddenS = 1.5;      ///< … and over less, fewer: few stops are so short
constexpr double kSlowsAgain = 0.2;   ///< odds of a stand in the queue after which the driver slows down at the line …
constexpr double kSlowsBySigmas = 3;  ///< … by so many errors of the speeds
constexpr double kUneven = 0.75;      ///< m/s2: a way is so much longer than the mean of two speeds says
constexpr double kLeapSigmas = 3;     ///< of the positions, by which a path may be longer still
constexpr double kTold = 0.85;        ///< observation of a violation that is told, where less is left open …
constexpr double kToldUnseen = 0.87;  ///< … and where positions alone tell it
constexpr double kSure = 0.9;         ///< … and below this it says that places are unsure
constexpr double kSignalBehindM = 5;  ///< a signal so far before the line is one at the line
constexpr double kJunctionReachM = 80;  ///< a junction farther on tells nothing of the line
constexpr uint32_t kLeastFixes = 3;     ///< in the window and next to it, whose speeds hold: fewer may be anything
constexpr double kShownReachS = 60;     ///< seconds around the line in which speeds show their error
constexpr double kNeighbourS = 4;       ///< seconds to a fix that a speed must agree with

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
double sigma_of(const Context& c, const Settings& s, const std::vector<uint32_t>& on, size_t k, double logged_mps) {
  if (!c.trace.fixes[on[k]].speed_derived) return logged_mps;
  const uint32_t a = on[k > 0 ? k - 1 : k], b = on[std::min(k + 1, on.size() - 1)];
  const double seconds = static_cast<double>(c.fixes.time_ms[b] - c.fixes.time_ms[a]) * 0.001;
  if (seconds <= 0) return kAnySpeed;
  const double sigma_m = c.trace.error.of(c.fixes.accuracy_m[on[k]]);
  return std::max(s.stop_sigma_derived_mps, way_sigma(s, sigma_m, seconds) / seconds);
}

double standstill_mps(const Settings& s, bool derived) {
  return std::max(s.stop_stop_speed_mps, 2 * (derived ? s.stop_sigma_derived_mps : s.stop_sigma_speed_mps));
}

/// The error that a speed has: none is known of one that its neighbours contradict.
double error_of(const Context& c, const Settings& s, const std::vector<uint32_t>& on, size_t k, double logged_mps) {
  const double sigma = sigma_of(c, s, on, k, logged_mps);
  const auto apart = [&](size_t a, size_t b) {
    const double seconds = static_cast<double>(c.fixes.time_ms[on[b]] - c.fixes.time_ms[on[a]]) * 0.001;
    const double sigma_a = sigma_of(c, s, on, a, logged_mps), sigma_b = sigma_of(c, s, on, b, logged_mps);
    const double error = 2 * std::sqrt(sigma_a * sigma_a + sigma_b * sigma_b);
    return seconds <= kNeighbourS &&
           !drivable(c.trace.fixes[on[a]].speed_mps, c.trace.fixes[on[b]].speed_mps, seconds, error);
  };
  const bool contradicted = (k > 0 && apart(k - 1, k)) || (k + 1 < on.size() && apart(k, k + 1));
  return contradicted ? kAnySpeed : sigma;
}

/// Whether the car is seen to have stopped at the line.
bool earned(const StopEvidence& e) { return e.stopped >= kEarned; }

/// The fixes around one line.
class LineView {
 public:
  LineView(const Context& c, const std::vector<uint32_t>& on, const StopLine& line, const Finding& place)
      : c_(c), s_(c.settings), on_(on), line_(line), place_(place), scale_(metre_scale(place.lat_e7)) {}

  StopEvidence gather(Range window) {
    const Range around = within(c_, on_, line_.path_m - line_.before_m, line_.path_m + line_.after_m);
    for (size_t k = around.begin; k < around.end; ++k) e_.sigma_m = std::max(e_.sigma_m, logged_sigma_m(c_, on_[k]));
    const double reach = kReachSigmas * std::max<double>(e_.sigma_m, c_.trace.error.sigma_m);
    const Range all =
        within(c_, on_, line_.path_m - std::max(reach, line_.before_m), line_.path_m + std::max(reach, line_.after_m));
    const size_t first = all.begin > 0 ? all.begin - 1 : 0;
    const size_t last = std::min(all.end, on_.size() - 1);
    measure_errors();
    for (size_t k = first; k <= last; ++k) look(k, window, k < last);
    if (e_.derived) {
      straighten();
      e_.stopped = stopped(standing_by_positions(fixes_, e_.sigma_m, s_), c_.trace.error.sigma_m, false);
    } else {
      const Stand stand = standing_by_speeds(fixes_, shown_mps_);
      e_.stopped = stopped(stand, c_.trace.error.sigma_m, true, crawls_on(fixes_, stand));
    }
    if (earned(e_)) return e_;
    weigh_stops();
    if (first == 0) weigh_unseen(fixes_.front(), -1, s_.stop_accel_mps2);
    if (last + 1 == on_.size()) weigh_unseen(fixes_.back(), 1, s_.stop_decel_mps2);
    return e_;
  }

 private:
  /// Fixes near the line and so far from it that braking and speeding up are few among them.
  Range around() const {
    const size_t line = std::min(within(c_, on_, -1e9, line_.path_m).end, on_.size() - 1);
    Range range = {line, line};
    while (range.begin > 0 && time_s(line) - time_s(range.begin - 1) <= kShownReachS) --range.begin;
    while (range.end < on_.size() && time_s(range.end) - time_s(line) <= kShownReachS) ++range.end;
    return range;
  }

  /// What speeds and positions show of their errors themselves.
  void measure_errors() {
    const Range near = around();
    std::vector<SpeedFix> speeds;
    std::vector<PlaceFix> places;
    for (size_t k = near.begin; k < near.end; ++k) {
      speeds.push_back({time_s(k), c_.trace.fixes[on_[k]].speed_mps});
      if (c_.trace.fixes[on_[k]].speed_derived) places.push_back({time_s(k), x_m(on_[k]), y_m(on_[k])});
    }
    shown_mps_ = shown_speed_sigma(speeds, s_.stop_sigma_speed_mps);
    s_.match_error_share = shown_drift_share(places, e_.sigma_m, s_);
  }

  double time_s(size_t k) const { return static_cast<double>(c_.fixes.time_ms[on_[k]]) * 0.001; }
  double x_m(uint32_t fix) const { return east_e7(place_.lon_e7, c_.log.lon_e7[fix]) * scale_.x; }
  double y_m(uint32_t fix) const { return (static_cast<double>(c_.log.lat_e7[fix]) - place_.lat_e7) * scale_.y; }
  double before_m(size_t k) const { return line_.path_m - c_.trace.fixes[on_[k]].path_m; }
  bool near(double before) const { return before <= line_.near_before_m && before >= -line_.near_after_m; }

  LineFix line_fix(size_t k, double sigma_mps) const {
    const uint32_t index = on_[k];
    const match::MatchedFix& fix = c_.trace.fixes[index];
    const double past = -before_m(k);
    LineFix f = {time_s(k), ahead_m(c_, index, scale_) + past, past, fix.speed_mps, near(-past)};
    f.sigma_mps = sigma_mps;
    f.x_m = x_m(index);
    f.y_m = y_m(index);
    // what lies behind a bend of the path may have been before it
    const double nearest = std::min(std::fabs(past), std::sqrt(f.x_m * f.x_m + f.y_m * f.y_m));
    f.at_m = past < 0 ? -nearest : nearest;
    return f;
  }

  /// A fix in the window or next to it.
  void ask(size_t k, double sigma_mps) {
    e_.derived = e_.derived || c_.trace.fixes[on_[k]].speed_derived;
    e_.witnesses += sigma_mps < kAnySpeed ? 1 : 0;
    e_.disputed = e_.disputed || c_.channels.disputed_at(on_[k]);
  }

  void look(size_t k, Range window, bool goes_on) {
    const match::MatchedFix& fix = c_.trace.fixes[on_[k]];
    const bool inside = k >= window.begin && k < window.end;
    const bool beside = k + 1 >= window.begin && k <= window.end;
    const double before = before_m(k), sigma = error_of(c_, s_, on_, k, shown_mps_);
    const double v1 = std::max(0.0, fix.speed_mps - 2 * sigma);
    if (beside) ask(k, sigma);
    if (inside) e_.lowest_observed = std::min<double>(e_.lowest_observed, fix.speed_mps);
    if (inside) e_.lowest_possible = std::min(e_.lowest_possible, v1);
    if (near(before)) e_.lowest_at_line = std::min<double>(e_.lowest_at_line, fix.speed_mps);
    e_.jumped = e_.jumped || (!c_.jumped.empty() && c_.jumped[on_[k]] != 0);
    fixes_.push_back(line_fix(k, sigma));
    if (goes_on) between(k, v1, beside && k < window.end);
  }

  void between(size_t k, double v1, bool inside) {
    const match::MatchedFix& next = c_.trace.fixes[on_[k + 1]];
    const double dt = static_cast<double>(c_.fixes.time_ms[on_[k + 1]] - c_.fixes.time_ms[on_[k]]) * 0.001;
    const double v2 = std::max(0.0, next.speed_mps - 2 * error_of(c_, s_, on_, k + 1, shown_mps_));
    const double u = lowest_possible(v1, v2, dt, s_.stop_decel_mps2, s_.stop_accel_mps2);
    if (inside) e_.lowest_possible = std::min(e_.lowest_possible, u);
    if (inside) e_.longest_gap = std::max(e_.longest_gap, dt);
    if (inside) e_.leapt = e_.leapt || leapt(k, dt);
    if (before_m(k + 1) <= line_.near_before_m && before_m(k) >= -line_.near_after_m) {
      e_.possible_at_line = std::min(e_.possible_at_line, u);
    }
  }

  /// The path goes on by more than the logged speeds allow: it is not what was driven.
  bool leapt(size_t k, double seconds) const {
    const match::MatchedFix &a = c_.trace.fixes[on_[k]], &b = c_.trace.fixes[on_[k + 1]];
    if (a.speed_derived || b.speed_derived) return false;
    const double told = 0.5 * (a.speed_mps + b.speed_mps) * seconds + kUneven * seconds * seconds;
    return b.path_m - a.path_m - told > kLeapSigmas * std::max<double>(e_.sigma_m, c_.trace.error.sigma_m) + kMapM;
  }

  /// Speeds from positions, by the straight line: the path is longer than what is driven round a corner.
  void straighten() {
    for (size_t k = 1; k + 1 < fixes_.size(); ++k) {
      const LineFix &a = fixes_[k - 1], &b = fixes_[k + 1];
      const double seconds = b.time_s - a.time_s;
      if (seconds > 0) fixes_[k].mps = std::min(fixes_[k].mps, straight_m(a, b) / seconds);
    }
  }

  /// What the stands that were seen say, and those that may hide between fixes.
  void weigh_stops() {
    for (size_t k = 0; k < fixes_.size(); ++k) {
      const LineFix& fix = fixes_[k];
      if (!e_.derived && fix.mps <= std::max(s_.stop_stop_speed_mps, 2 * fix.sigma_mps)) {
        const double again = slows_again(k) ? kSlowsAgain : 1;
        e_.stood_odds = std::max(e_.stood_odds, again * odds_at_line(line_.place, fix.at_m, e_.sigma_m));
        e_.queued = e_.queued || (!fix.near_line && fix.path_m < 0);
      }
      if (k + 1 < fixes_.size()) e_.hidden_odds = std::max(e_.hidden_odds, hidden_odds(k));
    }
  }

  /// Where the path begins or ends near the line, a stop beyond its last fix was not seen: as near as the car can have
  /// stood there.
  void weigh_unseen(const LineFix& fix, int side, double rate_mps2) {
    const double at_m = fix.at_m + side * 0.5 * fix.mps * fix.mps / rate_mps2;
    e_.hidden_odds = std::max(e_.hidden_odds, odds_at_line(line_.place, at_m, e_.sigma_m));
  }

  /// After a stand in the queue the car was faster and slowed down once more, at the line.
  bool slows_again(size_t stand) const {
    if (e_.derived || !queues(line_.place, fixes_[stand].at_m)) return false;
    size_t slowest = 0;
    for (size_t k = stand + 1; k < fixes_.size(); ++k) {
      const bool at_line = fixes_[k].near_line && !queues(line_.place, fixes_[k].at_m);
      if (at_line && (slowest == 0 || fixes_[k].mps < fixes_[slowest].mps)) slowest = k;
    }
    if (slowest == 0) return false;
    double before = 0, after = 0;
    for (size_t k = stand + 1; k < slowest; ++k) before = std::max(before, fixes_[k].mps);
    for (size_t k = slowest + 1; k < fixes_.size(); ++k) after = std::max(after, fixes_[k].mps);
    return std::min(before, after) - fixes_[slowest].mps > kSlowsBySigmas * shown_mps_;
  }

  double hidden_odds(size_t k) const {
    const double cost = stop_cost(fixes_, k, e_.sigma_m, e_.derived, s_);
    if (cost >= kNoStopCost) return 0;
    const double seconds = fixes_[k + 1].time_s - fixes_[k].time_s;
    double hidden = e_.derived ? 1 : kHidden * std::min(1.0, seconds / kHiddenS);  // positions hardly show a stand
    if (slows_again(k) && queues(line_.place, fixes_[k + 1].at_m)) hidden *= kSlowsAgain;
    return hidden * odds_at_line(line_.place, fixes_[k].at_m, fixes_[k + 1].at_m, e_.sigma_m) *
           static_cast<double>(exp_neg(static_cast<float>(cost)));
  }

  const Context& c_;
  Settings s_;  ///< with what the drive shows of its errors
  const std::vector<uint32_t>& on_;
  const StopLine& line_;
  const Finding& place_;
  MetreScale scale_;
  StopEvidence e_;
  std::vector<LineFix> fixes_;
  double shown_mps_ = 0;  ///< standard error of the logged speeds
};

/// A violation, as sure as the speeds and the places where the car may have stood leave it; or why it is none.
void accuse(const Settings& s, const StopEvidence& e, Finding* f) {
  if (e.jumped || e.leapt) {
    f->reasons |= kReason_match_uncertain;
    return;
  }
  f->observation = static_cast<float>(1 / (1 + e.stood_odds + e.hidden_odds));
  if (e.derived) f->reasons |= kReason_no_speed;
  if (f->observation >= (e.derived ? kToldUnseen : kTold) && e.witnesses >= kLeastFixes) {
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
  } else if (earned(e) && e.jumped) {
    f->reasons |= kReason_match_uncertain;
  } else if (earned(e)) {
    f->verdict = Verdict::complied;
    f->observation = static_cast<float>(e.stopped);
  } else {
    accuse(s, e, f);
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

/// Roads that meet there; ways into properties and fields leave a road without a junction.
bool ends_at_junction(const Context& c, const Leg& leg) {
  constexpr uint32_t kArms = 16, kJunction = 3;
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

double junction_ahead(const Context& c, const match::Run& run, const Passed& passed) {
  for (uint32_t l = passed.leg; l < run.first_leg + run.leg_count; ++l) {
    const Leg& leg = c.trace.legs[l];
    const double ahead = leg.path_m + leg.length_m() - passed.path_m;
    if (ahead > kJunctionReachM) break;
    if (ends_at_junction(c, leg)) return ahead;
  }
  return std::numeric_limits<double>::infinity();
}

void judge_stop(const Context& c, const std::vector<uint32_t>& on, const StopLine& line, Finding* f) {
  Range range = within(c, on, line.path_m - line.before_m, line.path_m + line.after_m);
  const StopEvidence e = LineView(c, on, line, *f).gather(range);
  const size_t inside = range.size();
  if (inside == 0) f->reasons |= kReason_gps_gap;
  if (inside < 2) range = widened(range, on.size());
  bracket(c, on, range, f);
  f->match = std::min(match_of(c, on, range).mean, passing(c, on, line.path_m));
  f->measure(kMeasure_fixes_in_window, static_cast<double>(inside));
  f->measure(kMeasure_longest_gap_s, e.longest_gap);
  if (e.disputed) f->reasons |= kReason_speed_contradicted;
  if (f->reasons == 0) decide(c.settings, e, f);
  if (!e.derived && denied(c, on, range, line, e, f->verdict)) {
    f->verdict = Verdict::undetermined;
    f->reasons |= kReason_speed_contradicted;
  }
  measure_speeds(c.settings, e, f);
  if (f->verdict != Verdict::violated) return;
  f->match = seen_running(f->match);
}

}  // namespace tomare::rules
