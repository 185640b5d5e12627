// SPDX-License-Identifier: MIT
// What stop signs and level crossings share: the points that a run passed, and whether the car can
// have stopped at a line (docs/RULES.md, stop-sign).
#pragma once

#include <vector>

#include "core-cpp/rules/drive.hpp"
#include "core-cpp/rules/stop_evidence.hpp"

namespace tomare::rules {

/// A rule point passed by a run in a direction that it is meant for, by its place on the path.
struct Passed {
  double path_m;
  uint32_t leg;
  map::RulePoint point;
};
std::vector<Passed> passed_points(const Context& context, const match::Run& run);

/// A signal for the travelled direction within `radius_m` beyond the place, or just before it; `all` along the path.
bool signal_near(const std::vector<Passed>& all, double path_m, double radius_m);

/// A signal for the travelled direction on the approach to the passed line: before it, and no junction between them.
bool signal_on_approach(const Context& context, const std::vector<Passed>& all, const Passed& line);

/// Signals on two other arms of the junction ahead, not farther from it, for traffic into it.
bool signals_on_arms(const Context& context, const match::Run& run, const Passed& line, double reach_m);

/// Metres from the passed place to the next junction on the path; infinity where none is near.
double junction_ahead(const Context& context, const match::Run& run, const Passed& passed);

/// Judges the line: fills times, measures, the verdict and its reasons, and the factors.
void judge_stop(const Context& context, const std::vector<uint32_t>& run_fixes, const StopLine& line, Finding* finding);

}  // namespace tomare::rules
