// SPDX-License-Identifier: MIT
// How well positions tell a way: their errors drift together, so that little of them is left over a short time.
#pragma once

#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/settings.hpp"

namespace tomare::match {

/// An error of positions of which a share drifts: Gauss-Markov, correlated over `time_s`.
struct DriftingError {
  double sigma_m, share, time_s;

  /// Standard error (m) of the way between two positions so far apart (docs/MATCHING.md, transition).
  double way_m(double seconds) const {
    const double alike = share * exp_neg(static_cast<float>(seconds / time_s));
    return sigma_m * std::sqrt(2 * (1 - alike));
  }
};

/// The same as the settings have it, of positions that are off by `sigma_m` each.
inline double way_sigma(const Settings& s, double sigma_m, double seconds) {
  return DriftingError{sigma_m, s.match_error_share, s.match_error_time_s}.way_m(seconds);
}

}  // namespace tomare::match
