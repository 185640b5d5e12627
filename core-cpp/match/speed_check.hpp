// SPDX-License-Identifier: MIT
// A log's speeds against its positions: over the whole drive and over windows.
#pragma once

#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/movement.hpp"

namespace tomare::match {

/// Fills what `out` says of the speeds. `windows_agree`: the first look settled the windows (screen.hpp), which then
/// need no other.
void check_speeds(const Fixes& log, bool windows_agree, Movement* movement, Channels* out);

}  // namespace tomare::match
