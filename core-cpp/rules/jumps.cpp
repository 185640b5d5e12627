// SPDX-License-Identifier: MIT
#include "core-cpp/rules/jumps.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/way_error.hpp"

namespace tomare::rules {
namespace {

constexpr double kStepS = 4;          ///< over a longer step a car may have turned and braked
constexpr double kChangeMps2 = 9;     ///< of a velocity: harder no car brakes or turns
constexpr double kSigmas = 3.5;       ///< standard errors of the way of a step
constexpr int64_t kBesideMs = 2'000;  ///< next to a jump
constexpr size_t kManyChanges = 60;   ///< of a velocity, that tell how a receiver errs
constexpr double kRayleighMedian = 1.1774;

struct Velocity {
  double x = 0, y = 0;  // m/s, east and north
  int64_t time_ms = 0;  ///< of the step's end
};

/// The way of a step from one fix to the next, m/s east and north; none where it tells nothing.
std::optional<Velocity> step_at(const match::Fixes& log, uint32_t i, LocalScale* scale) {
  const double seconds = static_cast<double>(log.time_ms[i] - log.time_ms[i - 1]) * 0.001;
  if (seconds <= 0 || seconds > kStepS) return {};
  const MetreScale& metres = scale->at(log.lat_e7[i]);
  return Velocity{east_e7(log.lon_e7[i - 1], log.lon_e7[i]) * metres.x / seconds,
                  (static_cast<double>(log.lat_e7[i]) - log.lat_e7[i - 1]) * metres.y / seconds, log.time_ms[i]};
}

/// (m/s)²
double change2(const Velocity& before, const Velocity& now) {
  const double dx = now.x - before.x, dy = now.y - before.y;
  return dx * dx + dy * dy;
}

/// Standard error of a velocity by how those of the log change: many receivers err by metres and yet move smoothly.
double shown_change_mps(const match::Fixes& log) {
  LocalScale scale;
  std::optional<Velocity> before;
  std::vector<double> changes;
  for (uint32_t i = 1; i < log.count; ++i) {
    const std::optional<Velocity> now = step_at(log, i, &scale);
    if (before && now) changes.push_back(change2(*before, *now));
    before = now;
  }
  return shown_sigma(&changes, kManyChanges);
}

}  // namespace

void mark_moved(const match::Fixes& log, int64_t from_ms, int64_t to_ms, uint32_t near, std::vector<uint8_t>* moved) {
  if (moved->empty()) moved->assign(log.count, 0);
  uint32_t i = near;
  while (i > 0 && log.time_ms[i - 1] >= from_ms) --i;
  for (; i < log.count && log.time_ms[i] <= to_ms; ++i) (*moved)[i] = 1;
}

double shown_sigma(std::vector<double>* squares, size_t least) {
  if (squares->size() < least) return 1e9;
  const auto middle = squares->begin() + static_cast<std::ptrdiff_t>(squares->size() / 2);
  std::nth_element(squares->begin(), middle, squares->end());
  return std::sqrt(*middle) / kRayleighMedian;
}

std::vector<uint8_t> find_jumps(const match::Fixes& log, const match::DriveError& error, const Settings& settings) {
  std::vector<uint8_t> jumped;
  const double sigma_m = std::sqrt(static_cast<double>(error.sigma_m) * error.sigma_m + error.removed_m2);
  LocalScale scale;
  std::optional<Velocity> before;
  double last_s = -1, step_sigma = 0;
  std::optional<double> shown_mps;  // asked for where a change is more than a car's
  int64_t last_ms = INT64_MIN / 2;
  for (uint32_t i = 1; i < log.count; ++i) {
    const std::optional<Velocity> now = step_at(log, i, &scale);
    if (!before || !now) {
      before = now;
      continue;
    }
    const double seconds = static_cast<double>(log.time_ms[i] - log.time_ms[i - 1]) * 0.001;
    if (seconds != last_s) step_sigma = match::way_sigma(settings, sigma_m, seconds);
    last_s = seconds;
    const double since_s = static_cast<double>(now->time_ms - before->time_ms) * 0.001;
    const double changed2 = change2(*before, *now), by_car = kChangeMps2 * since_s;
    if (changed2 <= by_car * by_car) {
      before = now;
      continue;
    }
    if (!shown_mps) shown_mps = shown_change_mps(log);
    const double most = by_car + kSigmas * std::min(*shown_mps, step_sigma / seconds);
    if (changed2 <= most * most) {
      before = now;
      continue;
    }
    const int64_t since = log.time_ms[i] - last_ms <= kBurstMs ? last_ms : log.time_ms[i] - kBesideMs;
    mark_moved(log, since, log.time_ms[i] + kBesideMs, i, &jumped);
    last_ms = log.time_ms[i];
  }
  return jumped;
}

}  // namespace tomare::rules
