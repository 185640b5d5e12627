// SPDX-License-Identifier: MIT
// The model of stops against slow twins, which try every stretch and every moment, and the edges of its constants.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "core-cpp/match/way_error.hpp"
#include "core-cpp/rules/stop_between.hpp"
#include "core-cpp/rules/stop_model.hpp"
#include "core-cpp/rules/stop_place.hpp"

namespace tomare::rules {
namespace {

match::DriftingError off_by(double sigma_m) {
  const Settings s;
  return {sigma_m, s.match_error_share, s.match_error_time_s};
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double cost_of(double z) {
  const double size = std::fabs(z);
  return size < 2 ? size * size / 2 : 2 * size - 2;
}
double likelihood(double z) { return std::exp(-cost_of(z)); }

double density_slowly(const LinePlace& place, double at_m, double sigma_m) {
  const double sigma = std::hypot(sigma_m, 3);
  const auto spread = [&](double from_m, double to_m) {
    const double off = at_m < from_m ? from_m - at_m : (at_m > to_m ? at_m - to_m : 0);
    return likelihood(off / sigma) / (to_m - from_m + 2.5 * sigma);
  };
  if (std::isinf(place.junction_m)) {
    return 0.9 * spread(place.from_m - 3, place.to_m) + 0.1 * spread(place.from_m - 30, place.to_m + 30);
  }
  const bool far = place.to_m < place.junction_m - 22;
  const double before = far ? 0.15 : 0.06, anywhere = far ? 0.05 : 0.02;
  const double last = std::max(place.to_m, std::min(place.to_m + 30, place.junction_m));
  return (1 - before - anywhere) * spread(place.from_m - 3, place.to_m) +
         before * spread(place.junction_m - 22, place.junction_m - 2) + anywhere * spread(place.from_m - 30, last);
}

const LinePlace kPlaces[] = {{0, 0, kInfinity}, {0, 0, 0},  {-12, 0, 0}, {0, 0, 15},  {0, 0, 22}, {0, 0, 23},
                             {-5, 8, 40},       {0, 0, 29}, {0, 0, 31},  {-7, 4, 26}, {0, 6, 3},  {-4, 5, kInfinity}};

TEST(StopDensity, IsThatOfItsSlowTwin) {
  for (const LinePlace& place : kPlaces) {
    for (const double sigma_m : {1.0, 5.0, 15.0}) {
      for (double at_m = -60; at_m < 60; at_m += 1.7) {
        const double wanted = density_slowly(place, at_m, sigma_m);
        EXPECT_NEAR(stop_density(place, at_m, sigma_m), wanted, 1e-4 * wanted) << place.junction_m << " at " << at_m;
      }
    }
  }
}

TEST(OddsAtLine, AreHalfAsHighWhereCarsQueue) {
  const LinePlace place = {-4, 0, 15};
  for (const double at_m : {-16.01, -16.0, 0.0}) {
    const double odds = (at_m < -16 ? 200 : 400) * density_slowly(place, at_m, 5);
    EXPECT_EQ(queues(place, at_m), at_m < -16);
    EXPECT_NEAR(odds_at_line(place, at_m, 5), odds, 1e-4 * odds) << at_m;
  }
}

TEST(OddsAtLine, BetweenTwoPlacesTheyAreTheMeanOfPlacesSixMetresApart) {
  const LinePlace place = {0, 0, 15};
  for (const double length_m : {0.0, 5.9, 6.1, 13.0, 100.0, 185.0, 187.0, 193.0, 400.0}) {
    const int steps = std::min(32, static_cast<int>(length_m / 6) + 1);
    double sum = 0;
    for (int i = 0; i < steps; ++i) sum += odds_at_line(place, -40 + length_m * (i + 0.5) / steps, 5);
    EXPECT_NEAR(odds_at_line(place, -40, -40 + length_m, 5), sum / steps, 1e-6) << length_m;
    EXPECT_NEAR(odds_at_line(place, -40 + length_m, -40, 5), sum / steps, 1e-6) << "backwards";
  }
}

TEST(Stopped, IsTheProbabilityOfTheStandTimesThatOfItsPlace) {
  for (const bool by_speeds : {true, false}) {
    for (const bool crawls : {true, false}) {
      for (const double odds : {0.1, 1.0, 4.0}) {
        for (const double along_m : {5.0, -3.0, -4.0, -8.0, -20.0}) {
          for (const double sigma_m : {2.0, 5.0, 15.0}) {
            const double sigma = std::hypot(sigma_m, 3), there = likelihood(std::max(0.0, -along_m - 3) / sigma);
            const double queue_m = by_speeds ? 100 : 70 * std::min(1.0, 5.2 / sigma_m);
            const double at_line = queue_m * (crawls ? 0.2 : 1) / sigma * there;
            const double rolled = (by_speeds ? 0.2 : 0.7) * std::exp(-odds);
            EXPECT_NEAR(stopped({odds, along_m, 0}, sigma_m, {by_speeds, crawls}),
                        at_line / (1 + at_line) / (1 + rolled), 1e-4);
          }
        }
      }
    }
  }
  EXPECT_EQ(stopped({0, 0, 0}, 5), 0);
  EXPECT_EQ(stopped({-1, 0, 0}, 5), 0);
}

/// A fix each second with these speeds; by the path a metre farther each time, from 9 m before the line on.
std::vector<LineFix> rolling(const std::vector<double>& mps) {
  std::vector<LineFix> fixes;
  for (size_t k = 0; k < mps.size(); ++k) {
    const auto n = static_cast<double>(k);
    fixes.push_back({n, n - 40, n - 9, mps[k], true});
  }
  return fixes;
}

TEST(StandingBySpeeds, SumsUpWhatItsFixesSay) {
  const auto says = [](double mps) { return cost_of((mps - 1) / 0.3) - cost_of(mps / 0.3); };
  const Stand stand = standing_by_speeds(rolling({3, 3, 0.2, 0.1, 0.4, 3}), 0.3);
  EXPECT_NEAR(stand.odds, says(0.2) + says(0.1) + says(0.4), 1e-9);
  EXPECT_NEAR(stand.along_m, -6, 1e-9) << "the mean of its places on the path";
  EXPECT_EQ(stand.last, 4U);
}

TEST(StandingBySpeeds, WhatSaysNeitherIsNoPartOfAStand) {
  EXPECT_NEAR(standing_by_speeds(rolling({0.5, 0.1}), 0.3).along_m, -8, 1e-9) << "before it";
  const Stand after = standing_by_speeds(rolling({0.1, 0.5, 0.5}), 0.3);
  EXPECT_NEAR(after.along_m, -9, 1e-9);
  EXPECT_EQ(after.last, 0U);
}

/// Of all stretches of fixes, each of which may stand together with the first.
Stand standing_slowly(const std::vector<LineFix>& fixes, double sigma_m) {
  Stand best;
  for (size_t a = 0; a < fixes.size(); ++a) {
    for (size_t b = a + 1; b < fixes.size(); ++b) {
      bool stands = fixes[a].near_line;
      double says = 0;
      for (size_t k = a + 1; k <= b; ++k) {
        const double seconds = fixes[k].time_s - fixes[a].time_s, gone_m = fixes[k].along_m - fixes[a].along_m;
        const double sigma = match::way_sigma({}, sigma_m, seconds);
        stands = stands && fixes[k].near_line && seconds > 0 && seconds <= 20 && std::fabs(gone_m) <= 2.5 * sigma;
        says = cost_of((gone_m - 2 * seconds) / sigma) - cost_of(gone_m / sigma);
      }
      const bool short_one = fixes[b].time_s - fixes[a].time_s < 3.5;
      if (stands && !short_one && says > best.odds) best = {says, (fixes[a].path_m + fixes[b].path_m) / 2, b};
    }
  }
  return best;
}

TEST(StandingByPositions, IsThatOfItsSlowTwin) {
  uint32_t found = 0;
  for (uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> share(0, 1);
    std::vector<LineFix> fixes;
    const double step_m = seed % 4 == 0 ? 2 : (seed % 4 == 1 ? 0.5 : 0);
    double time_s = 0, place_m = -20;
    for (uint32_t k = 0; k < 3 + seed % 28; ++k) {
      const double off = share(random) - 0.5 + (random() % 9 == 0 ? 12 : 0);
      fixes.push_back({time_s, place_m + off, place_m + share(random), 0, random() % 12 != 0});
      time_s += random() % 12 == 0 ? 0 : 1;
      place_m += step_m;
    }
    for (const double sigma_m : {1.5, 5.0}) {
      const Stand wanted = standing_slowly(fixes, sigma_m), got = standing_by_positions(fixes, off_by(sigma_m));
      EXPECT_NEAR(got.odds, wanted.odds, 1e-9) << seed;
      EXPECT_NEAR(got.along_m, wanted.along_m, 1e-9) << seed;
      EXPECT_EQ(got.last, wanted.last) << seed;
      found += got.odds > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(found, 300U);
  std::vector<LineFix> parked = rolling(std::vector<double>(40, 0));
  for (LineFix& fix : parked) fix.along_m = fix.time_s * 1e-6;
  EXPECT_EQ(standing_by_positions(parked, off_by(5)).last, 20U) << "twenty seconds, and no more";
}

/// Whether the car crawls on that comes to one speed from another within a second of its stand.
bool crawls(double from_mps, double to_mps, double sigma_mps = 0) {
  std::vector<LineFix> fixes = rolling({0, from_mps, to_mps});
  fixes[2].sigma_mps = sigma_mps;
  return crawls_on(fixes, {1, 0, 1});
}

TEST(CrawlsOn, TenToThirtyMetresBehindTheStandAndSlowerThanOneThatPullsAway) {
  EXPECT_TRUE(crawls(18, 2)) << "ten metres on";
  EXPECT_FALSE(crawls(17.9, 2));
  EXPECT_TRUE(crawls(57.9, 2));
  EXPECT_FALSE(crawls(58, 2)) << "thirty metres on it is another matter";
  EXPECT_TRUE(crawls(17.3, 2.7)) << "at ten metres 2.74 m/s";
  EXPECT_FALSE(crawls(17.2, 2.8));
  EXPECT_TRUE(crawls(18.3, 1.7, 0.5)) << "surely: by two errors";
  EXPECT_FALSE(crawls(18.2, 1.8, 0.5));
}

/// Speeds around 5 m/s that swing by so much from fix to fix.
double shown(double swing_mps, size_t count = 20, double step_s = 1, double uneven_s = 0, double lowest_mps = 5) {
  std::vector<SpeedFix> fixes;
  for (size_t k = 0; k < count; ++k) {
    const double time_s = static_cast<double>(k) * step_s + (k % 2 == 0 ? uneven_s / 2 : 0);
    fixes.push_back({time_s, lowest_mps + (k % 2 == 0 ? 2 * swing_mps : 0)});
  }
  return shown_speed_sigma(fixes, 0.3);
}

TEST(ShownSpeedSigma, IsTheMedianBend) {
  constexpr double kPerSwing = 4 / (0.6745 * 2.449);
  EXPECT_NEAR(shown(0.5), 0.5 * kPerSwing, 1e-9);
  EXPECT_NEAR(shown(1), kPerSwing, 1e-9);
  EXPECT_NEAR(shown(0.46 / kPerSwing), 0.46, 1e-9) << "half as much again as is expected";
  EXPECT_EQ(shown(0.44 / kPerSwing), 0.3) << "less is chance";
}

TEST(ShownSpeedSigma, OfEnoughFixesThatAreSteadyAndFast) {
  EXPECT_EQ(shown(1, 8), 0.3);
  EXPECT_GT(shown(1, 9), 2);
  EXPECT_GT(shown(1, 20, 1.19), 2);
  EXPECT_EQ(shown(1, 20, 1.21), 0.3) << "too far apart";
  EXPECT_GT(shown(1, 20, 1, 0.09), 2);
  EXPECT_EQ(shown(1, 20, 1, 0.12), 0.3) << "unevenly";
  EXPECT_GT(shown(1, 20, 1, 0, 2), 2) << "2 m/s is driving";
  EXPECT_EQ(shown(1, 20, 1, 0, 1.9), 0.3);
}

/// Positions of a way eastward that swing across it by so many metres.
double drift_share(double swing_m, double step_s = 1, double mps = 8, size_t count = 40, double sigma_m = 5) {
  std::vector<PlaceFix> fixes;
  for (size_t k = 0; k < count; ++k) {
    const double time_s = static_cast<double>(k) * step_s;
    fixes.push_back({time_s, mps * time_s, k % 2 == 0 ? swing_m : -swing_m});
  }
  return shown_drift_share(fixes, sigma_m, {});
}

TEST(ShownDriftShare, IsWhatTheBendsAcrossTheWayLeave) {
  for (const double step_s : {0.5, 1.0}) {
    const double alike = std::exp(-step_s / 20), drifting = 6 - 8 * alike + 2 * alike * alike;
    for (const double swing_m : {0.3, 0.5, 0.6, 0.7, 0.9}) {
      const double bend = 4 * swing_m / (0.6745 * 5);
      const double share = std::clamp((6 - bend * bend) / (6 - drifting), 0.9, 0.99);
      EXPECT_NEAR(drift_share(swing_m, step_s), share, 1e-4) << swing_m << " m, " << step_s << " s";
    }
  }
}

TEST(ShownDriftShare, OfEnoughFixesOfAGoodReceiverAtSpeed) {
  EXPECT_EQ(drift_share(0.3, 1, 8, 16), 0.9);
  EXPECT_GT(drift_share(0.3, 1, 8, 17), 0.95);
  EXPECT_GT(drift_share(0.3, 1, 8, 40, 8), 0.95);
  EXPECT_EQ(drift_share(0.3, 1, 8, 40, 8.1), 0.9);
  EXPECT_EQ(drift_share(0.3, 1, 8, 40, 0), 0.9);
  EXPECT_GT(drift_share(0.3, 1, 2.01), 0.95);
  EXPECT_EQ(drift_share(0.3, 1, 1.99), 0.9);
}

/// What a stop at one moment between two fixes costs, by the fixes around it.
class SlowGap {
 public:
  SlowGap(const std::vector<LineFix>& fixes, size_t k, double sigma_m, bool derived)
      : f_(fixes), k_(k), sigma_m_(sigma_m), derived_(derived), before_(side(k, -1)), after_(side(k + 1, 1)) {}

  /// Of the cheapest moment.
  double cost() const {
    const double gap_s = f_[k_ + 1].time_s - f_[k_].time_s;
    const auto least_s = [&](size_t k, double rate) {
      return std::max(0.0, f_[k].mps - 3.5 * f_[k].sigma_mps - 0.5) / rate;
    };
    if (least_s(k_, 3.5) + least_s(k_ + 1, 2.5) > gap_s) return 12;
    double best = 12;
    for (int n = 0; n <= 250; ++n) best = std::min(best, at(f_[k_].time_s + gap_s * n / 250));
    return best;
  }

 private:
  /// Up to three fixes, a second apart.
  std::vector<size_t> side(size_t first, int step) const {
    std::vector<size_t> found{first};
    for (size_t i = first; found.size() < 3 && (step < 0 ? i > 0 : i + 1 < f_.size());) {
      i += static_cast<size_t>(step);
      if (std::fabs(f_[i].time_s - f_[found.back()].time_s) >= 0.99) found.push_back(i);
    }
    return found;
  }
  double by_speeds(const std::vector<size_t>& those, double moment_s, double rate) const {
    double most = 0;
    for (const size_t i : those) {
      const double change = rate * std::fabs(moment_s - f_[i].time_s);
      most = std::max(most, (f_[i].mps - 0.5 - 0.63 * change) / std::hypot(f_[i].sigma_mps, 0.185 * change));
    }
    return cost_of(most);
  }
  double by_ways(double moment_s, bool brief) const {
    const auto two = [&](const std::vector<size_t>& all) {
      const size_t skip = brief && all.size() > 1 ? 1 : 0;
      return std::vector<size_t>(all.begin() + static_cast<std::ptrdiff_t>(skip),
                                 all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), skip + 2)));
    };
    double most = 0;
    for (const size_t i : two(before_)) {
      for (const size_t j : two(after_)) {
        const double braking = moment_s - f_[i].time_s, gaining = f_[j].time_s - moment_s;
        const double hardest = 0.5 * (3.5 * braking * braking + 2.5 * gaining * gaining);
        const double sigma = std::hypot(match::way_sigma({}, sigma_m_, braking + gaining), 0.185 * hardest);
        const double driven = std::hypot(f_[j].x_m - f_[i].x_m, f_[j].y_m - f_[i].y_m);
        most = std::max(most, (driven - 0.5 * (braking + gaining) - 0.63 * hardest) / sigma);
      }
    }
    return std::max(0.0, cost_of(most) - 1.4);
  }
  double at(double moment_s) const {
    const bool brief = f_[k_ + 1].time_s - f_[k_].time_s < 1.5;
    const double speeds = by_speeds(before_, moment_s, 3.5) + by_speeds(after_, moment_s, 2.5);
    if (derived_) return std::max(speeds, by_ways(moment_s, brief));
    return brief ? speeds : speeds + by_ways(moment_s, brief);
  }

  const std::vector<LineFix>& f_;
  size_t k_;
  double sigma_m_;
  bool derived_;
  std::vector<size_t> before_, after_;
};

TEST(StopCost, IsThatOfItsSlowTwin) {
  uint32_t within = 0, missed = 0;
  for (uint32_t seed = 0; seed < 120; ++seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> speed(0, 4.5), off(-0.5, 0.5);
    constexpr double kSteps[] = {0.5, 1, 1.4, 1.5, 2, 5};
    const double step_s = kSteps[seed % 6], sigma_mps = seed % 5 == 0 ? 1.1 : 0.3;
    std::vector<LineFix> fixes;
    double x = 0, mps = speed(random);
    for (uint32_t k = 0; k < 2 + seed % 7; ++k) {
      LineFix fix = {k * step_s, x, x, mps, true};
      fix.sigma_mps = sigma_mps;
      fix.x_m = x + off(random);
      fix.y_m = off(random);
      fixes.push_back(fix);
      const double next = std::clamp(mps + 3 * off(random), 0.0, 6.0);
      x += 0.5 * (mps + next) * step_s;
      mps = next;
    }
    for (size_t k = 0; k + 1 < fixes.size(); ++k) {
      for (const bool derived : {true, false}) {
        const double wanted = SlowGap(fixes, k, 4, derived).cost(), got = stop_cost(fixes, k, off_by(4), derived, {});
        EXPECT_NEAR(got, wanted, 0.2) << seed << " at " << k;
        missed += std::fabs(got - wanted) > 0.02 + 0.01 * wanted ? 1 : 0;
        within += wanted < 12 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(within, 300U);
  EXPECT_LE(missed, within / 50) << "of several cheap moments the search may take the second best";
}

}  // namespace
}  // namespace tomare::rules
