// SPDX-License-Identifier: MIT
// Excursions and walks against slow twins, over sections by chance whose times and ways are whole numbers: what lies on
// a bound is met.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/excursions.hpp"

namespace tomare::match {
namespace {

/// A section of anchors between two others.
struct Log {
  std::vector<Anchor> anchors;
  std::vector<int32_t> lat_e7, lon_e7;
  uint32_t first = 0, count = 0;  ///< of the section

  explicit Log(std::mt19937* random) {
    const uint32_t sections = 1 + (*random)() % 3, asked = (*random)() % sections;
    for (uint32_t s = 0; s < sections; ++s) {
      const uint32_t steps = 1 + (*random)() % 14;
      if (s == asked) first = static_cast<uint32_t>(anchors.size());
      if (s == asked) count = steps;
      for (uint32_t k = 0; k < steps; ++k) add(k == 0, random);
    }
  }
  Fixes fixes() const {
    Fixes f;
    f.count = static_cast<uint32_t>(lat_e7.size());
    f.lat_e7 = lat_e7.data();
    f.lon_e7 = lon_e7.data();
    return f;
  }
  double apart_m(uint32_t a, uint32_t b) const { return distance_m(lat_e7[a], lon_e7[a], lat_e7[b], lon_e7[b]); }

 private:
  void add(bool begins, std::mt19937* random) {
    Anchor a;
    a.fix = static_cast<uint32_t>(2 * anchors.size());
    a.starts_section = begins;
    a.dt_s = static_cast<float>(2 * ((*random)() % 6));
    a.straight_m = static_cast<float>(5 * ((*random)() % 6));
    const bool known = (*random)() % 3 != 0;
    a.travelled_m = known ? static_cast<float>(5 * ((*random)() % 6)) : -1;
    a.bridges = (*random)() % 9 == 0;
    anchors.push_back(a);
    for (int k = 0; k < 2; ++k) {
      const uint32_t north = (*random)() % 3000, east = (*random)() % 3000;
      lat_e7.push_back(350'000'000 + static_cast<int32_t>(north));
      lon_e7.push_back(static_cast<int32_t>(east));
    }
  }
};

std::vector<uint8_t> marks(uint32_t count, std::mt19937* random) {
  std::vector<uint8_t> all;
  const uint32_t stays = 1 + (*random)() % 4;
  uint8_t now = static_cast<uint8_t>((*random)() % 2);
  for (uint32_t k = 0; k < count; ++k) {
    all.push_back(now);
    if ((*random)() % stays == 0) now = static_cast<uint8_t>(1 - now);
  }
  return all;
}

/// Where marks that follow one another begin and end.
std::vector<std::pair<uint32_t, uint32_t>> runs(const std::vector<uint8_t>& marked) {
  std::vector<std::pair<uint32_t, uint32_t>> all;
  for (uint32_t k = 0; k < marked.size(); ++k) {
    if (marked[k] == 0) continue;
    if (k == 0 || marked[k - 1] == 0) all.push_back({k, k});
    all.back().second = k + 1;
  }
  return all;
}

std::vector<uint8_t> short_slowly(const Log& log, const std::vector<uint8_t>& off, double longest_s) {
  std::vector<uint8_t> left_out(log.anchors.size(), 0);
  for (const auto& [begin, end] : runs(off)) {
    if (begin == 0 || end == off.size()) continue;
    double seconds = 0;
    bool bridges = false;
    for (uint32_t k = begin; k <= end; ++k) {
      seconds += log.anchors[log.first + k].dt_s;
      bridges = bridges || log.anchors[log.first + k].bridges;
    }
    if (bridges || seconds > longest_s) continue;
    for (uint32_t k = begin; k < end; ++k) left_out[log.first + k] = 1;
  }
  return left_out;
}

/// The anchors that are left, each with the steps over those that are not.
std::vector<Anchor> left_slowly(const Log& log, const std::vector<uint8_t>& left_out) {
  std::vector<Anchor> kept;
  Anchor over;
  over.dt_s = over.travelled_m = 0;
  bool some = false;
  for (size_t k = 0; k < log.anchors.size(); ++k) {
    Anchor a = log.anchors[k];
    const float way_m = a.travelled_m < 0 ? a.straight_m : a.travelled_m;
    if (left_out[k] != 0) {
      over.dt_s += a.dt_s;
      over.travelled_m += way_m;
      some = true;
      continue;
    }
    if (some && over.dt_s > 0) {
      a.bridges = true;
      a.travelled_m = over.travelled_m + way_m;
      a.straight_m = static_cast<float>(log.apart_m(kept.back().fix, a.fix));
      a.dt_s += over.dt_s;
    }
    kept.push_back(a);
    some = false;
    over.dt_s = over.travelled_m = 0;
  }
  return kept;
}

TEST(ExcursionsTwin, ShortOnesAreLeftOutAsByTheSlowTwin) {
  uint32_t left = 0;
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    Log log(&random);
    const std::vector<uint8_t> off = marks(log.count, &random);
    const double longest_s = 2.0 * (random() % 16);
    const std::vector<uint8_t> left_out = short_slowly(log, off, longest_s);
    const std::vector<Anchor> wanted = left_slowly(log, left_out);
    const bool some = std::find(left_out.begin(), left_out.end(), 1) != left_out.end();
    ASSERT_EQ(mark_short_excursions(off, log.first, longest_s, &log.anchors), some);
    for (size_t k = 0; k < left_out.size(); ++k) ASSERT_EQ(log.anchors[k].left_out, left_out[k] != 0) << k;
    leave_out_marked(log.fixes(), log.first, &log.anchors);
    ASSERT_EQ(log.anchors.size(), wanted.size());
    for (size_t k = 0; k < wanted.size(); ++k) {
      EXPECT_EQ(log.anchors[k].fix, wanted[k].fix) << k;
      EXPECT_EQ(log.anchors[k].bridges, wanted[k].bridges) << k;
      EXPECT_EQ(log.anchors[k].dt_s, wanted[k].dt_s) << k;
      EXPECT_EQ(log.anchors[k].travelled_m, wanted[k].travelled_m) << k;
      EXPECT_EQ(log.anchors[k].straight_m, wanted[k].straight_m) << k;
    }
    left += some ? 1 : 0;
  }
  EXPECT_GT(left, 500U);
}

TEST(ExcursionsTwin, WalksAreThoseOfTheSlowTwin) {
  uint32_t walked = 0, driven = 0;
  for (uint32_t seed = 0; seed < 6000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    Log log(&random);
    const bool slow = seed % 2 == 0;
    for (Anchor& a : log.anchors) a.dt_s = slow ? static_cast<float>(8 + 2 * (random() % 3)) : a.dt_s;
    const std::vector<uint8_t> against = marks(log.count, &random);
    std::vector<uint8_t> wanted(log.count, 0), got;
    for (const auto& [begin, end] : runs(against)) {
      float metres = 0;
      bool walks = end - begin > 5;
      for (uint32_t k = begin + 1; k < end; ++k) {
        const Anchor& a = log.anchors[log.first + k];
        const float way_m = std::max(a.straight_m, a.travelled_m);
        metres += way_m;
        walks = walks && way_m <= 2.5F * a.dt_s;
      }
      if (walks && metres >= 100) std::fill(wanted.begin() + begin, wanted.begin() + end, uint8_t{1});
    }
    const bool some = std::find(wanted.begin(), wanted.end(), 1) != wanted.end();
    ASSERT_EQ(mark_walks(against, log.first, log.anchors, &got), some);
    ASSERT_EQ(got, wanted);
    (some ? walked : driven) += 1;
  }
  EXPECT_GT(walked, 25U);
  EXPECT_GT(driven, 1000U);
}

}  // namespace
}  // namespace tomare::match
