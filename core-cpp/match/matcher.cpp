// SPDX-License-Identifier: MIT
#include "core-cpp/match/matcher.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/float4.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::match {

using map::ArcRef;

namespace {

constexpr float kBeam = 14.0F;           ///< paths this much worse than the best are not followed
constexpr float kHopeless = 8.0F;        ///< emission costs this much above the best are left out
constexpr float kContentSigmas = 2.0F;   ///< with a road this near (cost 2) …
constexpr float kNearSigmas = 5.5F;      ///< … roads farther than this (cost 9) are not looked for
constexpr float kFarSigmas = 5.0F;       ///< within which roads are looked for, where the radius is less
constexpr float kMostCandidates = 1000;  ///< however small match.sigma_m
constexpr float kAnywaySigmas = 4.0F;    ///< beside the nearest roads those count, too, that are as near as this …
constexpr float kAnywayMore = 3.0F;      ///< … up to so many times more: crossings have many short pieces
constexpr float kDriftShare = 0.7F;      ///< of the error on the best road so far, which the next fix may have too
constexpr float kHeadingCap = 12.0F;
constexpr float kNearestM = 20.0F;  ///< metres within which the nearest road is looked for first
constexpr float kLongStepS =
    60.0F;  ///< a longer step is searched no farther for its time, nor expected to be less straight
constexpr float kLeastNoise = 0.01F;  ///< share of an error's variance that is new at the least
constexpr int kBridgePasses = 3;
constexpr int kSigmaPasses = 4;
constexpr float kSigmaDoubted = 1.5F;  ///< times the assumed error, beyond which the match is done again …
constexpr float kSigmaSettled = 1.1F;  ///< … until its path shows no more than this
constexpr float kBridgeDetour = 1.3F, kBridgeSlackM = 200.0F;
constexpr float kJumpStraight = 1.5F;  ///< metres of detour per metre of straight line that a jump costs, too

/// Half the square of a normalised error, growing linearly beyond two sigma (Huber 1964): receivers have heavy tails.
Float4 error_cost(Float4 z2) { return select4(z2 < all4(4), all4(0.5F) * z2, all4(2) * sqrt4(z2) - all4(2)); }

/// The error moves on from the one before (Gauss-Markov): `r` is the correlation of the errors across both
/// roads, rho times the cosine of the angle between them.
Float4 moving_error_cost(Float4 z_before, Float4 z_now, Float4 r) {
  const Float4 step = z_now - r * z_before;
  return error_cost(step * step / max4(all4(1) - r * r, all4(kLeastNoise)));
}

/// Half the squared ratio of an angle to its standard error.
Float4 heading_cost(Float4 off_deg, Float4 sigma_deg) {
  const Float4 ratio = off_deg / sigma_deg;
  return min4(all4(0.5F) * ratio * ratio, all4(kHeadingCap));
}

}  // namespace

Matcher::Matcher(map::Graph& graph, const Settings& settings, map::Vehicle vehicle)
    : graph_(graph), settings_(settings), costs_(settings, vehicle), finder_(graph), search_(graph, costs_) {}

void Matcher::weigh(const Anchor& anchor, float sigma, float drift) {
  constexpr float kFar = 1e15F;  // costs more than any road, and its square is a number
  const auto count = static_cast<uint32_t>(candidates_.size());
  Weighed& w = weighed_;
  refill4(&w.z, count, kFar);
  refill4(&w.bearing, count, 0);
  for (uint32_t i = 0; i < count; ++i) {
    w.z[i] = candidates_[i].distance_m / sigma;
    w.bearing[i] = candidates_[i].bearing_deg;
  }
  for (int d = 0; d < 2; ++d) {
    refill4(&w.heading[d], count, 0);
    refill4(&w.cost[d], count, 0);
  }
  const bool known = anchor.heading_deg >= 0;
  const Float4 heading = all4(anchor.heading_deg - 360.0F * std::floor(anchor.heading_deg / 360.0F));
  const Float4 heading_sigma = all4(anchor.heading_sigma_deg);
  Float4 least = all4(kForbidden);
  for (uint32_t i = 0; i < count; i += 4) {
    if (known) {
      const Float4 apart = abs4(heading - load4(&w.bearing[i]));
      const Float4 off = min4(apart, all4(360) - apart);
      store4(&w.heading[0][i], heading_cost(off, heading_sigma));
      store4(&w.heading[1][i], heading_cost(all4(180) - off, heading_sigma));
    }
    const Float4 z = max4(all4(0), load4(&w.z[i]) - all4(drift));
    const Float4 error = error_cost(z * z);
    for (int d = 0; d < 2; ++d) {
      const Float4 cost = load4(&w.heading[d][i]) + error;
      store4(&w.cost[d][i], cost);
      least = min4(least, cost);
    }
  }
  w.least = least_of(least);
}

void Matcher::add_direction(uint32_t arc, uint32_t candidate, float emission) {
  const Candidate& c = candidates_[candidate];
  const bool backward = (arc & 1) != 0;
  states_.emplace_back();
  State& state = states_.back();  // in place: what is copied right after it was written piece by piece is waited for
  state.position = {arc, backward ? c.length_m - c.along_m : c.along_m};
  state.z = weighed_.z[candidate];
  state.aside_x = c.aside_x;
  state.aside_y = c.aside_y;
  state.distance_m = c.distance_m;
  state.emission = emission;
  state.entry = search_.arcs().info(arc).entry;
}

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
  const float sigma = error_.of(fixes.accuracy_m[anchor.fix]);
  const float far = std::max(static_cast<float>(settings_.match_radius_m), kFarSigmas * sigma);
  const float crowd = std::max(1.0F, sigma / static_cast<float>(settings_.match_sigma_m));
  const float drift = kDriftShare * drift_;
  const SearchRadius radius = {std::min(far, (kNearSigmas + drift) * sigma), kContentSigmas * sigma, far};
  step->first = static_cast<uint32_t>(states_.size());
  // what is no number becomes 1
  const float asked =
      std::min(kMostCandidates, std::max(1.0F, static_cast<float>(settings_.match_max_candidates) * crowd));
  const SearchCount wanted = {static_cast<uint32_t>(asked), kAnywaySigmas * sigma,
                              static_cast<uint32_t>(asked * kAnywayMore)};
  finder_.find(fixes.lat_e7[anchor.fix], fixes.lon_e7[anchor.fix], radius, wanted, &candidates_);
  weigh(anchor, sigma, drift);
  const float hopeless = weighed_.least + kHopeless;
  for (uint32_t i = 0; i < candidates_.size(); ++i) {
    const bool forward = weighed_.cost[0][i] <= hopeless, backward = weighed_.cost[1][i] <= hopeless;
    if (!forward && !backward) continue;
    const uint32_t arc = search_.arcs().forward(candidates_[i].tile, candidates_[i].segment);
    if (arc == ArcTable::kNone) continue;
    if (forward) add_direction(arc, i, weighed_.heading[0][i]);
    if (backward) add_direction(arc + 1, i, weighed_.heading[1][i]);
  }
  add_off_states(step->anchor);
  step->count = static_cast<uint32_t>(states_.size()) - step->first;
}

/// By the distance to the nearest road of some of the anchors: its median is 0.67 standard errors. Where roads are
/// dense it shows too little, for the nearest is often not the one driven.
void Matcher::estimate_sigma(const Fixes& fixes) {
  constexpr size_t kAsked = 32;
  const std::vector<Anchor>& anchors = prepared_.anchors;
  const auto radius = static_cast<float>(settings_.match_radius_m);
  std::vector<float> nearest;
  for (size_t k = 0; k < anchors.size(); k += anchors.size() / kAsked + 1) {
    const uint32_t fix = anchors[k].fix;
    finder_.find(fixes.lat_e7[fix], fixes.lon_e7[fix], {kNearestM, kNearestM, radius}, {1}, &candidates_);
    if (!candidates_.empty()) nearest.push_back(candidates_[0].distance_m);
  }
  error_.sigma_m = shown_sigma(&nearest, static_cast<float>(settings_.match_sigma_high_m));
}

float Matcher::shown_sigma(std::vector<float>* distances, float most) const {
  constexpr float kPriorWeight = 3.0F;  // anchors that the expected value counts for
  const float expected = prepared_.smoothed.error_m;
  if (distances->empty()) return expected;
  const auto middle = distances->begin() + static_cast<std::ptrdiff_t>(distances->size() / 2);
  std::nth_element(distances->begin(), middle, distances->end());
  const auto count = static_cast<float>(distances->size());
  const float shown = *middle * 1.48F;
  const float both = (expected * expected * kPriorWeight + shown * shown * count) / (kPriorWeight + count);
  const auto low = static_cast<float>(settings_.match_sigma_low_m * prepared_.smoothed.finer(settings_.match_sigma_m));
  return std::clamp(std::sqrt(both), low, most);
}

bool Matcher::path_shows_more(const Trace& trace, float times) {
  std::vector<float> distances;
  for (const Anchor& anchor : prepared_.anchors) {
    const MatchedFix& fix = trace.fixes[anchor.fix];
    if (fix.state == FixState::matched) distances.push_back(fix.error_m);
  }
  const float shown = shown_sigma(&distances, static_cast<float>(settings_.match_sigma_path_m));
  if (shown <= times * error_.sigma_m) return false;
  error_.sigma_m = shown;
  return true;
}

float Matcher::beta(const Anchor& anchor) const {
  const auto per_second = static_cast<float>(settings_.match_beta_second_m);
  const double beta_m = settings_.match_beta_m * prepared_.smoothed.finer(settings_.match_sigma_m);
  return static_cast<float>(beta_m) + per_second * std::min(anchor.dt_s, kLongStepS) + 0.02F * anchor.straight_m;
}

float Matcher::jump(const Anchor& anchor) const {
  if (anchor.bridges) return kForbidden;
  return (static_cast<float>(settings_.match_jump_m) + kJumpStraight * anchor.straight_m) / beta(anchor);
}

RouteBound Matcher::bound(const Anchor& anchor) const {
  const float straight = std::max(anchor.straight_m, anchor.travelled_m);
  const float by_time = anchor.dt_s * static_cast<float>(settings_.match_max_speed_kmh / 3.6) + 60.0F;
  const float seconds = std::min(anchor.dt_s, kLongStepS);
  RouteBound bound;
  bound.metres = std::min(straight * 1.6F + 80.0F + 15.0F * seconds, std::max(by_time, straight + 60.0F));
  if (anchor.bridges) bound.metres = straight * kBridgeDetour + kBridgeSlackM;  // fixes on the way tell its length
  bound.metre_cost = 1.0F / beta(anchor);
  bound.cost = straight * bound.metre_cost + std::min(kBeam * (1.0F + seconds / 20.0F), jump(anchor));
  bound.slip_m = 2.0F * error_.sigma_m;
  bound.side_cost = static_cast<float>(settings_.match_side_street_metre_cost) * seconds / kLongStepS;
  return bound;
}

void Matcher::look_ahead(const Step& step) {
  const uint32_t roads = step.roads();
  ahead_.positions.resize(roads);
  for (std::vector<float>* values : {&ahead_.z, &ahead_.aside_x, &ahead_.aside_y, &ahead_.entry}) {
    refill4(values, roads, 0);
  }
  Position* positions = ahead_.positions.data();
  float *z = ahead_.z.data(), *aside_x = ahead_.aside_x.data(), *aside_y = ahead_.aside_y.data();
  float* entry = ahead_.entry.data();
  const State* state = states_.data() + step.first;
  for (uint32_t j = 0; j < roads; ++j, ++state) {
    positions[j] = state->position;
    z[j] = state->z;
    aside_x[j] = state->aside_x;
    aside_y[j] = state->aside_y;
    entry[j] = state->entry;
  }
  for (uint32_t j = 0; j < roads; j += 4) {
    const Float4 far = load4(z + j);
    store4(entry + j, load4(entry + j) + error_cost(far * far));
  }
}

/// What the way since the anchor before is expected to be.
void Matcher::look_back(const Anchor& anchor) {
  const auto share = static_cast<float>(settings_.match_error_share);
  ahead_.error_share = share * exp_neg(anchor.dt_s / static_cast<float>(settings_.match_error_time_s));
  ahead_.beta_m = beta(anchor);
  ahead_.reach = bound(anchor);
  ahead_.jump = jump(anchor);
  const bool told = anchor.travelled_m >= 0, measured = prepared_.smoothed.pulled && !anchor.bridges;
  ahead_.travelled_m = told ? anchor.travelled_m : anchor.straight_m;
  ahead_.straight_m = told && measured ? anchor.travelled_m : anchor.straight_m;
}

void Matcher::route_row(const State& from, float behind, float* row) {
  const auto roads = static_cast<uint32_t>(ahead_.positions.size());
  RouteBound reach = ahead_.reach;
  reach.cost -= behind;
  search_.run(from.position, ahead_.positions.data(), roads, reach, &routes_);
  const Float4 rho = all4(ahead_.error_share), b = all4(ahead_.beta_m);
  const Float4 travelled = all4(ahead_.travelled_m), straight = all4(ahead_.straight_m);
  const Float4 z = all4(from.z), aside_x = all4(from.aside_x), aside_y = all4(from.aside_y);
  for (uint32_t j = 0; j < roads; j += 4) {
    const Float4 length = load4(&routes_.length_m[j]);
    const Float4 detour = min4(abs4(length - straight), abs4(length - travelled));
    const Float4 r = rho * (aside_x * load4(&ahead_.aside_x[j]) + aside_y * load4(&ahead_.aside_y[j]));
    const Float4 cost = detour / b + load4(&routes_.events[j]) + moving_error_cost(z, load4(&ahead_.z[j]), r);
    const Float4 jumped = load4(&ahead_.entry[j]) + all4(ahead_.jump);
    store4(row + j, min4(min4(cost, jumped), all4(kForbidden)));
  }
}

void Matcher::add_entries(float* row) const {
  const auto roads = static_cast<uint32_t>(ahead_.positions.size());
  for (uint32_t j = 0; j < roads; j += 4) {
    const Float4 entry = load4(&ahead_.entry[j]);
    for (uint32_t lane = 0; lane < std::min(roads - j, 4U); ++lane) row[j + lane] += entry[lane];
  }
}

void Matcher::transitions(const Step& before, const Step& now, const Anchor& anchor) {
  const uint32_t roads = now.roads();
  const float* score = trellis_.score(trellis_.steps() - 2);
  float* row = trellis_.open_transitions();
  look_back(anchor);
  const uint32_t length = trellis_.row_length();
  for (uint32_t i = 0; i < before.roads(); ++i, row += length) {
    const float behind = score[i] - best_score_;  // leaving for good must not end what may yet be better
    if (behind <= kBeam && roads > 0) route_row(states_[before.first + i], behind, row);
    row[roads] = static_cast<float>(settings_.match_off_road_switch_cost);
    row[roads + 1] = static_cast<float>(settings_.match_off_road_end_cost);
  }
  std::fill(row, row + roads + 1, 0.0F);
  add_entries(row);
  row[length + roads + 1] = 0;
}

void Matcher::follow_best(const Step& step) {
  const float* score = trellis_.score(trellis_.steps() - 1);
  const uint32_t roads = step.roads();
  uint32_t best = 0;
  for (uint32_t j = 1; j < roads; ++j) best = score[j] < score[best] ? j : best;
  drift_ = roads > 0 ? states_[step.first + best].z : 0;
  best_score_ = roads > 0 ? score[best] : 0;
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
    look_ahead(step);
    float* emission = trellis_.open_step(step.count);
    for (uint32_t j = 0; j < step.count; ++j) emission[j] = states_[step.first + j].emission;
    if (k == first) {
      add_entries(emission);
    } else {
      transitions(steps_.back(), step, anchor);
    }
    trellis_.follow();
    follow_best(step);
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
      anchor.straight_m = static_cast<float>(
          distance_m(fixes.lat_e7[from], fixes.lon_e7[from], fixes.lat_e7[anchor.fix], fixes.lon_e7[anchor.fix]));
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
      search_.run(before, &here, 1, bound(anchor), &routes_);
      joined = routes_.found(0);
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
    const bool after = k + 1 < steps_.size() && leg_of[k + 1] != UINT32_MAX && trace->legs[leg_of[k + 1]].run == run;
    arcs.clear();
    for (uint32_t l = leg_of[before ? k - 1 : k]; l <= leg_of[after ? k + 1 : k]; ++l) {
      const Leg& leg = trace->legs[l];
      arcs.push_back({leg.tile, leg.segment, static_cast<uint16_t>(leg.forward ? 0 : 1)});
    }
    const uint32_t fix = prepared_.anchors[steps_[k].anchor].fix;
    trace->fixes[fix].posterior = on_path(k, arcs);
  }
}

void Matcher::place_fixes(const Fixes& fixes, const std::vector<uint8_t>& usable, Trace* trace) {
  Placer placer(graph_, settings_.match_radius_m, trace);
  const std::vector<Anchor>& anchors = prepared_.anchors;
  for (size_t k = 0; k < anchors.size(); ++k) {
    const uint32_t first = anchors[k].fix;
    const bool last = k + 1 == anchors.size();
    const uint32_t end = last ? fixes.count : anchors[k + 1].fix;
    const MatchedFix here = trace->fixes[first];
    const bool joined = !last && here.state == FixState::matched && trace->fixes[end].state == FixState::matched &&
                        trace->legs[here.leg].run == trace->legs[trace->fixes[end].leg].run;
    if (joined) {
      placer.place_between(fixes, usable, first, end);
      continue;
    }
    for (uint32_t i = first + 1; i < end; ++i) {
      if (usable[i] == 0) continue;
      trace->fixes[i] = here;
      if (here.state == FixState::matched) trace->runs[trace->legs[here.leg].run].last_fix = i;
    }
  }
}

void Matcher::match_once(const Fixes& fixes, Trace* trace) {
  *trace = {};
  trace->fixes.resize(fixes.count);
  trace->gaps = prepared_.gaps;
  trace->error = error_;
  const std::vector<Anchor>& anchors = prepared_.anchors;
  for (uint32_t first = 0; first < anchors.size();) {
    section(fixes, first, trace);
    ++first;
    while (first < anchors.size() && !anchors[first].starts_section) ++first;
  }
}

void Matcher::match(const Fixes& log, const std::vector<uint8_t>& usable, Trace* trace) {
  prepare(log, usable, settings_, &prepared_);
  const Smoothed& smoothed = prepared_.smoothed;
  Fixes fixes = log;
  fixes.lat_e7 = smoothed.lat_e7.data();  // they stay there: preparing the same log again needs no more room
  fixes.lon_e7 = smoothed.lon_e7.data();
  error_ = {0, smoothed.pulled ? smoothed.error_m : 0, smoothed.removed_m2};
  estimate_sigma(fixes);
  match_once(fixes, trace);
  float doubt = kSigmaDoubted;
  for (int pass = 1; pass < kSigmaPasses && path_shows_more(*trace, doubt); ++pass) {
    doubt = kSigmaSettled;
    prepare(log, usable, settings_, &prepared_);  // the match before may have left anchors out
    match_once(fixes, trace);
  }
  place_fixes(fixes, usable, trace);
  finish_runs(fixes, trace);
}

}  // namespace tomare::match
