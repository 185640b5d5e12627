// SPDX-License-Identifier: MIT
// Runs every rule over a matched trace.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/map/graph.hpp"
#include "core-cpp/match/candidates.hpp"
#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/trace.hpp"
#include "core-cpp/rules/finding.hpp"
#include "core-cpp/rules/law.hpp"

namespace tomare::rules {

struct Context {
  map::Graph& graph;
  const match::Fixes& fixes;  ///< with what is believed of them
  const match::Fixes& log;    ///< as it came
  const match::Channels& channels;
  const match::Trace& trace;
  const Settings& settings;
  map::Vehicle vehicle;
  const Laws& laws;
  std::vector<uint8_t> jumped = {};  ///< per fix of the log (jumps.hpp, drifts.hpp); empty: nowhere
  /// Of the matched fixes of the drive, from the road; 0: not known.
  double mean_error_m = 0;
  match::CandidateFinder* finder = nullptr;  ///< the matcher's, which knows the roads near; none: each rule has its own
};

void judge(const Context& context, Judgement* out);

/// By start time, rule, node, way and first fix; what is equal in all of these stays in the order in which it was
/// judged.
void put_in_order(std::vector<Finding>* findings);

// One law each; they append findings and count exposure.
void judge_stop_signs(const Context& context, Judgement* out);
void judge_wrong_way(const Context& context, Judgement* out);
void judge_no_entry(const Context& context, Judgement* out);
void judge_turn_bans(const Context& context, Judgement* out);
void judge_speeding(const Context& context, Judgement* out);
void judge_level_crossings(const Context& context, Judgement* out);
void judge_minimum_speed(const Context& context, Judgement* out);

}  // namespace tomare::rules
