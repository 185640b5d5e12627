// SPDX-License-Identifier: MIT
// Whether a car stood, and where, as probabilities (docs/RULES.md, stop-sign). Knows no map.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/way_error.hpp"

namespace tomare::rules {

/// One fix near a line.
struct LineFix {
  double time_s;
  double along_m;           ///< past the line, before it below 0; by the position as it was logged, where that counts
  double path_m;            ///< the same by its place on the path
  double mps;               ///< logged, or any number
  bool near_line;           ///< so near that standing there is stopping at the line
  double sigma_mps = 0;     ///< standard error of the speed
  double x_m = 0, y_m = 0;  ///< the position as it was logged, from the line
  double at_m = 0;          ///< past the line, by the path or straight, whichever is nearer to it
};

/// Metres straight from one to the other, by their positions.
inline double straight_m(const LineFix& a, const LineFix& b) {
  const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m;
  return std::sqrt(dx * dx + dy * dy);
}

/// Where a car stood, if it did.
struct Stand {
  double odds = 0;     ///< log odds, natural, of standing over rolling past; 0 where nothing says so
  double along_m = 0;  ///< past the line, before it below 0
  size_t last = 0;     ///< the last of its fixes
  double next_s = 0;   ///< from that to the next fix
};

/// The stretch of fixes near the line that says most for standing, by logged speeds with this standard error …
Stand standing_by_speeds(const std::vector<LineFix>& fixes, double sigma_mps);
/// … and by positions alone. A stretch with a position that a car which stands cannot have says nothing.
Stand standing_by_positions(const std::vector<LineFix>& fixes, const match::DriftingError& error);

/// Whether a car that has left its stand is still or again slow some metres on, where one that stood at the line would
/// have driven off: it went on in a queue. By logged speeds.
bool crawls_on(const std::vector<LineFix>& fixes, const Stand& stand);

/// Whether a car that has left its stand soon slows down and speeds up again, by more than errors of the speeds make
/// it: the stand was one in a queue, and there is the line. By logged speeds.
bool slows_after(const std::vector<LineFix>& fixes, const Stand& stand, double sigma_mps);

/// Whether the car drives some metres at a walking pace around its stand: it rolls, and the slowest of many speeds was
/// taken for a stand. By logged speeds with this standard error.
bool creeps(const std::vector<LineFix>& fixes, const Stand& stand, double sigma_mps);

/// What shows a stand, and how the car drove around it.
struct StandShown {
  bool by_speeds = true;  ///< logged ones, not positions alone
  bool queued = false;    ///< crawls_on() or slows_after()
  bool creeps = false;
};

/// Probability that the car stopped at the line, by where it stood: what queues before a line is not at it. Where fixes
/// are far apart, none shows how the car went on, and the place alone must tell the line from a queue.
double stopped(const Stand& stand, double sigma_m, const StandShown& shown = {});

struct SpeedFix {
  double time_s, mps;
};

/// Standard error that the logged speeds show themselves, where it is above the one that is expected, m/s: by how they
/// depart from a steady change while the car drives. Of fixes about a second apart at the most; else that one.
double shown_speed_sigma(const std::vector<SpeedFix>& fixes, double expected_mps);

struct PlaceFix {
  double time_s, x_m, y_m;
};

/// Share of the positions' error that drifts, where they show a larger one than `match.error_share`: by how little they
/// bend across their way while the car drives. Of fixes about a second apart, of a receiver that is not bad; else that.
double shown_drift_share(const std::vector<PlaceFix>& fixes, double sigma_m, const Settings& settings);

/// Whether a car can have had one speed (m/s) and the other so many seconds later, both wrong by so much at most.
bool drivable(double mps, double later_mps, double seconds, double error_mps);

}  // namespace tomare::rules
