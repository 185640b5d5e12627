// SPDX-License-Identifier: MIT
// Where a receiver's positions jumped, as by a burst of reflections: no car drives so. Knows no map.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::rules {

/// Per fix of the log 1 where a jump may have moved its position: next to a jump, and between one and the next that
/// brings it back. Empty where nothing jumps. Linear in the fixes.
std::vector<uint8_t> find_jumps(const match::Fixes& log, const match::DriveError& error, const Settings& settings);

}  // namespace tomare::rules
