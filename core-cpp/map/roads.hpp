// SPDX-License-Identifier: MIT
// The roads in a box, as they are drawn: lines with what one sees of them, signs and signals, restrictions.
#pragma once

#include <string>
#include <vector>

#include "core-cpp/map/geometry.hpp"
#include "core-cpp/map/graph.hpp"

namespace tomare::map {

struct RoadsRequest {
  int32_t min_lat_e7 = 0, min_lon_e7 = 0, max_lat_e7 = 0, max_lon_e7 = 0;  ///< both inclusive
  uint32_t classes = 0;                                                    ///< mask of RoadClass; 0: all
  uint32_t most = 0;       ///< positions of lines, and points and restrictions, in all
  Vehicle vehicle = kCar;  ///< whose limits, one-way rules and restrictions are told
};

/// A way, or a part of it, whose facts are the same; its corners are those of the way.
struct RoadLine {
  int64_t way = 0;
  uint32_t first_position = 0, position_count = 0;  ///< along the way's nodes, at least 2
  uint32_t name_offset = 0, name_length = 0;        ///< in Roads::text; length 0: unnamed
  uint16_t limit =
      kLimitUnset;     ///< the map's, in tenths of km/h; kLimitUnset: none, not exact, or not the same both ways
  uint16_t flags = 0;  ///< AttributeFlag
  int8_t oneway = 0;   ///< 1 along the nodes, -1 against them, 0 both
  int8_t layer = 0;
  RoadClass road_class = kMotorway;
  bool alike(const RoadLine& o) const {
    return way == o.way && name_offset == o.name_offset && name_length == o.name_length && limit == o.limit &&
           flags == o.flags && oneway == o.oneway && layer == o.layer && road_class == o.road_class;
  }
};

struct RoadPoint {
  int64_t node = 0;  ///< 0: of an overlay
  int64_t way = 0;
  Position place{};
  RulePointKind kind{};
  uint8_t directions = 0;  ///< bit 0: for travel along the way's nodes, bit 1: against them
};

struct RoadRestriction {
  int64_t relation = 0;  ///< 0: of an overlay
  int64_t from_way = 0;
  Position place{};  ///< of the node where the turn begins
  TurnKind turn{};
  bool only = false;
  bool operator==(const RoadRestriction&) const = default;
};

struct Roads {
  std::vector<RoadLine> lines;  ///< by way, then along it
  std::vector<RoadPoint> points;
  std::vector<RoadRestriction> restrictions;
  std::vector<Position> positions;
  std::string text;  ///< UTF-8
  bool cut = false;  ///< `most` was reached: not all of the box is there
};

/// Lines hold the pieces whose own box meets the request's, uncut, and are joined over the edges of tiles. Points and
/// restrictions lie in the box; level crossings out of use are left out. The same map and request give the same order.
/// After a damaged tile the roads are not complete, and the graph's error tells.
void collect_roads(Graph* graph, const RoadsRequest& request, Roads* out);

}  // namespace tomare::map
