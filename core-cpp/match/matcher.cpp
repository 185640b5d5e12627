// SPDX-License-Identifier: MIT
#include "core-cpp/match/matcher.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"

namespace tomare::match {

using map::ArcRef;

namespace {

constexpr float kBeam = 14.0F;      ///< paths this much worse than the best are not followed
constexpr float kHopeless = 10.0F;  ///< emission costs this much above the best are left out
constexpr float kContentSigmas = 2.0F;  ///< with a road this near (cost 2) …
constexpr float kNearSigmas = 5.5F;     ///< … roads farther than this (cost 12) are hopeless
constexpr float kHeadingCap = 12.0F;

/// Half the squared error, growing linearly beyond three sigma: receivers have heavy tails.
float gaussian_cost(float z) { return z < 3.0F ? 0.5F * z * z : 3.0F * z - 4.5F; }

}  // namespace

Matcher::Matcher(map::Graph& graph, const Settings& settings, map::Vehicle vehicle)
    : graph_(graph),
      settings_(settings),
      costs_(settings, vehicle),
      finder_(graph),
      search_(graph, costs_) {}

void Matcher::add_direction(uint32_t arc, const Candidate& c, const Anchor& anchor, float base) {
  const bool backward = (arc & 1) != 0;
  State state;
  state.position = {arc, backward ? c.length_m - c.along_m : c.along_m};
  state.emission = base;
  state.distance_m = c.distance_m;
  if (anchor.heading_deg >= 0) {
    const double road = backward ? c.bearing_deg + 180.0 : c.bearing_deg;
    const auto off = static_cast<float>(angle_between_deg(anchor.heading_deg, road));
    const float z = off / anchor.heading_sigma_deg;
    state.emission += std::min(0.5F * z * z, kHeadingCap);
  }
  state.entry = search_.arcs().info(arc).entry;
  states_.push_back(state);
}

void Matcher::add_states(const Fixes& fixes, const Anchor& anchor, Step* step) {
  const float accuracy = fixes.accuracy_m[anchor.fix];
  const auto base_sigma = static_cast<float>(settings_.match_sigma_m);
  const float sigma = accuracy == accuracy && accuracy > 0
                          ? std::clamp(accuracy, 0.7F * base_sigma, 5.0F * base_sigma)
                          : base_sigma;
  const float far = std::max(static_cast<float>(settings_.match_radius_m), 4.0F * sigma);
  const SearchRadius radius = {std::min(far, kNearSigmas * sigma), kContentSigmas * sigma, far};
  step->first = static_cast<uint32_t>(states_.size());
  finder_.find(fixes.lat_e7[anchor.fix], fixes.lon_e7[anchor.fix], radius,
               static_cast<uint32_t>(settings_.match_max_candidates), &candidates_);
  for (const Candidate& c : candidates_) {
    const float cost = gaussian_cost(c.distance_m / sigma);
    const uint32_t arc = search_.arcs().number({c.tile, c.segment, 0});
    if (arc == ArcTable::kNone) continue;
    add_direction(arc, c, anchor, cost);
    add_direction(arc + 1, c, anchor, cost);
  }
  float best = kForbidden;
  for (size_t i = step->first; i < states_.size(); ++i) best = std::min(best, states_[i].emission);
  const auto hopeless = [best](const State& s) { return s.emission > best + kHopeless; };
  states_.erase(std::remove_if(states_.begin() + step->first, states_.end(), hopeless), states_.end());
  State off;
  off.emission = static_cast<float>(settings_.match_off_road_cost);
  states_.push_back(off);
  step->count = static_cast<uint32_t>(states_.size()) - step->first;
}

float Matcher::beta(const Anchor& anchor) const {
  const auto base = static_cast<float>(settings_.match_beta_m);
  return base + 0.02F * anchor.straight_m;
}

RouteBound Matcher::bound(const Anchor& anchor) const {
  const float straight = std::max(anchor.straight_m, anchor.travelled_m);
  const float by_time = anchor.dt_s * static_cast<float>(settings_.match_max_speed_kmh / 3.6) + 60.0F;
  RouteBound bound;
  bound.metres = std::min(straight * 1.6F + 80.0F + 15.0F * anchor.dt_s, std::max(by_time, straight + 60.0F));
  bound.metre_cost = 1.0F / beta(anchor);
  bound.cost = straight * bound.metre_cost + kBeam * (1.0F + anchor.dt_s / 10.0F);
  bound.slip_m = 2.0F * static_cast<float>(settings_.match_sigma_m);
  return bound;
}

void Matcher::route_row(const State& from, float behind, const Step& now, const Anchor& anchor, float* row) {
  const uint32_t roads = now.count - 1;
  const float b = beta(anchor);
  RouteBound reach = bound(anchor);
  reach.cost -= behind;
  search_.run(from.position, targets_.data(), roads, reach, routes_.data());
  for (uint32_t j = 0; j < roads; ++j) {
    const RouteCost& route = routes_[j];
    if (!route.found) continue;
    float detour = std::fabs(route.length_m - anchor.straight_m);
    if (anchor.travelled_m >= 0) {
      detour = std::min(detour, std::fabs(route.length_m - anchor.travelled_m));
    }
    row[j] = detour / b + route.events;
  }
}

void Matcher::transitions(const Step& before, const Step& now, const Anchor& anchor) {
  const uint32_t roads = now.count - 1;
  const auto leave = static_cast<float>(settings_.match_off_road_switch_cost);
  matrix_.assign(size_t{before.count} * now.count, kForbidden);
  targets_.resize(roads);
  routes_.resize(roads);
  for (uint32_t j = 0; j < roads; ++j) targets_[j] = states_[now.first + j].position;
  const float best = *std::min_element(score_.begin(), score_.end());
  for (uint32_t i = 0; i < before.count; ++i) {
    float* row = matrix_.data() + size_t{i} * now.count;
    const bool off = i + 1 == before.count;
    row[roads] = off ? 0 : leave;
    if (off) {
      for (uint32_t j = 0; j < roads; ++j) row[j] = states_[now.first + j].entry;
    } else if (score_[i] <= best + kBeam && roads > 0) {
      route_row(states_[before.first + i], score_[i] - best, now, anchor, row);
    }
  }
  next_score_.assign(now.count, kForbidden);
  for (uint32_t i = 0; i < before.count; ++i) {
    for (uint32_t j = 0; j < now.count; ++j) {
      next_score_[j] = std::min(next_score_[j], score_[i] + matrix_[size_t{i} * now.count + j]);
    }
  }
  for (uint32_t j = 0; j < now.count; ++j) next_score_[j] += states_[now.first + j].emission;
  const float least = *std::min_element(next_score_.begin(), next_score_.end());
  for (float& value : next_score_) value -= least;
  score_.swap(next_score_);
}

void Matcher::section(const Fixes& fixes, uint32_t first, uint32_t end, Trace* trace) {
  states_.clear();
  steps_.clear();
  trellis_.clear();
  for (uint32_t k = first; k < end; ++k) {
    Step step;
    step.anchor = k;
    const Anchor& anchor = prepared_.anchors[k];
    add_states(fixes, anchor, &step);
    emission_.resize(step.count);
    for (uint32_t j = 0; j < step.count; ++j) {
      const State& state = states_[step.first + j];
      emission_[j] = state.emission + (k == first ? state.entry : 0);
    }
    trellis_.add_step(emission_.data(), step.count);
    if (k == first) {
      score_ = emission_;
    } else {
      transitions(steps_.back(), step, anchor);
      trellis_.add_transitions(matrix_.data());
    }
    steps_.push_back(step);
  }
  trellis_.decode(&best_);
  trellis_.posterior(&gamma_);
  build_path(trace);
}

float Matcher::on_path(uint32_t k, const std::vector<ArcRef>& arcs) {
  const Step& step = steps_[k];
  float sum = 0;
  for (uint32_t j = 0; j + 1 < step.count; ++j) {
    const ArcRef arc = search_.arcs().info(states_[step.first + j].position.number).arc;
    if (std::find(arcs.begin(), arcs.end(), arc) != arcs.end()) sum += gamma_[trellis_.offset(k) + j];
  }
  return std::min(sum, 1.0F);
}

void Matcher::build_path(Trace* trace) {
  PathBuilder builder(graph_, costs_, trace);
  std::vector<ArcRef> arcs;
  std::vector<uint32_t> leg_of(steps_.size(), UINT32_MAX);
  bool running = false;
  for (uint32_t k = 0; k < steps_.size(); ++k) {
    const Step& step = steps_[k];
    const uint32_t fix = prepared_.anchors[step.anchor].fix;
    MatchedFix& matched = trace->fixes[fix];
    const bool off = best_[k] + 1 == step.count;
    if (off) {
      matched.state = FixState::off_road;
      running = false;
      continue;
    }
    const Position& here = states_[step.first + best_[k]].position;
    bool joined = false;
    if (running) {
      const Anchor& anchor = prepared_.anchors[step.anchor];
      const Position& before = states_[steps_[k - 1].first + best_[k - 1]].position;
      RouteCost route;
      search_.run(before, &here, 1, bound(anchor), &route);
      joined = route.found;
      if (joined) {
        search_.path(0, &arcs);
        builder.advance(arcs, here.travelled_m, fix);
      }
    }
    if (!joined) builder.start_run(search_.arcs().info(here.number), here.travelled_m, fix);
    running = true;
    matched.state = FixState::matched;
    matched.path_m = builder.path_m();
    matched.leg = builder.leg();
    matched.error_m = states_[step.first + best_[k]].distance_m;
    leg_of[k] = builder.leg();
  }
  for (uint32_t k = 0; k < steps_.size(); ++k) {
    if (leg_of[k] == UINT32_MAX) continue;
    const uint32_t run = trace->legs[leg_of[k]].run;
    const bool before = k > 0 && leg_of[k - 1] != UINT32_MAX && trace->legs[leg_of[k - 1]].run == run;
    const bool after = k + 1 < steps_.size() && leg_of[k + 1] != UINT32_MAX &&
                       trace->legs[leg_of[k + 1]].run == run;
    arcs.clear();
    for (uint32_t l = leg_of[before ? k - 1 : k]; l <= leg_of[after ? k + 1 : k]; ++l) {
      const Leg& leg = trace->legs[l];
      arcs.push_back({leg.tile, leg.segment, static_cast<uint16_t>(leg.forward ? 0 : 1)});
    }
    const uint32_t fix = prepared_.anchors[steps_[k].anchor].fix;
    trace->fixes[fix].posterior = on_path(k, arcs);
  }
}

void Matcher::place_fixes(const Fixes& fixes, Trace* trace) {
  const std::vector<Anchor>& anchors = prepared_.anchors;
  for (size_t k = 0; k < anchors.size(); ++k) {
    const uint32_t first = anchors[k].fix;
    const bool last = k + 1 == anchors.size();
    const uint32_t end = last ? fixes.count : anchors[k + 1].fix;
    const MatchedFix here = trace->fixes[first];
    const bool joined = !last && here.state == FixState::matched &&
                        trace->fixes[end].state == FixState::matched &&
                        trace->legs[here.leg].run == trace->legs[trace->fixes[end].leg].run;
    if (joined) {
      place_between(graph_, fixes, prepared_.usable, first, end, trace);
      continue;
    }
    for (uint32_t i = first + 1; i < end; ++i) {
      if (prepared_.usable[i] == 0) continue;
      trace->fixes[i] = here;
      if (here.state == FixState::matched) trace->runs[trace->legs[here.leg].run].last_fix = i;
    }
  }
}

void Matcher::match(const Fixes& fixes, Trace* trace) {
  *trace = {};
  trace->fixes.resize(fixes.count);
  prepare(fixes, settings_, &prepared_);
  trace->gaps = prepared_.gaps;
  const std::vector<Anchor>& anchors = prepared_.anchors;
  for (uint32_t first = 0; first < anchors.size();) {
    uint32_t end = first + 1;
    while (end < anchors.size() && !anchors[end].starts_section) ++end;
    section(fixes, first, end, trace);
    first = end;
  }
  place_fixes(fixes, trace);
  finish_runs(fixes, trace);
}

}  // namespace tomare::match
