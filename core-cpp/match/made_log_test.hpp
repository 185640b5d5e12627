// SPDX-License-Identifier: MIT
// The columns of a log made by hand, for tests: each drive adds its fixes, and the matcher reads the columns in place.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core-cpp/match/trace.hpp"

namespace tomare::testing {

struct MadeLog {
  static constexpr float kNone = std::numeric_limits<float>::quiet_NaN();  ///< the log does not say

  std::vector<int64_t> time_ms;
  std::vector<int32_t> lat_e7, lon_e7;
  std::vector<float> speed_mps, heading_deg, accuracy_m;
  bool speed_unit_open = false;

  /// One more fix, without an accuracy.
  void add(int64_t ms, int32_t lat, int32_t lon, float mps = kNone, float course_deg = kNone) {
    time_ms.push_back(ms);
    lat_e7.push_back(lat);
    lon_e7.push_back(lon);
    speed_mps.push_back(mps);
    heading_deg.push_back(course_deg);
    accuracy_m.push_back(kNone);
  }
  /// The columns as the matcher takes them; valid until the next fix.
  match::Fixes fixes() const {
    return {static_cast<uint32_t>(time_ms.size()),
            time_ms.data(),
            lat_e7.data(),
            lon_e7.data(),
            speed_mps.data(),
            heading_deg.data(),
            accuracy_m.data(),
            speed_unit_open};
  }
};

/// The fixes that are marked.
inline std::vector<uint32_t> marked(const std::vector<uint8_t>& marks) {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < marks.size(); ++i) {
    if (marks[i] != 0) found.push_back(i);
  }
  return found;
}

}  // namespace tomare::testing
