// SPDX-License-Identifier: MIT
// Lags and low passes of the logged speeds, and speeds moved back, against slow twins, over drives by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/lag.hpp"
#include "core-cpp/match/made_log_test.hpp"

namespace tomare::match {
namespace {

constexpr double kGridS = 0.25;

/// A log's speeds come late or through a low pass; some are missing, and some fixes cannot be used.
struct Drive : testing::MadeLog {
  std::vector<uint8_t> usable;

  explicit Drive(uint32_t seed) : random_(seed) {
    const size_t count = 4 * (40 + (seed * 7) % 260);
    accelerate(count);
    tell(seed, count);
    constexpr size_t kSteps[] = {4, 4, 2, 8, 4, 5, 9};  // of the grid
    const size_t step = kSteps[seed / 4 % 7];
    const uint32_t jumps = seed % 6 == 0 ? 30 : 1'000'000, silences = seed % 5 == 0 ? 12 : 60;
    for (size_t k = 0; k < count; k += random_() % silences == 0 ? step + 10 : step) {
      const double jump_m = random_() % jumps == 0 ? 40 * share() : 0, east_m = way_m_[k] + share() + jump_m;
      const double north_m = share();
      const bool silent = random_() % 70 == 0, useless = random_() % 70 == 0 && !usable.empty();
      constexpr int32_t kLat = 350'000'000;
      const MetreScale scale = metre_scale(kLat);
      add(250 * static_cast<int64_t>(k), kLat + static_cast<int32_t>(std::lround(north_m / scale.y)),
          static_cast<int32_t>(std::lround(east_m / scale.x)), silent ? kNone : static_cast<float>(told_mps_[k]),
          static_cast<float>(k % 360));
      usable.push_back(useless ? 0 : 1);
    }
  }

 private:
  double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }

  /// Holds a speed for some seconds, then takes on another.
  void accelerate(size_t count) {
    double mps = 10 * share(), target = mps, way_m = 0, rate = 1;
    for (size_t k = 0; k < count; ++k) {
      mps_.push_back(mps);
      way_m_.push_back(way_m);
      if (random_() % 40 == 0) {
        target = 15 * share();
        rate = 0.5 + 2 * share();
      }
      const double next = mps + std::clamp(target - mps, -rate * kGridS, rate * kGridS);
      way_m += (mps + next) / 2 * kGridS;
      mps = next;
    }
  }
  void tell(uint32_t seed, size_t count) {
    const size_t late = random_() % 18;
    const double filter_s = 0.5 + 11 * share();
    double passed = mps_[0];
    for (size_t k = 0; k < count; ++k) {
      passed += (mps_[k] - passed) * (1 - std::exp(-kGridS / filter_s));
      const double lagging = mps_[k < late ? 0 : k - late];
      const double both = (passed + lagging) / 2;
      const double tells[] = {lagging, passed, seed % 8 < 4 ? both : mps_[k], lagging};
      told_mps_.push_back(tells[seed % 4]);
    }
  }

  std::mt19937 random_;
  std::vector<double> mps_, way_m_, told_mps_;
};

/// docs/CHANNELS.md, "Late", word by word.
class SlowLag {
 public:
  explicit SlowLag(const Drive& drive) : d_(drive) {
    for (size_t i = 0; i < d_.usable.size(); ++i) {
      if (d_.usable[i] != 0 && !std::isnan(d_.speed_mps[i])) told_.push_back(i);
    }
    if (told_.empty()) return;
    sum_up();
    std::vector<Window> all;
    for (size_t to = 0; to < told_.size(); ++to) {
      for (size_t from = to; from-- > 0;) {
        if (!joined(from, to)) break;
        if (time_s(to) - time_s(from) < 6) continue;
        if (std::fabs(mps(to) - mps(from)) >= 3 && goes_on(to)) all.push_back({from, to, chords_m(from, to)});
        break;
      }
    }
    for (size_t k = 0; k < all.size(); k += all.size() / 400 + 1) windows_.push_back(all[k]);
  }
  size_t windows() const { return windows_.size(); }

  Lag lag() const {
    if (!dense()) return {};
    const double none_m = missed_m(0, 0);
    double late_m = none_m, late_s = 0, passed_m = INFINITY, passed_s = 0;
    for (double s = 0.25; s <= 4; s += 0.25) {
      const double m = missed_m(s, 0);
      if (m < late_m) late_s = s;
      late_m = std::min(late_m, m);
    }
    for (double s = 0.25; s <= 10; s += 0.25) {
      const double m = missed_m(0, s);
      if (m < passed_m) passed_s = s;
      passed_m = std::min(passed_m, m);
    }
    if (may_be_passed() && none_m >= 4.0 * static_cast<double>(windows_.size()) && passed_s >= 1.5 &&
        passed_m < 0.4 * none_m && passed_m < 0.85 * late_m) {
      return {0, true};
    }
    const bool late = windows_.size() >= 30 && late_s >= 1 && late_s <= 3 && late_m < 0.75 * none_m;
    return {late ? late_s : 0, false};
  }

 private:
  struct Window {
    size_t from, to;
    double metres;
  };
  double time_s(size_t k) const { return static_cast<double>(d_.time_ms[told_[k]]) * 0.001; }
  double mps(size_t k) const { return d_.speed_mps[told_[k]]; }
  bool joined(size_t from, size_t to) const {
    for (size_t k = from; k < to; ++k) {
      if (time_s(k + 1) - time_s(k) > 2.1) return false;
    }
    return true;
  }
  /// The speeds of four more seconds are known.
  bool goes_on(size_t k) const {
    for (size_t later = k; later < told_.size() && joined(k, later); ++later) {
      if (time_s(later) - time_s(k) >= 4) return true;
    }
    return false;
  }
  double chords_m(size_t from, size_t to) const {
    double sum = 0;
    for (size_t a = from, b = from + 1; b <= to; ++b) {
      if (b < to && time_s(b) - time_s(a) < 1.9) continue;
      const size_t i = told_[a], j = told_[b];
      sum += distance_m(d_.lat_e7[i], d_.lon_e7[i], d_.lat_e7[j], d_.lon_e7[j]);
      a = b;
    }
    return sum;
  }
  /// Metres by the speeds up to each quarter of a second; silences count nothing.
  void sum_up() {
    gone_m_ = {0};
    for (size_t k = 0; k + 1 < told_.size(); ++k) {
      const double over_s = time_s(k + 1) - time_s(k);
      const auto steps = static_cast<size_t>(over_s / kGridS);
      for (size_t i = 0; i < steps; ++i) {
        const double middle = (static_cast<double>(i) + 0.5) * kGridS / over_s;
        gone_m_.push_back(gone_m_.back() + (mps(k) + (mps(k + 1) - mps(k)) * middle) * kGridS);
      }
    }
  }
  double gone_m(double at_s) const { return gone_m_[static_cast<size_t>((at_s - time_s(0)) / kGridS)]; }
  double missed_m(double late_s, double passed_s) const {
    double sum = 0;
    for (const Window& w : windows_) {
      const double told_m = gone_m(time_s(w.to) + late_s) - gone_m(time_s(w.from) + late_s);
      sum += std::min(12.0, std::fabs(told_m + passed_s * (mps(w.to) - mps(w.from)) - w.metres));
    }
    return sum;
  }
  bool may_be_passed() const {
    const auto faster = static_cast<size_t>(
        std::count_if(windows_.begin(), windows_.end(), [&](const Window& w) { return mps(w.to) > mps(w.from); }));
    return windows_.size() >= 8 && faster >= 3 && windows_.size() - faster >= 3;
  }
  /// Thirty fixes follow another soon.
  bool dense() const {
    size_t count = 0, before = 0;
    for (size_t i = 1; i < d_.usable.size(); ++i) {
      if (d_.usable[i] == 0) continue;
      count += static_cast<double>(d_.time_ms[i] - d_.time_ms[before]) * 0.001 <= 2.1 ? 1 : 0;
      before = i;
    }
    return count >= 30;
  }

  const Drive& d_;
  std::vector<size_t> told_;
  std::vector<double> gone_m_;
  std::vector<Window> windows_;
};

TEST(LagTwin, LagsAndLowPassesAreThoseOfTheSlowTwin) {
  uint32_t late = 0, passed = 0, none = 0, few = 0;
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    const Drive drive(seed);
    const SlowLag slow(drive);
    const Lag wanted = slow.lag(), got = speed_lag(drive.fixes(), drive.usable);
    ASSERT_EQ(got.seconds, wanted.seconds) << seed;
    ASSERT_EQ(got.filtered, wanted.filtered) << seed;
    late += got.seconds > 0 ? 1 : 0;
    passed += got.filtered ? 1 : 0;
    none += !got.filtered && got.seconds == 0 ? 1 : 0;
    few += got.filtered && slow.windows() < 30 ? 1 : 0;
  }
  for (const uint32_t some : {late, passed, none}) EXPECT_GT(some, 50U);
  EXPECT_GT(few, 10U);
}

/// The speed of a moment between the usable fixes around it, at most 2.1 s apart, and the course of the nearer one.
void expect_moved(const Drive& drive, double lag_s, const Velocities& got) {
  for (size_t i = 0; i < drive.usable.size(); ++i) {
    size_t a = i, b = i;
    const double at_s = static_cast<double>(drive.time_ms[i]) * 0.001 + lag_s;
    const auto time_s = [&](size_t k) { return static_cast<double>(drive.time_ms[k]) * 0.001; };
    while (b < drive.usable.size() && (drive.usable[b] == 0 || time_s(b) < at_s)) {
      if (drive.usable[b] != 0) a = b;
      ++b;
    }
    if (drive.usable[i] == 0 || b == drive.usable.size() || time_s(b) - time_s(a) > 2.1) {
      ASSERT_TRUE(std::isnan(got.speed_mps[i]) && std::isnan(got.heading_deg[i])) << i;
      continue;
    }
    const double share = a == b ? 0 : (at_s - time_s(a)) / (time_s(b) - time_s(a));
    const double mps = drive.speed_mps[a] + share * (drive.speed_mps[b] - drive.speed_mps[a]);
    ASSERT_EQ(std::isnan(got.speed_mps[i]), std::isnan(mps)) << i;
    if (!std::isnan(mps)) {
      ASSERT_NEAR(got.speed_mps[i], mps, 1e-5) << i;
    }
    ASSERT_EQ(got.heading_deg[i], drive.heading_deg[share < 0.5 ? a : b]) << i;
  }
}

TEST(LagTwin, SpeedsAndCoursesAreMovedAsByTheSlowTwin) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const Drive drive(seed);
    const double lag_s = 1 + 0.25 * (seed % 9);
    expect_moved(drive, lag_s, without_lag(drive.fixes(), drive.usable, lag_s));
  }
}

}  // namespace
}  // namespace tomare::match
