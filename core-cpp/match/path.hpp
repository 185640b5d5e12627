// SPDX-License-Identifier: MIT
// The decoded states as a path of legs, and every fix placed on it.
#pragma once

#include <vector>

#include "core-cpp/match/costs.hpp"
#include "core-cpp/match/prepare.hpp"
#include "core-cpp/match/routes.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// Grows a trace run by run.
class PathBuilder {
 public:
  PathBuilder(map::Graph& graph, const Costs& costs, Trace* trace) : graph_(graph), costs_(costs), trace_(trace) {}

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

/// Puts fixes between anchors onto a trace whose path is built.
class Placer {
 public:
  Placer(map::Graph& graph, double radius_m, Trace* trace) : graph_(graph), radius_m_(radius_m), trace_(trace) {}

  /// Places the fixes between the anchors: on the path of a run, or where the anchor before them is.
  void place_all(const Fixes& fixes, const std::vector<uint8_t>& usable, const std::vector<Anchor>& anchors);
  /// Places the fixes between two anchors of a run on the path between them, in order. Those farther from it than the
  /// radius and twice the farther anchor are off the road.
  void place_between(const Fixes& fixes, const std::vector<uint8_t>& usable, uint32_t first, uint32_t last);

 private:
  /// Of a segment, between two of its points: the first one in local units, the rest in metres.
  struct Piece {
    double x, y, dx, dy, length2, length_m;
  };
  struct Shape {
    uint32_t leg = UINT32_MAX;
    std::vector<Piece> pieces;
  };
  static constexpr uint32_t kShapes = 4;  ///< legs whose shape is kept: neighbouring fixes ask for the same ones
  bool joined(const MatchedFix& before, const MatchedFix& after) const;
  const Shape& shape_of(uint32_t leg, const Leg& of, const map::Tile& tile);

  map::Graph& graph_;
  double radius_m_;
  Trace* trace_;
  Shape shapes_[kShapes];
};

/// Times at which legs are entered and left, their fixes, and speeds for fixes that have none.
void finish_runs(const Fixes& fixes, Trace* trace);

}  // namespace tomare::match
