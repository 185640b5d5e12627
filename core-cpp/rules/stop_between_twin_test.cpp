// SPDX-License-Identifier: MIT
// What a stop between two fixes costs against a slow twin that tries many moments, over fixes by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/rules/stop_between.hpp"

namespace tomare::rules {
namespace {

double cost_of(double z) { return z < 2 ? z * z / 2 : 2 * z - 2; }

/// docs/RULES.md, "the cost of a hidden stop".
class SlowGap {
 public:
  SlowGap(const std::vector<LineFix>& fixes, size_t k, double sigma_m, bool derived)
      : fixes_(fixes), sigma_m_(sigma_m), derived_(derived), gap_s_(fixes[k + 1].time_s - fixes[k].time_s) {
    before_ = {k};
    for (size_t i = k; i-- > 0 && before_.size() < 3;) {
      if (fixes[before_.back()].time_s - fixes[i].time_s >= 0.99) before_.push_back(i);
    }
    after_ = {k + 1};
    for (size_t i = k + 2; i < fixes.size() && after_.size() < 3; ++i) {
      if (fixes[i].time_s - fixes[after_.back()].time_s >= 0.99) after_.push_back(i);
    }
  }

  /// Of a stop so long after the first fix of the gap.
  double cost(double after_s) const {
    const double moment_s = fixes_[before_[0]].time_s + after_s;
    const double by_speeds = speeds(before_, moment_s, 3.5) + speeds(after_, moment_s, 2.5);
    if (gap_s_ < 1.5 && !derived_) return by_speeds;
    const double by_ways = std::max(0.0, ways(moment_s) - 1.4);
    return derived_ ? std::max(by_speeds, by_ways) : by_speeds + by_ways;
  }
  /// The least of those at eight moments and at the ends …
  double least_of_eighths() const {
    double least = INFINITY;
    for (int i = 0; i <= 8; ++i) least = std::min(least, cost(gap_s_ * i / 8));
    return least;
  }
  /// … and of many more, around the cheapest of a hundred.
  double least() const {
    double at_s = cheapest(0, gap_s_, 100);
    for (const double around_s : {gap_s_ / 100, gap_s_ / 1000}) {
      at_s = cheapest(std::max(0.0, at_s - around_s), std::min(gap_s_, at_s + around_s), 20);
    }
    return cost(at_s);
  }

 private:
  double cheapest(double from_s, double to_s, int steps) const {
    double best_s = from_s, best = cost(from_s);
    for (int i = 1; i <= steps; ++i) {
      const double at_s = from_s + (to_s - from_s) * i / steps, now = cost(at_s);
      if (now < best) best_s = at_s;
      best = std::min(best, now);
    }
    return best_s;
  }
  double speeds(const std::vector<size_t>& side, double moment_s, double hardest_mps2) const {
    double dearest = 0;
    for (const size_t k : side) {
      const double change = hardest_mps2 * std::fabs(moment_s - fixes_[k].time_s);
      const double above = fixes_[k].mps - kStop - 0.63 * change;
      dearest = std::max(dearest, above / std::hypot(fixes_[k].sigma_mps, 0.185 * change));
    }
    return cost_of(dearest);
  }
  /// Two fixes of each side; over less than a second and a half the nearest only where there is no other.
  static std::vector<size_t> asked(const std::vector<size_t>& side, bool brief) {
    const size_t first = brief && side.size() > 1 ? 1 : 0;
    return {side.begin() + static_cast<int>(first), side.begin() + static_cast<int>(std::min(side.size(), first + 2))};
  }
  double ways(double moment_s) const {
    double dearest = 0;
    for (const size_t i : asked(before_, gap_s_ < 1.5)) {
      for (const size_t j : asked(after_, gap_s_ < 1.5)) {
        const LineFix &a = fixes_[i], &b = fixes_[j];
        const double braking = moment_s - a.time_s, gaining = b.time_s - moment_s, seconds = braking + gaining;
        const double hardest_m = (3.5 * braking * braking + 2.5 * gaining * gaining) / 2;
        const double way_m = std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
        const double error_m = sigma_m_ * std::sqrt(2 - 2 * kShare * std::exp(-seconds / kDriftS));
        const double over_m = way_m - kStop * seconds - 0.63 * hardest_m;
        dearest = std::max(dearest, over_m / std::hypot(error_m, 0.185 * hardest_m));
      }
    }
    return cost_of(dearest);
  }

 public:
  static inline const double kStop = Settings().stop_stop_speed_mps, kShare = 0.9, kDriftS = 20;

 private:
  const std::vector<LineFix>& fixes_;
  double sigma_m_;
  bool derived_;
  double gap_s_;
  std::vector<size_t> before_, after_;
};

std::vector<LineFix> by_chance(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  constexpr double kSteps[] = {0.5, 0.98, 1, 1.4, 1.5, 2, 3, 5};
  const double step_s = kSteps[seed % 8], most_mps = 2 + 10 * share(random), sigma_mps = seed % 3 == 0 ? 1 : 0.3;
  std::vector<LineFix> fixes;
  double time_s = 0, x_m = 0, mps = most_mps * share(random);
  for (uint32_t k = 0; k < 2 + seed % 7; ++k) {
    LineFix fix = {time_s, x_m, x_m, mps, true};
    fix.sigma_mps = random() % 8 == 0 ? 100 : sigma_mps;
    fix.x_m = x_m + 4 * share(random);
    fix.y_m = 3 * share(random);
    fixes.push_back(fix);
    const double gap_s = random() % 6 == 0 ? 2 * step_s : step_s;
    const double next = std::clamp(mps + gap_s * (6 * share(random) - 3.5), 0.0, most_mps);
    x_m += (mps + next) / 2 * gap_s * (random() % 4 == 0 ? share(random) : 1);
    time_s += gap_s;
    mps = next;
  }
  return fixes;
}

/// Braking and speeding up as hard as can be, from speeds three and a half errors less.
bool time_slowly(const LineFix& a, const LineFix& b) {
  const double from = a.mps - 3.5 * a.sigma_mps - SlowGap::kStop, to = b.mps - 3.5 * b.sigma_mps - SlowGap::kStop;
  return std::max(0.0, from) / 3.5 + std::max(0.0, to) / 2.5 <= b.time_s - a.time_s;
}

TEST(StopBetweenTwin, CostsAreThoseOfTheSlowTwin) {
  uint32_t no_time = 0, free = 0, some = 0, dear = 0, nearly = 0;
  for (uint32_t seed = 0; seed < 1500; ++seed) {
    const std::vector<LineFix> fixes = by_chance(seed);
    const double sigma_m = 1 + seed % 11 % 6;
    const bool derived = seed % 5 < 2;
    for (size_t k = 0; k + 1 < fixes.size(); ++k) {
      SCOPED_TRACE(testing::Message() << seed << ' ' << k);
      const double got = stop_cost(fixes, k, {sigma_m, SlowGap::kShare, SlowGap::kDriftS}, derived, {});
      ASSERT_EQ(time_to_stop(fixes[k], fixes[k + 1], {}), time_slowly(fixes[k], fixes[k + 1]));
      if (!time_slowly(fixes[k], fixes[k + 1])) {
        ASSERT_EQ(got, kNoStopCost);
        ++no_time;
        continue;
      }
      const SlowGap slow(fixes, k, sigma_m, derived);
      const double least = std::min(kNoStopCost, slow.least()),
                   eighths = std::min(kNoStopCost, slow.least_of_eighths());
      ASSERT_GE(got, least - 1e-3);
      ASSERT_LE(got, eighths + 1e-3);
      nearly += got > least + 0.01 ? 1 : 0;
      (got < 0.01 ? free : got < kNoStopCost ? some : dear) += 1;
    }
  }
  for (const uint32_t count : {no_time, free, some}) EXPECT_GT(count, 500U);
  EXPECT_GT(dear, 20U);
  EXPECT_LT(nearly, some / 20) << "where two moments are nearly as cheap, either is found";
}

}  // namespace
}  // namespace tomare::rules
