// SPDX-License-Identifier: MIT
#include "core-cpp/match/lag.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

constexpr double kStepS = 0.25;   ///< from one lag that is tried to the next …
constexpr double kMostS = 3;      ///< … a longer one is no filter's (speed_check.cpp) …
constexpr double kTriedS = 4;     ///< … and tried, so that it is not taken for one of three seconds
constexpr double kLeastS = 1;     ///< a shorter one moves a speed by less than its error
constexpr double kDenseS = 2.1;   ///< seconds between fixes at the most: over more, ways hide how speeds changed
constexpr double kWindowS = 6;    ///< of the ways that are compared: far longer than the lag …
constexpr double kChordS = 1.9;   ///< … as a sum of chords, which are longer than the noise of positions
constexpr float kChangedMps = 3;  ///< a window over which the speed changes by less tells no lag
constexpr double kMuchM = 12;     ///< that a window counts at the most: a jump of the receiver tells none
constexpr uint32_t kLeastWindows = 30;
constexpr uint32_t kAsked = 400;     ///< windows at the most
constexpr double kExplained = 0.75;  ///< of what is missed without a lag remains with it

constexpr double kMostFilterS = 10;      ///< time constant of a low pass that is tried …
constexpr double kLeastFilterS = 1.5;    ///< … and the least that hides a standstill
constexpr uint32_t kLeastFiltered = 8;   ///< windows that show one …
constexpr uint32_t kLeastOfEither = 3;   ///< … in which the car brakes, and in which it speeds up
constexpr double kFilteredM = 4;         ///< that such windows are missed by on average
constexpr double kFilterExplains = 0.4;  ///< of that remains with it …
constexpr double kBetterThanLag = 0.85;  ///< … and of what remains with a lag

double time_s(const Fixes& f, uint32_t fix) { return static_cast<double>(f.time_ms[fix]) * 0.001; }

/// A way by the positions, from one fix to another.
struct Way {
  uint32_t from, to;
  double chords_m;
};

/// From one to another of the fixes that have a speed.
struct Stretch {
  uint32_t from, to;
};

/// The ways of a drive, and the way by the speeds at any moment.
class LagCheck {
 public:
  LagCheck(const Fixes& log, const std::vector<uint8_t>& usable) : f_(log), usable_(usable) {
    sums_.assign(f_.count, kUnknown);
    fixes_.reserve(f_.count);
    times_s_.reserve(f_.count);
    begins_.reserve(f_.count);
    for (uint32_t i = 0; i < f_.count; ++i) sum_up(i);
    find_ways();
  }

  /// A low pass of the first order tells u for v where v = u + T du/dt: it misses a way by T times what u gains on it.
  bool filtered() const {
    if (ways_.size() < kLeastFiltered || one_sided()) return false;
    const double all_m = std::numeric_limits<double>::infinity();
    const double none_m = missed_m(0, all_m);
    if (none_m < kFilteredM * static_cast<double>(ways_.size())) return false;
    double lagging_m = none_m;
    for (double lag = kStepS; lag <= kTriedS; lag += kStepS) lagging_m = std::min(lagging_m, missed_m(lag, lagging_m));
    double best_s = 0, least_m = std::min(kFilterExplains * none_m, kBetterThanLag * lagging_m);
    for (double filter = kStepS; filter <= kMostFilterS; filter += kStepS) {
      const double m = unfiltered_missed_m(filter, least_m);
      if (m < least_m) best_s = filter;
      least_m = std::min(least_m, m);
    }
    return best_s >= kLeastFilterS;
  }

  double lag_s() const {
    if (ways_.size() < kLeastWindows) return 0;
    const double none_m = missed_m(0, std::numeric_limits<double>::infinity());
    double best_s = 0, least_m = kExplained * none_m;
    for (double lag = kStepS; lag <= kTriedS; lag += kStepS) {
      const double m = missed_m(lag, least_m);
      if (m < least_m) best_s = lag;
      least_m = std::min(least_m, m);
    }
    return best_s < kLeastS || best_s > kMostS ? 0 : best_s;
  }

 private:
  static constexpr double kUnknown = -1;  ///< begins a stretch in which the speeds tell the way

  void sum_up(uint32_t i) {
    if (usable_[i] == 0 || f_.speed_mps[i] != f_.speed_mps[i]) return;
    const double now_s = time_s(f_, i);
    const bool goes_on = !fixes_.empty() && now_s - times_s_.back() <= kDenseS;
    const double mean = goes_on ? 0.5 * (static_cast<double>(f_.speed_mps[i]) + f_.speed_mps[fixes_.back()]) : 0;
    sums_[i] = goes_on ? sums_[fixes_.back()] + mean * (now_s - times_s_.back()) : 0;
    begins_.push_back(goes_on ? begins_.back() : static_cast<uint32_t>(fixes_.size()));
    fixes_.push_back(i);
    times_s_.push_back(now_s);
  }

  /// Ways of which every lag that is tried is known; some of them, where they are many.
  void find_ways() {
    std::vector<Stretch> changed;
    size_t from = 0;
    for (size_t to = 1; to < fixes_.size(); ++to) {
      from = std::max<size_t>(from, begins_[to]);
      while (from < to && times_s_[to] - times_s_[from + 1] >= kWindowS) ++from;
      if (times_s_[to] - times_s_[from] < kWindowS || !changes(from, to) || !known_after(to)) continue;
      changed.push_back({static_cast<uint32_t>(from), static_cast<uint32_t>(to)});
    }
    LocalScale scale;
    for (size_t k = 0; k < changed.size(); k += changed.size() / kAsked + 1) {
      const auto [a, b] = changed[k];
      ways_.push_back({fixes_[a], fixes_[b], chords_m(a, b, &scale)});
    }
  }
  bool changes(size_t from, size_t to) const {
    return std::fabs(f_.speed_mps[fixes_[to]] - f_.speed_mps[fixes_[from]]) >= kChangedMps;
  }
  bool known_after(size_t k) const {
    size_t last = k;
    while (last + 1 < fixes_.size() && begins_[last + 1] == begins_[k] && times_s_[last] - times_s_[k] < kTriedS)
      ++last;
    return times_s_[last] - times_s_[k] >= kTriedS;
  }
  double chords_m(size_t from, size_t to, LocalScale* scale) const {
    double sum = 0;
    size_t a = from;
    for (size_t b = from + 1; b <= to; ++b) {
      if (b < to && times_s_[b] - times_s_[a] < kChordS) continue;
      const uint32_t i = fixes_[a], j = fixes_[b];
      const MetreScale& metres = scale->at(f_.lat_e7[i]);
      const double dx = east_e7(f_.lon_e7[i], f_.lon_e7[j]) * metres.x;
      const double dy = (static_cast<double>(f_.lat_e7[j]) - f_.lat_e7[i]) * metres.y;
      sum += std::sqrt(dx * dx + dy * dy);
      a = b;
    }
    return sum;
  }

  /// Metres by the speeds up to so long after a fix; the speed changes evenly between two.
  double told_m(uint32_t fix, double later_s) const {
    const double at_s = time_s(f_, fix) + later_s;
    uint32_t a = fix, b = fix;
    while (time_s(f_, b) < at_s) {
      a = b;
      do ++b;
      while (sums_[b] < 0);
    }
    if (a == b) return sums_[a];
    const double over_s = time_s(f_, b) - time_s(f_, a), into_s = at_s - time_s(f_, a);
    const double gained = static_cast<double>(f_.speed_mps[b]) - f_.speed_mps[a];
    return sums_[a] + into_s * (f_.speed_mps[a] + 0.5 * gained * into_s / over_s);
  }

  /// By which the speeds that come so much later miss the ways in all; at least `most_m` where that is more.
  double missed_m(double lag_s, double most_m) const {
    double sum = 0;
    for (size_t i = 0; i < ways_.size() && sum < most_m; ++i) {
      const double told = told_m(ways_[i].to, lag_s) - told_m(ways_[i].from, lag_s);
      sum += std::min(std::fabs(told - ways_[i].chords_m), kMuchM);
    }
    return sum;
  }

  double gained_mps(const Way& way) const { return static_cast<double>(f_.speed_mps[way.to]) - f_.speed_mps[way.from]; }
  /// The same for the speeds before a low pass of so many seconds.
  double unfiltered_missed_m(double filter_s, double most_m) const {
    double sum = 0;
    for (size_t i = 0; i < ways_.size() && sum < most_m; ++i) {
      const Way& way = ways_[i];
      const double told = sums_[way.to] - sums_[way.from] + filter_s * gained_mps(way);
      sum += std::min(std::fabs(told - way.chords_m), kMuchM);
    }
    return sum;
  }
  /// Too few ways on which the car brakes, or on which it speeds up: an error of one place may explain them.
  bool one_sided() const {
    const auto faster = static_cast<uint32_t>(
        std::count_if(ways_.begin(), ways_.end(), [this](const Way& way) { return gained_mps(way) > 0; }));
    return faster < kLeastOfEither || ways_.size() - faster < kLeastOfEither;
  }

  const Fixes& f_;
  const std::vector<uint8_t>& usable_;
  std::vector<double> sums_;      ///< per fix, metres by the speeds since its stretch began; below 0 unknown
  std::vector<uint32_t> fixes_;   ///< those with a speed
  std::vector<double> times_s_;   ///< … and their times
  std::vector<uint32_t> begins_;  ///< of each, the first of its stretch
  std::vector<Way> ways_;
};

/// Whether so many fixes follow another one so soon that as many ways can end with them.
bool dense(const Fixes& f, const std::vector<uint8_t>& usable) {
  uint32_t before = 0, count = 0;
  for (uint32_t i = 1; i < f.count && count < kLeastWindows; ++i) {
    if (usable[i] == 0) continue;
    count += time_s(f, i) - time_s(f, before) <= kDenseS ? 1 : 0;
    before = i;
  }
  return count >= kLeastWindows;
}

}  // namespace

Lag speed_lag(const Fixes& log, const std::vector<uint8_t>& usable) {
  if (!dense(log, usable)) return {};
  const LagCheck check(log, usable);
  if (check.filtered()) return {0, true};
  return {check.lag_s(), false};
}

Velocities without_lag(const Fixes& f, const std::vector<uint8_t>& usable, double lag_s) {
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  Velocities out = {std::vector<float>(f.count, kNone), std::vector<float>(f.count, kNone)};
  uint32_t a = 0, b = 0;  // the usable fixes around the moment
  for (uint32_t i = 0; i < f.count; ++i) {
    if (usable[i] == 0) continue;
    const double at_s = time_s(f, i) + lag_s;
    if (b < i) a = b = i;
    while (b + 1 < f.count && time_s(f, b) < at_s) {
      a = usable[b] != 0 ? b : a;
      do ++b;
      while (b + 1 < f.count && usable[b] == 0);
    }
    const double over_s = time_s(f, b) - time_s(f, a), into_s = at_s - time_s(f, a);
    if (usable[b] == 0 || time_s(f, b) < at_s || over_s > kDenseS) continue;
    const float share = over_s > 0 ? static_cast<float>(into_s / over_s) : 0;
    out.speed_mps[i] = f.speed_mps[a] + share * (f.speed_mps[b] - f.speed_mps[a]);
    out.heading_deg[i] = f.heading_deg[share < 0.5F ? a : b];
  }
  return out;
}

}  // namespace tomare::match
