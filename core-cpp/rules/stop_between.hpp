// SPDX-License-Identifier: MIT
// How far fixes contradict that the car stood still between two of them, for a moment. Knows no map.
#pragma once

#include <cstddef>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/rules/stop_model.hpp"

namespace tomare::rules {

/// Above it, nothing is left of the stop.
inline constexpr double kNoStopCost = 12;

/// Whether a car can brake to a stop and speed up again between two fixes, by speeds with large errors; a quick answer.
bool time_to_stop(const LineFix& a, const LineFix& b, const Settings& settings);

/// What the errors cost (natural-log units) without which the car cannot have stood between fix `k` and the next:
/// before the stop it was no faster than it can brake, after it no faster than it can speed up, by the speeds and by
/// the way between positions. The cheapest moment counts. `derived`: the speeds tell what the positions do.
double stop_cost(const std::vector<LineFix>& fixes, size_t k, const match::DriftingError& error, bool derived,
                 const Settings& settings);

}  // namespace tomare::rules
