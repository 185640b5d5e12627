// SPDX-License-Identifier: MIT
// The matcher: anchors -> candidates -> trellis -> path (docs/MATCHING.md). After Newson & Krumm
// (2009), with illegal moves possible at a cost, an off-road state, and the posterior.
#pragma once

#include <vector>

#include "core-cpp/match/budget.hpp"
#include "core-cpp/match/candidates.hpp"
#include "core-cpp/match/costs.hpp"
#include "core-cpp/match/emission.hpp"
#include "core-cpp/match/path.hpp"
#include "core-cpp/match/prepare.hpp"
#include "core-cpp/match/routes.hpp"
#include "core-cpp/match/states.hpp"
#include "core-cpp/match/trace.hpp"
#include "core-cpp/match/transition.hpp"
#include "core-cpp/match/viterbi.hpp"

namespace tomare::match {

/// Matches one drive: its arcs and turns are numbered on first sight and kept. `graph`, `settings` and `finder` must
/// outlive it; others may ask that for the roads near the same fixes.
class Matcher {
 public:
  Matcher(map::Graph& graph, const Settings& settings, map::Vehicle vehicle, CandidateFinder& finder);
  /// `usable`: per fix, 0 for those that are left out (usable.hpp).
  void match(const Fixes& fixes, const std::vector<uint8_t>& usable, Trace* trace);

 private:
  /// All of it, with error_ as it is. `fixes`: with the smoothed positions, here and below.
  void match_once(const Fixes& fixes, Trace* trace);
  /// Whether the path shows so many times the error that was assumed; then error_ is that.
  bool path_shows_more(const Trace& trace, float times);
  /// The anchors from `first` to the next gap.
  void section(const Fixes& fixes, uint32_t first, Trace* trace);
  /// Lays out the section's states and costs, and decodes the best ones.
  void decode(const Fixes& fixes, uint32_t first);
  Step add_states(const Fixes& fixes, uint32_t anchor);
  void follow_best(const Step& step);
  bool off_road(uint32_t step) const { return best_[step] >= steps_[step].roads(); }
  const State& best_state(uint32_t step) const { return states_[steps_[step].first + best_[step]]; }
  uint32_t fix_of(uint32_t step) const { return prepared_.anchors[first_ + step].fix; }
  /// Takes walks off the road.
  void leave_walks(uint32_t first);
  /// The best states as legs, and their anchors' fixes on these.
  void build_path(Trace* trace);
  /// Whether a route leads to the best state of a step from that of the one before; arcs_ is that route.
  bool joins(uint32_t step);
  /// The posterior of each anchor's fix: that of the states on the path from the anchor before to the one after.
  void weigh_path(Trace* trace);
  float posterior_on(uint32_t step, const Leg* first, const Leg* last) const;

  map::Graph& graph_;
  const Settings& settings_;
  Costs costs_;
  Budget budget_;
  CandidateFinder& finder_;
  RouteSearch search_;
  Emission emission_;
  Transition transition_;
  Trellis trellis_;
  DriveError error_;
  float drift_ = 0;       ///< error on the best road so far, in standard errors
  float best_score_ = 0;  ///< of the roads, at the step before
  Prepared prepared_;
  uint32_t first_ = 0;  ///< first anchor of the section; there is a step for each anchor of it
  std::vector<Step> steps_;
  std::vector<State> states_;
  std::vector<uint32_t> best_;    ///< by step, its most likely state
  std::vector<float> gamma_;      ///< probability of each state
  std::vector<uint32_t> leg_of_;  ///< by step, its leg; kNoLeg off the road
  std::vector<map::ArcRef> arcs_;
};

}  // namespace tomare::match
