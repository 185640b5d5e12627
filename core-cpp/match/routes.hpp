// SPDX-License-Identifier: MIT
// Bounded shortest paths over arcs (edge-based, so that turns and U-turns have a cost): from one
// place on the road to many. Illegal moves are possible at their cost (costs.hpp).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/arcs.hpp"

namespace tomare::match {

/// A place on the road with a direction of travel.
struct Position {
  uint32_t number = ArcTable::kNone;  ///< of the arc
  float travelled_m = 0;              ///< from the arc's start, in the direction of travel
};

/// Of a run, by target; rows of whole vectors of four.
struct RouteCosts {
  static constexpr float kNone = 1e30F;
  std::vector<float> length_m;  ///< some number where there is no route
  std::vector<float> events;    ///< cost of the illegal moves and U-turns on the way; kNone: no route

  bool found(uint32_t target) const { return events[target] < kNone; }
};

/// A box on the grid of the whole Earth that the arcs of all targets begin in.
struct Goal {
  double min_x, max_x, min_y, max_y;
  double x_m, y_m;  ///< metres of a step of the grid

  /// Metres that no way from a place into the box is shorter than.
  float away_m(double x, double y) const {
    constexpr double kTrue = 0.98;   // of a distance, whatever its scale
    constexpr double kFar = 50'000;  // nor is that of the box any more, nor what lies beyond the 180th meridian
    const double dx = std::max({0.0, min_x - x, x - max_x}) * x_m, dy = std::max({0.0, min_y - y, y - max_y}) * y_m;
    const double away = kTrue * std::sqrt(dx * dx + dy * dy);
    return away < kFar ? static_cast<float>(away) : 0.0F;
  }
};

/// How far a search goes.
struct RouteBound {
  float metres;        ///< longest route
  float cost;          ///< highest cost, in units of metre_cost * metres + events
  float metre_cost;    ///< weighs a metre against events
  float slip_m;        ///< a target this far behind the start on its arc counts as reached, length 0
  float side_cost;     ///< of a metre of side street
  bool aimed = false;  ///< ways that cannot come to the goal within these bounds are not followed
  Goal goal = {};

  /// Cost of a metre beside metre_cost.
  float rate(const ArcInfo& arc) const { return arc.rate + side_cost * arc.side; }
  bool lets_through(const ArcInfo& arc, float length, float events) const;
};

class RouteSearch {
 public:
  RouteSearch(map::Graph& graph, const Costs& costs) : table_(graph, costs), costs_(costs) {}

  ArcTable& arcs() { return table_; }
  const ArcTable& arcs() const { return table_; }

  /// Routes from `from` to each target; several may lie on one arc. A search that runs out of the turns that it was
  /// granted, or of room for labels, ends with what it has found; then cut() is set until the next grant.
  void run(const Position& from, const Position* targets, uint32_t count, const RouteBound& bound, RouteCosts* out);

  /// Aims a wide search at the arcs of these targets. It finds the same, or a cheaper way where `metres` bind.
  void aim_at(const Position* targets, uint32_t count, RouteBound* bound);

  /// Turns that the next runs may try in all.
  void grant(uint32_t turns) {
    granted_ = turns;
    left_ = turns;
    cut_ = false;
  }
  uint32_t spent() const { return granted_ - left_; }
  bool cut() const { return cut_; }

  /// The arcs of the last run's route to a target that was found, the last one the target's. The
  /// first is that of `from`, or its reverse when the route turns round where it begins.
  void path(uint32_t index, std::vector<map::ArcRef>* out) const;

 private:
  struct Label {
    uint32_t number, parent;
    float cost, length, events;  ///< at the arc's start
    uint32_t settled;            ///< 0 or 1; as wide as the rest, so that a label is copied without gaps
  };
  struct Mark {
    uint32_t epoch = 0, label = 0;          ///< label of the arc in this run
    uint32_t target_epoch = 0, target = 0;  ///< last of the targets on the arc in this run
  };
  static constexpr uint32_t kNoLabel = UINT32_MAX;
  static constexpr uint32_t kNoTarget = UINT32_MAX;
  static constexpr uint32_t kMaxLabels = 30000;

  /// What the loop of a run works on, in locals: the compilers would read members anew after each store.
  struct Frontier {
    Label* labels;
    uint64_t* heap;
    Mark* marks;
    uint32_t epoch, label_count, heap_size;
    uint32_t left;  ///< turns that may be tried
    bool cut;

    void push(float cost, uint32_t label);
    uint32_t pop();
    void relax(const Turn& turn, const ArcInfo& to, uint32_t parent, float length, float events,
               const RouteBound& bound);
  };
  Frontier begin(const Position& from, const RouteBound& bound);
  /// Marks the targets. By target, the label that reaches it: none so far.
  uint32_t* aim(const Position* targets, uint32_t count, const Frontier& run, RouteCosts* out);
  bool reach(const Label& label, bool first, float travelled_m, uint32_t target, const RouteBound& bound,
             RouteCosts* out) const;
  /// Room for so many labels and entries of the heap, and for all arcs.
  void make_room(uint32_t labels, uint32_t entries);
  bool has_room(uint32_t labels, uint32_t entries) const {
    return labels <= label_room_ && entries <= heap_room_ && table_.size() <= mark_room_;
  }
  void expand(Frontier* run, uint32_t index, const RouteBound& bound);

  ArcTable table_;
  const Costs& costs_;
  LocalScale scale_;
  std::vector<Label> labels_;                                ///< room for them; a run says how many there are
  std::vector<uint64_t> heap_;                               ///< room for a binary heap of cost bits << 32 | label
  std::vector<Mark> marks_;                                  ///< by arc number, as many as the table has arcs
  uint32_t label_room_ = 0, heap_room_ = 0, mark_room_ = 0;  ///< their sizes, which vectors would work out by division
  std::vector<uint32_t> reached_;
  std::vector<uint32_t> same_arc_;  ///< by target, the one before it on its arc; kNoTarget: none
  uint32_t epoch_ = 0;
  uint32_t granted_ = UINT32_MAX, left_ = UINT32_MAX;
  bool cut_ = false;
};

}  // namespace tomare::match
