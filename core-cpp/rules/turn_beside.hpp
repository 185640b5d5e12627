// SPDX-License-Identifier: MIT
// Banned turns that the path goes past: it takes a lawful way beside, but speeds and courses show the shape of the turn
// (docs/RULES.md).
#pragma once

#include <vector>

#include "core-cpp/rules/way_fit.hpp"
#include "core-cpp/rules/ways_beside.hpp"

namespace tomare::rules {

struct TurnBeside {
  map::Restriction restriction;
  match::Leg from, to;     ///< the roads before and behind the turn
  uint32_t leaves, meets;  ///< legs of the path, from the end of which to the start of which it was not driven
  Range around;            ///< fixes that show it
  double driven;           ///< probability that the turn was made, and no lawful way driven, by these fixes
};

struct TurnsBeside {
  std::vector<TurnBeside> made;   ///< the likeliest first; of those that the same fixes tell of, it alone
  std::vector<WayBeside> banned;  ///< all ways with a banned turn that the path goes past
};
/// Claims those that were made, but for what the map or the ground leaves in doubt, and returns the claimed ones.
TurnsBeside judge_turns_beside(const Context& context, const match::Run& run, BansNear* bans, Judgement* out);

/// The fixes tell too little of a banned way: nobody is acquitted there.
bool unclear(const Context& context, const match::Run& run, const WayBeside& way);

}  // namespace tomare::rules
