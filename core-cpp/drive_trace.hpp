// SPDX-License-Identifier: MIT
// A matched drive for drawing: the route as lines with names, classes and the limits in force, and the position of each
// fix on it. No rule is judged.
#pragma once

#include <string>
#include <vector>

#include "core-cpp/citation.hpp"
#include "core-cpp/map/geometry.hpp"
#include "core-cpp/route.hpp"
#include "core-cpp/rules/judge.hpp"

/// What a limit rests on; append only. none: neither map nor law gives one; signed: a number in the map; zone: a type
/// of zone or road for which the law gives a number; default: the law's, without a sign; condition: a clause that holds
/// or may hold at that time; unknown: there is a limit that the map cannot give.
#define TOMARE_LIMIT_ORIGINS(X) \
  X(0, none, "none")            \
  X(1, sign, "signed")          \
  X(2, zone, "zone")            \
  X(3, law, "default")          \
  X(4, overlay, "overlay")      \
  X(5, condition, "condition") X(6, unknown, "unknown")

namespace tomare {

enum class LimitOrigin : uint8_t {
#define TOMARE_ORIGIN_ENUM(number, name, text) name = number,
  TOMARE_LIMIT_ORIGINS(TOMARE_ORIGIN_ENUM)
#undef TOMARE_ORIGIN_ENUM
};

/// The limit on a part of a way, for the drive's vehicle when it was there.
struct TraceLimit {
  double from_m = 0, to_m = 0;                               ///< from the way's first node, from < to
  uint16_t low = map::kLimitUnset, high = map::kLimitUnset;  ///< tenths of km/h; kLimitUnset: not known
  LimitOrigin origin = LimitOrigin::none;
};

struct TraceStretch {
  RouteItem item;
  uint32_t first_position = 0, position_count = 0;  ///< in the order of travel, at least 2
  uint32_t first_limit = 0, limit_count = 0;  ///< ascending by metres, from item.from_m to item.to_m without a hole
  TextRange name;                             ///< of the road, or its ref
  map::RoadClass road_class = map::kMotorway;
};

struct TraceFix {
  static constexpr int32_t kNowhere = INT32_MIN;
  map::Position place = {kNowhere, kNowhere};  ///< on the matched road
  float speed_kmh = 0;                         ///< logged, or derived from positions; NaN: neither
  int32_t stretch = -1;                        ///< -1: none
};

struct DriveTrace {
  std::vector<TraceFix> fixes;  ///< one for each fix of the log, in its order
  std::vector<TraceStretch> stretches;
  std::vector<TraceLimit> limits;
  std::vector<map::Position> positions;
  std::string text;  ///< UTF-8
};

/// Writes the trace of a matched drive. Tiles that can no longer be read leave holes, and the graph holds the error.
void write_trace(const rules::Context& context, DriveTrace* out);

}  // namespace tomare
