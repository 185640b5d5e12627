// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {
namespace {

/// Right at the node and over the whole bend: a slip road begins straight on, and ends as the turn that it is.
constexpr double kReaches[] = {10, 35};
constexpr double kStraight = 25;     ///< degrees: less is no turn
constexpr double kBackward = 150;    ///< a sharper turn may be measured to the other side
constexpr double kLeastUTurn = 120;  ///< degrees
constexpr double kMostStraight = 100;
constexpr double kStraighter = 45;  ///< degrees less than the other way on, where either is said to go straight on

/// Bearing of the chord between the road's node and the place `reach_m` from it, in the direction of travel.
double chord_deg(const RoadEnd& end, double reach_m, bool at_its_end) {
  const double length = end.tile->segments[end.segment].length_cm * 0.01;
  const bool node_last = end.forward == at_its_end;  // the node is the last point of the segment
  const double reach = std::min(reach_m, length);
  int32_t lat[2], lon[2];
  map::position_on(*end.tile, end.segment, node_last ? length : 0, &lat[0], &lon[0]);
  map::position_on(*end.tile, end.segment, node_last ? length - reach : reach, &lat[1], &lon[1]);
  const MetreScale scale = metre_scale(lat[0]);
  const double sign = at_its_end ? 1 : -1;  // from the far place to the node, or from the node on
  return bearing_deg(sign * (static_cast<double>(lon[0]) - lon[1]) * scale.x,
                     sign * (static_cast<double>(lat[0]) - lat[1]) * scale.y);
}

bool is_none_of(uint8_t kind, double turn) {
  switch (kind) {
    case map::kTurnLeft:
      return turn > -kStraight && turn < kBackward;
    case map::kTurnRight:
      return turn < kStraight && turn > -kBackward;
    case map::kTurnStraight:
      return std::fabs(turn) > kMostStraight;
    case map::kTurnU:
      return std::fabs(turn) < kLeastUTurn;
    default:
      return false;
  }
}

}  // namespace

double turn_deg(const RoadEnd& from, const RoadEnd& to, double reach_m) {
  const double change = chord_deg(to, reach_m, false) - chord_deg(from, reach_m, true);
  return change - 360.0 * std::floor((change + 180.0) / 360.0);
}

bool contradicts(uint8_t kind, const RoadEnd& from, const RoadEnd& to) {
  return std::all_of(std::begin(kReaches), std::end(kReaches),
                     [&](double reach) { return is_none_of(kind, turn_deg(from, to, reach)); });
}

bool straighter_beside(const RoadEnd& from, const RoadEnd& to, uint16_t at) {
  const map::Tile& tile = *from.tile;
  const auto bend = [&](const RoadEnd& exit) {  // by the reach that makes it the straightest
    double least = 180;
    for (const double reach : kReaches) least = std::min(least, std::fabs(turn_deg(from, exit, reach)));
    return least;
  };
  const double bends = bend(to);
  const map::Node& node = tile.nodes[at];
  for (uint32_t i = 0; i < node.arc_count; ++i) {
    const map::Arc arc = tile.arcs[node.first_arc + i];
    const RoadEnd exit = {from.tile, uint32_t{arc} >> 1, (arc & 1) == 0};
    const bool other = exit.segment != from.segment && exit.segment != to.segment;
    if (other && !laid_out_privately(tile.attributes_of(exit.segment)) && bend(exit) < bends - kStraighter) return true;
  }
  return false;
}

}  // namespace tomare::rules
