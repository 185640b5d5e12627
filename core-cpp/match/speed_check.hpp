// SPDX-License-Identifier: MIT
// A log's speeds against its positions: over the whole drive and over windows.
#pragma once

#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/movement.hpp"

namespace tomare::match {

/// Fills what `out` says of the speeds.
void check_speeds(const Fixes& log, Movement* movement, Channels* out);

}  // namespace tomare::match
