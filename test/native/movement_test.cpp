// SPDX-License-Identifier: MIT
#include "core-cpp/match/movement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core-cpp/match/usable.hpp"
#include "core-cpp/match/way_error.hpp"
#include "test/native/simulated_log.hpp"

namespace tomare::match {
namespace {

using testing::SimulatedLog;

/// The comparison as docs/CHANNELS.md has it, fix by fix and without sums: the slow twin.
Agreement compared_slowly(const Fixes& f, const Movement& movement, Window w, double scale) {
  const std::vector<Knot>& knots = movement.knots();
  double told = 0, variance = 0, chords = 0, bends = 0;
  for (uint32_t i = knots[w.from].fix; i < knots[w.to].fix; ++i) {
    const double dt = static_cast<double>(f.time_ms[i + 1] - f.time_ms[i]) * 0.001;
    if (dt > 20 || std::isnan(f.speed_mps[i] + f.speed_mps[i + 1])) return Agreement::unknown;
    told += 0.5 * dt * (static_cast<double>(f.speed_mps[i]) + f.speed_mps[i + 1]);
    variance += 0.15 * dt * dt * 0.15 * dt * dt;
  }
  const auto line = [&](size_t a, size_t b) { return std::hypot(knots[b].x - knots[a].x, knots[b].y - knots[a].y); };
  for (size_t k = w.from; k < w.to; ++k) {
    chords += line(k, k + 1);
    if (k + 2 <= w.to) bends += std::fmax(0, line(k, k + 1) + line(k + 1, k + 2) - line(k, k + 2));
  }
  told *= scale;
  const double most = chords + 0.5 * bends, least = line(w.from, w.to);
  const double lag = 2 * scale * std::fabs(f.speed_mps[knots[w.to].fix] - f.speed_mps[knots[w.from].fix]);
  const double over = std::fmax(told - most, least - told) - lag - 0.05 * told;
  const double sigma = way_sigma({}, std::fmax(6, movement.noise_m()), knots[w.to].time_s - knots[w.from].time_s);
  return over > 4 * std::sqrt(sigma * sigma + variance) ? Agreement::contradict : Agreement::agree;
}

double speed(double t) { return std::fmax(0, 14 + 9 * std::sin(t / 11) + 5 * std::sin(t / 3.1)); }
double turn(double t) { return 12 * std::sin(t / 17); }

TEST(Movement, ComparesAsItsSlowTwin) {
  uint32_t contradicted = 0, agreed = 0, unknown = 0;
  for (const double step_s : {0.3, 1.0, 3.0, 7.0}) {
    for (const double sigma_m : {1.0, 5.0, 15.0}) {
      SimulatedLog log(900, step_s, sigma_m, speed, turn);
      for (size_t i = 0; i < log.speed_mps.size(); i += 97) log.speed_mps[i] = NAN;
      for (size_t i = 50; i < log.speed_mps.size() && i < 90; ++i) log.speed_mps[i] *= 1.6F;
      const Settings settings;
      std::vector<uint8_t> usable;
      find_usable(log.fixes(), settings, &usable);
      if (std::find(usable.begin(), usable.end(), 0) != usable.end()) continue;  // the twin knows no spikes
      Movement movement(log.fixes(), usable, settings, true);
      for (const double seconds : {8.0, 24.0}) {
        movement.windows(seconds, [&](Window w) {
          EXPECT_GE(movement.seconds(w), seconds);
          for (const double scale : {1.0, 0.3, 3.0}) {
            const Agreement fast = movement.compare(w, scale);
            ASSERT_EQ(fast, compared_slowly(log.fixes(), movement, w, scale)) << step_s << " s, to " << w.to;
            contradicted += fast == Agreement::contradict ? 1 : 0;
            agreed += fast == Agreement::agree ? 1 : 0;
            unknown += fast == Agreement::unknown ? 1 : 0;
          }
        });
      }
    }
  }
  EXPECT_GT(contradicted, 1000U);
  EXPECT_GT(agreed, 1000U);
  EXPECT_GT(unknown, 100U);
}

TEST(Movement, NoiseIsKnownWithoutSpeeds) {
  for (const double sigma_m : {1.0, 10.0, 20.0}) {
    SimulatedLog log(900, 1, sigma_m, [](double) { return 14.0; }, [](double) { return 0.0; });
    for (float& v : log.speed_mps) v = NAN;
    const Settings settings;
    std::vector<uint8_t> usable;
    find_usable(log.fixes(), settings, &usable);
    EXPECT_NEAR(Movement(log.fixes(), usable, settings, false).noise_m(), sigma_m, 0.35 * sigma_m) << sigma_m;
  }
}

TEST(Movement, WindowsAreTheShortestThatAreLongEnough) {
  const SimulatedLog log(60, 1, 1, speed, turn);
  const Settings settings;
  std::vector<uint8_t> usable(log.time_ms.size(), 1);
  Movement movement(log.fixes(), usable, settings, false);
  size_t count = 0;
  movement.windows(8, [&](Window w) {
    ++count;
    EXPECT_LT(movement.seconds({w.from + 1, w.to}), 8);
  });
  EXPECT_EQ(count, movement.knots().size() - 4);  // knots are two seconds apart
}

}  // namespace
}  // namespace tomare::match
