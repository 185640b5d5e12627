// SPDX-License-Identifier: MIT
// Courses against the movement of positions, against a slow twin, over logs by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/check_channels.hpp"
#include "core-cpp/match/made_log_test.hpp"
#include "core-cpp/match/movement.hpp"

namespace tomare::match {
namespace {

using testing::MadeLog;

/// A movement of fifteen metres or more, and how far from it the nearest of its courses leads; above 180: none does.
struct Moved {
  size_t from, to;
  double seconds, off_deg = 360;
  bool known() const { return off_deg <= 180 && seconds <= 60; }
  bool aside() const { return known() && seconds <= 4 && off_deg > 35; }
};

std::vector<Moved> movements(const MadeLog& log, const std::vector<uint8_t>& usable, double least_m) {
  std::vector<Moved> all;
  size_t from = 0;
  for (size_t to = 1; to < log.time_ms.size(); ++to) {
    const MetreScale scale = metre_scale(log.lat_e7[to]);
    const double east_m = east_e7(log.lon_e7[from], log.lon_e7[to]) * scale.x;
    const double north_m = (static_cast<double>(log.lat_e7[to]) - log.lat_e7[from]) * scale.y;
    if (usable[to] == 0 || std::hypot(east_m, north_m) < least_m) continue;
    Moved moved = {from, to, static_cast<double>(log.time_ms[to] - log.time_ms[from]) / 1000};
    for (size_t i = from; i <= to; ++i) {
      if (std::isnan(log.heading_deg[i])) continue;
      moved.off_deg = std::min(moved.off_deg, angle_between_deg(bearing_deg(east_m, north_m), log.heading_deg[i]));
    }
    all.push_back(moved);
    from = to;
  }
  return all;
}

/// Notes, and the courses that are left.
struct Courses {
  uint32_t notes = 0, aside = 0;
  std::vector<float> heading_deg;
};
Courses courses_slowly(const MadeLog& log, const std::vector<Moved>& all) {
  Courses out = {0, 0, log.heading_deg};
  std::vector<float> told;
  std::copy_if(log.heading_deg.begin(), log.heading_deg.end(), std::back_inserter(told),
               [](float course) { return !std::isnan(course); });
  if (told.empty()) return out;
  const auto count = [&](const auto& is) { return static_cast<double>(std::count_if(all.begin(), all.end(), is)); };
  const double known = count([](const Moved& m) { return m.known(); });
  const double off = count([](const Moved& m) { return m.known() && m.off_deg > 60; });
  const double turned = count([](const Moved& m) { return m.known() && m.off_deg > 30; });
  const auto [least, most] = std::minmax_element(told.begin(), told.end());
  const bool constant = *most - *least < 0.5F;
  if (constant && turned >= 3 && turned >= 0.1 * known) out.notes = kNote_course_constant;
  if (!constant && known >= 5 && off > 0.5 * known) out.notes = kNote_course_contradicted;
  const auto leave = [&out](size_t i) {
    out.aside += std::isnan(out.heading_deg[i]) ? 0 : 1;
    out.heading_deg[i] = MadeLog::kNone;
  };
  if (out.notes != 0) {
    for (size_t i = 0; i < log.heading_deg.size(); ++i) leave(i);
    return out;
  }
  for (size_t k = 1; k < all.size(); ++k) {
    if (!all[k - 1].aside() || !all[k].aside()) continue;
    out.notes = kNote_course_contradicted_in_places;
    for (size_t i = all[k - 1].from; i <= all[k].to; ++i) leave(i);
  }
  return out;
}

/// A drive that turns, whose courses are wrong for a while, or all along, or missing here and there.
MadeLog by_chance(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  constexpr double kSteps[] = {1, 2, 4, 4.5, 1, 0.5}, kWrong[] = {20, 40, 58, 62, 100, 180};
  const double step_s = kSteps[seed % 6], wrong_deg = kWrong[random() % 6], scatter_m = seed % 5 == 0 ? 12 : 0.5;
  const uint32_t constant = seed % 4 == 0 ? 1 : 0, often = 2 + random() % 30;
  const MetreScale scale = metre_scale(350'000'000);
  MadeLog log;
  double time_s = 0, x_m = 0, y_m = 0, course = 90;
  bool wrong = false;
  for (uint32_t i = 0; i < 10 + seed % 90; ++i) {
    if (random() % often == 0) wrong = !wrong;
    const double told = constant != 0 ? 90 + 0.4 * share(random) : course + (wrong ? wrong_deg : 0) + share(random);
    const double x = x_m + scatter_m * (share(random) - 0.5), y = y_m + scatter_m * (share(random) - 0.5);
    log.add(1'700'000'000'000 + std::llround(time_s * 1000),
            350'000'000 + static_cast<int32_t>(std::lround(y / scale.y)),
            1'390'000'000 + static_cast<int32_t>(std::lround(x / scale.x)), MadeLog::kNone,
            random() % 12 == 0 ? MadeLog::kNone : static_cast<float>(std::fmod(told + 360, 360)));
    if (random() % (constant != 0 ? 25 : 8) == 0) course += 120 * (share(random) - 0.5);
    const double gone_s = random() % 40 == 0 ? 61 : step_s, gone_m = 10 * step_s;
    double east = 0, north = 0;
    unit_of_bearing(course, &east, &north);
    x_m += gone_m * east;
    y_m += gone_m * north;
    time_s += gone_s;
  }
  return log;
}

TEST(CheckCourse, IsThatOfTheSlowTwin) {
  uint32_t constant = 0, contradicted = 0, in_places = 0, good = 0;
  for (uint32_t seed = 0; seed < 2000; ++seed) {
    const MadeLog log = by_chance(seed);
    Channels got;
    got.usable.assign(log.time_ms.size(), 1);
    for (size_t i = 5; i < got.usable.size(); i += 1 + seed % 17) got.usable[i] = seed % 3 == 0 ? 0 : 1;
    const double noise_m = Movement(log.fixes(), got.usable, {}, false).noise_m();
    const std::vector<Moved> all = movements(log, got.usable, std::max(15.0, 2.5 * noise_m));
    const Courses wanted = courses_slowly(log, all);
    check_closely(log.fixes(), {}, false, &got);
    ASSERT_EQ(got.notes, wanted.notes) << seed;
    ASSERT_EQ(got.course_aside, wanted.aside) << seed;
    for (size_t i = 0; i < got.heading_deg.size(); ++i) {
      ASSERT_EQ(std::isnan(got.heading_deg[i]), std::isnan(wanted.heading_deg[i])) << seed << " at " << i;
    }
    constant += wanted.notes == kNote_course_constant ? 1 : 0;
    contradicted += wanted.notes == kNote_course_contradicted ? 1 : 0;
    in_places += wanted.notes == kNote_course_contradicted_in_places ? 1 : 0;
    good += wanted.notes == 0 ? 1 : 0;
  }
  for (const uint32_t some : {constant, contradicted, in_places, good}) EXPECT_GT(some, 50U);
}

}  // namespace
}  // namespace tomare::match
