// SPDX-License-Identifier: MIT
// Stands by speeds, what follows them, and the errors that logs show, against slow twins, over fixes by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/rules/stop_model.hpp"

namespace tomare::rules {
namespace {

double cost_of(double z) {
  const double size = std::fabs(z);
  return size < 2 ? size * size / 2 : 2 * size - 2;
}

/// Speeds in steps of a quarter of a metre per second, times in quarters of a second: what lies on a bound is met.
std::vector<LineFix> by_chance(std::mt19937* random, uint32_t seed) {
  constexpr double kSteps[] = {0.5, 1, 1, 2, 2.5, 2.75};
  const double step_s = kSteps[seed % 6];
  const auto most = static_cast<int>(seed % 3 == 0 ? 8 : 30);
  std::vector<LineFix> fixes;
  double time_s = 0, path_m = -30;
  int quarters = static_cast<int>((*random)() % 12);
  for (uint32_t k = 0; k < 2 + seed % 23; ++k) {
    quarters = std::clamp(quarters + static_cast<int>((*random)() % 9) - 4, 0, most);
    const double mps = 0.25 * quarters;
    fixes.push_back({time_s, path_m, path_m, mps, (*random)() % 10 != 0});
    fixes.back().sigma_mps = (*random)() % 5 == 0 ? 0.5 : 0.25;
    time_s += (*random)() % 10 == 0 ? 3 : step_s;
    path_m += mps * step_s;
  }
  return fixes;
}

/// Of all stretches of fixes near the line the one whose sum is the highest; of several the first, and the shortest.
Stand standing_slowly(const std::vector<LineFix>& fixes, double sigma_mps) {
  Stand best;
  for (size_t b = 0; b < fixes.size(); ++b) {
    for (size_t a = b + 1; a-- > 0;) {
      if (!fixes[a].near_line) break;
      double odds = 0, way_m = 0;
      for (size_t k = a; k <= b; ++k) {
        odds += cost_of((fixes[k].mps - 1) / sigma_mps) - cost_of(fixes[k].mps / sigma_mps);
        way_m += fixes[k].path_m / static_cast<double>(b - a + 1);
      }
      if (odds <= best.odds + 1e-9) continue;
      best = {odds, way_m, b, b + 1 < fixes.size() ? fixes[b + 1].time_s - fixes[b].time_s : 0};
    }
  }
  return best;
}

/// Metres driven from one fix to another by the mean of the speeds.
double gone_m(const std::vector<LineFix>& fixes, size_t from, size_t to) {
  double gone = 0;
  for (size_t k = from; k < to; ++k) {
    gone += (fixes[k].mps + fixes[k + 1].mps) / 2 * (fixes[k + 1].time_s - fixes[k].time_s);
  }
  return gone;
}

bool crawls_slowly(const std::vector<LineFix>& fixes, const Stand& stand) {
  for (size_t k = stand.last + 1; k < fixes.size(); ++k) {
    const double gone = gone_m(fixes, stand.last, k), surely = fixes[k].mps + 2 * fixes[k].sigma_mps;
    if (gone >= 10 && gone < 30 && surely < std::sqrt(2 * 0.375 * gone)) return true;
  }
  return false;
}

bool slows_slowly(const std::vector<LineFix>& fixes, const Stand& stand, double sigma_mps) {
  double slowed = 0;
  for (size_t k = stand.last + 1; k < fixes.size(); ++k) {
    double fastest = 0, slowest = 0;  // within 18 m, before this one
    for (size_t i = stand.last + 1; i < k && gone_m(fixes, stand.last, i) <= 18; ++i) {
      slowest = fixes[i].mps > fastest ? fixes[i].mps : std::min(slowest, fixes[i].mps);
      fastest = std::max(fastest, fixes[i].mps);
    }
    slowed = std::max(slowed, std::min(fastest, fixes[k].mps) - slowest);
  }
  return slowed > 4 * sigma_mps;
}

bool creeps_slowly(const std::vector<LineFix>& fixes, const Stand& stand, double sigma_mps) {
  const auto slow = [&](size_t k) { return k == stand.last || fixes[k].mps < 1 + 2 * sigma_mps; };
  double crept_m = 0;
  for (size_t k = 0; k + 1 < fixes.size(); ++k) {
    bool of_one = true;  // with the stand
    for (size_t i = std::min(k, stand.last); i <= std::max(k + 1, stand.last); ++i) of_one = of_one && slow(i);
    const double mps = (fixes[k].mps + fixes[k + 1].mps) / 2, seconds = fixes[k + 1].time_s - fixes[k].time_s;
    if (of_one && mps > 2 * sigma_mps && seconds <= 2.5) crept_m += mps * seconds;
  }
  return crept_m >= 2;
}

TEST(StopModelTwin, StandsBySpeedsAndWhatFollowsAreThoseOfTheSlowTwin) {
  uint32_t stood = 0, crawled = 0, slowed = 0, crept = 0;
  for (uint32_t seed = 0; seed < 6000; ++seed) {
    std::mt19937 random(seed);
    const std::vector<LineFix> fixes = by_chance(&random, seed);
    const double sigma_mps = seed % 2 == 0 ? 0.25 : 0.3;
    const Stand wanted = standing_slowly(fixes, sigma_mps), got = standing_by_speeds(fixes, sigma_mps);
    ASSERT_NEAR(got.odds, wanted.odds, 1e-9) << seed;
    ASSERT_NEAR(got.along_m, wanted.along_m, 1e-9) << seed;
    ASSERT_EQ(got.last, wanted.last) << seed;
    ASSERT_EQ(got.next_s, wanted.next_s) << seed;
    ASSERT_EQ(crawls_on(fixes, got), crawls_slowly(fixes, got)) << seed;
    ASSERT_EQ(slows_after(fixes, got, sigma_mps), slows_slowly(fixes, got, sigma_mps)) << seed;
    ASSERT_EQ(creeps(fixes, got, sigma_mps), creeps_slowly(fixes, got, sigma_mps)) << seed;
    stood += got.odds > 0 ? 1 : 0;
    crawled += crawls_on(fixes, got) ? 1 : 0;
    slowed += slows_after(fixes, got, sigma_mps) ? 1 : 0;
    crept += creeps(fixes, got, sigma_mps) ? 1 : 0;
  }
  for (const uint32_t some : {stood, crawled, slowed, crept}) {
    EXPECT_GT(some, 200U);
    EXPECT_LT(some, 5500U);
  }
}

TEST(StopModelTwin, OfACarThatCreepsAndOfAStandWhoseNextFixIsLateLessIsLeft) {
  for (const double sigma_m : {2.0, 5.0}) {
    for (const double along_m : {0.0, -4.0, -9.0}) {
      for (const double next_s : {1.0, 2.5, 2.6}) {
        for (const bool creeps : {true, false}) {
          const double sigma = std::hypot(sigma_m, 3), off = cost_of(std::max(0.0, -along_m - 3) / sigma);
          const double at_line = 100 / sigma * std::exp(-(next_s > 2.5 ? 3 : 1) * off);
          const double wanted = at_line / (1 + at_line) / (1 + (creeps ? 2 : 0.2) * std::exp(-1.5));
          EXPECT_NEAR(stopped({1.5, along_m, 0, next_s}, sigma_m, {.creeps = creeps}), wanted, 1e-4);
        }
      }
    }
  }
}

double middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}
bool steady(double before_s, double after_s) {
  return before_s <= 1.2 && std::fabs(after_s - before_s) <= 0.1 * before_s;
}

/// A log's speeds and positions, the one as good as the other.
struct Log {
  std::vector<SpeedFix> speeds;
  std::vector<PlaceFix> places;
};
Log log_by_chance(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  const double scatter = share(random), least_mps = seed % 4;
  Log log;
  double time_s = 0, x_m = 0, y_m = 0;
  for (uint32_t k = 0; k < 5 + seed % 40; ++k) {
    const double mps = least_mps + 3 * scatter * share(random);
    log.speeds.push_back({time_s, mps});
    log.places.push_back({time_s, x_m + 3 * scatter * share(random), y_m + 3 * scatter * share(random)});
    const double step_s = random() % 8 == 0 ? (random() % 2 == 0 ? 1.08 : 1.3) : 1;
    time_s += step_s;
    x_m += mps * step_s;
    y_m += 0.5 * mps * step_s;
  }
  return log;
}

/// What the log shows of its errors; 0: nothing.
struct Shown {
  double mps = 0, drift = 0;
};
Shown shown_slowly(const Log& log, double sigma_m) {
  std::vector<double> by_speeds, by_places;
  double alike = 0;
  for (size_t k = 1; k + 1 < log.speeds.size(); ++k) {
    const SpeedFix &a = log.speeds[k - 1], &b = log.speeds[k], &c = log.speeds[k + 1];
    if (!steady(b.time_s - a.time_s, c.time_s - b.time_s)) continue;
    if (std::min({a.mps, b.mps, c.mps}) >= 2) by_speeds.push_back(std::fabs(a.mps + c.mps - 2 * b.mps));
    const PlaceFix &p = log.places[k - 1], &q = log.places[k], &r = log.places[k + 1];
    const double x_m = r.x_m - p.x_m, y_m = r.y_m - p.y_m, way_m = std::hypot(x_m, y_m);
    if (way_m < 2 * (c.time_s - a.time_s)) continue;
    by_places.push_back(std::fabs((p.x_m + r.x_m - 2 * q.x_m) * y_m - (p.y_m + r.y_m - 2 * q.y_m) * x_m) / way_m);
    alike = std::exp(-(b.time_s - a.time_s) / 20);
  }
  Shown shown;
  if (by_speeds.size() >= 7) shown.mps = middle(by_speeds) / (0.6745 * std::sqrt(6.0));
  if (by_places.size() < 15 || sigma_m > 8) return shown;
  const double bend = middle(by_places) / (0.6745 * sigma_m);
  shown.drift = std::max(0.0, (6 - bend * bend) / (8 * alike - 2 * alike * alike));
  return shown;
}

TEST(StopModelTwin, ErrorsThatLogsShowAreThoseOfTheSlowTwin) {
  uint32_t scattering = 0, drifting = 0;
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    const Log log = log_by_chance(seed);
    const double sigma_m = 1 + seed % 9;
    const Shown shown = shown_slowly(log, sigma_m);
    ASSERT_NEAR(shown_speed_sigma(log.speeds, 0.3), shown.mps > 0.45 ? shown.mps : 0.3, 1e-3) << seed;
    ASSERT_NEAR(shown_drift_share(log.places, sigma_m, {}), std::clamp(shown.drift, 0.9, 0.99), 1e-3) << seed;
    scattering += shown.mps > 0.45 ? 1 : 0;
    drifting += shown.drift > 0.9 && shown.drift < 0.99 ? 1 : 0;
  }
  EXPECT_GT(scattering, 300U);
  EXPECT_GT(drifting, 100U);
}

}  // namespace
}  // namespace tomare::rules
