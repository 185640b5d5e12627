// SPDX-License-Identifier: MIT
// A cheap first look at a log's speeds: most logs agree with themselves, and need no closer one.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

struct FirstLook {
  /// Each window of 8 and 24 s agrees, within three quarters of the errors that the closer look allows, and no speed
  /// jumps: the closer look would find no contradiction (screen_test.cpp compares the two).
  bool windows_agree = false;
  bool all_agrees = false;  ///< nor would it find anything else, such as speeds of another moment
  double ratio = 0;         ///< the way by the speeds per way of the positions
};

/// False where anything is odd, missing or too short to tell. `told`: the fixes tell their accuracy.
FirstLook look_first(const Fixes& log, const std::vector<uint8_t>& usable, const Settings& settings, bool told);

}  // namespace tomare::match
