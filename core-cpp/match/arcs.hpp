// SPDX-License-Identifier: MIT
// The road network as one drive's vehicle meets it: arcs numbered on first sight, with the cost of
// each turn worked out once. Grows with the arcs that the drive's searches touch.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core-cpp/map/graph.hpp"
#include "core-cpp/match/costs.hpp"

namespace tomare::match {

struct Turn {
  uint32_t to;   ///< arc number
  float events;  ///< cost of the turn itself and of what becomes illegal behind it
};

struct ArcInfo {
  map::ArcRef arc{};
  float length_m = 0;
  float rate = 0;                 ///< cost per metre driven
  float side = 0;                 ///< 1 for side streets, whose metres cost more where little is seen of the way
  float entry = 0;                ///< cost of being here with nothing known of the road before
  float bearing_deg = 0;          ///< of its first piece
  uint32_t end_x = 0, end_y = 0;  ///< of its last point, on the grid of the whole Earth
  uint32_t first_turn = 0;
  uint16_t turn_count = 0;
  bool expanded = false;
  RoadStanding standing;
};

class ArcTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  ArcTable(map::Graph& graph, const Costs& costs) : graph_(graph), costs_(costs) {}
  /// Number of a segment's forward arc; that of its reverse is one more. kNone when its tile is damaged.
  uint32_t forward(uint32_t tile, uint32_t segment) {
    if (tile != last_tile_ && !open_tile(tile)) return kNone;
    const uint32_t known = slots_[last_first_ + segment];
    return known != kNone ? known : add(tile, segment);
  }
  const ArcInfo& info(uint32_t number) const { return arcs_[number]; }
  /// Turns out of an arc, `info(number).turn_count` of them; valid until the next call.
  const Turn* turns(uint32_t number) {
    if (!arcs_[number].expanded) expand(number);
    return turns_.data() + arcs_[number].first_turn;
  }
  uint32_t size() const { return static_cast<uint32_t>(arcs_.size()); }

 private:
  bool open_tile(uint32_t tile);
  void expand(uint32_t number);
  uint32_t add(uint32_t tile, uint32_t segment);
  void set(const map::Tile& tile, uint16_t segment, uint16_t backward, ArcInfo* info) const;

  map::Graph& graph_;
  const Costs& costs_;
  std::vector<ArcInfo> arcs_;  ///< forward and backward of a segment side by side
  std::vector<Turn> turns_;
  std::vector<uint32_t> slots_;                   ///< number of each segment's forward arc, by tile
  std::unordered_map<uint32_t, uint32_t> first_;  ///< first slot of a tile
  uint32_t last_tile_ = UINT32_MAX, last_first_ = 0;
};

}  // namespace tomare::match
