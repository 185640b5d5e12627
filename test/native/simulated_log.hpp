// SPDX-License-Identifier: MIT
// A log of a car on a straight or winding road, with a receiver whose positions drift, for tests without a map.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/made_log_test.hpp"

namespace tomare::testing {

struct SimulatedLog : MadeLog {
  /// `speed(t)` in m/s, `turn(t)` in degrees a second; a fix every `step_s`, positions off by `sigma_m` (AR(1), 20 s).
  template <typename Speed, typename Turn>
  SimulatedLog(double seconds, double step_s, double sigma_m, Speed&& speed, Turn&& turn) {
    const MetreScale scale = metre_scale(350'000'000);
    const double kept = std::exp(-step_s / 20.0), fresh = std::sqrt(1 - kept * kept);
    double ex = sigma_m * normal(), ey = sigma_m * normal(), x = 0, y = 0, course = 40, due = 0;
    for (double t = 0; t <= seconds; t += kTick) {
      if (t >= due - 1e-9) {
        due += step_s;
        add(1'700'000'000'000 + static_cast<int64_t>(std::floor(1000 * t + 0.5)),
            350'000'000 + static_cast<int32_t>((y + ey) / scale.y),
            1'390'000'000 + static_cast<int32_t>((x + ex) / scale.x),
            static_cast<float>(std::fmax(0, speed(t) + 0.15 * normal())),
            static_cast<float>(course - 360 * std::floor(course / 360)));
        ex = kept * ex + fresh * sigma_m * normal();
        ey = kept * ey + fresh * sigma_m * normal();
      }
      course += turn(t) * kTick;
      x += speed(t) * kTick * std::sin(course * kRadians);
      y += speed(t) * kTick * std::cos(course * kRadians);
    }
  }

 private:
  static constexpr double kTick = 0.1, kRadians = 0.017453292519943295;
  uint64_t state_ = 88172645463325252ULL;

  double normal() {  // the sum of twelve uniform numbers less six
    double sum = -6;
    for (int i = 0; i < 12; ++i) {
      state_ ^= state_ << 13;
      state_ ^= state_ >> 7;
      state_ ^= state_ << 17;
      sum += static_cast<double>(state_ >> 11) / 9007199254740992.0;
    }
    return sum;
  }
};

}  // namespace tomare::testing
