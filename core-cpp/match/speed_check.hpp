// SPDX-License-Identifier: MIT
// A log's speeds against its positions: over the whole drive and over windows.
#pragma once

#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/movement.hpp"

namespace tomare::match {

struct KnownSpeeds {
  bool windows_agree = false;  ///< the first look settled the windows (screen.hpp), which then need no other
  bool late = false;           ///< the speeds are those of other moments (lag.hpp)
};

/// Fills what `out` says of the speeds.
void check_speeds(const Fixes& log, KnownSpeeds known, Movement* movement, Channels* out);

}  // namespace tomare::match
