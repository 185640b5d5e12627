// SPDX-License-Identifier: MIT
// Wrong way: driving against a one-way street (Road Traffic Act of Japan, articles 8 and 17).
#include <algorithm>

#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/stretch.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

SourceTag source_of(const map::Attributes& a) {
  if (a.oneway_source == map::kOnewayOverlay) return SourceTag::overlay_oneway;
  if (a.oneway_source != map::kOnewayImplied) return SourceTag::oneway;
  return (a.flags & map::kFlagRoundabout) != 0 ? SourceTag::roundabout : SourceTag::motorway;
}

double mean_error_m(const Context& c, const std::vector<uint32_t>& on, Range range) {
  double sum = 0;
  for (size_t k = range.begin; k < range.end; ++k) sum += c.trace.fixes[on[k]].error_m;
  return sum / static_cast<double>(range.size());
}

/// Errors that speed and course have shown, without the map, may be twice as large here. One taken from the distances
/// to the roads would hide the road that is missing.
constexpr double kErrors = 2;

double farthest_m(const Context& c) {
  return std::max(c.settings.wrong_way_max_offset_m, kErrors * c.trace.error.measured_m);
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

/// The receiver's course says that the car went another way than its positions do.
bool contradicted(const Context& c, double agreement) {
  return agreement < 0.6 || (c.channels.notes & match::kNote_course_contradicted) != 0;
}

void judge_stretch(const Context& c, const match::Run& run, const std::vector<uint32_t>& on, const Stretch& stretch,
                   Judgement* out) {
  const Settings& s = c.settings;
  const Range range = within(c, on, stretch.from_m, stretch.to_m);
  if (range.size() == 0) return;
  const Speeds speeds = speeds_of(c, on, range, s.wrong_way_min_speed_kmh / 3.6);
  if (stretch.length_m() < 0.5 * s.wrong_way_min_length_m || speeds.faster == 0) return;
  const Leg& leg = c.trace.legs[stretch.first_leg];
  Finding f;
  f.rule = Rule::wrong_way;
  locate(c, leg, leg.from_m, &f);
  bracket(c, on, range, &f);
  const map::Attributes* a = attributes_of(c, leg);
  if (a != nullptr) f.source = source_of(*a);
  f.match = match_of(c, on, range).mean;
  f.map =
      a != nullptr && (a->oneway_source == map::kOnewayGiven || a->oneway_source == map::kOnewayOverlay) ? 1.0F : 0.97F;
  f.measure(kMeasure_length_m, stretch.length_m());
  f.measure(kMeasure_duration_s, static_cast<double>(f.end_ms - f.start_ms) * 0.001);
  f.measure(kMeasure_mean_kmh, speeds.mean * 3.6);
  f.measure(kMeasure_fixes_in_window, static_cast<double>(range.size()));
  const double agreement = heading_agreement(c, on, range);
  f.observation = static_cast<float>(agreement * (1.0 - 0.3 / (1.0 + speeds.faster)));
  f.verdict = Verdict::violated;
  if (stretch.length_m() < s.wrong_way_min_length_m) f.reasons |= kReason_short_stretch;
  if (speeds.faster < s.wrong_way_min_fixes) f.reasons |= kReason_low_speed;
  if (speeds.mean < s.wrong_way_min_speed_kmh / 3.6) f.reasons |= kReason_low_speed;
  if (contradicted(c, agreement)) f.reasons |= kReason_course_contradicted;
  if (disputed_in(c, on, range) * 2 > range.size()) f.reasons |= kReason_speed_contradicted;
  if (f.end_ms - f.start_ms < static_cast<int64_t>(s.wrong_way_min_duration_s * 1000))
    f.reasons |= kReason_short_stretch;
  if (mean_error_m(c, on, range) > farthest_m(c)) f.reasons |= kReason_parallel_road;
  if (hopped_onto(c, run, stretch)) f.reasons |= kReason_map_contradiction;
  for (uint32_t l = stretch.first_leg; l <= stretch.last_leg; ++l) {
    const OnewayState state = oneway_state(c, c.trace.legs[l]);
    if (l == stretch.first_leg) {
      f.tag_text = state.text;
      f.reasons |= state.unsure ? uint32_t{kReason_map_contradiction} : 0;
    }
    f.reasons |= state.reasons;
    if (drawn_against_side(c, c.trace.legs[l])) f.reasons |= kReason_map_contradiction;
  }
  if (private_ground(c, leg)) f.reasons |= kReason_private_ground;
  if (f.reasons != 0) f.verdict = Verdict::undetermined;
  if (claims(f)) {
    weigh_beside(Beside(c, run, stretch, range)
                     .accused(kFewDoIt,
                              [&](const Leg& other) {
                                return oneway_state(c, other).against == Truth::no &&
                                       access_state(c, other).standing != Standing::closed;
                              }),
                 &f);
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
    const std::vector<uint32_t>& on = run.on;
    const auto oneway = [&](const Leg& leg) {
      const map::Attributes* a = attributes_of(c, leg);
      return a != nullptr && ((a->oneway_against[0] | a->oneway_against[1]) >> c.vehicle & 1) != 0;
    };
    for (const Stretch& s : stretches(c, run, 1.0, oneway)) {
      ++exposure.passed;
      exposure.judged_m += s.length_m();
    }
    std::vector<uint8_t> kinds;
    for (uint32_t l = 0; l < run.leg_count; ++l) kinds.push_back(kind_of(c, c.trace.legs[run.first_leg + l]));
    for (uint8_t kind = kAgainst; kind <= (kAgainst | kPrivate | kUnsure); ++kind) {
      const auto wanted = [&](const Leg& leg) {
        return kinds[static_cast<size_t>(&leg - c.trace.legs.data()) - run.first_leg] == kind;
      };
      for (const Stretch& s : stretches(c, run, 15.0, wanted)) judge_stretch(c, run, on, s, out);
    }
  }
  const uint32_t judged = exposure.violated + exposure.undetermined;
  exposure.complied = exposure.passed > judged ? exposure.passed - judged : 0;
}

}  // namespace tomare::rules
