// SPDX-License-Identifier: MIT
// Where a receiver's positions drifted away from the way that the log's own speeds and courses tell, as by reflections
// that last: a car that stands, or goes straight on, is drawn over to another road. Knows no map.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::rules {

/// Marks in `moved`, as find_jumps() fills it, the fixes over which positions drift, and those between one drift and
/// the next that brings them back. `believed`: the log with what is believed of it. Linear in the fixes.
void mark_drifts(const match::Fixes& log, const match::Fixes& believed, const match::Channels& channels,
                 std::vector<uint8_t>* moved);

}  // namespace tomare::rules
