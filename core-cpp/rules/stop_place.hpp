// SPDX-License-Identifier: MIT
// Where the line of a sign may lie, and how likely a stop seen somewhere was one at that line. Knows no map.
#pragma once

#include <limits>

namespace tomare::rules {

inline constexpr double kMapM = 3;          ///< standard error of a line's place in the map, where it is right
inline constexpr double kStopsBeforeM = 3;  ///< of it, a driver that stops at a line

/// Metres past the place that the map gives.
struct LinePlace {
  double from_m = 0, to_m = 0;                                  ///< one place, or between signs that are one
  double junction_m = std::numeric_limits<double>::infinity();  ///< the middle of the junction ahead, where one is
};

/// Density (per metre) of where a car that stops at the line is seen: positions are as uncertain along the road as
/// across it, with heavy tails; drivers stop some metres before; and signs of the map lie 20 m off now and then, but
/// not beyond their junction.
double stop_density(const LinePlace& place, double at_m, double sigma_m);
/// Whether cars that queue for the line stand so far before it.
bool queues(const LinePlace& place, double at_m);
/// Odds that a stop there was one at the line, over a stop for something else; that cars queue before a line speaks
/// against it there.
double odds_at_line(const LinePlace& place, double at_m, double sigma_m);
/// The same of a stop somewhere between two places.
double odds_at_line(const LinePlace& place, double from_m, double to_m, double sigma_m);

}  // namespace tomare::rules
