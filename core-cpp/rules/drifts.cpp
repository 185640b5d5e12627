// SPDX-License-Identifier: MIT
#include "core-cpp/rules/drifts.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/rules/jumps.hpp"

namespace tomare::rules {
namespace {

constexpr int64_t kStepMs = 4'000;       ///< over a longer step two velocities do not tell the way
constexpr int64_t kThinMs = 1'500;       ///< between two fixes that are looked at
constexpr double kStandsMps = 1;         ///< slower a course tells nothing, and need not be there
constexpr int64_t kWindowMs = 12'000;    ///< over which positions and way are compared
constexpr double kDriftM = 20;           ///< less than that is the receiver's everyday error
constexpr double kSigmas = 4;            ///< of what the windows of the drive differ by
constexpr double kLagS = 1, kLateS = 3;  ///< that velocities may be late by; where channels found them late
constexpr double kWayShare = 0.03;       ///< of way_m, that speeds and courses may be wrong by
constexpr size_t kManyWindows = 30;      ///< tell what they differ by

/// Channels whose velocities tell no way anywhere.
constexpr uint32_t kTellsNoWay = match::kNote_speed_unit | match::kNote_speed_unit_unknown |
                                 match::kNote_speed_constant | match::kNote_speed_contradicted_all_along |
                                 match::kNote_speed_late | match::kNote_course_constant |
                                 match::kNote_course_contradicted;

/// A fix with a velocity. Sums run over one piece, in which no step is long and each fix has a velocity.
struct Reckoned {
  double strayed_x = 0, strayed_y = 0;  ///< metres of the position less those by the velocities
  double x_mps = 0, y_mps = 0;          ///< east and north
  double way_m = 0;                     ///< to the east and to the north, added up: up to 1.4 times the way
  int64_t time_ms = 0;
  uint32_t fix = 0, piece = 0;
};

/// What the log says of its own movement, fix by fix.
class Reckoning {
 public:
  Reckoning(const match::Fixes& log, const match::Fixes& believed, const match::Channels& channels)
      : log_(log), believed_(believed), channels_(channels) {
    fixes.reserve(log.count / 2);
    for (uint32_t i = 0; i < log.count; ++i) {
      if (channels.usable[i] != 0) add(i);
    }
  }
  std::vector<Reckoned> fixes;

 private:
  void add(uint32_t i) {
    const int64_t time_ms = log_.time_ms[i];
    if (!fixes.empty() && time_ms - fixes.back().time_ms < kThinMs) return;
    const uint32_t before = before_;
    before_ = i;
    if (before == UINT32_MAX || time_ms - log_.time_ms[before] > kStepMs) return;
    if (fixes.empty() || time_ms - fixes.back().time_ms > kStepMs) begin(before);
    if (!fixes.empty() && fixes.back().time_ms >= log_.time_ms[before]) step(i);
  }

  void begin(uint32_t i) {
    Reckoned first;
    first.piece = ++piece_;
    if (velocity_at(i, &first)) fixes.push_back(first);
  }

  void step(uint32_t i) {
    const Reckoned& last = fixes.back();
    Reckoned now;
    if (!velocity_at(i, &now)) return;
    const double half_s = static_cast<double>(now.time_ms - last.time_ms) * 0.0005;
    const MetreScale& metres = scale_.at(log_.lat_e7[i]);
    const double x_m = (last.x_mps + now.x_mps) * half_s, y_m = (last.y_mps + now.y_mps) * half_s;
    now.strayed_x = last.strayed_x + east_e7(log_.lon_e7[last.fix], log_.lon_e7[i]) * metres.x - x_m;
    now.strayed_y = last.strayed_y + (static_cast<double>(log_.lat_e7[i]) - log_.lat_e7[last.fix]) * metres.y - y_m;
    now.way_m = last.way_m + std::fabs(x_m) + std::fabs(y_m);
    now.piece = piece_;
    fixes.push_back(now);
  }

  /// False where a fix has no velocity. The logged speed counts also where positions contradict it.
  bool velocity_at(uint32_t i, Reckoned* at) {
    const double mps = channels_.told_mps(log_, i), course = believed_.heading_deg[i];
    if (!(mps >= 0) || (std::isnan(course) && mps > kStandsMps)) return false;
    double east = 0, north = 0;
    if (!std::isnan(course)) unit_of_bearing(course, &east, &north);
    at->x_mps = mps * east;
    at->y_mps = mps * north;
    at->time_ms = log_.time_ms[i];
    at->fix = i;
    return true;
  }

  const match::Fixes& log_;
  const match::Fixes& believed_;
  const match::Channels& channels_;
  LocalScale scale_;
  uint32_t before_ = UINT32_MAX, piece_ = 0;  ///< the usable fix before
};

struct Window {
  double strayed_m = 0, most_m = 0;  ///< what velocities allow for
  uint32_t from = 0, to = 0;         ///< fixes
};

/// Calls visit(from, to), indexes of two that are a window apart, in order.
template <typename Visit>
void windows(const std::vector<Reckoned>& all, Visit&& visit) {
  size_t from = 0;
  for (size_t to = 1; to < all.size(); ++to) {
    const int64_t latest_ms = all[to].time_ms - kWindowMs;
    while (all[from + 1].time_ms <= latest_ms) ++from;
    if (all[from].piece == all[to].piece && all[from].time_ms <= latest_ms) visit(from, to);
  }
}

double strayed2(const Reckoned& a, const Reckoned& b) {
  const double x_m = b.strayed_x - a.strayed_x, y_m = b.strayed_y - a.strayed_y;
  return x_m * x_m + y_m * y_m;
}

/// The farthest, m/s, that the velocity changes over a window, or within its lag behind it: late ones show a turn at
/// its end no sooner.
double change_mps(const std::vector<Reckoned>& all, size_t from, size_t to, double lag_s) {
  const auto lag_ms = static_cast<int64_t>(lag_s * 1000);
  double change = 0;
  for (size_t k = to; k < all.size() && all[k].time_ms - all[to].time_ms <= lag_ms; ++k) {
    const double x_mps = all[k].x_mps - all[from].x_mps, y_mps = all[k].y_mps - all[from].y_mps;
    change = std::max(change, std::sqrt(x_mps * x_mps + y_mps * y_mps));
  }
  return change;
}

/// Windows whose positions strayed farther than any everyday error.
std::vector<Window> strayed(const std::vector<Reckoned>& all, double lag_s) {
  std::vector<Window> far;
  windows(all, [&](size_t from, size_t to) {
    const double metres2 = strayed2(all[from], all[to]);
    if (metres2 <= kDriftM * kDriftM) return;
    const double most_m = lag_s * change_mps(all, from, to, lag_s) + kWayShare * (all[to].way_m - all[from].way_m);
    const double metres = std::sqrt(metres2);
    if (metres > kDriftM + most_m) far.push_back({metres, most_m, all[from].fix, all[to].fix});
  });
  return far;
}

/// Standard error, each axis, of what positions stray by in a window, as those of the drive show it.
double shown_m(const std::vector<Reckoned>& all) {
  std::vector<double> metres2;
  windows(all, [&](size_t from, size_t to) { metres2.push_back(strayed2(all[from], all[to])); });
  return shown_sigma(&metres2, kManyWindows);
}

}  // namespace

void mark_drifts(const match::Fixes& log, const match::Fixes& believed, const match::Channels& channels,
                 std::vector<uint8_t>* moved) {
  if (channels.speed_fixes == 0 || (channels.notes & kTellsNoWay) != 0) return;
  const std::vector<Reckoned> all = Reckoning(log, believed, channels).fixes;
  const std::vector<Window> far = strayed(all, (channels.notes & match::kNote_speed_lag) != 0 ? kLateS : kLagS);
  if (far.empty()) return;
  const double error_m = kSigmas * shown_m(all);
  int64_t last_ms = INT64_MIN / 2;
  for (const Window& window : far) {
    if (window.strayed_m <= window.most_m + error_m) continue;
    const int64_t from_ms = log.time_ms[window.from];
    mark_moved(log, from_ms - last_ms <= kBurstMs ? last_ms : from_ms, log.time_ms[window.to], window.from, moved);
    last_ms = log.time_ms[window.to];
  }
}

}  // namespace tomare::rules
