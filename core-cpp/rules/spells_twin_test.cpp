// SPDX-License-Identifier: MIT
// Events of speed against a slow twin that tries every part of a spell, over speeds made by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/rules/spells.hpp"

namespace tomare::rules {
namespace {

class SlowSpells {
 public:
  SlowSpells(const std::vector<SpeedPoint>& points, const EventNeeds& needs) : p_(points), n_(needs) {}

  std::vector<SpeedEvent> events() const {
    std::vector<SpeedEvent> found;
    for (size_t k = 0; k < p_.size();) {
      if (!above(k)) {
        ++k;
        continue;
      }
      const size_t end = spell_end(k);
      const auto [from, to] = held_part(k, end);
      k = end;
      if (from + 2 > to) continue;
      const SpeedEvent event = measured(from, to);
      if (event.seconds < n_.least_s || event.metres < n_.least_m) continue;
      const bool near = !found.empty() && p_[from].time_s - p_[found.back().end - 1].time_s <= n_.merge_gap_s;
      if (near) {
        found.back() = measured(found.back().begin, to);
      } else {
        found.push_back(event);
      }
    }
    return found;
  }

 private:
  bool above(size_t k) const { return p_[k].kmh > n_.above_kmh; }
  bool dip(size_t k) const { return p_[k].kmh <= n_.above_kmh - n_.hysteresis_kmh; }

  /// From dip to dip: over one of a second, and over a short one that is fast on average, it goes on.
  size_t spell_end(size_t begin) const {
    for (size_t end = begin + 1;;) {
      size_t next = end;
      double sum = 0;
      for (; next < p_.size() && dip(next); ++next) sum += p_[next].kmh;
      if (next == p_.size()) return end;
      const double dip_s = p_[next - 1].time_s - p_[end - 1].time_s;
      const bool fast = next > end && sum > n_.limit_kmh * static_cast<double>(next - end);
      if (next > end && (dip_s > n_.merge_gap_s || (!fast && dip_s > 1.5))) return end;
      end = next + 1;
    }
  }

  /// Of all parts of which three quarters, dips apart, are above the longest, and of these the last.
  std::pair<size_t, size_t> held_part(size_t begin, size_t end) const {
    std::pair<size_t, size_t> best = {begin, begin};
    for (size_t from = begin; from < end; ++from) {
      int held = 0;
      for (size_t to = from + 1; to <= end; ++to) {
        held += above(to - 1) ? 1 : (dip(to - 1) ? 0 : -3);
        if (from == begin && to == end && held >= 0) return {begin, end};
        const size_t length = to - from, longest = best.second - best.first;
        if (held >= 0 && (length > longest || (length == longest && to > best.second))) best = {from, to};
      }
    }
    while (best.first < best.second && !above(best.first)) ++best.first;
    while (best.first < best.second && !above(best.second - 1)) --best.second;
    return best;
  }

  /// With the parts of the steps before and after in which an even change of logged speeds is above.
  SpeedEvent measured(size_t begin, size_t end) const {
    SpeedEvent event = {begin, end, p_[end - 1].time_s - p_[begin].time_s, p_[end - 1].path_m - p_[begin].path_m};
    const auto add = [&](size_t outside, size_t inside) {
      const SpeedPoint &a = p_[outside], &b = p_[inside];
      const double seconds = std::fabs(b.time_s - a.time_s);
      if (!a.logged || !b.logged || seconds > n_.merge_gap_s || b.kmh <= a.kmh) return;
      const double share = std::clamp((b.kmh - n_.above_kmh) / (b.kmh - a.kmh), 0.0, 1.0);
      event.seconds += share * seconds;
      event.metres += share * std::fabs(b.path_m - a.path_m);
    };
    if (begin > 0) add(begin - 1, begin);
    if (end < p_.size()) add(end, end - 1);
    return event;
  }

  const std::vector<SpeedPoint>& p_;
  const EventNeeds& n_;
};

/// Speeds between 58 and 70 in whole or half steps; some hold for long, some change each second.
std::vector<SpeedPoint> by_chance(uint32_t seed) {
  std::mt19937 random(seed);
  constexpr double kSpeeds[] = {58, 60, 61, 62, 63, 63.5, 64, 65, 65.5, 66, 67, 70};
  constexpr double kSteps[] = {0.5, 1, 1, 1, 1.5, 2, 5};
  std::vector<SpeedPoint> points;
  double time_s = 0, path_m = 0, kmh = 66;
  const size_t count = 4 + random() % 40, calm = 1 + random() % 4, from = random() % 8;
  for (size_t k = 0; k < count; ++k) {
    if (random() % calm == 0) kmh = kSpeeds[std::min<size_t>(11, from + random() % 12)];
    points.push_back({time_s, path_m, kmh, random() % 12 != 0});
    const double step_s = random() % 6 == 0 ? kSteps[random() % 7] : 1;
    time_s += step_s;
    path_m += step_s * kmh / 3.6;
  }
  return points;
}

TEST(SpellsTwin, EventsAreThoseOfTheSlowTwin) {
  uint32_t several = 0, events = 0;
  for (uint32_t seed = 0; seed < 8000; ++seed) {
    const std::vector<SpeedPoint> points = by_chance(seed);
    const EventNeeds needs = {60, 65, 2, 5, seed % 2 == 0 ? 5.0 : 2.0, seed % 3 == 0 ? 110.0 : 50.0};
    const std::vector<SpeedEvent> got = events_in(points, needs), wanted = SlowSpells(points, needs).events();
    ASSERT_EQ(got.size(), wanted.size()) << seed;
    for (size_t i = 0; i < got.size(); ++i) {
      EXPECT_EQ(got[i].begin, wanted[i].begin) << seed;
      EXPECT_EQ(got[i].end, wanted[i].end) << seed;
      EXPECT_NEAR(got[i].seconds, wanted[i].seconds, 1e-9) << seed;
      EXPECT_NEAR(got[i].metres, wanted[i].metres, 1e-9) << seed;
    }
    events += got.size();
    several += got.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(events, 2000U);
  EXPECT_GT(several, 100U);
}

}  // namespace
}  // namespace tomare::rules
