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

/// Positions that moved aside are back within so much, or they are to be believed.
inline constexpr int64_t kBurstMs = 30'000;

/// Marks in `moved` the fixes from one time to another, about the fix `near`.
void mark_moved(const match::Fixes& log, int64_t from_ms, int64_t to_ms, uint32_t near, std::vector<uint8_t>* moved);

/// Standard error, each axis, of what is as far off as the roots of these, by their median; 1e9 of fewer than `least`.
double shown_sigma(std::vector<double>* squares, size_t least);

}  // namespace tomare::rules
