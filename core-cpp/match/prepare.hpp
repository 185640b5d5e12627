// SPDX-License-Identifier: MIT
// From a log to the anchors of the trellis: standstill thinned, gaps split.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/smooth.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

struct Anchor {
  uint32_t fix = 0;
  float dt_s = 0;          ///< since the anchor before, 0 at the start of a section
  float straight_m = 0;    ///< from the anchor before
  float travelled_m = -1;  ///< since the anchor before by the log's speeds, -1 unknown
  float most_m = -1;       ///< longest way since the anchor before that the log's speeds allow, -1 unknown
  float heading_deg = -1;  ///< direction of movement, -1 unknown
  float heading_sigma_deg = 0;
  bool left_out = false;        ///< off the road for a short while: the path goes past it
  bool bridges = false;         ///< anchors before it were left out
  bool starts_section = false;  ///< no route leads here from the anchor before
};

struct Prepared {
  std::vector<Anchor> anchors;
  Smoothed smoothed;  ///< where the fixes are taken to be
  uint32_t gaps = 0;
};

/// `usable`: per fix, 0 for those that are left out (usable.hpp).
void prepare(const Fixes& fixes, const std::vector<uint8_t>& usable, const Settings& settings, Prepared* out);

}  // namespace tomare::match
