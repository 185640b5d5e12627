// SPDX-License-Identifier: MIT
#include "core-cpp/rules/to_and_fro.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// Metres to which positions wander, by drift at a stand and by reflections (docs/ACCURACY.md, receivers).
constexpr double kWandersM = 60;

bool turned_before(const Context& c, const match::Run& run, uint32_t leg) {
  double come = c.trace.legs[leg].length_m();
  for (uint32_t l = leg; come < kWandersM && l > run.first_leg; --l) {
    if (turns_round(c.trace.legs[l - 1], c.trace.legs[l])) return true;
    come += c.trace.legs[l - 1].length_m();
  }
  return false;
}

}  // namespace

bool turns_round(const Leg& leg, const Leg& next) {
  return next.tile == leg.tile && next.segment == leg.segment && next.forward != leg.forward;
}

bool turns_round_within(const Context& c, const match::Run& run, uint32_t leg, double metres) {
  double gone = c.trace.legs[leg].length_m();
  for (uint32_t l = leg + 1; gone < metres && l < run.first_leg + run.leg_count; ++l) {
    if (turns_round(c.trace.legs[l - 1], c.trace.legs[l])) return true;
    gone += c.trace.legs[l].length_m();
  }
  return false;
}

bool turns_round_near(const Context& c, const match::Run& run, uint32_t from_leg, uint32_t to_leg) {
  return turned_before(c, run, from_leg) || turns_round_within(c, run, to_leg, kWandersM);
}

bool to_and_fro(const Context& c, const match::Run& run, const Stretch& s) {
  const std::vector<Leg>& legs = c.trace.legs;
  for (uint32_t l = s.first_leg; l < s.last_leg; ++l) {
    if (!turns_round(legs[l], legs[l + 1])) continue;
    const double turn_m = legs[l + 1].path_m;
    if (turn_m - s.from_m < kWandersM && s.to_m - turn_m < kWandersM) return true;
  }
  const bool inside = s.first_leg > run.first_leg && s.last_leg + 1 < run.first_leg + run.leg_count;
  return inside && s.length_m() < kWandersM && turns_round(legs[s.first_leg - 1], legs[s.first_leg]) &&
         turns_round(legs[s.last_leg], legs[s.last_leg + 1]);
}

}  // namespace tomare::rules
