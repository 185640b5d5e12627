// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_evidence.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/kinematics.hpp"
#include "core-cpp/rules/stop_between.hpp"
#include "core-cpp/rules/stop_model.hpp"

namespace tomare::rules {
namespace {

constexpr double kAnySpeed = 100;     ///< m/s; error of a speed of which nothing is known
constexpr double kReachSigmas = 6;    ///< a standstill farther off was no stop at the line
constexpr double kHidden = 0.2;       ///< of the places where a stop may hide between two fixes, those that hide one …
constexpr double kHiddenS = 1.5;      ///< … and over less, fewer: few stops are so short
constexpr double kSlowsAgain = 0.08;  ///< odds of a stand in the queue after which the driver slows down at the line …
constexpr double kSlowsBySigmas = 3;  ///< … by so many errors of the speeds
constexpr double kUneven = 0.75;      ///< m/s2: a way is so much longer than the mean of two speeds says
constexpr double kLeapSigmas = 3;     ///< of the positions, by which a path may be longer still
constexpr double kShownReachS = 60;   ///< seconds around the line in which speeds show their error
constexpr double kNeighbourS = 4;     ///< seconds to a fix that a speed must agree with

/// The fixes around one line.
class LineView {
 public:
  LineView(const Context& c, const std::vector<uint32_t>& run_fixes, const StopLine& line, const Finding& place)
      : c_(c), s_(c.settings), run_fixes_(run_fixes), line_(line), place_(place), scale_(metre_scale(place.lat_e7)) {}

  StopEvidence gather(Range window) {
    for (size_t k = window.begin; k < window.end; ++k)
      e_.sigma_m = std::max(e_.sigma_m, logged_sigma_m(c_, run_fixes_[k]));
    const double reach = kReachSigmas * std::max<double>(e_.sigma_m, c_.trace.error.sigma_m);
    const Range all = within(c_, run_fixes_, line_.path_m - std::max(reach, line_.before_m),
                             line_.path_m + std::max(reach, line_.after_m));
    first_ = all.begin > 0 ? all.begin - 1 : 0;
    const size_t last = std::min(all.end, run_fixes_.size() - 1);
    measure_errors(last);
    fixes_.reserve(last + 1 - first_);
    for (size_t k = first_; k <= last; ++k) look(k, window, k < last);
    if (undetermined()) return e_;
    if (e_.derived) {
      place_by_positions();
      straighten();
      const Stand stand = standing_by_positions(fixes_, error_of(e_.sigma_m));
      e_.stopped = stopped(stand, std::max<double>(e_.sigma_m, c_.trace.error.sigma_m), {.by_speeds = false});
    } else {
      const Stand stand = standing_by_speeds(fixes_, shown_mps_);
      const bool queued = stand.odds > 0 && (crawls_on(fixes_, stand) || slows_after(fixes_, stand, shown_mps_));
      const bool crept = stand.odds > 0 && creeps(fixes_, stand, shown_mps_);
      e_.stopped = stopped(stand, c_.trace.error.sigma_m, {.queued = queued, .creeps = crept});
    }
    if (e_.earned() || e_.leapt) return e_;
    find_slowing();
    weigh_stands();
    if (first_ == 0) weigh_unseen(fixes_.front(), -1, s_.stop_accel_mps2);
    if (last + 1 == run_fixes_.size()) weigh_unseen(fixes_.back(), 1, s_.stop_decel_mps2);
    weigh_gaps();
    return e_;
  }

 private:
  /// Whatever a stand would say: then none is looked for.
  bool undetermined() const {
    return place_.reasons != 0 || e_.disputed || e_.jumped || e_.longest_gap > s_.stop_max_gap_s;
  }

  double time_s(size_t k) const { return static_cast<double>(c_.fixes.time_ms[run_fixes_[k]]) * 0.001; }
  double seconds(size_t a, size_t b) const {
    return static_cast<double>(c_.fixes.time_ms[run_fixes_[b]] - c_.fixes.time_ms[run_fixes_[a]]) * 0.001;
  }
  double x_m(uint32_t fix) const { return east_e7(place_.lon_e7, c_.log.lon_e7[fix]) * scale_.x; }
  double y_m(uint32_t fix) const { return (static_cast<double>(c_.log.lat_e7[fix]) - place_.lat_e7) * scale_.y; }
  double before_m(size_t k) const { return line_.path_m - c_.trace.fixes[run_fixes_[k]].path_m; }
  bool near(double before) const { return before <= line_.near_before_m && before >= -line_.near_after_m; }
  match::DriftingError error_of(double sigma_m) const { return {sigma_m, drift_share_, s_.match_error_time_s}; }

  /// Fixes near the line and so far from it that braking and speeding up are few among them.
  Range around() const {
    const size_t line = std::min(within(c_, run_fixes_, -1e9, line_.path_m).end, run_fixes_.size() - 1);
    Range range = {line, line};
    while (range.begin > 0 && time_s(line) - time_s(range.begin - 1) <= kShownReachS) --range.begin;
    while (range.end < run_fixes_.size() && time_s(range.end) - time_s(line) <= kShownReachS) ++range.end;
    return range;
  }

  /// What speeds and positions show of their errors themselves.
  void measure_errors(size_t last) {
    const Range near = around();
    std::vector<SpeedFix> speeds;
    std::vector<PlaceFix> places;
    speeds.reserve(near.size());
    for (size_t k = near.begin; k < near.end; ++k) {
      speeds.push_back({time_s(k), c_.trace.fixes[run_fixes_[k]].speed_mps});
      if (c_.trace.fixes[run_fixes_[k]].speed_derived)
        places.push_back({time_s(k), x_m(run_fixes_[k]), y_m(run_fixes_[k])});
    }
    shown_mps_ = shown_speed_sigma(speeds, s_.stop_sigma_speed_mps);
    drift_share_ = shown_drift_share(places, e_.sigma_m, s_);
    doubt_contradicted(last);
  }

  /// Standard error of the speed of fix `k`; one taken from positions is the mean between the fixes before and after.
  double speed_sigma(size_t k) const {
    if (!c_.trace.fixes[run_fixes_[k]].speed_derived) return shown_mps_;
    const double over_s = seconds(k > 0 ? k - 1 : k, std::min(k + 1, run_fixes_.size() - 1));
    if (over_s <= 0) return kAnySpeed;
    const double sigma_m = c_.trace.error.of(c_.fixes.accuracy_m[run_fixes_[k]]);
    return std::max(s_.stop_sigma_derived_mps, error_of(sigma_m).way_m(over_s) / over_s);
  }

  /// The errors that the speeds have, from the first fix to the last: none is known of one that its neighbours
  /// contradict.
  void doubt_contradicted(size_t last) {
    sigmas_from_ = first_ > 0 ? first_ - 1 : 0;
    const size_t end = std::min(last + 2, run_fixes_.size());
    speed_sigmas_.reserve(end - sigmas_from_);
    for (size_t k = sigmas_from_; k < end; ++k) speed_sigmas_.push_back(speed_sigma(k));
    double b = speed_sigmas_.front();
    for (size_t k = sigmas_from_; k + 1 < end; ++k) {
      const double apart_s = seconds(k, k + 1), a = b;  // as it was before its neighbour doubted it
      b = sigma_of(k + 1);
      if (apart_s > kNeighbourS ||
          drivable(c_.trace.fixes[run_fixes_[k]].speed_mps, c_.trace.fixes[run_fixes_[k + 1]].speed_mps, apart_s,
                   2 * std::sqrt(a * a + b * b))) {
        continue;
      }
      sigma_of(k) = sigma_of(k + 1) = kAnySpeed;
    }
  }
  double& sigma_of(size_t k) { return speed_sigmas_[k - sigmas_from_]; }
  double sigma_of(size_t k) const { return speed_sigmas_[k - sigmas_from_]; }

  LineFix line_fix(size_t k) const {
    const uint32_t index = run_fixes_[k];
    const double past = -before_m(k);
    LineFix f = {time_s(k), past, past, c_.trace.fixes[index].speed_mps, near(-past)};
    f.sigma_mps = sigma_of(k);
    f.x_m = x_m(index);
    f.y_m = y_m(index);
    // what lies behind a bend of the path may have been before it
    const double nearest = std::min(std::fabs(past), std::sqrt(f.x_m * f.x_m + f.y_m * f.y_m));
    f.at_m = past < 0 ? -nearest : nearest;
    return f;
  }

  /// A fix in the window or next to it.
  void ask(size_t k) {
    e_.derived = e_.derived || c_.trace.fixes[run_fixes_[k]].speed_derived;
    e_.witnesses += sigma_of(k) < kAnySpeed ? 1 : 0;
    e_.disputed = e_.disputed || c_.channels.disputed_at(run_fixes_[k]);
  }

  /// What its speed was at the least.
  double surely_mps(size_t k) const { return std::max(0.0, c_.trace.fixes[run_fixes_[k]].speed_mps - 2 * sigma_of(k)); }

  void look(size_t k, Range window, bool goes_on) {
    const match::MatchedFix& fix = c_.trace.fixes[run_fixes_[k]];
    const bool inside = k >= window.begin && k < window.end;
    const bool beside = k + 1 >= window.begin && k <= window.end;
    if (beside) ask(k);
    if (inside) e_.lowest_observed = std::min<double>(e_.lowest_observed, fix.speed_mps);
    if (inside) e_.lowest_possible = std::min(e_.lowest_possible, surely_mps(k));
    if (near(before_m(k))) e_.lowest_at_line = std::min<double>(e_.lowest_at_line, fix.speed_mps);
    e_.jumped = e_.jumped || (!c_.jumped.empty() && c_.jumped[run_fixes_[k]] != 0);
    fixes_.push_back(line_fix(k));
    if (goes_on) between(k, beside && k < window.end);
  }

  void between(size_t k, bool inside) {
    const double dt = seconds(k, k + 1);
    const double u = lowest_possible(surely_mps(k), surely_mps(k + 1), dt, s_.stop_decel_mps2, s_.stop_accel_mps2);
    if (inside) e_.lowest_possible = std::min(e_.lowest_possible, u);
    if (inside) e_.longest_gap = std::max(e_.longest_gap, dt);
    if (inside) e_.leapt = e_.leapt || leapt(k, dt);
    if (before_m(k + 1) <= line_.near_before_m && before_m(k) >= -line_.near_after_m) {
      e_.possible_at_line = std::min(e_.possible_at_line, u);
    }
  }

  /// The path goes on by more than the logged speeds allow: it is not what was driven.
  bool leapt(size_t k, double over_s) const {
    const match::MatchedFix &a = c_.trace.fixes[run_fixes_[k]], &b = c_.trace.fixes[run_fixes_[k + 1]];
    if (a.speed_derived || b.speed_derived) return false;
    const double told = 0.5 * (a.speed_mps + b.speed_mps) * over_s + kUneven * over_s * over_s;
    return b.path_m - a.path_m - told > kLeapSigmas * std::max<double>(e_.sigma_m, c_.trace.error.sigma_m) + kMapM;
  }

  /// Along the path, the positions as they were logged.
  void place_by_positions() {
    for (size_t k = 0; k < fixes_.size(); ++k) fixes_[k].along_m += ahead_m(c_, run_fixes_[first_ + k], scale_);
  }

  /// Speeds from positions, by the straight line: the path is longer than what is driven round a corner.
  void straighten() {
    for (size_t k = 1; k + 1 < fixes_.size(); ++k) {
      const LineFix &a = fixes_[k - 1], &b = fixes_[k + 1];
      const double over_s = b.time_s - a.time_s;
      if (over_s > 0) fixes_[k].mps = std::min(fixes_[k].mps, straight_m(a, b) / over_s);
    }
  }

  /// What the stands that were seen say.
  void weigh_stands() {
    if (e_.derived) return;
    for (size_t k = 0; k < fixes_.size(); ++k) {
      const LineFix& fix = fixes_[k];
      if (fix.mps > std::max(s_.stop_stop_speed_mps, 2 * fix.sigma_mps)) continue;
      const double again = slows_again(k) ? kSlowsAgain : 1;
      e_.stood_odds = std::max(e_.stood_odds, again * odds_at_line(line_.place, fix.at_m, e_.sigma_m));
      e_.queued = e_.queued || (!fix.near_line && fix.path_m < 0);
    }
  }

  /// Where the path begins or ends near the line, a stop beyond its last fix was not seen: as near as the car can have
  /// stood there.
  void weigh_unseen(const LineFix& fix, int side, double rate_mps2) {
    const double at_m = fix.at_m + side * 0.5 * fix.mps * fix.mps / rate_mps2;
    e_.hidden_odds = std::max(e_.hidden_odds, odds_at_line(line_.place, at_m, e_.sigma_m));
  }

  /// The gap at the line first: where a stop may hide there, others are soon told.
  void weigh_gaps() {
    const auto past = [](const LineFix& fix) { return fix.path_m >= 0; };
    const auto line = static_cast<size_t>(std::find_if(fixes_.begin(), fixes_.end(), past) - fixes_.begin());
    if (line > 0 && line < fixes_.size()) weigh_gap(line - 1);
    for (size_t k = 0; k + 1 < fixes_.size(); ++k) {
      if (k + 1 != line) weigh_gap(k);
    }
  }

  /// A stop that may hide between fix `k` and the next.
  void weigh_gap(size_t k) {
    const LineFix &a = fixes_[k], &b = fixes_[k + 1];
    if (!time_to_stop(a, b, s_)) return;
    double odds =
        e_.derived ? 1 : kHidden * std::min(1.0, (b.time_s - a.time_s) / kHiddenS);  // positions hardly show it
    if (slows_again(k) && queues(line_.place, b.at_m)) odds *= kSlowsAgain;
    odds *= odds_at_line(line_.place, a.at_m, b.at_m, e_.sigma_m);
    if (odds <= e_.hidden_odds) return;  // whatever it costs
    const double cost = stop_cost(fixes_, k, error_of(e_.sigma_m), e_.derived, s_);
    if (cost >= kNoStopCost) return;
    e_.hidden_odds = std::max(e_.hidden_odds, odds * static_cast<double>(exp_neg(static_cast<float>(cost))));
  }

  /// After a stand in the queue the car was faster and slowed down once more, at the line.
  bool slows_again(size_t stand) const { return !slows_.empty() && slows_[stand] != 0; }

  /// Of each fix in the queue, whether that follows it: from the last fix to the first, with what comes after each.
  void find_slowing() {
    if (e_.derived) return;
    slows_.assign(fixes_.size(), 0);
    double slowest = kNoSpeed, before = 0, after = 0, fastest = 0;  // `fastest` of all that was looked at
    for (size_t k = fixes_.size() - 1; k > 0; --k) {
      const LineFix& fix = fixes_[k];
      const bool queued = queues(line_.place, fix.at_m);
      if (fix.near_line && !queued && fix.mps <= slowest) {
        slowest = fix.mps;
        after = fastest;
        before = 0;
      } else {
        before = std::max(before, fix.mps);
      }
      fastest = std::max(fastest, fix.mps);
      const bool slowed = slowest < kNoSpeed && std::min(before, after) - slowest > kSlowsBySigmas * shown_mps_;
      slows_[k - 1] = slowed && queues(line_.place, fixes_[k - 1].at_m) ? 1 : 0;
    }
  }

  const Context& c_;
  const Settings& s_;
  const std::vector<uint32_t>& run_fixes_;
  const StopLine& line_;
  const Finding& place_;
  MetreScale scale_;
  StopEvidence e_;
  size_t first_ = 0;  ///< index of the first of the fixes
  std::vector<LineFix> fixes_;
  size_t sigmas_from_ = 0;            ///< index of the first fix that has one here:
  std::vector<double> speed_sigmas_;  ///< of each of the fixes, and of those next to them
  std::vector<uint8_t> slows_;        ///< after each, where it stood in a queue; empty: after none
  double shown_mps_ = 0;              ///< standard error of the logged speeds
  double drift_share_ = 0;            ///< of the positions' error
};

}  // namespace

StopEvidence stop_evidence(const Context& context, const std::vector<uint32_t>& run_fixes, const StopLine& line,
                           const Finding& place, Range window) {
  return LineView(context, run_fixes, line, place).gather(window);
}

}  // namespace tomare::rules
