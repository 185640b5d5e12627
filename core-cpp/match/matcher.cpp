// SPDX-License-Identifier: MIT
#include "core-cpp/match/matcher.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::match {

using map::ArcRef;

namespace {

constexpr float kBeam = 14.0F;      ///< paths this much worse than the best are not followed
constexpr float kHopeless = 10.0F;  ///< emission costs this much above the best are left out
constexpr float kContentSigmas = 2.0F;  ///< with a road this near (cost 2) …
constexpr float kNearSigmas = 5.5F;     ///< … roads farther than this (cost 12) are hopeless
constexpr float kDriftShare = 0.7F;     ///< of the error on the best road so far, which the next fix may have too
constexpr float kHeadingCap = 12.0F;
constexpr float kNearestM = 20.0F;    ///< metres within which the nearest road is looked for first
constexpr float kLongStepS = 60.0F;   ///< a longer step is searched no farther for its time
constexpr float kLeastNoise = 0.01F;  ///< share of an error's variance that is new at the least
constexpr int kBridgePasses = 3;
constexpr float kBridgeDetour = 1.3F, kBridgeSlackM = 200.0F;

/// Half the square of a normalised error, growing linearly beyond three sigma: receivers have heavy tails.
float error_cost(float z2) { return z2 < 9.0F ? 0.5F * z2 : 3.0F * std::sqrt(z2) - 4.5F; }

/// The error moves on from the one before (Gauss-Markov): `r` is the correlation of the errors across both
/// roads, rho times the cosine of the angle between them.
float moving_error_cost(float z_before, float z_now, float r) {
  const float step = z_now - r * z_before;
  return error_cost(step * step / std::max(1.0F - r * r, kLeastNoise));
}

}  // namespace

Matcher::Matcher(map::Graph& graph, const Settings& settings, map::Vehicle vehicle)
    : graph_(graph),
      settings_(settings),
      costs_(settings, vehicle),
      finder_(graph),
      search_(graph, costs_) {}

void Matcher::add_direction(uint32_t arc, const Candidate& c, const Anchor& anchor, float z) {
  const bool backward = (arc & 1) != 0;
  State state;
  state.position = {arc, backward ? c.length_m - c.along_m : c.along_m};
  state.z = z;
  state.aside_x = c.aside_x;
  state.aside_y = c.aside_y;
  state.distance_m = c.distance_m;
  if (anchor.heading_deg >= 0) {
    const double road = backward ? c.bearing_deg + 180.0 : c.bearing_deg;
    const float off = static_cast<float>(angle_between_deg(anchor.heading_deg, road)) / anchor.heading_sigma_deg;
    state.emission = std::min(0.5F * off * off, kHeadingCap);
  }
  state.entry = search_.arcs().info(arc).entry;
  states_.push_back(state);
}

float Matcher::entry_cost(const State& state) { return state.entry + error_cost(state.z * state.z); }

void Matcher::add_off_states(uint32_t anchor) {
  const std::vector<Anchor>& anchors = prepared_.anchors;
  const bool last = anchor + 1 == anchors.size() || anchors[anchor + 1].starts_section;
  const float seconds = last ? anchors[anchor].dt_s : std::max(anchors[anchor].dt_s, anchors[anchor + 1].dt_s);
  State off;
  off.emission = static_cast<float>(settings_.match_off_road_cost + settings_.match_off_road_second_cost * seconds);
  states_.insert(states_.end(), kOffStates, off);
}

void Matcher::add_states(const Fixes& fixes, Step* step) {
  const Anchor& anchor = prepared_.anchors[step->anchor];
  const float widest = std::max(sigma_m_, static_cast<float>(settings_.match_sigma_m));
  const float accuracy = prepared_.smoothed.left_of(fixes.accuracy_m[anchor.fix]);
  const float sigma =
      accuracy == accuracy && accuracy > 0 ? std::clamp(accuracy, 0.7F * sigma_m_, 5.0F * widest) : sigma_m_;
  const float far = std::max(static_cast<float>(settings_.match_radius_m), 4.0F * sigma);
  const float drift = kDriftShare * drift_;
  const SearchRadius radius = {std::min(far, (kNearSigmas + drift) * sigma), kContentSigmas * sigma, far};
  step->first = static_cast<uint32_t>(states_.size());
  finder_.find(fixes.lat_e7[anchor.fix], fixes.lon_e7[anchor.fix], radius,
               static_cast<uint32_t>(settings_.match_max_candidates), &candidates_);
  for (const Candidate& c : candidates_) {
    const float z = c.distance_m / sigma;
    const uint32_t arc = search_.arcs().number({c.tile, c.segment, 0});
    if (arc == ArcTable::kNone) continue;
    add_direction(arc, c, anchor, z);
    add_direction(arc + 1, c, anchor, z);
  }
  float best = kForbidden;
  const auto cost = [drift](const State& s) {
    const float z = std::max(0.0F, s.z - drift);
    return s.emission + error_cost(z * z);
  };
  for (size_t i = step->first; i < states_.size(); ++i) best = std::min(best, cost(states_[i]));
  const auto hopeless = [best, cost](const State& s) { return cost(s) > best + kHopeless; };
  states_.erase(std::remove_if(states_.begin() + step->first, states_.end(), hopeless), states_.end());
  add_off_states(step->anchor);
  step->count = static_cast<uint32_t>(states_.size()) - step->first;
}

/// By the distance to the nearest road of some of the anchors: its median is 0.67 standard errors.
void Matcher::estimate_sigma(const Fixes& fixes) {
  constexpr size_t kAsked = 32;
  constexpr float kPriorWeight = 3.0F;  // anchors that the expected value counts for
  const std::vector<Anchor>& anchors = prepared_.anchors;
  const auto radius = static_cast<float>(settings_.match_radius_m);
  const float expected = prepared_.smoothed.error_m;
  const auto low = static_cast<float>(settings_.match_sigma_low_m * prepared_.smoothed.finer(settings_.match_sigma_m));
  std::vector<float> nearest;
  for (size_t k = 0; k < anchors.size(); k += anchors.size() / kAsked + 1) {
    const uint32_t fix = anchors[k].fix;
    finder_.find(fixes.lat_e7[fix], fixes.lon_e7[fix], {kNearestM, kNearestM, radius}, 1, &candidates_);
    if (!candidates_.empty()) nearest.push_back(candidates_[0].distance_m);
  }
  sigma_m_ = expected;
  if (nearest.empty()) return;
  const auto middle = nearest.begin() + static_cast<std::ptrdiff_t>(nearest.size() / 2);
  std::nth_element(nearest.begin(), middle, nearest.end());
  const auto count = static_cast<float>(nearest.size());
  const float shown = *middle * 1.48F;
  const float both = (expected * expected * kPriorWeight + shown * shown * count) / (kPriorWeight + count);
  sigma_m_ = std::clamp(std::sqrt(both), low, static_cast<float>(settings_.match_sigma_high_m));
}

float Matcher::beta(const Anchor& anchor) const {
  const auto per_second = static_cast<float>(settings_.match_beta_second_m);
  const double beta_m = settings_.match_beta_m * prepared_.smoothed.finer(settings_.match_sigma_m);
  return static_cast<float>(beta_m) + per_second * anchor.dt_s + 0.02F * anchor.straight_m;
}

RouteBound Matcher::bound(const Anchor& anchor) const {
  const float straight = std::max(anchor.straight_m, anchor.travelled_m);
  const float by_time = anchor.dt_s * static_cast<float>(settings_.match_max_speed_kmh / 3.6) + 60.0F;
  const float seconds = std::min(anchor.dt_s, kLongStepS);
  RouteBound bound;
  bound.metres = std::min(straight * 1.6F + 80.0F + 15.0F * seconds, std::max(by_time, straight + 60.0F));
  if (anchor.bridges) bound.metres = straight * kBridgeDetour + kBridgeSlackM;  // fixes on the way tell its length
  bound.metre_cost = 1.0F / beta(anchor);
  bound.cost = straight * bound.metre_cost + kBeam * (1.0F + seconds / 10.0F);
  bound.slip_m = 2.0F * sigma_m_;
  return bound;
}

void Matcher::route_row(const State& from, float behind, const Step& now, const Anchor& anchor, float* row) {
  const uint32_t roads = now.roads();
  const auto share = static_cast<float>(settings_.match_error_share);
  const float rho = share * exp_neg(anchor.dt_s / static_cast<float>(settings_.match_error_time_s));
  const float b = beta(anchor);
  const bool measured = prepared_.smoothed.pulled && !anchor.bridges;
  RouteBound reach = bound(anchor);
  reach.cost -= behind;
  search_.run(from.position, targets_.data(), roads, reach, routes_.data());
  for (uint32_t j = 0; j < roads; ++j) {
    const RouteCost& route = routes_[j];
    if (!route.found) continue;
    float detour = std::fabs(route.length_m - anchor.straight_m);
    if (anchor.travelled_m >= 0) {
      const float by_speed = std::fabs(route.length_m - anchor.travelled_m);
      detour = measured ? by_speed : std::min(detour, by_speed);
    }
    const State& to = states_[now.first + j];
    const float r = rho * (from.aside_x * to.aside_x + from.aside_y * to.aside_y);
    row[j] = detour / b + route.events + moving_error_cost(from.z, to.z, r);
  }
}

void Matcher::transitions(const Step& before, const Step& now, const Anchor& anchor) {
  const uint32_t roads = now.roads();
  matrix_.assign(size_t{before.count} * now.count, kForbidden);
  targets_.resize(roads);
  routes_.resize(roads);
  for (uint32_t j = 0; j < roads; ++j) targets_[j] = states_[now.first + j].position;
  const auto on_road = score_.begin() + before.roads();  // leaving for good must not end what may yet be better
  const float best = before.roads() > 0 ? *std::min_element(score_.begin(), on_road) : 0;
  float* row = matrix_.data();
  for (uint32_t i = 0; i < before.roads(); ++i, row += now.count) {
    row[roads] = static_cast<float>(settings_.match_off_road_switch_cost);
    row[roads + 1] = static_cast<float>(settings_.match_off_road_end_cost);
    if (score_[i] <= best + kBeam && roads > 0) {
      route_row(states_[before.first + i], score_[i] - best, now, anchor, row);
    }
  }
  for (uint32_t j = 0; j < roads; ++j) row[j] = entry_cost(states_[now.first + j]);
  row[roads] = 0;
  row[now.count + roads + 1] = 0;
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

void Matcher::follow_drift(const Step& step) {
  drift_ = 0;
  const auto best = std::min_element(score_.begin(), score_.begin() + step.roads()) - score_.begin();
  if (best < step.roads()) drift_ = states_[step.first + static_cast<uint32_t>(best)].z;
}

void Matcher::build_trellis(const Fixes& fixes, uint32_t first) {
  states_.clear();
  steps_.clear();
  trellis_.clear();
  drift_ = 0;
  const std::vector<Anchor>& anchors = prepared_.anchors;
  for (uint32_t k = first; k < anchors.size() && (k == first || !anchors[k].starts_section); ++k) {
    Step step;
    step.anchor = k;
    const Anchor& anchor = anchors[k];
    add_states(fixes, &step);
    emission_.resize(step.count);
    for (uint32_t j = 0; j < step.count; ++j) {
      const State& state = states_[step.first + j];
      emission_[j] = state.emission + (k == first ? entry_cost(state) : 0);
    }
    trellis_.add_step(emission_.data(), step.count);
    if (k == first) {
      score_ = emission_;
    } else {
      transitions(steps_.back(), step, anchor);
      trellis_.add_transitions(matrix_.data());
    }
    follow_drift(step);
    steps_.push_back(step);
  }
}

bool Matcher::mark_short_excursions() {
  bool any = false;
  for (uint32_t k = 1; k < steps_.size(); ++k) {
    if (!off_road(k) || off_road(k - 1)) continue;
    uint32_t end = k;
    bool again = false;
    float seconds = 0;
    for (; end < steps_.size(); ++end) {
      const Anchor& anchor = prepared_.anchors[steps_[end].anchor];
      seconds += anchor.dt_s;
      again = again || anchor.bridges;
      if (!off_road(end)) break;
    }
    const bool returns = end < steps_.size();
    if (returns && !again && seconds <= settings_.match_bridge_s) {
      for (uint32_t i = k; i < end; ++i) prepared_.anchors[steps_[i].anchor].left_out = true;
      any = true;
    }
    k = end;
  }
  return any;
}

void Matcher::leave_out_marked(const Fixes& fixes, uint32_t first) {
  std::vector<Anchor>& anchors = prepared_.anchors;
  uint32_t kept = first + 1, k = first + 1;
  float seconds = 0, travelled = 0;
  for (; k < anchors.size() && !anchors[k].starts_section; ++k) {
    Anchor anchor = anchors[k];
    seconds += anchor.dt_s;
    travelled += anchor.travelled_m < 0 ? anchor.straight_m : anchor.travelled_m;
    if (anchor.left_out) continue;
    const uint32_t from = anchors[kept - 1].fix;
    if (seconds > anchor.dt_s) {
      anchor.bridges = true;
      anchor.travelled_m = travelled;
      anchor.straight_m = static_cast<float>(distance_m(fixes.lat_e7[from], fixes.lon_e7[from],
                                                        fixes.lat_e7[anchor.fix], fixes.lon_e7[anchor.fix]));
    }
    anchor.dt_s = seconds;
    anchors[kept++] = anchor;
    seconds = travelled = 0;
  }
  anchors.erase(anchors.begin() + kept, anchors.begin() + k);
}

void Matcher::section(const Fixes& fixes, uint32_t first, Trace* trace) {
  build_trellis(fixes, first);
  trellis_.decode(&best_);
  for (int pass = 0; pass < kBridgePasses && mark_short_excursions(); ++pass) {
    leave_out_marked(fixes, first);
    build_trellis(fixes, first);
    trellis_.decode(&best_);
  }
  trellis_.posterior(&gamma_);
  build_path(trace);
}

float Matcher::on_path(uint32_t k, const std::vector<ArcRef>& arcs) {
  const Step& step = steps_[k];
  float sum = 0;
  for (uint32_t j = 0; j < step.roads(); ++j) {
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
    if (off_road(k)) {
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
      place_between(graph_, fixes, prepared_.usable, first, end, settings_.match_radius_m, trace);
      continue;
    }
    for (uint32_t i = first + 1; i < end; ++i) {
      if (prepared_.usable[i] == 0) continue;
      trace->fixes[i] = here;
      if (here.state == FixState::matched) trace->runs[trace->legs[here.leg].run].last_fix = i;
    }
  }
}

void Matcher::match(const Fixes& log, Trace* trace) {
  *trace = {};
  trace->fixes.resize(log.count);
  prepare(log, settings_, &prepared_);
  Fixes fixes = log;
  fixes.lat_e7 = prepared_.smoothed.lat_e7.data();
  fixes.lon_e7 = prepared_.smoothed.lon_e7.data();
  trace->gaps = prepared_.gaps;
  trace->measured_error_m = prepared_.smoothed.pulled ? prepared_.smoothed.error_m : 0;
  const std::vector<Anchor>& anchors = prepared_.anchors;
  estimate_sigma(fixes);
  for (uint32_t first = 0; first < anchors.size();) {
    section(fixes, first, trace);
    ++first;
    while (first < anchors.size() && !anchors[first].starts_section) ++first;
  }
  place_fixes(fixes, trace);
  finish_runs(fixes, trace);
}

}  // namespace tomare::match
