// SPDX-License-Identifier: MIT
// Where a drive was, for those who draw it: the matched route as lines with names, classes and the limits in force,
// and each fix's place. No rule is judged.
#pragma once

#include <string>
#include <vector>

#include "core-cpp/citation.hpp"
#include "core-cpp/map/geometry.hpp"
#include "core-cpp/route.hpp"
#include "core-cpp/rules/judge.hpp"

/// What a limit rests on; append only. none: the map and the law give none; signed: a number in the map; zone: a type
/// of zone or road that the law gives a number for; default: the law's, for lack of a sign; condition: a clause that
/// holds, or may, at that time; unknown: there is a limit that nobody can know.
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

/// Of a drive that is matched. Tiles that cannot be read any more leave holes; the graph's error tells.
void write_trace(const rules::Context& context, DriveTrace* out);

}  // namespace tomare
