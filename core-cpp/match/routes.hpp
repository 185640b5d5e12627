// SPDX-License-Identifier: MIT
// Bounded shortest paths over arcs (edge-based, so that turns and U-turns have a cost): from one
// place on the road to many. Illegal moves are possible at their cost (costs.hpp).
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/map/graph.hpp"
#include "core-cpp/match/costs.hpp"

namespace tomare::match {

/// A place on the road with a direction of travel.
struct Position {
  map::ArcRef arc;
  float travelled_m = 0;  ///< from the arc's start, in the direction of travel
  float length_m = 0;     ///< of the arc
};

struct RouteCost {
  float length_m = 0;
  float events = 0;  ///< cost of the illegal moves and U-turns on the way
  bool found = false;
};

class RouteSearch {
 public:
  RouteSearch(map::Graph& graph, const Costs& costs);

  /// Routes from `from` to each target, at most `max_m` long. `metre_cost` weighs a metre against
  /// events. A target up to `slip_m` behind `from` on the same arc counts as reached with length 0.
  void run(const Position& from, const Position* targets, uint32_t count, float max_m,
           float metre_cost, float slip_m, RouteCost* out);

  /// The arcs of the last run's route to a target that was found, the last one the target's. The
  /// first is that of `from`, or its reverse when the route turns round where it begins.
  void path(uint32_t index, std::vector<map::ArcRef>* out) const;

 private:
  struct Label {
    map::ArcRef arc;
    float cost, length;  ///< at the arc's start
    float events, arc_m;  ///< events: at the arc's start
    float rate;           ///< events per metre of the arc
    uint32_t parent;
    uint8_t illegal;
    bool minor, settled;
  };
  static constexpr uint32_t kNoLabel = UINT32_MAX;
  static constexpr uint32_t kTableSize = 4096;
  static constexpr uint32_t kMaxLabels = 3000;

  uint32_t* slot_of(map::ArcRef arc);
  void relax(map::ArcRef arc, uint32_t parent, float length, float events);
  void expand(uint32_t index);
  void push(float cost, uint32_t label);
  uint32_t pop();

  map::Graph& graph_;
  const Costs& costs_;
  std::vector<Label> labels_;
  std::vector<uint64_t> heap_;  ///< cost bits << 32 | label
  std::vector<uint32_t> table_, stamp_;
  std::vector<uint32_t> reached_;
  uint32_t epoch_ = 0;
  float max_m_ = 0, metre_cost_ = 0;
};

}  // namespace tomare::match
