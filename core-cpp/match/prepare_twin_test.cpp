// SPDX-License-Identifier: MIT
// Usable fixes and anchors against slow twins, over logs by chance with stands, turns, silences, leaps and lost speeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/made_log_test.hpp"
#include "core-cpp/match/prepare.hpp"
#include "core-cpp/match/usable.hpp"

namespace tomare::match {
namespace {

using testing::MadeLog;

class SlowLog {
 public:
  SlowLog(const MadeLog& log, const std::vector<int32_t>& lat_e7, const std::vector<int32_t>& lon_e7)
      : log_(log), lat_(lat_e7), lon_(lon_e7) {}

  std::vector<uint8_t> usable() const {
    std::vector<uint8_t> usable(log_.time_ms.size(), 0);
    usable[0] = 1;
    size_t before = 0;
    for (size_t i = 1; i < usable.size(); ++i) {
      const bool asked = i + 1 < usable.size() && log_.time_ms[i + 1] > log_.time_ms[i];
      const bool leap = asked && too_fast(before, i) && !too_fast(before, i + 1);
      const bool spike =
          asked && seconds(before, i + 1) <= 4 && metres(before, i) + metres(i, i + 1) - metres(before, i + 1) > 60;
      if (log_.time_ms[i] <= log_.time_ms[before] || leap || spike) continue;
      usable[i] = 1;
      before = i;
    }
    return usable;
  }

  std::vector<Anchor> anchors(const std::vector<uint8_t>& usable, const Smoothed& smoothed) const {
    std::vector<size_t> all;
    for (size_t i = 0; i < usable.size(); ++i) {
      if (usable[i] != 0) all.push_back(i);
    }
    const double gap_s = gap_after(all), fine_m = 16 * smoothed.finer(6);
    std::vector<Anchor> found;
    size_t first = 0;  // of `all`, the anchor before
    for (size_t k = 0; k < all.size(); ++k) {
      const size_t i = all[k], before = all[first], last = all[k > 0 ? k - 1 : 0];
      const bool gap = k > 0 && ((seconds(last, i) > gap_s && metres(last, i) > 1000) || too_fast(last, i));
      const double way_m = way(all, first, k, smoothed.speed_scale);
      const bool far = k > 0 && far_enough(before, last, i, known_way_m(all, first, k, smoothed.speed_scale), fine_m);
      const bool end = i + 1 == usable.size() && k > 0;
      if (k > 0 && !gap && !far && !end) continue;
      Anchor a;
      a.fix = static_cast<uint32_t>(i);
      a.starts_section = gap || k == 0;
      if (k > 0) {
        a.dt_s = static_cast<float>(seconds(before, i));
        a.straight_m = static_cast<float>(metres(before, i));
        if (!std::isnan(way_m)) a.travelled_m = static_cast<float>(way_m);
        if (!std::isnan(way_m)) a.most_m = static_cast<float>(most_m(all, first, k, way_m));
      }
      found.push_back(a);
      first = k;
    }
    for (size_t k = 0; k < found.size(); ++k) {
      const bool from_before = k > 0 && !found[k].starts_section;
      const bool to_after = k + 1 < found.size() && !found[k + 1].starts_section;
      head(found[from_before ? k - 1 : k].fix, found[to_after ? k + 1 : k].fix, &found[k]);
    }
    return found;
  }

 private:
  double metres(size_t a, size_t b) const { return distance_m(lat_[a], lon_[a], lat_[b], lon_[b]); }
  double seconds(size_t a, size_t b) const { return static_cast<double>(log_.time_ms[b] - log_.time_ms[a]) / 1000; }
  bool too_fast(size_t a, size_t b) const { return metres(a, b) > 220 / 3.6 * seconds(a, b) + 60; }

  /// Two and a half of the middle step, where that is more than five minutes and most steps are so long.
  double gap_after(const std::vector<size_t>& all) const {
    std::vector<double> steps;
    for (size_t k = 1; k < all.size(); ++k) steps.push_back(seconds(all[k - 1], all[k]));
    std::sort(steps.begin(), steps.end());
    return steps.empty() ? 300 : std::max(300.0, 2.5 * steps[steps.size() / 2]);
  }

  /// By the mean of two speeds each; NaN where one is missing …
  double way(const std::vector<size_t>& all, size_t from, size_t to, double scale) const {
    double way_m = 0;
    for (size_t k = from; k < to; ++k) {
      way_m += scale * (log_.speed_mps[all[k]] + log_.speed_mps[all[k + 1]]) / 2 * seconds(all[k], all[k + 1]);
    }
    return way_m;
  }
  /// … and of the steps that have both.
  double known_way_m(const std::vector<size_t>& all, size_t from, size_t to, double scale) const {
    double way_m = 0;
    for (size_t k = from; k < to; ++k) {
      const double step_m = way(all, k, k + 1, scale);
      way_m += std::isnan(step_m) ? 0 : step_m;
    }
    return way_m;
  }
  double most_m(const std::vector<size_t>& all, size_t from, size_t to, double way_m) const {
    double gained_m = 0;
    for (size_t k = from; k < to; ++k) gained_m += 0.75 * std::pow(seconds(all[k], all[k + 1]), 2);
    return 1.1 * way_m + gained_m + 2 * std::fabs(log_.speed_mps[all[to]] - log_.speed_mps[all[from]]);
  }

  bool far_enough(size_t before, size_t last, size_t i, double way_m, double fine_m) const {
    const bool slow = log_.speed_mps[i] < 0.7F && !std::isnan(log_.speed_mps[last]);
    const bool turned = angle_between_deg(log_.heading_deg[before], log_.heading_deg[i]) > 20;
    const double straight_m = metres(before, i), least_m = turned ? fine_m : 16;
    return straight_m >= least_m && !(slow && way_m < least_m);
  }

  void head(size_t before, size_t after, Anchor* a) const {
    const float course = log_.heading_deg[a->fix];
    const bool given = !std::isnan(course) && log_.speed_mps[a->fix] > 3;
    if (given) a->heading_deg = course;
    if (given) a->heading_sigma_deg = a->dt_s <= 2 ? 30 : 30 * std::max(0.5F, 2 / a->dt_s);
    if (metres(before, after) < 32 || seconds(before, after) > 12) return;
    const MetreScale scale = metre_scale(lat_[a->fix]);
    const double moved = bearing_deg(east_e7(lon_[before], lon_[after]) * scale.x,
                                     (static_cast<double>(lat_[after]) - lat_[before]) * scale.y);
    if (given && angle_between_deg(moved, course) < 60) return;
    a->heading_deg = static_cast<float>(moved);
    a->heading_sigma_deg = static_cast<float>(35 + 57.3 * 6 / metres(before, after));
  }

  const MadeLog& log_;
  const std::vector<int32_t>&lat_, &lon_;
};

MadeLog by_chance(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  constexpr double kSteps[] = {1, 1, 2, 3, 10, 200};
  const double step_s = kSteps[seed % 6], most_mps = seed % 4 == 0 ? 4 : 14;
  const MetreScale scale = metre_scale(350'000'000);
  MadeLog log;
  double time_s = 0, x_m = 0, y_m = 0, mps = most_mps / 2, course = 45;
  for (uint32_t i = 0; i < 30 + seed % 120; ++i) {
    const bool leaps = random() % 40 == 0, wrong = random() % 15 == 0;
    const double off_m = leaps ? 40 + 200 * share(random) : share(random);
    const auto told = [&](double value) { return random() % 25 == 0 ? MadeLog::kNone : static_cast<float>(value); };
    const float told_mps = told(mps), told_deg = told(std::fmod(course + (wrong ? 100 : 0) + 720, 360));
    log.add(1'700'000'000'000 + std::llround(time_s * 1000),
            350'000'000 + static_cast<int32_t>(std::lround((y_m + off_m) / scale.y)),
            1'390'000'000 + static_cast<int32_t>(std::lround(x_m / scale.x)), told_mps, told_deg);
    const uint32_t what = random() % 60;
    const double gone_s = what == 0 ? 0 : (what == 1 ? 400 : step_s),
                 gone_m = what == 1 ? 3000 * share(random) : mps * gone_s;
    double east = 0, north = 0;
    unit_of_bearing(course, &east, &north);
    x_m += gone_m * east;
    y_m += gone_m * north;
    time_s += gone_s;
    mps = random() % 12 == 0 ? 0.5 * share(random) : std::clamp(mps + 4 * share(random) - 2, 0.0, most_mps);
    if (random() % 10 == 0) course += 180 * share(random) - 90;
  }
  return log;
}

void expect_same(const Anchor& got, const Anchor& wanted) {
  EXPECT_EQ(got.fix, wanted.fix);
  EXPECT_EQ(got.starts_section, wanted.starts_section);
  EXPECT_EQ(got.dt_s, wanted.dt_s);
  EXPECT_NEAR(got.straight_m, wanted.straight_m, 0.01 + 3e-4 * wanted.straight_m);
  EXPECT_NEAR(got.travelled_m, wanted.travelled_m, 0.01 + 1e-5 * wanted.travelled_m);
  EXPECT_NEAR(got.most_m, wanted.most_m, 0.01 + 1e-5 * std::fabs(wanted.most_m));
  EXPECT_NEAR(got.heading_deg, wanted.heading_deg, 0.05);
  EXPECT_NEAR(got.heading_sigma_deg, wanted.heading_sigma_deg, 0.01);
}

TEST(PrepareTwin, UsableFixesAndAnchorsAreThoseOfTheSlowTwin) {
  uint32_t pulled = 0, gaps = 0, unusable = 0;
  for (uint32_t seed = 0; seed < 1200; ++seed) {
    SCOPED_TRACE(seed);
    const MadeLog log = by_chance(seed);
    std::vector<uint8_t> usable;
    find_usable(log.fixes(), {}, &usable);
    ASSERT_EQ(usable, SlowLog(log, log.lat_e7, log.lon_e7).usable());
    Prepared got;
    prepare(log.fixes(), usable, {}, &got);
    const SlowLog slow(log, got.smoothed.lat_e7, got.smoothed.lon_e7);
    const std::vector<Anchor> wanted = slow.anchors(usable, got.smoothed);
    ASSERT_EQ(got.anchors.size(), wanted.size());
    for (size_t k = 0; k < wanted.size(); ++k) expect_same(got.anchors[k], wanted[k]);
    const auto begins = [](const Anchor& a) { return a.starts_section; };
    EXPECT_EQ(got.gaps + 1, std::count_if(wanted.begin(), wanted.end(), begins));
    pulled += got.smoothed.pulled ? 1 : 0;
    gaps += got.gaps;
    unusable += static_cast<uint32_t>(std::count(usable.begin(), usable.end(), 0));
  }
  EXPECT_GT(gaps, 200U);
  EXPECT_GT(unusable, 200U);
  EXPECT_GT(pulled, 5U);
}

}  // namespace
}  // namespace tomare::match
