// SPDX-License-Identifier: MIT
// What the fixes around a line say of a stop there: how slow the car was, whether it stood, and where it may have
// stood unseen (docs/RULES.md, stop-sign).
#pragma once

#include <vector>

#include "core-cpp/rules/drive.hpp"
#include "core-cpp/rules/stop_place.hpp"

namespace tomare::rules {

inline constexpr double kNoSpeed = 1e8;  ///< m/s: none was seen
inline constexpr double kEarned = 0.9;   ///< probability of a stop that acquits

/// A line on the path and the metres around it that are looked at.
struct StopLine {
  double path_m;
  double before_m, after_m;            ///< the window
  double near_before_m, near_after_m;  ///< where a stop is one at the line
  LinePlace place = {};                ///< where it may really lie
};

/// What the fixes around a line show; speeds in m/s.
struct StopEvidence {
  double lowest_observed = 1e9, lowest_possible = 1e9, longest_gap = 0;
  double lowest_at_line = 1e9;  ///< observed near the line
  double possible_at_line = 1e9;
  bool queued = false;     ///< it was seen to stand before the line
  double stood_odds = 0;   ///< that a stand which was seen was one at the line …
  double hidden_odds = 0;  ///< … or one that may hide between two fixes
  double stopped = 0;      ///< probability that it stood near the line
  uint32_t witnesses = 0;  ///< fixes in the window and next to it whose speeds their neighbours do not contradict
  double sigma_m = 0;      ///< standard error of the positions there, as logged
  bool derived = false;    ///< some speed was taken from positions
  bool jumped = false;     ///< the receiver jumped there, so that a stand may lie beyond the window
  bool leapt = false;      ///< the path is longer there than what the speeds say was driven
  bool disputed = false;   ///< some speed and the positions contradict each other

  /// Whether the car is seen to have stopped at the line. What may hide is then not looked for.
  bool earned() const { return stopped >= kEarned; }
};

/// Gathers it from a run. `window`: its fixes in the line's window; `place`: where the line is, by its latitude and
/// longitude.
StopEvidence stop_evidence(const Context& context, const std::vector<uint32_t>& run_fixes, const StopLine& line,
                           const Finding& place, Range window);

}  // namespace tomare::rules
