// SPDX-License-Identifier: MIT
// The first look against the closer one, over many made drives: where the first agrees, the closer one finds nothing.
#include "core-cpp/match/screen.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "core-cpp/match/check_channels.hpp"
#include "core-cpp/match/lag.hpp"
#include "core-cpp/match/usable.hpp"

namespace tomare::match {
namespace {

constexpr double kMetre = 1e7 / 111'195;  ///< in 1e-7 degrees
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

struct Made {
  std::vector<int64_t> time;
  std::vector<int32_t> lat, lon;
  std::vector<float> speed, heading, accuracy;

  Fixes fixes() const {
    return {static_cast<uint32_t>(time.size()),
            time.data(),
            lat.data(),
            lon.data(),
            speed.data(),
            heading.data(),
            accuracy.data(),
            false};
  }
};

class Chance {
 public:
  explicit Chance(uint32_t seed) : bits_(seed) {}
  double upto(double most) { return most * static_cast<double>(bits_()) / 4294967296.0; }
  double between(double least, double most) { return least + upto(most - least); }
  bool one_in(uint32_t n) { return bits_() % n == 0; }
  uint32_t below(uint32_t n) { return static_cast<uint32_t>(bits_()) % n; }
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += upto(1);
    return sum;
  }

 private:
  std::mt19937 bits_;
};

/// A car in a town: it speeds up, brakes, stands, and turns; its receiver errs as the seed says.
Made drive(uint32_t seed) {
  Chance chance(seed);
  constexpr double kSteps[] = {0.5, 1, 1, 1, 2, 3, 5, 10};
  const double step_s = kSteps[chance.below(8)], drift_m = chance.upto(4), white_m = chance.upto(0.8);
  const double lag_s = chance.upto(1), scale = chance.between(0.95, 1.05), speed_noise = chance.upto(0.4);
  const bool tells_accuracy = chance.one_in(2), tells_course = !chance.one_in(4);
  constexpr double kTick = 0.1;
  const auto ticks = static_cast<uint32_t>(chance.between(150, 500) / kTick);
  double v = 0, goal = 12, course = chance.upto(360), turn = 0, x = 0, y = 0, east = 0, north = 0, shown = 0, next = 0;
  Made made;
  for (uint32_t k = 0; k < ticks; ++k) {
    if (chance.one_in(120)) goal = chance.one_in(4) ? 0 : chance.between(3, 22);
    if (chance.one_in(250)) turn = chance.one_in(2) ? 90 : -90;
    const double most = std::fabs(turn) > 0.5 ? std::min(goal, 6.0) : goal;
    v += std::clamp(most - v, -3 * kTick, 2 * kTick);
    const double now = std::clamp(turn, -25 * kTick, 25 * kTick) * (v > 1 ? 1 : 0);
    turn -= now;
    course = std::fmod(course + now + 360, 360);
    x += v * kTick * std::sin(course * M_PI / 180);
    y += v * kTick * std::cos(course * M_PI / 180);
    shown += (v - shown) * (lag_s > kTick ? kTick / lag_s : 1);
    const double kept = std::exp(-kTick / 30);
    east = east * kept + chance.normal() * drift_m * std::sqrt(1 - kept * kept);
    north = north * kept + chance.normal() * drift_m * std::sqrt(1 - kept * kept);
    if (k * kTick < next) continue;
    next += step_s;
    made.time.push_back(1'790'000'000'000 + static_cast<int64_t>(std::llround(k * kTick * 1000)));
    made.lat.push_back(static_cast<int32_t>((y + north + chance.normal() * white_m) * kMetre));
    made.lon.push_back(static_cast<int32_t>((x + east + chance.normal() * white_m) * kMetre));
    made.speed.push_back(static_cast<float>(std::max(0.0, shown * scale + chance.normal() * speed_noise)));
    made.heading.push_back(tells_course ? static_cast<float>(std::fmod(course + chance.normal() * 3 + 360, 360))
                                        : kNone);
    made.accuracy.push_back(tells_accuracy ? static_cast<float>(4 + chance.upto(8)) : kNone);
  }
  return made;
}

/// Spoils the speeds or the courses of a stretch, or of all of the drive, slightly or grossly.
void spoil(uint32_t seed, Made* made) {
  Chance chance(seed ^ 0x5eed);
  const auto n = static_cast<uint32_t>(made->time.size());
  const uint32_t from = chance.below(n), to = chance.one_in(3) ? n : std::min(n, from + 2 + chance.below(40));
  const uint32_t kind = chance.below(9);
  const auto factor = static_cast<float>(chance.between(0.8, 1.35));
  const auto more = static_cast<float>(chance.between(-4, 4));
  const auto off = static_cast<float>(chance.between(20, 180));
  const uint32_t late = 1 + chance.below(6);
  const std::vector<float> speed = made->speed, heading = made->heading;
  for (uint32_t i = kind < 2 ? 0 : from; i < (kind < 2 ? n : to); ++i) {
    switch (kind) {
      case 0:
        made->speed[i] = speed[i] * factor;
        break;
      case 1:
        made->speed[i] = speed[i < late ? 0 : i - late];
        break;
      case 2:
        made->speed[i] = speed[i] * factor;
        break;
      case 3:
        made->speed[i] = std::max(0.0F, speed[i] + more);
        break;
      case 4:
        made->speed[i] = speed[from];
        break;
      case 5:
        made->speed[i] = 0;
        break;
      case 6:
        made->heading[i] = std::fmod(heading[i] + off, 360.0F);
        break;
      case 7:
        made->heading[i] = heading[from];
        break;
      default:
        made->lat[i] += static_cast<int32_t>((chance.upto(2) - 1) * 15 * kMetre);
    }
  }
}

std::string names_of(uint32_t notes) {
  std::string text;
#define TOMARE_NAME_OF(bit, name) text += (notes & (1U << bit)) != 0 ? #name " " : "";
  TOMARE_CHANNEL_NOTES(TOMARE_NAME_OF)
#undef TOMARE_NAME_OF
  return text;
}

/// Same numbers, or neither has one.
bool same(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (x != x && y != y); });
}

struct Looks {
  uint32_t all_agree = 0, windows_agree = 0;  ///< drives that the first look settles, in all or but for a shift
};

/// Both looks, as check_channels takes them, against the closer one alone.
void compare(const Made& made, Looks* looks) {
  const Fixes log = made.fixes();
  const Settings settings;
  Channels both, close;
  check_channels(log, settings, &both);
  close.usable = both.usable;
  close.speed_fixes = both.speed_fixes;
  close.course_fixes = both.course_fixes;
  const bool told = made.accuracy[0] == made.accuracy[0];
  Fixes meant = log;
  Velocities moved;
  if ((both.notes & kNote_speed_lag) != 0) {
    moved = without_lag(log, both.usable, speed_lag(log, both.usable).seconds);
    meant.speed_mps = moved.speed_mps.data();
    meant.heading_deg = moved.heading_deg.data();
    close.notes |= kNote_speed_lag;
  }
  check_closely(meant, settings, told, &close);
  if (close.speed_mps.empty()) close.speed_mps = moved.speed_mps;
  if (close.heading_deg.empty()) close.heading_deg = moved.heading_deg;
  EXPECT_EQ(names_of(both.notes), names_of(close.notes));
  EXPECT_EQ(both.disputed, close.disputed);
  EXPECT_EQ(both.speed_aside, close.speed_aside);
  EXPECT_EQ(both.course_aside, close.course_aside);
  EXPECT_TRUE(same(both.speed_mps, close.speed_mps));
  EXPECT_TRUE(same(both.heading_deg, close.heading_deg));
  const FirstLook first = look_first(meant, both.usable, settings, told);
  const bool settled = first.all_agrees && both.speed_ratio == first.ratio;
  looks->all_agree += settled ? 1 : 0;
  looks->windows_agree += first.windows_agree && !settled ? 1 : 0;
  const bool none = both.speed_ratio != both.speed_ratio && close.speed_ratio != close.speed_ratio;
  EXPECT_TRUE(settled || none || both.speed_ratio == close.speed_ratio);
}

Looks compare_all(uint32_t drives, bool spoilt) {
  Looks looks;
  for (uint32_t seed = 1; seed <= drives; ++seed) {
    SCOPED_TRACE("drive " + std::to_string(seed));
    Made made = drive(seed);
    if (spoilt) spoil(seed, &made);
    compare(made, &looks);
  }
  return looks;
}

TEST(Screen, WhereItAgreesTheCloserLookFindsNothing) {
  const Looks looks = compare_all(2000, false);
  EXPECT_GT(looks.all_agree, 100U) << "else this shows little";
  EXPECT_GT(looks.windows_agree, 100U);
}

TEST(Screen, WhereItAgreesOnASpoiltDriveTheCloserLookFindsNothing) {
  const Looks looks = compare_all(4000, true);
  EXPECT_GT(looks.all_agree, 100U) << "else this shows little";
  EXPECT_GT(looks.windows_agree, 100U);
}

}  // namespace
}  // namespace tomare::match
