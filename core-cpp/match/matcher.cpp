// SPDX-License-Identifier: MIT
#include "core-cpp/match/matcher.hpp"

#include <algorithm>

#include "core-cpp/match/excursions.hpp"
#include "core-cpp/match/sigma.hpp"

namespace tomare::match {

using map::ArcRef;

namespace {

constexpr int kBridgePasses = 3;
constexpr int kSigmaPasses = 4;
constexpr float kSigmaDoubted = 1.5F;  ///< times the assumed error, beyond which the match is done again …
constexpr float kSigmaSettled = 1.1F;  ///< … until its path shows no more than this
constexpr uint32_t kFewStates = 6;     ///< of a fix, that there is room for at once …
constexpr uint32_t kManySteps = 4096;  ///< … for so many steps: a long drive off the road has two states a fix
constexpr size_t kFewLegs = 256;       ///< of a short drive: there is room for them at once
constexpr uint32_t kNoLeg = UINT32_MAX;

uint32_t section_end(const std::vector<Anchor>& anchors, uint32_t first) {
  uint32_t end = first + 1;
  while (end < anchors.size() && !anchors[end].starts_section) ++end;
  return end;
}

}  // namespace

Matcher::Matcher(map::Graph& graph, const Settings& settings, map::Vehicle vehicle, CandidateFinder& finder)
    : graph_(graph),
      settings_(settings),
      costs_(settings, vehicle),
      finder_(finder),
      search_(graph, costs_),
      emission_(settings, finder_, search_.arcs(), budget_),
      transition_(settings, search_, budget_) {}

bool Matcher::path_shows_more(const Trace& trace, float times) {
  const float shown = sigma_by_path(settings_, prepared_, trace);
  if (shown <= times * error_.sigma_m) return false;
  error_.sigma_m = shown;
  return true;
}

Step Matcher::add_states(const Fixes& fixes, uint32_t k) {
  const std::vector<Anchor>& anchors = prepared_.anchors;
  const Anchor& anchor = anchors[k];
  const bool last = k + 1 == anchors.size() || anchors[k + 1].starts_section;
  Lookout from;
  from.lat_e7 = fixes.lat_e7[anchor.fix];
  from.lon_e7 = fixes.lon_e7[anchor.fix];
  from.sigma_m = error_.of(fixes.accuracy_m[anchor.fix]);
  from.drift = drift_;
  from.off_s = last ? anchor.dt_s : std::max(anchor.dt_s, anchors[k + 1].dt_s);
  return emission_.add_states(anchor, from, &states_);
}

void Matcher::follow_best(const Step& step) {
  const float* score = trellis_.score(trellis_.steps() - 1);
  const uint32_t roads = step.roads();
  uint32_t best = 0;
  for (uint32_t j = 1; j < roads; ++j) best = score[j] < score[best] ? j : best;
  drift_ = roads > 0 ? states_[step.first + best].z : 0;
  best_score_ = roads > 0 ? score[best] : 0;
}

void Matcher::decode(const Fixes& fixes, uint32_t first) {
  const std::vector<Anchor>& anchors = prepared_.anchors;
  const uint32_t end = section_end(anchors, first);
  states_.clear();
  states_.reserve(size_t{kFewStates} * std::min(end - first, kManySteps));
  steps_.clear();
  steps_.reserve(end - first);
  trellis_.clear(end - first);
  drift_ = 0;
  first_ = first;
  for (uint32_t k = first; k < end; ++k) {
    if (trellis_.costs() > kMostCosts) {  // no memory holds more: the path breaks off here
      steps_.back().cut = true;
      prepared_.anchors[k].starts_section = true;
      break;
    }
    Step step = add_states(fixes, k);
    const State* states = states_.data();
    transition_.look_ahead(states + step.first, step.roads());
    float* emission = trellis_.open_step(step.count);
    for (uint32_t j = 0; j < step.count; ++j) emission[j] = states[step.first + j].emission;
    if (k == first) {
      transition_.add_entries(emission);
    } else {
      const Step& before = steps_.back();
      const float* scores = trellis_.score(trellis_.steps() - 2);
      float* rows = trellis_.open_transitions();
      const bool all = transition_.write(anchors[k], states + before.first, before.roads(), scores, best_score_, rows,
                                         trellis_.row_length());
      step.cut = step.cut || !all;
    }
    trellis_.follow();
    follow_best(step);
    steps_.push_back(step);
  }
  trellis_.decode(&best_);
}

void Matcher::section(const Fixes& fixes, uint32_t first, Trace* trace) {
  decode(fixes, first);
  std::vector<uint8_t> off;
  for (int pass = 0; pass < kBridgePasses && !budget_.spent(); ++pass) {
    off.resize(steps_.size());
    for (uint32_t k = 0; k < steps_.size(); ++k) off[k] = off_road(k) ? 1 : 0;
    if (!mark_short_excursions(off, first, settings_.match_bridge_s, &prepared_.anchors)) break;
    leave_out_marked(fixes, first, &prepared_.anchors);
    decode(fixes, first);
  }
  leave_walks(first);
  trellis_.posterior(&gamma_);
  build_path(trace);
  weigh_path(trace);
}

void Matcher::leave_walks(uint32_t first) {
  std::vector<uint8_t> against(steps_.size()), walks;
  for (uint32_t k = 0; k < steps_.size(); ++k) {
    if (off_road(k)) continue;
    const RoadStanding& road = search_.arcs().info(best_state(k).position.number).standing;
    against[k] = (road.illegal & kAgainstOneway) != 0 ? 1 : 0;
  }
  if (!mark_walks(against, first, prepared_.anchors, &walks)) return;
  for (uint32_t k = 0; k < steps_.size(); ++k) best_[k] = walks[k] != 0 ? steps_[k].roads() : best_[k];
}

bool Matcher::joins(uint32_t k) {
  return k > 0 && !off_road(k - 1) &&
         transition_.route(prepared_.anchors[first_ + k], best_state(k - 1).position, best_state(k).position, &arcs_);
}

void Matcher::build_path(Trace* trace) {
  PathBuilder builder(graph_, costs_, trace);
  leg_of_.assign(steps_.size(), kNoLeg);
  for (uint32_t k = 0; k < steps_.size(); ++k) {
    const uint32_t fix = fix_of(k);
    MatchedFix& matched = trace->fixes[fix];
    matched.cut = steps_[k].cut || (k + 1 < steps_.size() && steps_[k + 1].cut);
    if (off_road(k)) {
      matched.state = FixState::off_road;
      continue;
    }
    const State& here = best_state(k);
    if (joins(k)) {
      builder.advance(arcs_, here.position.travelled_m, fix);
    } else {
      builder.start_run(search_.arcs().info(here.position.number), here.position.travelled_m, fix);
    }
    matched.state = FixState::matched;
    matched.path_m = builder.path_m();
    matched.leg = builder.leg();
    matched.error_m = here.distance_m;
    leg_of_[k] = builder.leg();
  }
}

void Matcher::weigh_path(Trace* trace) {
  for (uint32_t k = 0; k < steps_.size(); ++k) {
    if (leg_of_[k] == kNoLeg) continue;
    const auto same_run = [&](uint32_t other) {
      return leg_of_[other] != kNoLeg && trace->legs[leg_of_[other]].run == trace->legs[leg_of_[k]].run;
    };
    const uint32_t from = leg_of_[k > 0 && same_run(k - 1) ? k - 1 : k];
    const uint32_t to = leg_of_[k + 1 < steps_.size() && same_run(k + 1) ? k + 1 : k];
    const Leg* const legs = trace->legs.data();
    trace->fixes[fix_of(k)].posterior = posterior_on(k, legs + from, legs + to);
  }
}

/// That of the states on the legs from one to the other, both included.
float Matcher::posterior_on(uint32_t k, const Leg* first, const Leg* last) const {
  const Step& step = steps_[k];
  const State* const states = states_.data() + step.first;
  const float* const gamma = gamma_.data() + trellis_.offset(k);
  const uint32_t roads = step.roads();
  float sum = 0;
  for (uint32_t j = 0; j < roads; ++j) {
    const ArcRef arc = search_.arcs().info(states[j].position.number).arc;
    const Leg* on = first;  // few: std::find looks at four at once
    while (on <= last && !(on->segment == arc.segment && on->tile == arc.tile && on->forward == (arc.backward == 0)))
      ++on;
    if (on <= last) sum += gamma[j];
  }
  return std::min(sum, 1.0F);
}

void Matcher::match_once(const Fixes& fixes, Trace* trace) {
  *trace = {};
  trace->fixes.resize(fixes.count);
  trace->legs.reserve(std::min(prepared_.anchors.size(), kFewLegs));
  trace->gaps = prepared_.gaps;
  trace->error = error_;
  transition_.begin_match(prepared_.smoothed, error_.sigma_m);
  const std::vector<Anchor>& anchors = prepared_.anchors;
  for (uint32_t first = 0; first < anchors.size(); first = section_end(anchors, first)) section(fixes, first, trace);
}

void Matcher::match(const Fixes& log, const std::vector<uint8_t>& usable, Trace* trace) {
  prepare(log, usable, settings_, &prepared_);
  const Smoothed& smoothed = prepared_.smoothed;
  Fixes fixes = log;
  fixes.lat_e7 = smoothed.lat_e7.data();  // they stay there: preparing the same log again needs no more room
  fixes.lon_e7 = smoothed.lon_e7.data();
  error_ = {0, smoothed.pulled ? smoothed.error_m : 0, smoothed.removed_m2};
  budget_.begin_drive(prepared_.anchors.size());
  error_.sigma_m = sigma_by_roads(settings_, fixes, prepared_, &finder_);
  match_once(fixes, trace);
  float doubt = kSigmaDoubted;
  for (int pass = 1; pass < kSigmaPasses && !budget_.spent() && path_shows_more(*trace, doubt); ++pass) {
    doubt = kSigmaSettled;
    prepare(log, usable, settings_, &prepared_);  // the match before may have left anchors out
    match_once(fixes, trace);
  }
  Placer(graph_, settings_.match_radius_m, trace).place_all(fixes, usable, prepared_.anchors);
  finish_runs(fixes, trace);
}

}  // namespace tomare::match
