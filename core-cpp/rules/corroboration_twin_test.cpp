// SPDX-License-Identifier: MIT
// Whether positions bear out logged speeds, against a slow twin, over drives by chance whose speeds are wrong for a
// while.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

class SlowCorroboration {
 public:
  explicit SlowCorroboration(const Context& c)
      : c_(c), run_fixes_(c.trace.runs[0].fixes), scale_(metre_scale(c.log.lat_e7[0])) {}

  bool stood(Range range, double lowest_mps) const {
    double shown_m = 0, shown_s = -1e9;
    for (size_t from = range.begin; from < range.end; ++from) {
      size_t to = from;
      while (to < range.end && seconds(from, to) < 3) ++to;
      if (to == range.end) return false;
      const double told_m = lowest_mps * seconds(from, to);
      const double path_m = c_.trace.fixes[to].path_m - c_.trace.fixes[from].path_m;
      if (std::min(path_m, straight_m(from, to)) >= 0.5 * told_m) continue;
      const double less_m = told_m - way_m(from, to);
      const double sigma_m = std::max(logged_sigma_m(c_, index(from)), logged_sigma_m(c_, index(to)));
      if (less_m > 2.5 * way_sigma(c_.settings, sigma_m, seconds(from, to))) return true;
      if (less_m <= 2) continue;
      if (time_s(from) - shown_s >= 1) {
        shown_m = shown(from, to - from);
        shown_s = time_s(from);
      }
      if (less_m > 2.5 * shown_m) return true;
    }
    return false;
  }

  bool drove(size_t k) const {
    size_t from = k, to = k;
    while (from > 0 && seconds(from, k) < 2) --from;
    while (to + 1 < run_fixes_.size() && seconds(k, to) < 2) ++to;
    const TwoWays ways = two_ways(c_, run_fixes_, from, to);
    const double more_m = ways.way_m - ways.told_m;
    const double lag_m = 0.5 * std::fabs(c_.trace.fixes[to].speed_mps - c_.trace.fixes[from].speed_mps);
    return more_m > ways.error_m || more_m - lag_m > std::max(2.0, 2 * shown(k, to - from));
  }

 private:
  static uint32_t index(size_t k) { return static_cast<uint32_t>(k); }
  double time_s(size_t k) const { return static_cast<double>(c_.fixes.time_ms[k]) / 1000; }
  double seconds(size_t a, size_t b) const { return time_s(b) - time_s(a); }
  double straight_m(size_t a, size_t b) const {
    return distance_m(c_.log.lat_e7[a], c_.log.lon_e7[a], c_.log.lat_e7[b], c_.log.lon_e7[b]);
  }
  double way_m(size_t a, size_t b) const {
    return c_.trace.fixes[b].path_m + ahead_m(c_, index(b), scale_) - c_.trace.fixes[a].path_m -
           ahead_m(c_, index(a), scale_);
  }

  /// What ways over so many fixes miss those by the speeds by, ten seconds to two minutes away: the median error.
  double shown(size_t k, size_t fixes) const {
    std::vector<double> misses;
    for (size_t a = 0; a + fixes < run_fixes_.size(); ++a) {
      const size_t b = a + fixes;
      const double away_a = std::fabs(seconds(k, a)), away_b = std::fabs(seconds(k, b));
      if (std::max(away_a, away_b) > 120 || std::min(away_a, away_b) < 10) continue;
      double told_m = 0;
      for (size_t i = a; i < b; ++i) {
        told_m += seconds(i, i + 1) * (c_.trace.fixes[i].speed_mps + c_.trace.fixes[i + 1].speed_mps) / 2;
      }
      if (told_m >= 2 * seconds(a, b)) misses.push_back(std::fabs(straight_m(a, b) - told_m));
    }
    if (misses.size() < 20) return 1e9;
    std::sort(misses.begin(), misses.end());
    return 1.4826 * misses[misses.size() / 2];
  }

  const Context& c_;
  const std::vector<uint32_t>& run_fixes_;
  MetreScale scale_;
};

constexpr double kWrongFromS = 120, kWrongToS = 128;

/// Positions that scatter, and speeds that are a multiple of the true ones for eight seconds.
testing::MadeDrive by_chance(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  testing::MadeDrive drive;
  drive.road(1900);
  drive.trace.error.sigma_m = seed % 3 == 0 ? 8 : 5;
  constexpr double kWrong[] = {0, 0.3, 0.6, 1, 1.5, 2, 3, 0.8, 0.7};
  constexpr double kSteps[] = {1, 0.5, 1, 2, 1.5};
  const double wrong = kWrong[seed % 9], step_s = kSteps[seed % 5], scatter_m = seed % 4 == 1 ? 0.2 : 2 * share(random);
  const double least_mps = seed % 4 == 0 ? 1 : 3, begins_s = seed % 6 == 0 ? 100 : 0,
               ends_s = 140 + 140 * share(random);
  double at_m = 0, mps = 5;
  size_t k = 0;
  for (double s = begins_s; s < ends_s && at_m < 1890; s += step_s, ++k) {
    const bool is_wrong = s >= kWrongFromS && s < kWrongToS;
    drive.fix(s, at_m, 3.6 * mps * (is_wrong ? wrong : 1) + share(random));
    const double aside_m = is_wrong && seed % 2 == 0 ? 4 * (s - kWrongFromS) : 0;
    drive.shift(k, scatter_m * (2 * share(random) - 1), aside_m + scatter_m * (2 * share(random) - 1));
    if (random() % 9 == 0) drive.accuracy_m.back() = 12;
    const double next = std::clamp(mps + 3 * step_s * (share(random) - 0.5), least_mps, 8.0);
    at_m += step_s * (mps + next) / 2;
    mps = next;
  }
  return drive;
}

/// The fixes of the wrong speeds and some around, and how often the positions denied them.
struct Denied {
  uint32_t stood = 0, drove = 0, asked = 0;
};
Denied denied_in(testing::MadeDrive* drive) {
  static Denied denied;
  denied = {};
  drive->judged([](const Context& c, Judgement*) {
    const SlowCorroboration slow(c);
    const std::vector<uint32_t>& run_fixes = c.trace.runs[0].fixes;
    const double start_s = testing::MadeDrive::kStartMs * 0.001;
    Range range;
    for (size_t k = 0; k < run_fixes.size(); ++k) {
      const double s = static_cast<double>(c.fixes.time_ms[k]) * 0.001 - start_s;
      if (s < kWrongFromS - 12) range.begin = k + 1;
      if (s < kWrongToS + 9) range.end = k + 1;
    }
    for (size_t k = range.begin; k < range.end; k += 2) {
      const bool drove = drove_by_positions(c, run_fixes, k);
      EXPECT_EQ(drove, slow.drove(k)) << k;
      denied.drove += drove ? 1 : 0;
      ++denied.asked;
    }
    for (const double mps : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 9.0, 12.0}) {
      const bool stood = stood_by_positions({c, run_fixes, range}, mps);
      EXPECT_EQ(stood, slow.stood(range, mps)) << mps;
      denied.stood += stood ? 1 : 0;
      ++denied.asked;
    }
  });
  return denied;
}

TEST(CorroborationTwin, PositionsDenySpeedsAsTheSlowTwinDoes) {
  Denied all;
  for (uint32_t seed = 0; seed < 210; ++seed) {
    SCOPED_TRACE(seed);
    testing::MadeDrive drive = by_chance(seed);
    const Denied denied = denied_in(&drive);
    all = {all.stood + denied.stood, all.drove + denied.drove, all.asked + denied.asked};
  }
  EXPECT_GT(all.stood, 100U);
  EXPECT_GT(all.drove, 60U);
  EXPECT_GT(all.asked, 2 * (all.stood + all.drove));
}

}  // namespace
}  // namespace tomare::rules
