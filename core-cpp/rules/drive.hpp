// SPDX-License-Identifier: MIT
// What the rules share: facts of a leg, and findings filled from legs and settled.
#pragma once

#include <cstdint>

#include "core-cpp/match/way_error.hpp"
#include "core-cpp/rules/passage.hpp"

namespace tomare::rules {

/// Fills way, direction, tile, segment and place from metre `along_m` of the leg's segment.
void locate(const Context& context, const match::Leg& leg, double along_m, Finding* finding);

/// Calibrates the match and multiplies the factors; a violation that is too unsure becomes undetermined. Counts it.
void settle(const Context& context, Finding finding, Judgement* out);

/// A road whose signs are the owner's, not those of the law: parking aisles, drives, private and customers' ground.
/// Never where the settings say that such ground is judged.
bool private_ground(const Context& context, const match::Leg& leg);
/// Laid out as such ground, whoever may drive there: a closure there is the owner's, too.
bool laid_out_privately(const map::Attributes& attributes);
/// Of a finding there: a claim becomes undetermined.
void weigh_private_ground(const Context& context, const match::Leg& leg, Finding* finding);

/// A finding that rests on a fact which the map marks as unsure is undetermined; where the car complied it did in any
/// case.
void weigh_unsure(bool unsure, Finding* finding);

/// The law of the place where the leg lies; that of no place where its tile is damaged.
const Law& law_of(const Context& context, const match::Leg& leg);

const map::Attributes* attributes_of(const Context& context, const match::Leg& leg);
inline int direction_of(const match::Leg& leg) { return leg.forward ? map::kForward : map::kBackward; }

using match::way_sigma;

}  // namespace tomare::rules
