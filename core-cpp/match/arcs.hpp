// SPDX-License-Identifier: MIT
// The road network as one drive's vehicle meets it: arcs numbered on first sight, with the cost of
// each turn worked out once. Grows with the arcs that the drive's searches touch.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/map/graph.hpp"
#include "core-cpp/match/costs.hpp"

namespace tomare::match {

struct Turn {
  uint32_t to;   ///< arc number
  float events;  ///< cost of the turn itself and of what becomes illegal behind it
};

struct ArcInfo {
  map::ArcRef arc;
  float length_m;
  float rate;  ///< cost per metre driven
  uint32_t first_turn = 0;
  uint16_t turn_count = 0;
  bool expanded = false;
  RoadStanding standing;
};

class ArcTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  ArcTable(map::Graph& graph, const Costs& costs);
  /// Number of an arc; kNone when its tile is damaged.
  uint32_t number(map::ArcRef arc);
  const ArcInfo& info(uint32_t number) const { return arcs_[number]; }
  /// Turns out of an arc, `info(number).turn_count` of them; valid until the next call.
  const Turn* turns(uint32_t number);
  uint32_t size() const { return static_cast<uint32_t>(arcs_.size()); }
  void clear();

 private:
  void expand(uint32_t number);
  void grow();
  size_t slot(map::ArcRef arc) const;

  map::Graph& graph_;
  const Costs& costs_;
  std::vector<ArcInfo> arcs_;
  std::vector<Turn> turns_;
  std::vector<uint32_t> table_;  ///< open addressing, size a power of two
};

}  // namespace tomare::match
