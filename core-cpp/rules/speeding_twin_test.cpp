// SPDX-License-Identifier: MIT
// Speeding against a slow twin, over drives by chance on roads of three limits, by logged speeds and by positions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/made_drive_test.hpp"
#include "core-cpp/rules/spells.hpp"

namespace tomare::rules {
namespace {

/// Metres of the path at which a limit ends, and that limit. The short one is taken for a mapper's slip.
struct Part {
  double end_m, kmh;
};
constexpr Part kParts[] = {{400, 40}, {425, 80}, {700, 40}, {1000, 60}, {1040, 50}, {1900, 120}};

/// The highest limit of the roads within thirty metres.
double limit_at(double path_m) {
  double highest = 0, begin_m = 0;
  for (const Part& part : kParts) {
    const double kmh = part.end_m == 425 ? 40 : part.kmh;
    if (begin_m <= path_m + 30 && part.end_m >= path_m - 30) highest = std::max(highest, kmh);
    begin_m = part.end_m;
  }
  return highest;
}
double tolerance(double limit_kmh) { return std::max(5.0, 0.05 * limit_kmh); }

class SlowSpeeding {
 public:
  explicit SlowSpeeding(const Context& c) : c_(c) {
    for (uint32_t k = 0; k < c.trace.fixes.size(); ++k) {
      const match::MatchedFix& fix = c.trace.fixes[k];
      all_.push_back({c.fixes.time_ms[k] * 0.001, fix.path_m, fix.speed_mps * 3.6, 0.3 * 3.6, 0, limit_at(fix.path_m),
                      fix.speed_derived});
    }
    for (size_t k = 0; k < all_.size(); ++k) {
      if (all_[k].derived) average(k);
    }
    find_noise();
    for (size_t k = 1; k + 1 < all_.size(); ++k) {
      const double before = shoulder(k, -1), after = shoulder(k, 1);
      if (before >= 0 && after >= 0) all_[k].kmh = std::max(before, after);
    }
  }

  std::vector<Finding> findings() const {
    std::vector<Finding> found;
    for (size_t k = 0; k < all_.size();) {
      const size_t end = limit_end(k);
      for (const SpeedEvent& e : events(k, end, false)) add(e, &found);
      k = end;
    }
    return found;
  }

 private:
  struct Sample {
    double time_s, path_m, kmh, sigma_kmh, doubt_kmh, limit_kmh;
    bool derived;
  };

  size_t limit_end(size_t k) const {
    size_t end = k;
    while (end < all_.size() && all_[end].limit_kmh == all_[k].limit_kmh) ++end;
    return end;
  }
  size_t limit_begin(size_t k) const {
    while (k > 0 && all_[k - 1].limit_kmh == all_[k].limit_kmh) --k;
    return k;
  }

  /// The mean over so many seconds that its error is a metre per second.
  void average(size_t k) {
    const size_t begin = limit_begin(k), end = limit_end(k);
    const double sigma_m = c_.trace.error.of(c_.fixes.accuracy_m[k]);
    double base_s = 1;
    while (base_s < 120 && way_sigma(c_.settings, sigma_m, base_s) > base_s) ++base_s;
    const double from_s =
        std::max(all_[begin].time_s, std::min(all_[k].time_s - base_s / 2, all_[end - 1].time_s - base_s));
    size_t a = begin, b = begin;
    while (a < end && all_[a].time_s < from_s) ++a;
    while (b + 1 < end && all_[b].time_s < from_s + base_s) ++b;
    if (k > begin) a = std::min(a, k - 1);
    if (k == begin) a = begin;
    if (k + 1 < end) b = std::max(b, k + 1);
    const double seconds = all_[b].time_s - all_[a].time_s, least_s = std::max(1.0, seconds);
    double squares = 0;
    for (size_t i = a; i <= b; ++i) squares += std::pow(c_.trace.fixes[i].error_m, 2);
    const double missed_m = std::sqrt(squares / static_cast<double>(b - a + 1));
    const double straight_m =
        distance_m(c_.fixes.lat_e7[a], c_.fixes.lon_e7[a], c_.fixes.lat_e7[b], c_.fixes.lon_e7[b]);
    const double way_m = all_[b].path_m - all_[a].path_m, bends_m = 0.5 * std::max(0.0, way_m - straight_m);
    const double error_m = std::hypot(way_sigma(c_.settings, std::max(sigma_m, missed_m), least_s), bends_m);
    if (seconds > 0) all_[k].kmh = 3.6 * way_m / seconds;
    all_[k].sigma_kmh = 3.6 * error_m / least_s;
    all_[k].doubt_kmh = 2 * all_[k].sigma_kmh;
  }

  void find_noise() {
    std::vector<double> bends;
    for (size_t k = 1; k + 1 < all_.size(); ++k) {
      const Sample &a = all_[k - 1], &b = all_[k], &c = all_[k + 1];
      if (a.derived || b.derived || c.derived || b.kmh <= 0 || c.time_s - a.time_s > 5) continue;
      bends.push_back(std::fabs(a.kmh + c.kmh - 2 * b.kmh));
    }
    if (bends.empty()) return;
    std::sort(bends.begin(), bends.end());
    const double shown = bends[bends.size() / 2] / (0.6745 * std::sqrt(6.0));
    noise_kmh_ = shown > 1.08 ? std::sqrt(shown * shown - 1.08 * 1.08) : 0;
  }

  /// The fastest fix within two and a half seconds, or the next one, from which no car speeds up so; -1: none.
  double shoulder(size_t k, int step) const {
    double highest = -1;
    for (auto i = static_cast<int64_t>(k) + step; i >= 0 && i < static_cast<int64_t>(all_.size()); i += step) {
      const Sample& other = all_[static_cast<size_t>(i)];
      const double seconds = std::fabs(other.time_s - all_[k].time_s);
      if (seconds > 2.5 && std::abs(i - static_cast<int64_t>(k)) > 1) break;
      if (all_[k].kmh - other.kmh > 3.6 * 3.5 * std::max(0.1, seconds)) highest = std::max(highest, other.kmh);
    }
    return highest;
  }

  std::vector<SpeedEvent> events(size_t begin, size_t end, bool sure) const {
    std::vector<SpeedPoint> points;
    for (size_t k = begin; k < end; ++k) {
      const Sample& x = all_[k];
      points.push_back({x.time_s, x.path_m, sure ? x.kmh - x.doubt_kmh : x.kmh, !x.derived});
    }
    const double limit = all_[begin].limit_kmh;
    std::vector<SpeedEvent> found = events_in(points, {limit, limit + tolerance(limit), 2, 5, 5, 50});
    for (SpeedEvent& e : found) e = {e.begin + begin, e.end + begin, e.seconds, e.metres};
    return found;
  }

  void add(const SpeedEvent& e, std::vector<Finding>* found) const {
    bool doubted = false;
    for (size_t k = e.begin; k < e.end; ++k) doubted = doubted || all_[k].doubt_kmh > 0;
    const std::vector<SpeedEvent> sure = doubted ? events(e.begin, e.end, true) : std::vector<SpeedEvent>{e};
    for (const SpeedEvent& part : sure) found->push_back(finding(part, true));
    if (sure.empty()) found->push_back(finding(e, false));
  }

  static double middle(std::vector<double> values, size_t part = 2) {
    std::sort(values.begin(), values.end());
    return values[values.size() / part];
  }

  Finding finding(const SpeedEvent& e, bool sure) const {
    const double limit = all_[e.begin].limit_kmh, above = limit + tolerance(limit);
    std::vector<double> speeds, surely;
    double sigma_kmh = 0;
    for (size_t k = e.begin; k < e.end; ++k) {
      const Sample& x = all_[k];
      const double least = x.kmh - (sure ? x.doubt_kmh : 0);
      if (least <= above - 2) continue;
      speeds.push_back(x.kmh);
      surely.push_back(least);
      sigma_kmh = std::max(sigma_kmh, x.sigma_kmh);
    }
    Finding f;
    f.first_fix = static_cast<uint32_t>(e.begin);
    f.last_fix = static_cast<uint32_t>(e.end - 1);
    f.measure(kMeasure_sustained_kmh, middle(speeds, 4));
    f.measure(kMeasure_peak_kmh, *std::max_element(speeds.begin(), speeds.end()));
    f.measure(kMeasure_limit_kmh, limit);
    f.measure(kMeasure_over_kmh, middle(speeds, 4) - limit);
    f.measure(kMeasure_duration_s, e.seconds);
    f.measure(kMeasure_length_m, e.metres);
    f.measure(kMeasure_fixes_in_window, static_cast<double>(e.end - e.begin));
    const double margin = std::max(0.0, (middle(speeds) - limit) / sigma_kmh);
    f.observation = static_cast<float>(1 - 0.2 / (1 + margin * margin));
    decide(e, middle(speeds), middle(surely), sure, &f);
    return f;
  }

  void decide(const SpeedEvent& e, double median_kmh, double surely_kmh, bool sure, Finding* f) const {
    const double limit = all_[e.begin].limit_kmh, above = limit + tolerance(limit);
    f->verdict = surely_kmh > above ? Verdict::violated : Verdict::possible;
    f->reasons = surely_kmh > above ? 0 : uint32_t{kReason_limit_interval};
    const auto open = [f](bool is, uint32_t reason) {
      if (!is) return;
      f->verdict = Verdict::undetermined;
      f->reasons |= reason;
    };
    bool logged = true;
    double sum = 0;
    for (size_t k = e.begin; k < e.end; ++k) {
      logged = logged && !all_[k].derived;
      sum += all_[k].kmh;
    }
    const std::vector<uint32_t>& run_fixes = c_.trace.runs[0].fixes;
    if (logged && sure && mps_by_positions(c_, run_fixes, e.begin, e.end - 1) <= above / 3.6) {
      const TwoWays ways = two_ways(c_, run_fixes, e.begin, e.end - 1);
      open(ways.told_m - ways.way_m > ways.error_m, kReason_speed_contradicted);
    }
    open(claims(*f) && all_[e.begin].derived && (median_kmh - limit) / 3.6 * e.seconds < 25, kReason_no_speed);
    const auto n = static_cast<double>(e.end - e.begin);
    const bool noisy = logged && noise_kmh_ > 0 && sum / n - 2 * noise_kmh_ / std::sqrt(n) <= above - 2;
    open(claims(*f) && noisy, kReason_low_accuracy);
    open(!sure, kReason_no_speed);
  }

  const Context& c_;
  std::vector<Sample> all_;
  double noise_kmh_ = 0;
};

enum class Log : uint8_t { speeds, positions, both };

/// A drive that speeds up and brakes by chance around the limits, with scatter, spikes and gaps.
testing::MadeDrive by_chance(uint32_t seed, Log log) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  testing::MadeDrive drive;
  double begin_m = 0;
  for (const Part& part : kParts) {
    map::Attributes facts{};
    facts.road_class = map::kTertiary;
    for (int d = 0; d < 2; ++d) facts.limit_low[d][map::kCar] = facts.limit_high[d][map::kCar] = part.kmh * 10;
    drive.road(part.end_m - begin_m, facts);
    begin_m = part.end_m;
  }
  constexpr double kSteps[] = {1, 1, 0.5, 2, 1, 2.5};
  const double step_s = kSteps[seed % 6], scatter_kmh = seed % 4 == 0 ? 20 * share(random) : 1;
  double s = 0, at_m = 300 * share(random), kmh = 40 + 20 * share(random), wanted = kmh;
  bool derived = log == Log::positions;
  while (at_m < 1800) {
    if (log == Log::both && random() % 15 == 0) derived = !derived;
    const double told = kmh + scatter_kmh * (share(random) - 0.5) + (random() % 25 == 0 ? 30 : 0);
    match::MatchedFix& fix = drive.fix(s, at_m, std::max(0.0, told));
    fix.speed_derived = derived;
    fix.error_m = static_cast<float>(9 * share(random));
    drive.accuracy_m.back() = random() % 9 == 0 ? 15 : testing::MadeLog::kNone;
    if (random() % 8 == 0)
      wanted = limit_at(at_m) + (scatter_kmh > 1 ? 3 + 9 * share(random) : 60 * share(random) - 20);
    const double next = kmh + std::clamp(wanted - kmh, -9 * step_s, 8 * step_s);
    const double passed_s = random() % 30 == 0 ? 3 * step_s : step_s;
    const double slower = seed % 5 == 0 ? 0.8 : 1;  // by the positions
    at_m += slower * passed_s * (kmh + next) / 7.2;
    s += passed_s;
    kmh = next;
  }
  return drive;
}

void expect_same(const Finding& got, const Finding& wanted) {
  EXPECT_EQ(got.verdict, wanted.verdict);
  EXPECT_EQ(got.reasons, wanted.reasons);
  EXPECT_EQ(got.first_fix, wanted.first_fix);
  EXPECT_EQ(got.last_fix, wanted.last_fix);
  EXPECT_NEAR(got.observation, wanted.observation, 1e-5);
  for (const int what : {kMeasure_sustained_kmh, kMeasure_peak_kmh, kMeasure_limit_kmh, kMeasure_over_kmh,
                         kMeasure_duration_s, kMeasure_length_m, kMeasure_fixes_in_window}) {
    EXPECT_NEAR(got.measured[what], wanted.measured[what], 0.002) << what;
  }
}

/// How many findings of each verdict the drives have, and of undetermined ones each reason.
using Outcomes = std::map<uint32_t, uint32_t>;
Outcomes expect_as_slowly_found(Log log) {
  static std::vector<Finding> wanted;
  Outcomes outcomes;
  for (uint32_t seed = 0; seed < 250; ++seed) {
    SCOPED_TRACE(seed);
    testing::MadeDrive drive = by_chance(seed, log);
    const std::vector<Finding> got = drive.judged(judge_speeding).findings;
    drive.judged([](const Context& c, Judgement*) { wanted = SlowSpeeding(c).findings(); });
    EXPECT_EQ(got.size(), wanted.size());
    for (size_t i = 0; i < std::min(got.size(), wanted.size()); ++i) {
      expect_same(got[i], wanted[i]);
      ++outcomes[got[i].verdict == Verdict::undetermined ? got[i].reasons : 0];
    }
  }
  return outcomes;
}

TEST(SpeedingTwin, OfLoggedSpeedsIsThatOfTheSlowTwin) {
  Outcomes outcomes = expect_as_slowly_found(Log::speeds);
  EXPECT_GT(outcomes[0], 200U);
  EXPECT_GT(outcomes[kReason_speed_contradicted], 20U);
  EXPECT_GT(outcomes[kReason_low_accuracy], 4U);
}

TEST(SpeedingTwin, OfPositionsIsThatOfTheSlowTwin) {
  Outcomes outcomes = expect_as_slowly_found(Log::positions);
  EXPECT_GT(outcomes[0], 100U);
  EXPECT_GT(outcomes[kReason_no_speed], 100U);
}

TEST(SpeedingTwin, OfLogsWhoseSpeedsComeAndGoIsThatOfTheSlowTwin) {
  Outcomes outcomes = expect_as_slowly_found(Log::both);
  EXPECT_GT(outcomes[0], 200U);
  EXPECT_GT(outcomes[kReason_no_speed], 50U);
  EXPECT_GT(outcomes[kReason_speed_contradicted], 20U);
}

}  // namespace
}  // namespace tomare::rules
