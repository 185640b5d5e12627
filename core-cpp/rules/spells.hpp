// SPDX-License-Identifier: MIT
// Where a car was above a threshold for so long that it is an event (docs/RULES.md, speeding). Knows no map.
#pragma once

#include <cstddef>
#include <vector>

namespace tomare::rules {

/// One speed of a drive within one limit.
struct SpeedPoint {
  double time_s, path_m, kmh;
  bool logged;  ///< between two such points the speed is taken to change evenly
};

/// What makes an event; km/h, seconds, metres.
struct EventNeeds {
  double limit_kmh;       ///< a dip that is slower than this on average ends a spell
  double above_kmh;       ///< limit and tolerance: three quarters of a spell's points, dips apart, are above
  double hysteresis_kmh;  ///< less than this below is no dip
  double merge_gap_s;     ///< a longer dip ends a spell; two events nearer than this are one
  double least_s, least_m;
};

struct SpeedEvent {
  size_t begin, end;  ///< points, end exclusive; the first and the last are above
  double seconds;     ///< above, to where the speed crosses between logged points
  double metres;      ///< driven meanwhile
};

/// The events among points in order of time, in order.
std::vector<SpeedEvent> events_in(const std::vector<SpeedPoint>& points, const EventNeeds& needs);

}  // namespace tomare::rules
