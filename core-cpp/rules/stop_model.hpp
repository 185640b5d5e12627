// SPDX-License-Identifier: MIT
// Whether a car stood, and where, as probabilities (docs/RULES.md, stop-sign). Knows no map.
#pragma once

#include <cstddef>
#include <vector>

#include "core-cpp/base/settings.hpp"

namespace tomare::rules {

/// One fix near a line.
struct LineFix {
  double time_s;
  double along_m;  ///< past the line, before it below 0; by the position as it was logged
  double path_m;   ///< the same by its place on the path
  double mps;      ///< logged, or any number
  bool near_line;  ///< so near that standing there is stopping at the line
};

/// Where a car stood, if it did.
struct Stand {
  double odds = 0;     ///< log odds, natural, of standing over rolling past; 0 where nothing says so
  double along_m = 0;  ///< past the line, before it below 0
};

/// The stretch of fixes near the line that says most for standing, by logged speeds with this standard error …
Stand standing_by_speeds(const std::vector<LineFix>& fixes, double sigma_mps);
/// … and by positions alone, each off by `sigma_m`. A stretch with a position that a car which stands cannot have says
/// nothing.
Stand standing_by_positions(const std::vector<LineFix>& fixes, double sigma_m, const Settings& settings);

/// Probability that the car stopped at the line, by where it stood: what queues before a line is not at it.
/// `by_speeds`: logged ones show it, not positions alone.
double stopped(const Stand& stand, double sigma_m, bool by_speeds);

/// Probability that the car did not stop at the line, seeing that it stood, or may have, so far off: a position is as
/// uncertain along the road as across it, with heavy tails, the line of the map lies some metres off, and stops at a
/// line are far more frequent than others as near to one. `stood`: probability that it stood there at all.
double stood_elsewhere(double off_m, double sigma_m, double stood);

/// Whether a car can have had one speed (m/s) and the other so many seconds later, both wrong by so much at most.
bool drivable(double mps, double later_mps, double seconds, double error_mps);

}  // namespace tomare::rules
