// SPDX-License-Identifier: MIT
// What it costs to come from the states of one anchor to those of the next: routes about as long as the way was, and
// an error that moves on (docs/MATCHING.md).
#pragma once

#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/budget.hpp"
#include "core-cpp/match/prepare.hpp"
#include "core-cpp/match/routes.hpp"
#include "core-cpp/match/states.hpp"

namespace tomare::match {

class Transition {
 public:
  Transition(const Settings& settings, RouteSearch& search, Budget& budget)
      : settings_(settings), search_(search), budget_(budget) {}

  /// What holds for one match: the drive's smoothing, and the standard error of its positions (m).
  void begin_match(const Smoothed& smoothed, float sigma_m);

  /// Lays out the road states that the next transitions lead to. Before any other call for an anchor.
  void look_ahead(const State* roads, uint32_t count);
  /// Costs from each state of the step before, off-road states last, into rows of `row_length`. `scores`: of the states
  /// before; `best`: the least of those on roads. False: there are more ways than a fix may ask for.
  bool write(const Anchor& anchor, const State* before, uint32_t roads_before, const float* scores, float best,
             float* rows, uint32_t row_length);
  /// The costs of coming onto the roads ahead with nothing known before are added to a row.
  void add_entries(float* row) const;

  /// The route from one state to another, that of the next anchor: its arcs (RouteSearch::path). False: there is none.
  bool route(const Anchor& anchor, const Position& from, const Position& to, std::vector<map::ArcRef>* arcs);
  /// How far the routes to an anchor may go, from the best state before.
  RouteBound bound(const Anchor& anchor) const { return bound(anchor, beta(anchor)); }

 private:
  /// The road states ahead, in whole vectors of four, and what the way to them is expected to be.
  struct Ahead {
    std::vector<Position> positions;
    std::vector<float> z, aside_x, aside_y;
    std::vector<float> entry;  ///< cost of coming onto the road with nothing known of the error before
    float jump = 0;            ///< and of coming there from another road by a way that the map lacks
    RouteBound reach{};        ///< from the best state before
    float beta_m = 0;          ///< scale of what a route differs by from …
    float straight_m = 0;      ///< … either of these two
    float travelled_m = 0;
    float error_share = 0;  ///< of the error before, that is still there
  };

  void look_back(const Anchor& anchor);
  /// Costs of going from a state that is `behind` the best one to each road state ahead.
  void write_row(const State& from, float behind, float* row);
  float beta(const Anchor& anchor) const;
  /// Cost of a hole in the map that was driven through since the anchor before.
  float jump(const Anchor& anchor, float beta_m) const;
  RouteBound bound(const Anchor& anchor, float beta_m) const;

  const Settings& settings_;
  RouteSearch& search_;
  Budget& budget_;
  float sigma_m_ = 0;
  float beta_m_ = 0;       ///< at no time and no distance
  bool measured_ = false;  ///< the drive's speeds say how long the way was
  Ahead ahead_;
  RouteCosts routes_;
};

}  // namespace tomare::match
