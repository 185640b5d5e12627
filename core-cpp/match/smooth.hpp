// SPDX-License-Identifier: MIT
// Positions pulled together by the log's own speed and course. Receivers take these from the Doppler shift: their
// errors are small and do not drift, so that the movement between fixes is known far better than the fixes are.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

struct Smoothed {
  std::vector<int32_t> lat_e7, lon_e7;  ///< of every fix; the log's own where nothing pulls
  bool pulled = false;                  ///< speed and course agree with the positions over the drive
  float speed_scale = 1;                ///< metres that the positions move per metre of the log's speed
  float removed_m2 = 0;                 ///< variance that is gone, each axis
  float error_m = 0;                    ///< standard error that positions are expected to have from here on, each axis

  /// Lengths that go with the error of a position shrink by this.
  double finer(double sigma_m) const { return pulled && error_m < sigma_m ? error_m / sigma_m : 1.0; }
};

/// `usable`: per fix, 0 for those that are left out; they stay where they are. Linear in the fixes.
void smooth(const Fixes& fixes, const std::vector<uint8_t>& usable, const Settings& settings, Smoothed* out);

}  // namespace tomare::match
