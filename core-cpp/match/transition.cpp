// SPDX-License-Identifier: MIT
#include "core-cpp/match/transition.hpp"

#include <algorithm>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/float4.hpp"
#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/match/viterbi.hpp"

namespace tomare::match {
namespace {

constexpr float kBeam = 14.0F;           ///< paths this much worse than the best are not followed …
constexpr float kBeamS = 20.0F;          ///< … and as much again for so many seconds
constexpr float kLongStepS = 60.0F;      ///< a longer step goes no farther for its time, nor is less straight
constexpr float kBridgeDetour = 1.3F;    ///< past fixes that were left out, a route is as long as their line times this
constexpr float kBridgeSlackM = 200.0F;  ///< … and this
constexpr float kJumpStraight = 1.5F;    ///< metres of detour per metre of straight line that a jump costs, too
constexpr float kBetaStraight = 0.02F;   ///< of beta per metre of straight line
constexpr float kReachStraight = 1.6F;   ///< longest route per metre of straight line …
constexpr float kReachM = 80.0F;         ///< … and in any case …
constexpr float kReachSecondM = 15.0F;   ///< … and per second
constexpr float kFastestSlackM = 60.0F;  ///< beyond what the fastest car drives in the time
constexpr float kMostSigmas = 5.0F;      ///< standard errors that a way may be longer than the speeds allow
constexpr float kSlipSigmas = 2.0F;      ///< standard errors that a car may seem to roll back

}  // namespace

void Transition::begin_match(const Smoothed& smoothed, float sigma_m) {
  sigma_m_ = sigma_m;
  beta_m_ = static_cast<float>(settings_.match_beta_m * smoothed.finer(settings_.match_sigma_m));
  measured_ = smoothed.pulled;
}

float Transition::beta(const Anchor& anchor) const {
  const auto per_second = static_cast<float>(settings_.match_beta_second_m);
  return beta_m_ + per_second * std::min(anchor.dt_s, kLongStepS) + kBetaStraight * anchor.straight_m;
}

float Transition::jump(const Anchor& anchor, float beta_m) const {
  if (anchor.bridges) return kForbidden;
  return (static_cast<float>(settings_.match_jump_m) + kJumpStraight * anchor.straight_m) / beta_m;
}

RouteBound Transition::bound(const Anchor& anchor, float beta_m) const {
  const float straight = std::max(anchor.straight_m, anchor.travelled_m);
  const float by_time = anchor.dt_s * static_cast<float>(settings_.match_max_speed_kmh / 3.6) + kFastestSlackM;
  const float seconds = std::min(anchor.dt_s, kLongStepS);
  RouteBound bound;
  bound.metres = std::min(straight * kReachStraight + kReachM + kReachSecondM * seconds,
                          std::max(by_time, straight + kFastestSlackM));
  if (anchor.most_m >= 0) {
    const float error_m = std::max(kFastestSlackM, kMostSigmas * sigma_m_);
    bound.metres = std::min(bound.metres, std::max(anchor.most_m, anchor.straight_m) + error_m);
  }
  if (anchor.bridges) bound.metres = straight * kBridgeDetour + kBridgeSlackM;  // fixes on the way tell its length
  bound.metre_cost = 1.0F / beta_m;
  bound.cost = straight * bound.metre_cost + std::min(kBeam * (1.0F + seconds / kBeamS), jump(anchor, beta_m));
  bound.slip_m = kSlipSigmas * sigma_m_;
  bound.side_cost = static_cast<float>(settings_.match_side_street_metre_cost) * seconds / kLongStepS;
  return bound;
}

bool Transition::route(const Anchor& anchor, const Position& from, const Position& to, std::vector<map::ArcRef>* arcs) {
  RouteBound reach = bound(anchor);
  if (from.number == to.number && to.travelled_m >= from.travelled_m - reach.slip_m && reach.cost >= 0) {
    arcs->assign(1, search_.arcs().info(to.number).arc);
    return true;
  }
  search_.aim_at(&to, 1, &reach);
  search_.grant(budget_.turns());
  search_.run(from, &to, 1, reach, &routes_);
  budget_.spend(search_.spent());
  if (!routes_.found(0)) return false;
  search_.path(0, arcs);
  return true;
}

void Transition::look_ahead(const State* state, uint32_t roads) {
  ahead_.positions.resize(roads);
  for (std::vector<float>* values : {&ahead_.z, &ahead_.aside_x, &ahead_.aside_y, &ahead_.entry}) {
    refill4(values, roads, 0);
  }
  Position* positions = ahead_.positions.data();
  float *z = ahead_.z.data(), *aside_x = ahead_.aside_x.data(), *aside_y = ahead_.aside_y.data();
  float* entry = ahead_.entry.data();
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
void Transition::look_back(const Anchor& anchor) {
  const auto share = static_cast<float>(settings_.match_error_share);
  ahead_.error_share = share * exp_neg(anchor.dt_s / static_cast<float>(settings_.match_error_time_s));
  ahead_.beta_m = beta(anchor);
  ahead_.reach = bound(anchor, ahead_.beta_m);
  search_.aim_at(ahead_.positions.data(), static_cast<uint32_t>(ahead_.positions.size()), &ahead_.reach);
  ahead_.jump = jump(anchor, ahead_.beta_m);
  const bool told = anchor.travelled_m >= 0, measured = measured_ && !anchor.bridges;
  ahead_.travelled_m = told ? anchor.travelled_m : anchor.straight_m;
  ahead_.straight_m = told && measured ? anchor.travelled_m : anchor.straight_m;
}

void Transition::write_row(const State& from, float behind, float* row) {
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

void Transition::add_entries(float* row) const {
  const auto roads = static_cast<uint32_t>(ahead_.positions.size());
  for (uint32_t j = 0; j < roads; j += 4) {
    store4(row + j, load4(row + j) + load4(&ahead_.entry[j]));  // beyond the roads these are 0
  }
}

bool Transition::write(const Anchor& anchor, const State* before, uint32_t roads_before, const float* scores,
                       float best, float* row, uint32_t row_length) {
  const auto roads = static_cast<uint32_t>(ahead_.positions.size());
  look_back(anchor);
  search_.grant(budget_.turns());
  for (uint32_t i = 0; i < roads_before; ++i, row += row_length) {
    const float behind = scores[i] - best;  // leaving for good must not end what may yet be better
    if (behind <= kBeam && roads > 0) write_row(before[i], behind, row);
    row[roads] = static_cast<float>(settings_.match_off_road_switch_cost);
    row[roads + 1] = static_cast<float>(settings_.match_off_road_end_cost);
  }
  std::fill(row, row + roads + 1, 0.0F);
  add_entries(row);
  row[row_length + roads + 1] = 0;
  budget_.spend(search_.spent());
  budget_.spend_costs(uint64_t{roads_before} * row_length);
  return !search_.cut();
}

}  // namespace tomare::match
