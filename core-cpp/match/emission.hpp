// SPDX-License-Identifier: MIT
// The states of an anchor: the roads near it in both directions of travel, with the cost of the heading, and the two
// off the road. What costs far more than the best is left out.
#pragma once

#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/candidates.hpp"
#include "core-cpp/match/prepare.hpp"
#include "core-cpp/match/states.hpp"

namespace tomare::match {

/// Of candidates, in whole vectors of four: z and bearing, and by direction of travel the cost of the heading and
/// that with the error's.
struct Weighed {
  std::vector<float> z, bearing, heading[2], cost[2];
  float least = 0;  ///< of all costs
};

/// Costs of the candidates by themselves, in both directions of travel. `sigma_m`: of the anchor's fix; `drift`: the
/// standard errors that a candidate may be off for nothing.
void weigh(const Anchor& anchor, const std::vector<Candidate>& candidates, float sigma_m, float drift, Weighed* out);

/// Where an anchor's states are looked for.
struct Lookout {
  int32_t lat_e7 = 0, lon_e7 = 0;
  float sigma_m = 0;  ///< standard error of the fix
  float drift = 0;    ///< what the best road so far is off, in standard errors
  float off_s = 0;    ///< seconds that a car off the road would be there
};

class Emission {
 public:
  Emission(const Settings& settings, CandidateFinder& finder, ArcTable& arcs, Budget& budget)
      : settings_(settings), finder_(finder), arcs_(arcs), budget_(budget) {}

  /// Adds the states of an anchor to those of its section.
  Step add_states(const Anchor& anchor, const Lookout& from, std::vector<State>* states);

 private:
  void find(const Lookout& from, float drift);
  void add_direction(uint32_t arc, uint32_t candidate, float heading_cost, std::vector<State>* states);

  const Settings& settings_;
  CandidateFinder& finder_;
  ArcTable& arcs_;
  Budget& budget_;
  std::vector<Candidate> candidates_;
  bool cut_ = false;  ///< there are more
  Weighed weighed_;
};

}  // namespace tomare::match
