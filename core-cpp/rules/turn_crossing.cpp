// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_crossing.hpp"

#include <algorithm>
#include <limits>

#include "core-cpp/base/geo.hpp"

namespace tomare::rules {
namespace {

/// The speed (m/s) at which a way round by other streets is driven at least.
constexpr double kTownSpeed = 30 / 3.6;

double seconds_between(const Context& c, uint32_t a, uint32_t b) {
  return static_cast<double>(c.fixes.time_ms[b] - c.fixes.time_ms[a]) * 0.001;
}

}  // namespace

Crossing::Crossing(const Context& context, const std::vector<uint32_t>& run_fixes, Range before, Range after)
    : c_(context), run_fixes_(run_fixes), before_(before), after_(after) {
  if (before.size() == 0 || after.size() == 0) return;
  steps_ = {before.end - 1, after.begin};
  if (before.end > after.begin) {
    steps_ = {std::max<size_t>(after.begin, 1) - 1, std::min(before.end, run_fixes.size() - 1)};
  }
}

bool Crossing::few() const {
  return static_cast<double>(std::min(before_.size(), after_.size())) < c_.settings.turn_ban_min_fixes_each_side;
}

double Crossing::longest_s() const {
  if (before_.size() == 0 || after_.size() == 0) return std::numeric_limits<double>::infinity();
  double longest = 0;
  for (size_t k = steps_.begin; k < steps_.end; ++k)
    longest = std::max(longest, seconds_between(c_, run_fixes_[k], run_fixes_[k + 1]));
  return longest;
}

double Crossing::path_m(size_t step) const {
  return c_.trace.fixes[run_fixes_[step + 1]].path_m - c_.trace.fixes[run_fixes_[step]].path_m;
}

bool Crossing::detour_possible(double detour_m) const {
  for (size_t k = steps_.begin; k < steps_.end; ++k) {
    const uint32_t i = run_fixes_[k], j = run_fixes_[k + 1];
    const double logged = std::max(c_.trace.fixes[i].speed_mps, c_.trace.fixes[j].speed_mps);
    if (std::max(logged, kTownSpeed) * seconds_between(c_, i, j) - path_m(k) > detour_m) return true;
  }
  return false;
}

bool Crossing::way_round_unseen(double longer_m) const {
  if (before_.size() == 0 || after_.size() == 0) return true;
  for (size_t k = steps_.begin; k < steps_.end; ++k) {
    const uint32_t i = run_fixes_[k], j = run_fixes_[k + 1];
    const double straight_m =
        distance_m(c_.fixes.lat_e7[i], c_.fixes.lon_e7[i], c_.fixes.lat_e7[j], c_.fixes.lon_e7[j]);
    if (path_m(k) - straight_m > longer_m) return true;
  }
  return false;
}

}  // namespace tomare::rules
