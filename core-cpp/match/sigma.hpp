// SPDX-License-Identifier: MIT
// The receiver's standard error on a drive, by the distances of its fixes to roads.
#pragma once

#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/candidates.hpp"
#include "core-cpp/match/prepare.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// The standard error (m) that distances to the road show: by their median, with `smoothed.error_m` as the value
/// expected before, from `sigma_low_m` to `most_m`. Reorders the distances; the expected value when there are none.
float shown_sigma(const Settings& settings, const Smoothed& smoothed, float most_m, std::vector<float>* distances);

/// By the distance to the nearest road of some of the anchors. Where roads are dense it shows too little, for the
/// nearest is often not the one driven. `fixes`: with the smoothed positions.
float sigma_by_roads(const Settings& settings, const Fixes& fixes, const Prepared& prepared, CandidateFinder* finder);

/// By the distances of the anchors to the matched path, up to `sigma_path_m`.
float sigma_by_path(const Settings& settings, const Prepared& prepared, const Trace& trace);

}  // namespace tomare::match
