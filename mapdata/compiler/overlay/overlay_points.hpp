// SPDX-License-Identifier: MIT
// Rows of one position: where on a road they stand.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "mapdata/compiler/network/rule_points.hpp"
#include "mapdata/compiler/overlay/overlay_lines.hpp"
#include "mapdata/compiler/overlay/overlay_rows.hpp"
#include "mapdata/compiler/overlay/road_index.hpp"

namespace tomare::compiler {

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
  /// A road on which a row's direction leads to a junction.
  struct Approach {
    NearRoad at;
    bool forward;
    double junction_m, ahead_m;
  };
  /// The best of the roads near a row; else why there is none.
  const char* approach_of(const std::vector<NearRoad>& near, double bearing_deg, Approach* best) const;
  struct Known {
    double offset_m;
    map::RulePoint point;
  };
  std::unordered_map<uint32_t, std::vector<Known>> known_;  ///< points by way
};

}  // namespace tomare::compiler
