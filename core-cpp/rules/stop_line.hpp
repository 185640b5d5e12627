// SPDX-License-Identifier: MIT
// What stop signs and level crossings share: the points that a run passed, and whether the car can
// have stopped at a line (docs/RULES.md, stop-sign).
#pragma once

#include <vector>

#include "core-cpp/rules/drive.hpp"
#include "core-cpp/rules/stop_place.hpp"

namespace tomare::rules {

/// A rule point passed by a run in a direction that it is meant for, by its place on the path.
struct Passed {
  double path_m;
  uint32_t leg;
  map::RulePoint point;
};
std::vector<Passed> passed_points(const Context& context, const match::Run& run);

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
};

/// A signal for the travelled direction within `radius_m` beyond the place, or just before it; `all` along the path.
bool signal_near(const std::vector<Passed>& all, double path_m, double radius_m);

/// Metres from the passed place to the next junction on the path; infinity where none is near.
double junction_ahead(const Context& context, const match::Run& run, const Passed& passed);

/// Judges the line: fills times, measures, the verdict and its reasons, and the factors.
void judge_stop(const Context& context, const std::vector<uint32_t>& on, const StopLine& line, Finding* finding);

}  // namespace tomare::rules
