// SPDX-License-Identifier: MIT
// What a finding of a turn says of its restriction and of the place, whether the path makes the turn or goes past it.
#pragma once

#include "core-cpp/rules/drive.hpp"
#include "core-cpp/rules/turn_geometry.hpp"

namespace tomare::rules {

/// Metres over which a turn is measured.
inline constexpr double kTurnReach = 35;
/// How sure it is that the turn is in the drive where the match is: of some 300 on simulated drives none was false.
inline constexpr float kSeen = 0.99F;

RoadEnd end_of(const Context& context, const match::Leg& leg);

/// Where and when the junction was passed that a leg leads to, by the fixes around it. Without a verdict.
Finding described(const Context& context, const match::Run& run, const map::Restriction& restriction,
                  const match::Leg& from, Range around);

void count_fixes(Range before, Range after, Finding* finding);

/// The angle of the turn; and what the map or the ground leave in doubt of it. `followed`: `to` is the road that the
/// restriction names.
void weigh_place(const Context& context, const map::Restriction& restriction, const match::Leg& from,
                 const match::Leg& to, bool followed, Finding* finding);

/// The junction counts as passed, and the finding is settled.
void pass(const Context& context, const Finding& finding, Judgement* out);

}  // namespace tomare::rules
