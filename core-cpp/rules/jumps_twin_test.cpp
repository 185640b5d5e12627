// SPDX-License-Identifier: MIT
// Jumps and drifts of positions against slow twins, over logs by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/made_log_test.hpp"
#include "core-cpp/match/way_error.hpp"
#include "core-cpp/rules/drifts.hpp"
#include "core-cpp/rules/jumps.hpp"

namespace tomare::rules {
namespace {

struct Vector {
  double x = 0, y = 0;
  Vector operator-(Vector o) const { return {x - o.x, y - o.y}; }
  double length() const { return std::hypot(x, y); }
};

/// A receiver's median error by what it errs by: of a length on two axes.
double shown_slowly(std::vector<double> lengths, size_t least) {
  if (lengths.size() < least) return 1e9;
  std::sort(lengths.begin(), lengths.end());
  return lengths[lengths.size() / 2] / 1.1774;
}

/// Marks in turn what moved from one time to another; within half a minute of the last, all between.
class Marks {
 public:
  explicit Marks(const testing::MadeLog& log) : log_(log), marked_(log.time_ms.size()) {}
  void add(int64_t from_ms, int64_t to_ms, int64_t burst_ms, bool burst) {
    const int64_t from = burst ? last_ms_ : from_ms;
    for (size_t i = 0; i < log_.time_ms.size(); ++i) {
      if (log_.time_ms[i] >= from && log_.time_ms[i] <= to_ms) marked_[i] = 1;
    }
    last_ms_ = burst_ms;
  }
  int64_t last_ms() const { return last_ms_; }
  std::vector<uint32_t> marked() const { return testing::marked(marked_); }

 private:
  const testing::MadeLog& log_;
  int64_t last_ms_ = INT64_MIN / 2;
  std::vector<uint8_t> marked_;
};

Vector moved_m(const testing::MadeLog& log, size_t a, size_t b) {
  const MetreScale scale = metre_scale(log.lat_e7[b]);
  return {east_e7(log.lon_e7[a], log.lon_e7[b]) * scale.x,
          (static_cast<double>(log.lat_e7[b]) - log.lat_e7[a]) * scale.y};
}
double seconds(const testing::MadeLog& log, size_t a, size_t b) {
  return static_cast<double>(log.time_ms[b] - log.time_ms[a]) * 0.001;
}

std::vector<uint32_t> jumps_slowly(const testing::MadeLog& log, double sigma_m) {
  const auto velocity = [&](size_t i) -> std::optional<Vector> {
    const double s = seconds(log, i - 1, i);
    if (s <= 0 || s > 4) return {};
    const Vector way = moved_m(log, i - 1, i);
    return Vector{way.x / s, way.y / s};
  };
  std::vector<double> changes;
  for (size_t i = 2; i < log.time_ms.size(); ++i) {
    if (velocity(i - 1) && velocity(i)) changes.push_back((*velocity(i) - *velocity(i - 1)).length());
  }
  const double shown_mps = shown_slowly(changes, 60);
  Marks marks(log);
  size_t before = 0;  // the last fix whose velocity a car can have had
  for (size_t i = 1; i < log.time_ms.size(); ++i) {
    if (before == 0 || !velocity(i)) {
      before = velocity(i) ? i : 0;
      continue;
    }
    const double s = seconds(log, i - 1, i), error_mps = match::way_sigma({}, sigma_m, s) / s;
    const double most_mps = 9 * seconds(log, before, i) + 3.5 * std::min(shown_mps, error_mps);
    if ((*velocity(i) - *velocity(before)).length() <= most_mps) {
      before = i;
      continue;
    }
    const int64_t now_ms = log.time_ms[i];
    marks.add(now_ms - 2000, now_ms + 2000, now_ms, now_ms - marks.last_ms() <= 30'000);
  }
  return marks.marked();
}

struct SlowDrifts {
  struct Place {
    Vector strayed, mps;
    double way_m;
    size_t fix;
    uint32_t piece;
  };
  std::vector<Place> all;

  explicit SlowDrifts(const testing::MadeLog& log) {
    uint32_t piece = 0;
    size_t before = SIZE_MAX;  // the fix that was looked at before
    for (size_t i = 0; i < log.time_ms.size(); ++i) {
      if (!all.empty() && seconds(log, all.back().fix, i) < 1.5) continue;
      const size_t last = before;
      before = i;
      if (last == SIZE_MAX || seconds(log, last, i) > 4) continue;
      if (all.empty() || seconds(log, all.back().fix, i) > 4) {
        ++piece;
        if (const auto mps = velocity(log, last)) all.push_back({{}, *mps, 0, last, piece});
      }
      if (all.empty() || log.time_ms[all.back().fix] < log.time_ms[last]) continue;
      const auto mps = velocity(log, i);
      if (!mps) continue;
      const Place& from = all.back();
      const double half_s = seconds(log, from.fix, i) / 2;
      const Vector told = {(from.mps.x + mps->x) * half_s, (from.mps.y + mps->y) * half_s};
      const Vector off = moved_m(log, from.fix, i) - told;
      all.push_back({{from.strayed.x + off.x, from.strayed.y + off.y},
                     *mps,
                     from.way_m + std::fabs(told.x) + std::fabs(told.y),
                     i,
                     piece});
    }
  }
  static std::optional<Vector> velocity(const testing::MadeLog& log, size_t i) {
    const double mps = log.speed_mps[i], course = log.heading_deg[i];
    if (!(mps >= 0) || (std::isnan(course) && mps > 1)) return {};
    Vector v;
    if (!std::isnan(course)) unit_of_bearing(course, &v.x, &v.y);
    return Vector{v.x * mps, v.y * mps};
  }
};

std::vector<uint32_t> drifts_slowly(const testing::MadeLog& log, double lag_s) {
  const std::vector<SlowDrifts::Place> all = SlowDrifts(log).all;
  struct Window {
    size_t from, to;
    double strayed_m;
  };
  std::vector<Window> windows;
  std::vector<double> strayed;
  for (size_t to = 1; to < all.size(); ++to) {
    for (size_t from = to; from-- > 0;) {
      if (seconds(log, all[from].fix, all[to].fix) < 12) continue;
      if (all[from].piece != all[to].piece) break;
      windows.push_back({from, to, (all[to].strayed - all[from].strayed).length()});
      strayed.push_back(windows.back().strayed_m);
      break;
    }
  }
  const double error_m = 4 * shown_slowly(strayed, 30);
  Marks marks(log);
  for (const Window& w : windows) {
    const auto &a = all[w.from], &b = all[w.to];
    double change_mps = 0;
    for (size_t k = w.to; k < all.size() && seconds(log, b.fix, all[k].fix) <= lag_s; ++k) {
      change_mps = std::max(change_mps, (all[k].mps - a.mps).length());
    }
    const double most_m = lag_s * change_mps + 0.03 * (b.way_m - a.way_m);
    if (w.strayed_m <= most_m + std::max(20.0, error_m)) continue;
    const int64_t from_ms = log.time_ms[a.fix], to_ms = log.time_ms[b.fix];
    marks.add(from_ms, to_ms, to_ms, from_ms - marks.last_ms() <= 30'000);
  }
  return marks.marked();
}

/// A drive that turns and changes its speed by chance; positions scatter, leap and drift, and now and then no speed or
/// course is told.
testing::MadeLog by_chance(uint32_t seed, bool leaps) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  testing::MadeLog log;
  constexpr double kSteps[] = {1, 1, 2, 0.5, 4, 1.5};
  const double step_s = kSteps[seed % 6], scatter_m = seed % 3 == 0 ? 4 * share(random) : 0.2;
  const MetreScale scale = metre_scale(350'000'000);
  double time_s = 0, x = 0, y = 0, mps = 10, course = 70, off_m = 0, wanted_m = 0;
  const size_t count = 40 + random() % 160;
  for (size_t i = 0; i < count; ++i) {
    const double dx = off_m + scatter_m * (share(random) - 0.5), dy = scatter_m * (share(random) - 0.5);
    const auto told = [&](double value) {
      return random() % 40 == 0 ? testing::MadeLog::kNone : static_cast<float>(value);
    };
    log.add(1'700'000'000'000 + static_cast<int64_t>(time_s * 1000), 350'000'000 + std::lround((y + dy) / scale.y),
            1'390'000'000 + std::lround((x + dx) / scale.x), told(mps), told(course));
    const double gone_s = random() % 25 == 0 ? (random() % 3 == 0 ? 0 : 4.5 * share(random)) : step_s;
    mps = std::clamp(mps + 3 * gone_s * (share(random) - 0.5), seed % 5 == 0 ? 0.0 : 3.0, 15.0);
    if (random() % 20 == 0) course += 90 * (share(random) - 0.5);
    double east = 0, north = 0;
    unit_of_bearing(course, &east, &north);
    x += gone_s * mps * east;
    y += gone_s * mps * north;
    time_s += gone_s;
    if (random() % 30 == 0) wanted_m = random() % 2 == 0 ? 0 : 90 * (share(random) - 0.5);
    off_m = leaps ? wanted_m : off_m + std::clamp(wanted_m - off_m, -3 * gone_s, 3 * gone_s);
  }
  return log;
}

TEST(JumpsTwin, AreThoseOfTheSlowTwin) {
  uint32_t some = 0, none = 0;
  for (uint32_t seed = 0; seed < 600; ++seed) {
    const testing::MadeLog log = by_chance(seed, true);
    match::DriveError error;
    error.sigma_m = seed % 2 == 0 ? 3 : 4;
    error.removed_m2 = seed % 2 == 0 ? 16 : 0;
    const std::vector<uint32_t> got = testing::marked(find_jumps(log.fixes(), error, {}));
    ASSERT_EQ(got, jumps_slowly(log, seed % 2 == 0 ? 5 : 4)) << seed;
    ++(got.empty() ? none : some);
  }
  EXPECT_GT(some, 100U);
  EXPECT_GT(none, 50U);
}

TEST(DriftsTwin, AreThoseOfTheSlowTwin) {
  uint32_t some = 0, none = 0;
  for (uint32_t seed = 0; seed < 600; ++seed) {
    const testing::MadeLog log = by_chance(seed, false);
    match::Channels channels;
    channels.usable.assign(log.time_ms.size(), 1);
    channels.speed_fixes = static_cast<uint32_t>(log.time_ms.size());
    if (seed % 2 == 0) channels.notes = match::kNote_speed_lag;
    std::vector<uint8_t> marks;
    mark_drifts(log.fixes(), log.fixes(), channels, &marks);
    const std::vector<uint32_t> got = testing::marked(marks);
    ASSERT_EQ(got, drifts_slowly(log, seed % 2 == 0 ? 3 : 1)) << seed;
    ++(got.empty() ? none : some);
  }
  EXPECT_GT(some, 100U);
  EXPECT_GT(none, 50U);
}

}  // namespace
}  // namespace tomare::rules
