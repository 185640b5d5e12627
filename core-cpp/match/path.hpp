// SPDX-License-Identifier: MIT
// The decoded states as a path of legs, and every fix placed on it.
#pragma once

#include <vector>

#include "core-cpp/match/costs.hpp"
#include "core-cpp/match/routes.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// Grows a trace run by run.
class PathBuilder {
 public:
  PathBuilder(map::Graph& graph, const Costs& costs, Trace* trace)
      : graph_(graph), costs_(costs), trace_(trace) {}

  void start_run(const ArcInfo& at, float travelled_m, uint32_t fix);
  /// Goes on along `arcs` (RouteSearch::path) to `travelled_m` on the last one.
  void advance(const std::vector<map::ArcRef>& arcs, float travelled_m, uint32_t fix);

  /// Path coordinate and leg of the place reached last.
  double path_m() const { return path_m_; }
  uint32_t leg() const { return static_cast<uint32_t>(trace_->legs.size()) - 1; }

 private:
  void open_leg(map::ArcRef arc, float travelled_m, float length_m);
  void move_to(float travelled_m);

  map::Graph& graph_;
  const Costs& costs_;
  Trace* trace_;
  map::ArcRef arc_{};
  float arc_length_ = 0, travelled_ = 0;
  double path_m_ = 0;
};

/// Places the fixes between two anchors of a run on the path between them, in order. Those farther from it than the
/// radius and twice the farther anchor are off the road.
void place_between(map::Graph& graph, const Fixes& fixes, const std::vector<uint8_t>& usable,
                   uint32_t first, uint32_t last, double radius_m, Trace* trace);

/// Times at which legs are entered and left, their fixes, and speeds for fixes that have none.
void finish_runs(const Fixes& fixes, Trace* trace);

}  // namespace tomare::match
