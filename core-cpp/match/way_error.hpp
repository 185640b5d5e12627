// SPDX-License-Identifier: MIT
// How well positions tell a way: their errors drift together, so that little of them is left over a short time.
#pragma once

#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/settings.hpp"

namespace tomare::match {

/// Standard error (m) of the way between two positions `seconds` apart that are off by `sigma_m` each
/// (docs/MATCHING.md, transition).
inline double way_sigma(const Settings& s, double sigma_m, double seconds) {
  const double alike = s.match_error_share * exp_neg(static_cast<float>(seconds / s.match_error_time_s));
  return sigma_m * std::sqrt(2 * (1 - alike));
}

}  // namespace tomare::match
