// SPDX-License-Identifier: MIT
// Speeds against positions, each constant at its edge, and what is disputed against a slow twin that tries all windows.
#include "core-cpp/match/speed_check.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/made_log_test.hpp"

namespace tomare::match {
namespace {

/// Eastward in the latitude of Tokyo; asked of the closer look alone, as if the first had settled nothing.
struct East : testing::MadeLog {
  KnownSpeeds known;
  Settings settings;
  std::vector<uint8_t> usable;  ///< empty: all fixes are

  void fix(double seconds, double x_m, double mps, double y_m = 0) {
    constexpr int32_t kLat = 350'000'000;
    const MetreScale scale = metre_scale(kLat);
    add(1'790'000'000'000 + std::llround(seconds * 1000), kLat + static_cast<int32_t>(std::lround(y_m / scale.y)),
        static_cast<int32_t>(std::lround(x_m / scale.x)), static_cast<float>(mps));
  }
  std::vector<uint8_t> all_usable() const { return usable.empty() ? std::vector<uint8_t>(time_ms.size(), 1) : usable; }
  Movement movement() const { return {fixes(), all_usable(), settings, true}; }
  Channels checked() const {
    Channels out;
    out.usable = all_usable();
    out.speed_fixes = static_cast<uint32_t>(time_ms.size());
    Movement moved = movement();
    check_speeds(fixes(), known, &moved, &out);
    return out;
  }
  bool has_ratio() const { return !std::isnan(checked().speed_ratio); }
};

/// So many steps at a speed that swings by a twentieth, logged as so many times as much.
East steady(int steps, double step_s, double mps, double factor = 1) {
  East drive;
  for (int k = 0; k <= steps; ++k) drive.fix(k * step_s, k * step_s * mps, mps * factor * (k % 2 == 0 ? 0.95 : 1.05));
  return drive;
}

TEST(SpeedRatio, IsToldByFiveWindowsWithAFixEachFiveSecondsAndByTenOfLongerSteps) {
  EXPECT_FALSE(steady(7, 2, 10).has_ratio()) << "the first of its windows ends eight seconds on";
  EXPECT_TRUE(steady(8, 2, 10).has_ratio());
  EXPECT_FALSE(steady(5, 5, 10).has_ratio());
  EXPECT_TRUE(steady(6, 5, 10).has_ratio());
  EXPECT_FALSE(steady(10, 5.1, 10).has_ratio());
  EXPECT_TRUE(steady(11, 5.1, 10).has_ratio());
}

TEST(SpeedRatio, IsToldByWindowsOfThirtyMetresAnd130SecondsAtTheMost) {
  EXPECT_TRUE(steady(20, 2, 3.76).has_ratio());
  EXPECT_FALSE(steady(20, 2, 3.74).has_ratio());
  EXPECT_TRUE(steady(20, 130, 10).has_ratio());
  EXPECT_FALSE(steady(20, 130.1, 10).has_ratio());
}

TEST(SpeedRatio, IsNotToldByAReceiverThatRepeatsItsPlaces) {
  East drive;
  for (int k = 0; k < 60; ++k) drive.fix(2 * k, 20 * (k / 2 * 2), k % 2 == 0 ? 9.5 : 10.5);
  EXPECT_FALSE(drive.has_ratio());
}

TEST(SpeedRatio, WhereFixesAreFarApartChordsCutCorners) {
  for (const double step_s : {2.0, 10.0}) {
    const double tolerance = step_s > 5 ? 1.6 : 1.1;
    EXPECT_EQ(steady(60, step_s, 20, tolerance - 0.01).checked().notes & kNote_speed_unit, 0U) << step_s;
    for (const double factor : {1.609344, 1.852}) {
      EXPECT_EQ(steady(60, step_s, 20, factor).checked().notes, uint32_t{kNote_speed_unit}) << step_s;
    }
  }
}

/// A drive of three parts at 20 m/s, logged as so many times as much; each of so many steps of two seconds.
Channels of_three_factors(const std::vector<std::pair<int, double>>& parts) {
  East drive;
  int k = 0;
  for (const auto& [steps, factor] : parts) {
    for (const int end = k + steps; k < end; ++k) {
      drive.fix(2 * k, 40 * k, 20 * factor * (k % 2 == 0 ? 0.95 : 1.05));
    }
  }
  return drive.checked();
}

TEST(SpeedRatio, IsThatOfTheUnitWhereItCuresHalfOfWhatIsContradicted) {
  const uint32_t most = of_three_factors({{30, 3.6}, {40, 1.609344}, {30, 1.2}}).notes;
  const uint32_t all = of_three_factors({{100, 1.609344}}).notes;
  const uint32_t half = of_three_factors({{15, 3.6}, {70, 1.609344}, {15, 1.2}}).notes;
  EXPECT_EQ(all, uint32_t{kNote_speed_unit});
  EXPECT_EQ(half, uint32_t{kNote_speed_unit});
  EXPECT_EQ(most, uint32_t{kNote_speed_contradicted_all_along}) << "six parts in ten are contradicted still";
}

TEST(SpeedConstant, NoughtsAreNoSpeedWhereThreeWindowsMove) {
  const auto notes = [](int steps, float mps) {
    East drive = steady(steps, 2, 4);
    std::fill(drive.speed_mps.begin(), drive.speed_mps.end(), mps);
    std::fill(drive.accuracy_m.begin(), drive.accuracy_m.end(), 30.0F);  // so that nothing is contradicted
    return drive.checked().notes;
  };
  EXPECT_EQ(notes(6, 0), uint32_t{kNote_speed_constant});
  EXPECT_EQ(notes(5, 0), 0U) << "two windows";
  EXPECT_EQ(notes(6, 3), 0U) << "one speed, and the car may have kept it";
}

TEST(SpeedConstant, WhatCannotBeUsedDoesNotMakeItChange) {
  East drive = steady(60, 2, 10);
  std::fill(drive.speed_mps.begin(), drive.speed_mps.end(), 20.0F);
  drive.speed_mps[10] = East::kNone;
  drive.usable = std::vector<uint8_t>(61, 1);
  drive.usable[20] = 0;
  drive.speed_mps[20] = 5;
  EXPECT_EQ(drive.checked().notes, uint32_t{kNote_speed_constant});
  drive.usable[20] = 1;
  EXPECT_EQ(drive.checked().notes & kNote_speed_constant, 0U);
}

TEST(DisputedSpeeds, WhatTheFirstLookSettledIsNotAskedAgainUnlessTheSpeedsAreLate) {
  East drive = steady(60, 2, 10);
  for (size_t k = 20; k < 24; ++k) drive.speed_mps[k] = 40;
  EXPECT_EQ(drive.checked().notes, uint32_t{kNote_speed_contradicted});
  drive.known = {true, false};
  EXPECT_EQ(drive.checked().notes, 0U);
  drive.known = {true, true};
  const Channels late = drive.checked();
  EXPECT_EQ(late.notes, kNote_speed_late | kNote_speed_contradicted_all_along);
  EXPECT_EQ(late.speed_aside, 61U);
}

/// A drive whose speed rises and falls by 8 m/s within 64 seconds, logged so many seconds before or after.
East shifted(int steps, double later_s, double swing_mps = 8) {
  const auto way_m = [&](double t) { return 12 * t + swing_mps / 2 * 32 / M_PI * (1 - std::cos(M_PI * t / 32)); };
  East drive;
  for (int k = 0; k <= steps; ++k) {
    const double told_s = 2 * k - later_s;
    drive.fix(2 * k, way_m(2 * k), 12 + swing_mps / 2 * std::sin(M_PI * told_s / 32));
  }
  return drive;
}

TEST(LateSpeeds, AreThoseOfMoreThanThreeSecondsBeforeOrAfterUpToTwelve) {
  const auto late = [](double later_s, int steps = 120, double swing_mps = 16) {
    return (shifted(steps, later_s, swing_mps).checked().notes & kNote_speed_late) != 0;
  };
  for (const double later_s : {-12.0, -8.0, -4.0, 4.0, 8.0, 12.0}) EXPECT_TRUE(late(later_s)) << later_s;
  EXPECT_FALSE(late(0));
  EXPECT_FALSE(late(2)) << "receivers filter their speeds";
  EXPECT_FALSE(late(-2));
  EXPECT_TRUE(late(4, 35)) << "twenty windows with six knots to both sides";
  EXPECT_FALSE(late(4, 34));
}

/// The windows of so many seconds: those that end at each knot, and the latest that begin early enough.
std::vector<Window> windows_slowly(const Movement& movement, double seconds) {
  std::vector<Window> all;
  const std::vector<Knot>& knots = movement.knots();
  for (size_t to = 1; to < knots.size(); ++to) {
    for (size_t from = to; from-- > 0;) {
      if (knots[to].time_s - knots[from].time_s < seconds) continue;
      all.push_back({from, to});
      break;
    }
  }
  return all;
}

void dispute(std::vector<uint8_t>* disputed, size_t from, size_t to) {
  for (size_t i = from; i <= to; ++i) (*disputed)[i] = 1;
}

/// Four seconds around each two speeds that no car has one after the other.
void dispute_jumps(const East& drive, std::vector<uint8_t>* disputed) {
  const std::vector<uint8_t> usable = drive.all_usable();
  const auto between_s = [&](size_t a, size_t b) {
    return static_cast<double>(drive.time_ms[b] - drive.time_ms[a]) * 0.001;
  };
  for (size_t i = 1; i < usable.size(); ++i) {
    size_t before = i;
    while (before > 0 && between_s(before, i) < 0.9) --before;
    const double dt = between_s(before, i), gained = drive.speed_mps[i] - drive.speed_mps[before];
    if (usable[i] == 0 || usable[before] == 0 || dt < 0.9) continue;
    if (!(gained > 6 * dt + 2 || gained < -9 * dt - 2)) continue;
    size_t from = before, to = i;
    while (from > 0 && between_s(from - 1, before) <= 4) --from;
    while (to + 1 < usable.size() && between_s(i, to + 1) <= 4) ++to;
    dispute(disputed, from, to);
  }
}

/// Per fix whether its speed is disputed, where the speeds are those of the moment and in their unit.
std::vector<uint8_t> disputed_slowly(const East& drive, bool* all_along) {
  Movement movement = drive.movement();
  const std::vector<Knot>& knots = movement.knots();
  std::vector<uint8_t> disputed(drive.time_ms.size(), 0);
  uint32_t compared = 0, against = 0;
  for (const Window& w : windows_slowly(movement, 8)) {
    const Agreement found = movement.compare(w, 1);
    if (found == Agreement::contradict) dispute(&disputed, knots[w.from].fix, knots[w.to].fix);
    if (found == Agreement::unknown || movement.frozen(w)) continue;
    ++compared;
    against += found == Agreement::contradict ? 1 : 0;
  }
  *all_along = compared >= 5 && 4 * against > compared;
  if (*all_along) return std::vector<uint8_t>(disputed.size(), 1);
  const std::vector<uint8_t> gross = disputed;
  for (const Window& w : windows_slowly(movement, 24)) {
    bool beside = true;
    for (size_t k = w.from; k <= w.to; ++k) beside = beside && gross[knots[k].fix] == 0;
    if (beside && movement.compare(w, 1) == Agreement::contradict) {
      dispute(&disputed, knots[w.from].fix, knots[w.to].fix);
    }
  }
  dispute_jumps(drive, &disputed);
  return disputed;
}

/// A drive whose speeds are spoilt here and there: too fast or too slow for some seconds, or in one fix alone.
East spoilt(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  constexpr double kSteps[] = {0.45, 1, 1, 2, 3};
  const double step_s = kSteps[seed % 5];
  const int count = static_cast<int>((120 + 200 * share(random)) / step_s);
  const double begin_s = 200 * share(random), factor = 0.6 + 0.8 * share(random),
               lasts_s = (seed % 4 == 0 ? 200 : 70) * share(random);
  East drive;
  double x_m = 0, mps = 10;
  for (int k = 0; k < count; ++k) {
    const double t = k * step_s, next = std::clamp(mps + 2 * step_s * (share(random) - 0.5), 2.0, 20.0);
    const bool inside = t >= begin_s && t < begin_s + lasts_s;
    const double gross = seed % 3 == 0 && t >= 40 && t < 46 ? 3 : 1;
    const double alone = random() % 80 == 0 ? 12 : 0;
    drive.fix(t, x_m, mps * (inside ? factor : 1) * gross + alone, share(random));
    x_m += 0.5 * (mps + next) * step_s;
    mps = next;
    drive.usable.push_back(random() % 40 == 0 && k > 0 ? 0 : 1);
  }
  return drive;
}

TEST(DisputedSpeeds, AreThoseOfTheSlowTwin) {
  uint32_t asked = 0, partly = 0, all_of_it = 0;
  for (uint32_t seed = 0; seed < 400; ++seed) {
    const East drive = spoilt(seed);
    const Channels out = drive.checked();
    const uint32_t others = ~uint32_t{kNote_speed_contradicted | kNote_speed_contradicted_all_along};
    if ((out.notes & others) != 0 || std::fabs(out.speed_ratio - 1) > 0.08) continue;  // of another unit or moment
    ++asked;
    bool all_along = false;
    const std::vector<uint8_t> wanted = disputed_slowly(drive, &all_along);
    const bool some = std::find(wanted.begin(), wanted.end(), 1) != wanted.end();
    EXPECT_EQ((out.notes & kNote_speed_contradicted_all_along) != 0, all_along) << seed;
    EXPECT_EQ((out.notes & kNote_speed_contradicted) != 0, some && !all_along) << seed;
    uint32_t aside = 0;
    for (uint32_t i = 0; i < wanted.size(); ++i) {
      ASSERT_EQ(out.disputed_at(i), wanted[i] != 0) << seed << " at " << i;
      EXPECT_EQ(some && std::isnan(out.speed_mps[i]), wanted[i] != 0) << seed;
      aside += wanted[i];
    }
    EXPECT_EQ(out.speed_aside, aside) << seed;
    partly += some && !all_along ? 1 : 0;
    all_of_it += all_along ? 1 : 0;
  }
  EXPECT_GT(asked, 300U);
  EXPECT_GT(partly, 100U);
  EXPECT_GT(all_of_it, 5U);
}

}  // namespace
}  // namespace tomare::match
