// SPDX-License-Identifier: MIT
#include "core-cpp/match/emission.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/float4.hpp"
#include "core-cpp/match/budget.hpp"
#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/match/viterbi.hpp"

namespace tomare::match {
namespace {

constexpr float kHopeless = 8.0F;       ///< emission costs this much above the best are left out
constexpr float kContentSigmas = 2.0F;  ///< with a road this near (cost 2) …
constexpr float kNearSigmas = 5.5F;     ///< … roads farther than this (cost 9) are not looked for
constexpr float kFarSigmas = 5.0F;      ///< within which roads are looked for, where the radius is less
constexpr float kAnywaySigmas = 4.0F;   ///< beside the nearest roads those count, too, that are as near as this …
constexpr float kAnywayMore = 3.0F;     ///< … up to so many times more: crossings have many short pieces
constexpr float kDriftShare = 0.7F;     ///< of the error on the best road so far, which the next fix may have too
constexpr float kHeadingCap = 12.0F;    ///< most that a heading costs
constexpr float kFarZ = 1e15F;          ///< costs more than any road, and its square is a number

/// Half the squared ratio of an angle to its standard error.
Float4 heading_cost(Float4 off_deg, Float4 sigma_deg) {
  const Float4 ratio = off_deg / sigma_deg;
  return min4(all4(0.5F) * ratio * ratio, all4(kHeadingCap));
}

void make_room(uint32_t count, Weighed* w) {
  if (w->z.size() >= count) return;
  for (std::vector<float>* values : {&w->z, &w->bearing, &w->heading[0], &w->heading[1], &w->cost[0], &w->cost[1]}) {
    values->resize(2 * count);
  }
}

/// Candidates in whole vectors, of which the last one's rest costs more than any.
void lay_out(const std::vector<Candidate>& candidates, float sigma_m, bool heading_known, Weighed* w) {
  const auto count = static_cast<uint32_t>(candidates.size()), whole = whole4(count);
  if (count == 0) return;
  make_room(whole, w);
  float *z = w->z.data(), *bearing = w->bearing.data();
  store4(z + whole - 4, all4(kFarZ));
  store4(bearing + whole - 4, all4(0));
  for (const Candidate& candidate : candidates) {
    *z++ = candidate.distance_m / sigma_m;
    *bearing++ = candidate.bearing_deg;
  }
  if (heading_known) return;
  for (std::vector<float>& heading : w->heading) fill4(heading.data(), whole, 0);
}

}  // namespace

void weigh(const Anchor& anchor, const std::vector<Candidate>& candidates, float sigma_m, float drift, Weighed* w) {
  const bool known = anchor.heading_deg >= 0;
  lay_out(candidates, sigma_m, known, w);
  const Float4 heading = all4(anchor.heading_deg - 360.0F * std::floor(anchor.heading_deg / 360.0F));
  const Float4 heading_sigma = all4(anchor.heading_sigma_deg);
  Float4 least = all4(kForbidden);
  for (uint32_t i = 0; i < candidates.size(); i += 4) {
    if (known) {
      const Float4 apart = abs4(heading - load4(&w->bearing[i]));
      const Float4 off = min4(apart, all4(360) - apart);
      store4(&w->heading[0][i], heading_cost(off, heading_sigma));
      store4(&w->heading[1][i], heading_cost(all4(180) - off, heading_sigma));
    }
    const Float4 z = max4(all4(0), load4(&w->z[i]) - all4(drift));
    const Float4 error = error_cost(z * z);
    for (int d = 0; d < 2; ++d) {
      const Float4 cost = load4(&w->heading[d][i]) + error;
      store4(&w->cost[d][i], cost);
      least = min4(least, cost);
    }
  }
  w->least = least_of(least);
}

void Emission::find(const Lookout& from, float drift) {
  const float sigma = from.sigma_m;
  const float far = std::max(static_cast<float>(settings_.match_radius_m), kFarSigmas * sigma);
  const float crowd = std::max(1.0F, sigma / static_cast<float>(settings_.match_sigma_m));
  const SearchRadius radius = {std::min(far, (kNearSigmas + drift) * sigma), kContentSigmas * sigma, far};
  // what is no number becomes 1
  const uint32_t allowed = budget_.candidates();
  const auto beyond = static_cast<float>(allowed + 1);  // one more than may be used shows that there are more
  const float asked = std::min(beyond, std::max(1.0F, static_cast<float>(settings_.match_max_candidates) * crowd));
  SearchCount wanted{static_cast<uint32_t>(asked), kAnywaySigmas * sigma};
  wanted.most = static_cast<uint32_t>(std::min(beyond, asked * kAnywayMore));
  wanted.pieces = budget_.pieces();
  wanted.turned = true;
  finder_.find(from.lat_e7, from.lon_e7, radius, wanted, &candidates_);
  budget_.spend_pieces(finder_.measured());
  cut_ = finder_.cut() || candidates_.size() > allowed;
  if (candidates_.size() > allowed) candidates_.resize(allowed);
}

void Emission::add_direction(uint32_t arc, uint32_t candidate, float heading_cost, std::vector<State>* states) {
  const Candidate& c = candidates_[candidate];
  const bool backward = (arc & 1) != 0;
  states->emplace_back();
  State& state = states->back();  // in place: what is copied right after it was written piece by piece is waited for
  state.position = {arc, backward ? c.length_m - c.along_m : c.along_m};
  state.z = weighed_.z[candidate];
  state.aside_x = c.aside_x;
  state.aside_y = c.aside_y;
  state.distance_m = c.distance_m;
  state.emission = heading_cost;
  state.entry = arcs_.info(arc).entry;
}

Step Emission::add_states(const Anchor& anchor, const Lookout& from, std::vector<State>* states) {
  const float drift = kDriftShare * from.drift;
  Step step;
  step.first = static_cast<uint32_t>(states->size());
  find(from, drift);
  weigh(anchor, candidates_, from.sigma_m, drift, &weighed_);
  const float hopeless = weighed_.least + kHopeless;
  for (uint32_t i = 0; i < candidates_.size(); ++i) {
    const bool forward = weighed_.cost[0][i] <= hopeless, backward = weighed_.cost[1][i] <= hopeless;
    if (!forward && !backward) continue;
    const uint32_t arc = arcs_.forward(candidates_[i].tile, candidates_[i].segment);
    if (arc == ArcTable::kNone) continue;
    if (forward) add_direction(arc, i, weighed_.heading[0][i], states);
    if (backward) add_direction(arc + 1, i, weighed_.heading[1][i], states);
  }
  const double off_cost = settings_.match_off_road_cost + settings_.match_off_road_second_cost * from.off_s;
  for (uint32_t i = 0; i < kOffStates; ++i) {
    states->emplace_back();
    states->back().emission = static_cast<float>(off_cost);
  }
  step.count = static_cast<uint32_t>(states->size()) - step.first;
  step.cut = cut_;
  return step;
}

}  // namespace tomare::match
