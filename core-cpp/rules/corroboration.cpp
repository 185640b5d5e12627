// SPDX-License-Identifier: MIT
#include "core-cpp/rules/corroboration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::rules {
namespace {

constexpr double kSigmas = 2.5;       ///< standard errors that a contradiction is beyond
constexpr double kLagS = 2;           ///< of a receiver's speeds behind its positions, or these behind the speeds
constexpr double kBraking = 0.3;      ///< m/s2: how the mean speed of a step departs from that of its ends, per second
constexpr double kStoodS = 3;         ///< seconds, at the least, over which positions show that a car was slow
constexpr double kAroundS = 2;        ///< seconds on each side of a standstill
constexpr double kSlow = 0.5;         ///< of what the speeds tell at the least, the way of a car that was slow
constexpr double kShownSigmas = 2;    ///< the same where the log shows itself how well both agree …
constexpr double kShownLagS = 0.5;    ///< … and the lag then: a longer one is undone (match/lag.hpp)
constexpr double kLeastMoreM = 2;     ///< metres that are missed in any log
constexpr double kShownS = 120;       ///< seconds before and after in which it shows that …
constexpr double kApartS = 10;        ///< … but for so many around the place …
constexpr double kShownMps = 2;       ///< … while the car drives: at a stand positions wander
constexpr double kShownEveryS = 1;    ///< it is asked anew
constexpr size_t kLeastShown = 20;    ///< ways that show it
constexpr double kOfMedian = 1.4826;  ///< standard errors
constexpr double kWalkMps = 7 / 3.6;  ///< a car that drives through a junction or a street is faster once …
constexpr double kDriveS = 3;         ///< … in so many seconds

double seconds_between(const Context& c, uint32_t a, uint32_t b) {
  return static_cast<double>(c.fixes.time_ms[b] - c.fixes.time_ms[a]) * 0.001;
}

double sigma_of(const Context& c, uint32_t a, uint32_t b) {
  return std::max(logged_sigma_m(c, a), logged_sigma_m(c, b));
}

double way_m(const Context& c, uint32_t a, uint32_t b, const MetreScale& scale) {
  return c.trace.fixes[b].path_m + ahead_m(c, b, scale) - c.trace.fixes[a].path_m - ahead_m(c, a, scale);
}

double straight_m(const Context& c, uint32_t a, uint32_t b) {
  return distance_m(c.log.lat_e7[a], c.log.lon_e7[a], c.log.lat_e7[b], c.log.lon_e7[b]);
}

/// Standard error, metres, of the way by positions less that by speeds over so many fixes, as those around fix `k` show
/// it; infinite where they are too few.
double shown_between(const Context& c, const std::vector<uint32_t>& run_fixes, size_t k, size_t fixes) {
  const auto apart_s = [&](size_t i) { return std::fabs(seconds_between(c, run_fixes[k], run_fixes[i])); };
  size_t from = k, end = k;
  while (from > 0 && apart_s(from - 1) <= kShownS) --from;
  while (end + 1 < run_fixes.size() && apart_s(end + 1) <= kShownS) ++end;
  std::vector<double> misses;
  for (; from + fixes <= end; ++from) {
    if (apart_s(from) < kApartS || apart_s(from + fixes) < kApartS) continue;
    double told_m = 0;
    for (size_t i = from; i < from + fixes; ++i) {
      const double sum =
          static_cast<double>(c.trace.fixes[run_fixes[i]].speed_mps) + c.trace.fixes[run_fixes[i + 1]].speed_mps;
      told_m += 0.5 * seconds_between(c, run_fixes[i], run_fixes[i + 1]) * sum;
    }
    const uint32_t a = run_fixes[from], b = run_fixes[from + fixes];
    if (told_m < kShownMps * seconds_between(c, a, b)) continue;
    misses.push_back(std::fabs(straight_m(c, a, b) - told_m));
  }
  if (misses.size() < kLeastShown) return std::numeric_limits<double>::infinity();
  const auto middle = misses.begin() + static_cast<ptrdiff_t>(misses.size() / 2);
  std::nth_element(misses.begin(), middle, misses.end());
  return kOfMedian * *middle;
}

}  // namespace

double shown_sigma_m(const Context& c) {
  const double sigma = c.trace.error.sigma_m;
  return std::sqrt(sigma * sigma + c.trace.error.removed_m2);
}

double logged_sigma_m(const Context& c, uint32_t fix) {
  const double told = c.trace.error.of(c.fixes.accuracy_m[fix]);
  return std::sqrt(told * told + c.trace.error.removed_m2);
}

double ahead_m(const Context& c, uint32_t fix, const MetreScale& scale) { return offset_of(c, fix, scale).ahead_m; }

Offset offset_of(const Context& c, uint32_t fix, const MetreScale& scale) {
  const match::MatchedFix& matched = c.trace.fixes[fix];
  const match::Leg& leg = c.trace.legs[matched.leg];
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return {};
  const double along = leg.along_m(matched.path_m - leg.path_m);
  const map::Pose road = map::pose_on(*tile, leg.segment, along);
  double east = 0, north = 0;
  unit_of_bearing(road.bearing_deg() + (leg.forward ? 0 : 180), &east, &north);
  const auto [dx, dy] = away(road.lat_e7, road.lon_e7, c.log.lat_e7[fix], c.log.lon_e7[fix], scale);
  const double right_m = dx * north - dy * east;
  return {dx * east + dy * north, std::fabs(right_m), right_m, north, -east};
}

TwoWays two_ways(const Context& c, const std::vector<uint32_t>& run_fixes, size_t from, size_t to) {
  TwoWays ways;
  const MetreScale scale = metre_scale(c.log.lat_e7[run_fixes[from]]);
  double variance = 0;
  for (size_t k = from; k < to; ++k) {
    const double dt = seconds_between(c, run_fixes[k], run_fixes[k + 1]);
    const double braking = 0.5 * kBraking * dt * dt;
    ways.told_m += 0.5 * dt * (c.trace.fixes[run_fixes[k]].speed_mps + c.trace.fixes[run_fixes[k + 1]].speed_mps);
    variance += braking * braking;
  }
  const match::MatchedFix &a = c.trace.fixes[run_fixes[from]], &b = c.trace.fixes[run_fixes[to]];
  ways.way_m = way_m(c, run_fixes[from], run_fixes[to], scale);
  const double sigma = way_sigma(c.settings, sigma_of(c, run_fixes[from], run_fixes[to]),
                                 seconds_between(c, run_fixes[from], run_fixes[to]));
  ways.positions_m = kSigmas * sigma;
  ways.error_m = kSigmas * std::sqrt(sigma * sigma + variance) + kLagS * std::fabs(b.speed_mps - a.speed_mps);
  return ways;
}

double mps_by_positions(const Context& c, const std::vector<uint32_t>& run_fixes, size_t from, size_t to) {
  const MetreScale scale = metre_scale(c.log.lat_e7[run_fixes[from]]);
  const double seconds = seconds_between(c, run_fixes[from], run_fixes[to]);
  return seconds > 0 ? way_m(c, run_fixes[from], run_fixes[to], scale) / seconds : 0;
}

bool stood_by_positions(const Passage& passage, double lowest_mps) {
  const auto& [c, run_fixes, range] = passage;
  if (range.begin >= range.end) return false;
  const MetreScale scale = metre_scale(c.log.lat_e7[run_fixes[range.begin]]);
  size_t to = range.begin;
  double shown_m = 0;
  size_t shown_at = range.end;
  for (size_t from = range.begin; from < range.end; ++from) {
    while (to < range.end && seconds_between(c, run_fixes[from], run_fixes[to]) < kStoodS) ++to;
    if (to >= range.end) return false;
    const double seconds = seconds_between(c, run_fixes[from], run_fixes[to]);
    const double told_m = lowest_mps * seconds;
    // round a bend the same error lies along another road: it alone makes a way shorter
    const double path_m = c.trace.fixes[run_fixes[to]].path_m - c.trace.fixes[run_fixes[from]].path_m;
    const bool slow = path_m < kSlow * told_m || straight_m(c, run_fixes[from], run_fixes[to]) < kSlow * told_m;
    if (!slow) continue;
    const double less_m = told_m - way_m(c, run_fixes[from], run_fixes[to], scale);
    const double sigma = way_sigma(c.settings, sigma_of(c, run_fixes[from], run_fixes[to]), seconds);
    if (less_m > kSigmas * sigma) return true;
    if (less_m <= kLeastMoreM) continue;
    // once a second: it looks at minutes
    if (shown_at == range.end || seconds_between(c, run_fixes[shown_at], run_fixes[from]) >= kShownEveryS) {
      shown_m = shown_between(c, run_fixes, from, to - from);
      shown_at = from;
    }
    if (less_m > kSigmas * shown_m) return true;
  }
  return false;
}

bool drove_by_positions(const Context& c, const std::vector<uint32_t>& run_fixes, size_t k) {
  size_t from = k, to = k;
  while (from > 0 && seconds_between(c, run_fixes[from], run_fixes[k]) < kAroundS) --from;
  while (to + 1 < run_fixes.size() && seconds_between(c, run_fixes[k], run_fixes[to]) < kAroundS) ++to;
  const TwoWays ways = two_ways(c, run_fixes, from, to);
  const double more_m = ways.way_m - ways.told_m;
  if (more_m > ways.error_m) return true;
  const float a = c.trace.fixes[run_fixes[from]].speed_mps, b = c.trace.fixes[run_fixes[to]].speed_mps;
  const double beyond_m = more_m - kShownLagS * std::fabs(b - a);
  return beyond_m > kLeastMoreM && beyond_m > kShownSigmas * shown_between(c, run_fixes, k, to - from);
}

bool waits_by_speeds(const Passage& passage) {
  const auto& [c, run_fixes, range] = passage;
  if (c.log.speed_mps == nullptr || range.size() < 2) return false;
  if (c.channels.speed_aside > 0 && c.channels.speed_aside >= c.channels.speed_fixes) return false;
  for (size_t k = range.begin; k < range.end; ++k) {
    const bool after_gap = k > range.begin && seconds_between(c, run_fixes[k - 1], run_fixes[k]) > kDriveS;
    if (after_gap || !(c.channels.told_mps(c.log, run_fixes[k]) < kWalkMps)) return false;  // NaN is no speed
  }
  return true;
}

}  // namespace tomare::rules
