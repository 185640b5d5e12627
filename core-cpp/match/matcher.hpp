// SPDX-License-Identifier: MIT
// The matcher: anchors -> candidates -> trellis -> path (docs/MATCHING.md). After Newson & Krumm
// (2009), with illegal moves possible at a cost, an off-road state, and the posterior.
#pragma once

#include <vector>

#include "core-cpp/match/candidates.hpp"
#include "core-cpp/match/costs.hpp"
#include "core-cpp/match/path.hpp"
#include "core-cpp/match/prepare.hpp"
#include "core-cpp/match/routes.hpp"
#include "core-cpp/match/trace.hpp"
#include "core-cpp/match/viterbi.hpp"

namespace tomare::match {

class Matcher {
 public:
  Matcher(map::Graph& graph, const Settings& settings, map::Vehicle vehicle);
  /// `usable`: per fix, 0 for those that are left out (usable.hpp).
  void match(const Fixes& fixes, const std::vector<uint8_t>& usable, Trace* trace);

 private:
  struct State {
    Position position;
    float emission = 0;              ///< cost of the heading; of being there, off the road
    float z = 0;                     ///< distance in standard errors
    float aside_x = 0, aside_y = 0;  ///< unit vector from the road to the fix
    float entry = 0, distance_m = 0;
  };
  /// States of one anchor: on roads, then off the road, then off it for the rest of the section.
  struct Step {
    uint32_t anchor = 0, first = 0, count = 0;
    uint32_t roads() const { return count - kOffStates; }
  };
  static constexpr uint32_t kOffStates = 2;
  /// Of candidates, in whole vectors of four: z and bearing, and by direction of travel the cost of the heading and
  /// that with the error's.
  struct Weighed {
    std::vector<float> z, bearing, heading[2], cost[2];
    float least = 0;  ///< of all costs
  };
  /// The road states of the step that transitions lead to, in whole vectors of four.
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

  void estimate_sigma(const Fixes& fixes);
  /// The standard error that distances to the road with this median show, with the one expected before.
  float shown_sigma(std::vector<float>* distances, float most) const;
  /// All of it, with error_ as it is.
  void match_once(const Fixes& fixes, Trace* trace);
  /// Whether the path shows so many times the error that was assumed; then error_ is that.
  bool path_shows_more(const Trace& trace, float times);
  void section(const Fixes& fixes, uint32_t first, Trace* trace);
  void build_trellis(const Fixes& fixes, uint32_t first);
  /// Marks the anchors of short stretches off the road between two on it. False: there are none.
  bool mark_short_excursions();
  void follow_best(const Step& step);
  /// Removes the marked anchors of a section and lengthens the steps over them.
  void leave_out_marked(const Fixes& fixes, uint32_t first);
  bool off_road(uint32_t step) const { return best_[step] >= steps_[step].roads(); }
  void add_states(const Fixes& fixes, Step* step);
  /// Costs of the candidates by themselves, in both directions of travel.
  void weigh(const Anchor& anchor, float sigma, float drift);
  void add_direction(uint32_t arc, uint32_t candidate, float emission);
  void add_off_states(uint32_t anchor);
  void transitions(const Step& before, const Step& now, const Anchor& anchor);
  void look_ahead(const Step& step);
  void look_back(const Anchor& anchor);
  /// Costs of going from a state that is `behind` the best one to each road state ahead.
  void route_row(const State& from, float behind, float* row);
  /// The costs of coming onto the roads ahead are added to a row.
  void add_entries(float* row) const;
  void place_fixes(const Fixes& fixes, const std::vector<uint8_t>& usable, Trace* trace);
  void build_path(Trace* trace);
  float on_path(uint32_t step, const std::vector<map::ArcRef>& arcs);
  RouteBound bound(const Anchor& anchor) const;
  float beta(const Anchor& anchor) const;
  /// Cost of a hole in the map that was driven through since the anchor before.
  float jump(const Anchor& anchor) const;

  map::Graph& graph_;
  const Settings& settings_;
  Costs costs_;
  DriveError error_;
  float drift_ = 0;       ///< error on the best road so far, in standard errors
  float best_score_ = 0;  ///< of the roads, at the step before
  CandidateFinder finder_;
  RouteSearch search_;
  Trellis trellis_;
  Prepared prepared_;
  std::vector<Candidate> candidates_;
  std::vector<State> states_;
  std::vector<Step> steps_;
  std::vector<uint32_t> best_;
  std::vector<float> gamma_;
  Weighed weighed_;
  Ahead ahead_;
  RouteCosts routes_;
};

}  // namespace tomare::match
