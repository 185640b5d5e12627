// SPDX-License-Identifier: MIT
// What a passage's fixes say, against plain counts over drives by chance whose metres, speeds and times lie on bounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/rules/made_drive_test.hpp"
#include "core-cpp/rules/passage.hpp"

namespace tomare::rules {
namespace {

/// A street eastward and one against its direction, by turns; whole metres, metres per second and seconds.
testing::MadeDrive by_chance(uint32_t seed) {
  std::mt19937 random(seed);
  testing::MadeDrive drive;
  for (int k = 0; k < 4; ++k) drive.road(60, drive.map.attributes[0], k % 2 == 0);
  const uint32_t often = 1 + seed % 9;
  int at_m = 0, s = 0;
  for (uint32_t k = 0; at_m < 240; ++k) {
    match::MatchedFix& fix = drive.fix(s, at_m, 3.6 * static_cast<double>(random() % 5));
    fix.posterior = 0.25F * static_cast<float>(1 + random() % 4);
    fix.error_m = static_cast<float>(random() % (k % 40 < 20 ? 16 : 4));
    const bool told = random() % 6 != 0;
    drive.heading_deg.back() = told ? 30.0F * static_cast<float>(random() % 7) : drive.kNone;
    drive.channels.disputed.push_back(random() % 4 == 0 ? 1 : 0);
    at_m += static_cast<int>(random() % 12);
    s += random() % often == 0 ? 30 : 2;
  }
  drive.trace.error.measured_m = static_cast<float>(1 + seed % 5);
  if (seed % 11 == 0) drive.channels.notes = match::kNote_course_constant;
  return drive;
}

struct Counts {
  double posterior = 0, error_m = 0, mean_mps = 0, peak_mps = 0, lowest = 1;
  uint32_t faster = 0, disputed = 0, courses = 0, along = 0, count = 0;
};
Counts counted(const Context& c, size_t begin, size_t end) {
  Counts all;
  for (size_t k = begin; k < end; ++k) {
    const match::MatchedFix& fix = c.trace.fixes[k];
    const double mps = fix.speed_mps, course = c.log.heading_deg[k];
    all.posterior += fix.posterior;
    all.lowest = std::min<double>(all.lowest, fix.posterior);
    all.error_m += fix.error_m;
    all.mean_mps += mps;
    all.peak_mps = std::max(all.peak_mps, mps);
    all.faster += mps > 2 ? 1 : 0;
    all.disputed += c.channels.disputed[k];
    ++all.count;
    if (std::isnan(course) || mps < 2) continue;
    ++all.courses;
    all.along += angle_between_deg(course, 90) <= 60.5 ? 1 : 0;  // the street leads eastward all along
  }
  return all;
}

/// The fixes a minute before and after are more than six, and three times nearer to the path.
bool nearer_slowly(const Context& c, Range range, double here_m) {
  double sum = 0;
  uint32_t count = 0;
  for (size_t k = 0; k < c.trace.fixes.size(); ++k) {
    const int64_t before_ms = c.fixes.time_ms[range.begin] - c.fixes.time_ms[k];
    const int64_t after_ms = c.fixes.time_ms[k] - c.fixes.time_ms[range.end - 1];
    const bool around = (k < range.begin && before_ms <= 60'000) || (k >= range.end && after_ms <= 60'000);
    sum += around ? c.trace.fixes[k].error_m : 0;
    count += around ? 1 : 0;
  }
  return count > 6 && 3 * sum / count < here_m;
}

struct Seen {
  uint32_t nearer = 0, aside = 0, asked = 0;
};
Seen expect_counts(const Context& c, double from_m, double to_m) {
  const std::vector<uint32_t>& run_fixes = c.trace.runs[0].fixes;
  const Range range = within(c, run_fixes, from_m, to_m);
  for (size_t k = 0; k < run_fixes.size(); ++k) {
    const double at_m = c.trace.fixes[k].path_m;
    EXPECT_EQ(k >= range.begin && k < range.end, at_m >= from_m && at_m <= to_m);
  }
  if (range.size() == 0) return {};
  const Passage passage = {c, run_fixes, range};
  const Counts wanted = counted(c, range.begin, range.end);
  const double error_m = wanted.error_m / wanted.count;
  EXPECT_NEAR(passage.match().mean, wanted.posterior / wanted.count, 1e-6);
  EXPECT_EQ(passage.match().lowest, wanted.lowest);
  EXPECT_NEAR(passage.mean_error_m(), error_m, 1e-9);
  EXPECT_EQ(passage.aside(), error_m > std::max(6.0, 2.0 * c.trace.error.measured_m));
  EXPECT_EQ(passage.nearer_around(), nearer_slowly(c, range, error_m));
  EXPECT_NEAR(passage.speeds(2).mean, wanted.mean_mps / wanted.count, 1e-6);
  EXPECT_EQ(passage.speeds(2).peak, wanted.peak_mps);
  EXPECT_EQ(passage.speeds(2).faster, wanted.faster);
  EXPECT_EQ(passage.disputed(), wanted.disputed);
  const bool known = wanted.courses > 0 && c.channels.notes == 0;
  EXPECT_NEAR(passage.heading_agreement(), known ? double(wanted.along) / wanted.courses : 1, 1e-9);
  return {passage.nearer_around() ? 1U : 0U, passage.aside() ? 1U : 0U, 1};
}

TEST(PassageTwin, SaysWhatItsFixesAddUpTo) {
  static Seen all;
  for (uint32_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    testing::MadeDrive drive = by_chance(seed);
    drive.judged([](const Context& c, Judgement*) {
      for (const auto& [from_m, to_m] : {std::pair{0, 30}, {20, 60}, {60, 120}, {100, 101}, {90, 220}, {0, 240}}) {
        const Seen seen = expect_counts(c, from_m, to_m);
        all = {all.nearer + seen.nearer, all.aside + seen.aside, all.asked + seen.asked};
      }
    });
  }
  EXPECT_GT(all.nearer, 10U);
  EXPECT_GT(all.aside, 100U);
  EXPECT_GT(all.asked, 2 * all.aside);
}

}  // namespace
}  // namespace tomare::rules
