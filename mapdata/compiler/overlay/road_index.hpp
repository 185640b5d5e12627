// SPDX-License-Identifier: MIT
// Which roads lie near a place: an index of the network around the rows of an overlay alone.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "mapdata/compiler/network/graph.hpp"
#include "mapdata/compiler/overlay/overlay_rows.hpp"

namespace tomare::compiler {

struct NearRoad {
  uint32_t way, position;  ///< on the stretch from the position to the next
  double offset_m;         ///< along the way
  double aside_m;
  double bearing;  ///< of the way's own direction there, degrees
};

class RoadIndex {
 public:
  RoadIndex(const Network& network, const std::vector<OverlayRow>& rows);
  /// Stretches within reach of a place of a row, of the roads that the row may mean, by way and position.
  /// `reach_m` is at most 60.
  std::vector<NearRoad> near(const OverlayRow& row, const OverlayPosition& place, double reach_m) const;
  /// Metres of the way's positions; valid until the next way is asked for.
  const std::vector<double>& offsets(uint32_t way) const;
  /// A place where roads meet: the node at a position of a way.
  bool junction(uint32_t way, uint32_t position) const;
  /// Metre of the next junction from an offset in a direction, at most `reach_m` ahead and `back_m` behind; < 0: none.
  double junction_ahead(uint32_t way, double offset_m, bool forward, double reach_m, double back_m) const;

 private:
  struct Stretch {
    uint32_t way, position;
  };
  void add(uint32_t way);

  const Network& n_;
  std::unordered_map<uint64_t, std::vector<Stretch>> cells_;
  struct Offsets {
    uint32_t way = kMissing;
    std::vector<double> metres;
  };
  mutable std::array<Offsets, 64> offsets_;  ///< of the ways asked for last
};

/// Positions at most `step_m` apart along a line, its ends included.
std::vector<OverlayPosition> sampled(const std::vector<OverlayPosition>& line, double step_m);

/// Degrees of the course from one position to another near it.
double course_deg(const OverlayPosition& from, const OverlayPosition& to);

}  // namespace tomare::compiler
