// SPDX-License-Identifier: MIT
// How far a turn changes the direction, and whether that is a turn of the kind that a restriction names.
#pragma once

#include "core-cpp/map/tile.hpp"

namespace tomare::rules {

/// A road end at a node: the segment, and whether it is driven along or against its points.
struct RoadEnd {
  const map::Tile* tile;
  uint32_t segment;
  bool forward;
};

/// Degrees that the direction changes from the end of one road to the begin of another, over chords of `reach_m`
/// metres at most: -180 to 180, to the right above 0.
double turn_deg(const RoadEnd& from, const RoadEnd& to, double reach_m);

/// The geometry says that a turn from one road to the other is none of this kind: a left turn that goes straight on
/// or to the right, a U-turn that does not turn back. Entries and exits fit any geometry.
bool contradicts(uint8_t turn_kind, const RoadEnd& from, const RoadEnd& to);

/// Another public road leaves the node so much straighter on than `to` that a sign "straight on" means that one.
bool straighter_beside(const RoadEnd& from, const RoadEnd& to, uint16_t node);

}  // namespace tomare::rules
