// SPDX-License-Identifier: MIT
#include "core-cpp/rules/corroboration.hpp"

#include <algorithm>
#include <cmath>

namespace tomare::rules {
namespace {

constexpr double kSigmas = 2.5;   ///< standard errors that a contradiction is beyond
constexpr double kLagS = 2;       ///< of a receiver's speeds behind its positions, or these behind the speeds
constexpr double kBraking = 0.3;  ///< m/s2: how the mean speed of a step departs from that of its ends, per second
constexpr double kStoodS = 3;     ///< seconds, at the least, over which positions show that a car was slow
constexpr double kAroundS = 2;    ///< seconds on each side of a standstill

double seconds_between(const Context& c, uint32_t a, uint32_t b) {
  return static_cast<double>(c.fixes.time_ms[b] - c.fixes.time_ms[a]) * 0.001;
}

double sigma_of(const Context& c, uint32_t a, uint32_t b) {
  return std::max(c.trace.error.of(c.fixes.accuracy_m[a]), c.trace.error.of(c.fixes.accuracy_m[b]));
}

}  // namespace

TwoWays two_ways(const Context& c, const std::vector<uint32_t>& on, size_t from, size_t to) {
  TwoWays ways;
  double variance = 0;
  for (size_t k = from; k < to; ++k) {
    const double dt = seconds_between(c, on[k], on[k + 1]);
    const double braking = 0.5 * kBraking * dt * dt;
    ways.told_m += 0.5 * dt * (c.trace.fixes[on[k]].speed_mps + c.trace.fixes[on[k + 1]].speed_mps);
    variance += braking * braking;
  }
  const match::MatchedFix &a = c.trace.fixes[on[from]], &b = c.trace.fixes[on[to]];
  ways.seconds = seconds_between(c, on[from], on[to]);
  ways.path_m = b.path_m - a.path_m;
  const double sigma = way_sigma(c.settings, sigma_of(c, on[from], on[to]), ways.seconds);
  ways.error_m = kSigmas * std::sqrt(sigma * sigma + variance) + kLagS * std::fabs(b.speed_mps - a.speed_mps);
  return ways;
}

bool stood_by_positions(const Context& c, const std::vector<uint32_t>& on, Range range, double lowest_mps) {
  size_t to = range.begin;
  for (size_t from = range.begin; from < range.end; ++from) {
    while (to < range.end && seconds_between(c, on[from], on[to]) < kStoodS) ++to;
    if (to >= range.end) return false;
    const double seconds = seconds_between(c, on[from], on[to]);
    const double path_m = c.trace.fixes[on[to]].path_m - c.trace.fixes[on[from]].path_m;
    const double sigma = way_sigma(c.settings, sigma_of(c, on[from], on[to]), seconds);
    if (lowest_mps * seconds - path_m > kSigmas * sigma) return true;
  }
  return false;
}

bool drove_by_positions(const Context& c, const std::vector<uint32_t>& on, size_t k) {
  size_t from = k, to = k;
  while (from > 0 && seconds_between(c, on[from], on[k]) < kAroundS) --from;
  while (to + 1 < on.size() && seconds_between(c, on[k], on[to]) < kAroundS) ++to;
  const TwoWays ways = two_ways(c, on, from, to);
  return ways.path_m - ways.told_m > ways.error_m;
}

}  // namespace tomare::rules
