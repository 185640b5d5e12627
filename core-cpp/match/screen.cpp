// SPDX-License-Identifier: MIT
#include "core-cpp/match/screen.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/way_error.hpp"

namespace tomare::match {
namespace {

constexpr int64_t kBlockMs = 1'900;     ///< a stretch that is looked at as one, as the knots of the closer look
constexpr int64_t kLongestMs = 20'000;  ///< over a longer step two speeds do not tell the way
constexpr int64_t kNarrowMs = 8'000, kWideMs = 24'000;
constexpr double kSigmas = 3;                  ///< of all errors
constexpr double kLagS = 1.5, kShare = 0.04;   ///< three quarters of what the closer look allows
constexpr double kBraking2 = 0.0225;           ///< (m/s2)²: what a step may brake more than its ends show
constexpr int64_t kSparseMs = 7'000;           ///< a longer step may hide a turn, too …
constexpr float kSparse2 = 4;                  ///< … and errs twice as much
constexpr double kBraking16 = 16 * kBraking2;  ///< four times that, squared, as the closer look allows
constexpr float kGained = 6, kNoise = 1;       ///< m/s2 and m/s, of one speed to the next
constexpr double kMoved2 = 225;                ///< m²: a shorter movement has no direction
constexpr int64_t kDenseMs = 1'500;            ///< a longer step may hide braking
constexpr double kRatio = 1.07;
constexpr uint32_t kLeastWindows = 16;
constexpr double kMissedM = 2.75, kMuchM = 20;  ///< mean, and what one window counts at the most
constexpr float kMostSigmas = 5;                ///< times the expected error of a position that is told

/// Sums at the end of a block.
struct Mark {
  int64_t time_ms;
  double east, north, logged_m, chords_m, bends_m, variance;
  float speed, sigma_m;
};

class Screen {
 public:
  Screen(const Fixes& log, const std::vector<uint8_t>& usable, const Settings& s, bool told)
      : f_(log), usable_(usable), sigma_m_(static_cast<float>(s.match_sigma_m)), told_(told) {
    const double narrow = kSigmas * way_sigma(s, 1, kNarrowMs * 0.001);
    const double wide = kSigmas * way_sigma(s, 1, kWideMs * 0.001);
    narrow_.errors2 = narrow * narrow;
    wide_.errors2 = wide * wide;
  }

  FirstLook run() {
    uint32_t i = 0;
    while (i < f_.count && usable_[i] == 0) ++i;
    if (i == f_.count || !begin(i)) return {};
    for (uint32_t end = block_end(i); end != f_.count; end = block_end(end)) {
      if (end == kContradicted || !block(end)) return {};
    }
    return whole();
  }

 private:
  static constexpr uint32_t kContradicted = ~0U;
  static constexpr uint32_t kMarks = 16;  ///< more than blocks in a wide window

  struct Span {
    double errors2 = 0;
    uint32_t from = 0;
  };

  Mark& mark(uint32_t number) { return marks_[number % kMarks]; }

  bool begin(uint32_t fix) {
    last_ = fix;
    now_.speed = f_.speed_mps[fix];
    now_.time_ms = f_.time_ms[fix];
    now_.sigma_m = sigma_at(fix);
    mark(0) = now_;
    return now_.speed == now_.speed;
  }

  float sigma_at(uint32_t fix) const {
    const float told = f_.accuracy_m[fix];
    return told_ && told > sigma_m_ ? std::min(told, kMostSigmas * sigma_m_) : sigma_m_;
  }

  /// Sums up the speeds to the next fix that ends a block; `count` where none does.
  uint32_t block_end(uint32_t from) {
    const int64_t* const time = f_.time_ms;
    const float* const speeds = f_.speed_mps;
    const uint8_t* const usable = usable_.data();
    const uint32_t count = f_.count;
    const int64_t end_ms = time[from] + kBlockMs;
    float twice_m = 0;
    uint32_t before = from, i = from + 1;
    for (; i < count; ++i) {
      if (usable[i] == 0) continue;
      const int64_t ms = time[i] - time[before];
      const float speed = speeds[i], last = speeds[before], dt = static_cast<float>(ms) * 0.001F;
      if (!(std::fabs(speed - last) <= kGained * dt + kNoise)) return kContradicted;  // a missing one, too
      twice_m += (speed + last) * dt;
      if (ms > kDenseMs && !spread(ms, dt)) return kContradicted;
      before = i;
      if (time[i] >= end_ms) break;
    }
    now_.logged_m += 0.5 * static_cast<double>(twice_m);
    return i;
  }

  /// Adds what a car may do between two fixes; false where that is too much to tell.
  bool spread(int64_t ms, float dt) {
    const float dt2 = dt * dt;
    now_.variance += static_cast<double>(ms > kSparseMs ? kSparse2 * dt2 * dt2 : dt2 * dt2);
    return ms <= kLongestMs;
  }

  bool block(uint32_t i) {
    const MetreScale& metres = scale_.at(f_.lat_e7[i]);
    const double dx = east_e7(f_.lon_e7[last_], f_.lon_e7[i]) * metres.x;
    const double dy = static_cast<double>(f_.lat_e7[i] - f_.lat_e7[last_]) * metres.y;
    const double chord2 = dx * dx + dy * dy, chord = std::sqrt(chord2);
    now_.time_ms = f_.time_ms[i];
    now_.speed = f_.speed_mps[i];
    least_ = std::min(least_, now_.speed);
    most_ = std::max(most_, now_.speed);
    now_.sigma_m = sigma_at(i);
    now_.east += dx;
    now_.north += dy;
    now_.chords_m += chord;
    const double x = dx + before_.x, y = dy + before_.y;
    now_.bends_m += std::max(0.0, chord + before_.m - std::sqrt(x * x + y * y));
    before_ = {dx, dy, chord};
    mark(++count_) = now_;
    if (chord2 > kMoved2) {
      const Mark& from = mark(count_ - 1);
      told_m_ += now_.logged_m - from.logged_m;
      way_m_ += chord;
    }
    last_ = i;
    return agrees(kNarrowMs, &narrow_) && agrees(kWideMs, &wide_);
  }

  /// Of the window of at least so long that ends here; before there is one, nothing is known.
  [[gnu::always_inline]] inline bool agrees(int64_t ms, Span* span) {
    while (now_.time_ms - mark(span->from + 1).time_ms >= ms && span->from + 1 < count_) ++span->from;
    const Mark& from = mark(span->from);
    if (now_.time_ms - from.time_ms < ms) return true;
    const double told = now_.logged_m - from.logged_m, chords = now_.chords_m - from.chords_m;
    const double slack = kLagS * std::fabs(static_cast<double>(now_.speed) - from.speed) + kShare * told;
    if (ms == kNarrowMs) {
      missed_m_ += std::min(std::fabs(told - chords), kMuchM);
      ++windows_;
    }
    double over = told - chords - slack;
    if (over > 0) {
      over -= count_ - span->from < 2 ? 0 : 0.5 * (now_.bends_m - mark(span->from + 1).bends_m);
    } else {
      const double x = now_.east - from.east, y = now_.north - from.north, most = told + slack;
      const double net2 = x * x + y * y;
      if (net2 <= most * most) return true;
      over = std::sqrt(net2) - most;
    }
    if (over <= 0) return true;
    const double sigma = std::max(now_.sigma_m, from.sigma_m);
    return over * over <= span->errors2 * sigma * sigma + kBraking16 * (now_.variance - from.variance);
  }

  FirstLook whole() const {
    if (windows_ < kLeastWindows || way_m_ <= 0) return {};
    const double ratio = told_m_ / way_m_;
    const bool varies = most_ - least_ > 0.05F * (1 + most_);
    const double mean_m = missed_m_ / windows_;
    return {true, varies && mean_m < kMissedM && ratio < kRatio && ratio * kRatio > 1, ratio};
  }

  const Fixes& f_;
  const std::vector<uint8_t>& usable_;
  const float sigma_m_;
  const bool told_;
  LocalScale scale_;
  Mark marks_[kMarks] = {};
  Mark now_ = {};
  Span narrow_, wide_;
  uint32_t last_ = 0, count_ = 0;  ///< end of the last block, blocks
  uint32_t windows_ = 0;
  float least_ = 1e9F, most_ = 0;
  struct {
    double x, y, m;
  } before_ = {};  ///< movement of the last block; before the first one none, which is no bend
  double told_m_ = 0, way_m_ = 0, missed_m_ = 0;
};

}  // namespace

FirstLook look_first(const Fixes& log, const std::vector<uint8_t>& usable, const Settings& settings, bool told) {
  return Screen(log, usable, settings, told).run();
}

}  // namespace tomare::match
