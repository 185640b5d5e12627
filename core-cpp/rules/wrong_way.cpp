// SPDX-License-Identifier: MIT
// Wrong way: driving against a one-way street (Road Traffic Act of Japan, articles 8 and 17).
#include <algorithm>

#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/stretch.hpp"
#include "core-cpp/rules/to_and_fro.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

SourceTag source_of(const map::Attributes& a) {
  if (a.oneway_source == map::kOnewayOverlay) return SourceTag::overlay_oneway;
  if (a.oneway_source != map::kOnewayImplied) return SourceTag::oneway;
  return (a.flags & map::kFlagRoundabout) != 0 ? SourceTag::roundabout : SourceTag::motorway;
}

/// Seconds off the road that are too few for a car park: the car hopped to a road that the map does
/// not join to the one before, so a road is missing there, and the stretch may be beside it.
constexpr int64_t kHopMs = 15'000;
constexpr double kHopReach = 30;  ///< metres of the run before the stretch that still count as its start

bool hopped_onto(const Context& c, const match::Run& run, const Stretch& stretch) {
  const match::Run* before = &run == c.trace.runs.data() ? nullptr : &run - 1;
  return before != nullptr && stretch.from_m < kHopReach &&
         c.fixes.time_ms[run.first_fix] - c.fixes.time_ms[before->last_fix] < kHopMs;
}

/// A one-way rule that only the kind of the road implies, drawn against the side on which the country drives.
bool drawn_against_side(const Context& c, const Leg& leg) {
  const map::Tile* tile = c.graph.tile(leg.tile);
  const DrivingSide side = law_of(c, leg).drives_on;
  if (tile == nullptr || side == DrivingSide::unknown) return false;
  const map::Attributes& a = tile->attributes_of(leg.segment);
  const uint8_t winding = tile->way_of(leg.segment).winding;
  const bool implied = a.oneway_source == map::kOnewayImplied && (a.flags & map::kFlagRoundabout) != 0;
  const map::Winding right_way = side == DrivingSide::left ? map::kClockwise : map::kCounterClockwise;
  return implied && winding != map::kWindingUnknown && winding != right_way;
}

/// Share of the headings that agree with the path: with less of them the car went another way than its positions do.
constexpr double kAgreement = 0.6;
/// A one-way rule that only the kind of the road implies, and no tag states, may be missing its exception.
constexpr float kImplied = 0.97F;

/// The receiver's course says that the car went another way than its positions do.
bool contradicted(const Context& c, double agreement) {
  return agreement < kAgreement || (c.channels.notes & match::kNote_course_contradicted) != 0;
}

bool stated(const map::Attributes& a) {
  return a.oneway_source == map::kOnewayGiven || a.oneway_source == map::kOnewayOverlay;
}

/// A stretch against a one-way rule, and what its fixes say.
struct Against {
  Stretch stretch;
  Passage passage;
  Speeds speeds;
  double agreement;  ///< of the headings with the path
};

/// Where and when it was, and what was measured.
Finding described(const Against& against) {
  const Context& c = against.passage.context;
  const Leg& leg = c.trace.legs[against.stretch.first_leg];
  Finding f;
  f.rule = Rule::wrong_way;
  locate(c, leg, leg.from_m, &f);
  against.passage.bracket(&f);
  const map::Attributes* a = attributes_of(c, leg);
  if (a != nullptr) f.source = source_of(*a);
  f.match = against.passage.match().mean;
  f.map = a != nullptr && stated(*a) ? 1.0F : kImplied;
  f.measure(kMeasure_length_m, against.stretch.length_m());
  f.measure(kMeasure_duration_s, static_cast<double>(f.end_ms - f.start_ms) * 0.001);
  f.measure(kMeasure_mean_kmh, against.speeds.mean * 3.6);
  f.measure(kMeasure_fixes_in_window, static_cast<double>(against.passage.range.size()));
  f.observation = static_cast<float>(against.agreement * seen(against.speeds.faster));
  return f;
}

/// Why the car may not have driven there at all, or not for long enough.
uint32_t doubts_of_drive(const Context& c, const match::Run& run, const Against& against, int64_t duration_ms) {
  const Settings& s = c.settings;
  const Speeds& speeds = against.speeds;
  const bool slow = speeds.faster < s.wrong_way_min_fixes || speeds.mean < s.wrong_way_min_speed_kmh / 3.6;
  const bool brief = against.stretch.length_m() < s.wrong_way_min_length_m ||
                     duration_ms < static_cast<int64_t>(s.wrong_way_min_duration_s * 1000);
  uint32_t reasons = 0;
  if (brief) reasons |= kReason_short_stretch;
  if (slow) reasons |= kReason_low_speed;
  if (contradicted(c, against.agreement)) reasons |= kReason_course_contradicted;
  if (against.passage.disputed() * 2 > against.passage.range.size() || waits_by_speeds(against.passage))
    reasons |= kReason_speed_contradicted;
  if (against.passage.aside()) reasons |= kReason_parallel_road;
  if (to_and_fro(c, run, against.stretch)) reasons |= kReason_match_uncertain;
  if (hopped_onto(c, run, against.stretch)) reasons |= kReason_map_contradiction;
  return reasons;
}

/// Why the rule may not hold there.
uint32_t doubts_of_map(const Context& c, const Stretch& stretch, Finding* f) {
  uint32_t reasons = 0;
  for (uint32_t l = stretch.first_leg; l <= stretch.last_leg; ++l) {
    const OnewayState state = oneway_state(c, c.trace.legs[l]);
    if (l == stretch.first_leg) {
      f->tag_text = state.text;
      if (state.unsure) reasons |= kReason_map_contradiction;
    }
    reasons |= state.reasons;
    if (drawn_against_side(c, c.trace.legs[l])) reasons |= kReason_map_contradiction;
  }
  if (private_ground(c, c.trace.legs[stretch.first_leg])) reasons |= kReason_private_ground;
  return reasons;
}

void judge_stretch(const Context& c, const match::Run& run, const Stretch& stretch, Judgement* out) {
  const Settings& s = c.settings;
  const Range range = within(c, run.fixes, stretch.from_m, stretch.to_m);
  if (range.size() == 0) return;
  const Passage passage = {c, run.fixes, range};
  const Speeds speeds = passage.speeds(s.wrong_way_min_speed_kmh / 3.6);
  if (stretch.length_m() < kPassed * s.wrong_way_min_length_m || speeds.faster == 0) return;
  const Against against = {stretch, passage, speeds, passage.heading_agreement()};
  Finding f = described(against);
  f.reasons = doubts_of_drive(c, run, against, f.end_ms - f.start_ms);
  f.reasons |= doubts_of_map(c, stretch, &f);
  f.verdict = f.reasons != 0 ? Verdict::undetermined : Verdict::violated;
  if (claims(f)) {
    const auto lawful = [&](const Leg& other) {
      return oneway_state(c, other).against == Truth::no && access_state(c, other).standing != Standing::closed;
    };
    weigh_beside(Beside(c, run, stretch, range).accused(kFewDoIt, lawful), &f);
  }
  settle(c, f, out);
}

/// Legs against a one-way rule are judged apart by what else holds of the road.
enum LegKind : uint8_t { kPrivate = 1, kUnsure = 2, kAgainst = 4 };

uint8_t kind_of(const Context& c, const Leg& leg) {
  const OnewayState state = oneway_state(c, leg);
  if (state.against == Truth::no) return 0;
  return static_cast<uint8_t>(kAgainst | (private_ground(c, leg) ? kPrivate : 0) | (state.unsure ? kUnsure : 0));
}

}  // namespace

void judge_wrong_way(const Context& c, Judgement* out) {
  Exposure& exposure = out->exposure[static_cast<int>(Rule::wrong_way)];
  for (const match::Run& run : c.trace.runs) {
    const auto oneway = [&](const Leg& leg) {
      const map::Attributes* a = attributes_of(c, leg);
      return a != nullptr && ((a->oneway_against[0] | a->oneway_against[1]) >> c.vehicle & 1) != 0;
    };
    for (const Stretch& s : stretches(c, run, kJoint, oneway)) {
      ++exposure.passed;
      exposure.judged_m += s.length_m();
    }
    std::vector<uint8_t> kinds;
    for (uint32_t l = 0; l < run.leg_count; ++l) kinds.push_back(kind_of(c, c.trace.legs[run.first_leg + l]));
    for (uint8_t kind = kAgainst; kind <= (kAgainst | kPrivate | kUnsure); ++kind) {
      const auto wanted = [&](const Leg& leg) {
        return kinds[static_cast<size_t>(&leg - c.trace.legs.data()) - run.first_leg] == kind;
      };
      for (const Stretch& s : stretches(c, run, kBridge, wanted)) judge_stretch(c, run, s, out);
    }
  }
  const uint32_t judged = exposure.violated + exposure.undetermined;
  exposure.complied = exposure.passed > judged ? exposure.passed - judged : 0;
}

}  // namespace tomare::rules
