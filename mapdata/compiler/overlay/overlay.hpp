// SPDX-License-Identifier: MIT
// A regulation overlay merged into the network: each row is snapped to the roads that it speaks of, or left
// out with the reason. What it changes says of itself that it comes from the overlay.
#pragma once

#include <string>
#include <vector>

#include "mapdata/compiler/overlay/overlay_rows.hpp"
#include "mapdata/compiler/overlay/road_index.hpp"

namespace tomare::compiler {

/// Metres of a way that a row speaks of.
struct OverlayStretch {
  uint32_t way;
  double from_m, to_m;
  bool forward;  ///< the row's line runs along the way
};

/// The ways under a row's line in its order; empty, and `reason` says why.
std::vector<OverlayStretch> snap_line(const Network& network, const RoadIndex& index, const OverlayRow& row,
                                      const char** reason);

/// What stands at a point: a stop, a level crossing, a road closed from there on.
class PointSnapper {
 public:
  PointSnapper(const Network& network, const RoadIndex& index, const std::vector<PlacedPoint>& placed);
  const char* stop(const OverlayRow& row, PlacedPoint* out);
  const char* crossing(const OverlayRow& row, PlacedPoint* out);
  const char* mouth(const OverlayRow& row, OverlayStretch* out) const;

 private:
  const Network& n_;
  const RoadIndex& index_;
  struct Known {
    double offset_m;
    map::RulePoint point;
  };
  std::unordered_map<uint32_t, std::vector<Known>> known_;  ///< points by way
};

/// Turn bans at the junctions near their middle positions. `reasons` has one entry for each of `rows`.
std::vector<PlacedRestriction> snap_turns(Network* network, const RoadIndex& index,
                                          const std::vector<const OverlayRow*>& rows,
                                          const std::vector<PlacedRestriction>& placed,
                                          std::vector<const char*>* reasons);

/// Makes `out` a restriction of the row, with its vehicles and its condition.
void add_overlay_restriction(const OverlayRow& row, Network* network, PlacedRestriction* out);

/// Appends to both lists, cuts ways where a regulation begins or ends, and keeps their facts in
/// Network::stretches. Returns the rows that were left out: lines "row<tab>reason".
std::string merge_overlay(const std::vector<OverlayRow>& rows, Network* network, std::vector<PlacedPoint>* points,
                          std::vector<PlacedRestriction>* restrictions);

}  // namespace tomare::compiler
