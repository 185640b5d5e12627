// SPDX-License-Identifier: MIT
// A car that goes straight on changes to no road beside it. Where the path does so at an edge of a stretch, and courses
// and speeds show no step aside, it was the receiver that moved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core-cpp/rules/judge.hpp"

namespace tomare::rules {

/// Whether the courses in the seconds around fix `k` of a run are one. False where the car turned or was slow, or the
/// log has no course for each second.
bool goes_straight(const Context& context, const std::vector<uint32_t>& run_fixes, size_t k);

/// How far the path goes aside within some seconds in which the courses are one.
struct StepAside {
  double right_m = 0;               ///< to the right of that course, from the first of the seconds to the last
  double right_x = 0, right_y = 0;  ///< unit vector that points there: x east, y north
  double sigma_m = 0;               ///< standard error of what courses and the map's lines say of it
};

/// Around fix `k` of a run, where the car goes straight.
std::optional<StepAside> step_aside(const Context& context, const std::vector<uint32_t>& run_fixes, size_t k);

}  // namespace tomare::rules
