// SPDX-License-Identifier: MIT
// What the rules share: the fixes of a run in path order, and findings filled from legs.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/match/way_error.hpp"
#include "core-cpp/rules/judge.hpp"

namespace tomare::rules {

/// Fixes of a run with lo <= path_m <= hi, as a range into its `on`.
struct Range {
  size_t begin = 0, end = 0;
  size_t size() const { return end - begin; }
};
Range within(const Context& context, const std::vector<uint32_t>& on, double lo_m, double hi_m);

/// Mean and lowest posterior of the fixes, 1 when there are none.
struct Match {
  float mean = 1, lowest = 1;
};
Match match_of(const Context& context, const std::vector<uint32_t>& on, Range range);

/// Fills way, direction, tile, segment and place from metre `along_m` of the leg's segment.
void locate(const Context& context, const match::Leg& leg, double along_m, Finding* finding);
/// Fills times and fix indexes from a range of fixes (not empty).
void bracket(const Context& context, const std::vector<uint32_t>& on, Range range, Finding* finding);

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

/// Mean speed over fixes, m/s, and how many are faster than `mps`.
struct Speeds {
  double mean = 0, peak = 0;
  uint32_t faster = 0;
};
Speeds speeds_of(const Context& context, const std::vector<uint32_t>& on, Range range, double mps);

using match::way_sigma;

/// Fixes of the range at which the log's speed and its positions contradict each other.
uint32_t disputed_in(const Context& context, const std::vector<uint32_t>& on, Range range);

/// Share of fixes whose heading (where the log has one, at speed) agrees with the path; 1 without.
/// That the positions contradict it counts here: the path may be wrong as well.
double heading_agreement(const Context& context, const std::vector<uint32_t>& on, Range range);

}  // namespace tomare::rules
