// SPDX-License-Identifier: MIT
// Which fixes of a log can be used: times that rise, and places that a car can have come to.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// Per fix 0 for a repeated or falling time and for a spike: one that cannot be reached at `match.max_speed_kmh` while
/// the fix after it can, or a jump there and back. Linear in the fixes.
void find_usable(const Fixes& fixes, const Settings& settings, std::vector<uint8_t>* usable);

}  // namespace tomare::match
