// SPDX-License-Identifier: MIT
// No entry: driving on a road that is closed to the vehicle (Road Traffic Act of Japan, article 8).
#include <algorithm>

#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/permits.hpp"
#include "core-cpp/rules/to_and_fro.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// Segments that a yard behind restricted streets has at most.
constexpr size_t kYard = 60;

/// The end of a trip lies in a yard behind `gate`: roads to which `outside` leads by restricted streets alone.
bool in_yard(const Context& c, const Leg& gate, const Leg& end, const Leg& outside) {
  std::vector<map::ArcRef> seen{{gate.tile, gate.segment, 0}};
  for (size_t i = 0; i < seen.size(); ++i) {
    const map::Tile* tile = c.graph.tile(seen[i].tile);
    if (tile == nullptr || seen.size() > kYard) return false;
    const map::Attributes& a = tile->attributes_of(seen[i].segment);
    const bool open = map::open_to_all(access_in(a, map::kForward, c.vehicle)) ||
                      map::open_to_all(access_in(a, map::kBackward, c.vehicle));
    if (!open && i > 0) continue;
    const map::Segment s = tile->segments[seen[i].segment];
    if (((tile->nodes[s.from_node].flags | tile->nodes[s.to_node].flags) & map::kNodeDataEnd) != 0) return false;
    for (const uint16_t backward : {0, 1}) {
      map::ArcRef next[32];
      const uint32_t n = c.graph.leaving({seen[i].tile, seen[i].segment, backward}, next, 32);
      for (uint32_t k = 0; k < n; ++k) {
        next[k].backward = 0;
        if (std::find(seen.begin(), seen.end(), next[k]) == seen.end()) seen.push_back(next[k]);
      }
    }
  }
  const auto holds = [&seen](const Leg& leg) {
    return std::find(seen.begin(), seen.end(), map::ArcRef{leg.tile, leg.segment, 0}) != seen.end();
  };
  return holds(end) && !holds(outside);
}

/// Where the car came to a destination: it stood for long, or was gone between two fixes for as long.
struct Stand {
  double from_m, to_m;  ///< along the path
  uint32_t leg;
  bool end_of_log = false;
};

constexpr double kStandReach = 25;     ///< metres that positions wander while the car stands
constexpr double kWalking = 10 / 3.6;  ///< m/s; a car that drives is faster

/// Seconds between two fixes in which the car can have stood.
double idle_s(const Context& c, uint32_t a, uint32_t b) {
  const double seconds = static_cast<double>(c.fixes.time_ms[b] - c.fixes.time_ms[a]) * 0.001;
  return seconds - std::max(0.0, c.trace.fixes[b].path_m - c.trace.fixes[a].path_m - kStandReach) / kWalking;
}

std::vector<Stand> stands(const Context& c, const std::vector<uint32_t>& run_fixes) {
  std::vector<Stand> found;
  const auto path_m = [&](size_t k) { return c.trace.fixes[run_fixes[k]].path_m; };
  size_t end = 0;
  for (size_t k = 0; k + 1 < run_fixes.size(); ++k) {
    end = std::max(end, k + 1);
    while (end + 1 < run_fixes.size() && path_m(end + 1) - path_m(k) <= kStandReach) ++end;
    if (idle_s(c, run_fixes[k], run_fixes[end]) < c.settings.no_entry_stand_s) continue;
    found.push_back({path_m(k), path_m(end), c.trace.fixes[run_fixes[(k + end) / 2]].leg});
    k = end - 1;
  }
  return found;
}

/// Where the trips of a run begin and end: at its ends, and where the car stood.
std::vector<Stand> destinations(const Context& c, const std::vector<uint32_t>& run_fixes) {
  std::vector<Stand> all = stands(c, run_fixes);
  const match::MatchedFix& first = c.trace.fixes[run_fixes.front()];
  const match::MatchedFix& last = c.trace.fixes[run_fixes.back()];
  const double margin = c.settings.no_entry_end_zone_m;
  all.push_back({-1e9, first.path_m + margin, first.leg, true});
  all.push_back({last.path_m - margin, 1e9, last.leg, true});
  return all;
}

/// Where only a trip that begins or ends there may go, if any may.
bool shut(const AccessState& state) {
  return state.standing == Standing::closed || state.standing == Standing::restricted;
}

/// A trip begins or ends inside the stretch or next to it.
bool ends_inside(const std::vector<Stand>& ends, const Stretch& s) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](const Stand& e) { return e.to_m >= s.from_m && e.from_m <= s.to_m; });
}

/// A trip begins or ends in a yard behind the stretch; the end of a log says so only of streets for destinations.
bool ends_behind(const Context& c, const match::Run& run, const std::vector<Stand>& ends, const Stretch& s,
                 bool destinations_alone) {
  if (s.first_leg == run.first_leg || s.last_leg + 1 == run.first_leg + run.leg_count) return false;
  const std::vector<Leg>& legs = c.trace.legs;
  const Leg& before = legs[s.first_leg - 1];
  const Leg& after = legs[s.last_leg + 1];
  return std::any_of(ends.begin(), ends.end(), [&](const Stand& e) {
    if (e.end_of_log && !destinations_alone) return false;
    const bool later = e.leg > s.last_leg;
    return later ? in_yard(c, after, legs[e.leg], before) : in_yard(c, before, legs[e.leg], after);
  });
}

bool thoroughfare_closed(map::Access access) {
  return access == map::kAccessDestination || access == map::kAccessDelivery;
}

/// That nobody on board had a destination in the street: the log tells where the car stood, not who got out.
constexpr float kNoDestination = 0.9F;

void weigh_access(map::Access access, bool inside, Finding* f) {
  if (thoroughfare_closed(access) && inside) {
    f->verdict = Verdict::complied;
    f->reasons |= kReason_destination_possible;
  } else if (inside) {
    f->verdict = Verdict::undetermined;
    f->reasons |= kReason_permit_possible;
  } else if (access == map::kAccessDestination) {
    f->verdict = Verdict::violated;
    f->map = kNoDestination;
  } else if (access != map::kAccessNo) {
    f->verdict = Verdict::possible;
    f->reasons |= kReason_permit_possible;
  } else {
    f->verdict = Verdict::violated;
  }
}

/// km/h by positions that nobody drives on a closed road: they leaped there, and the path with them.
constexpr double kNobodyKmh = 130;

void weigh(const Context& c, const match::Run& run, const AccessState& state, bool inside, const Stretch& stretch,
           uint32_t faster, Finding* f) {
  const Settings& s = c.settings;
  if (state.standing == Standing::uncertain) {
    f->verdict = Verdict::undetermined;
    f->reasons |= state.reasons;
    return;
  }
  if (state.standing == Standing::open) {
    f->verdict = Verdict::complied;
    return;
  }
  weigh_access(state.access, inside, f);
  if (f->verdict != Verdict::complied && permitted(c, stretch, *f)) {
    f->verdict = Verdict::complied;
    f->reasons = kReason_permit_listed;
  }
  if (!claims(*f)) return;
  if (stretch.length_m() < s.no_entry_min_length_m) f->reasons |= kReason_short_stretch;
  if (faster < s.no_entry_min_fixes) f->reasons |= kReason_low_speed;
  const bool leaps = c.trace.fixes[f->first_fix].speed_derived && f->measured[kMeasure_mean_kmh] > kNobodyKmh;
  if (leaps || to_and_fro(c, run, stretch)) f->reasons |= kReason_match_uncertain;
  if ((f->reasons & (kReason_short_stretch | kReason_low_speed | kReason_match_uncertain)) != 0)
    f->verdict = Verdict::undetermined;
}

/// One fix alone is on the stretch, long after the one before or before the next.
bool glimpsed(const Passage& passage) {
  const Range& range = passage.range;
  if (range.size() != 1) return false;
  const auto seconds = [&](size_t k) {
    const int64_t* ms = passage.context.fixes.time_ms;
    return static_cast<double>(ms[passage.fixes[k]] - ms[passage.fixes[k - 1]]) * 0.001;
  };
  const bool before = range.begin > 0 && seconds(range.begin) > kGlimpseS;
  return before || (range.end < passage.fixes.size() && seconds(range.end) > kGlimpseS);
}

/// Nobody is acquitted of a road that a glimpse alone shows, unless a permit is listed.
void earn_acquittal(const Passage& passage, Finding* f) {
  if (f->verdict != Verdict::complied || (f->reasons & kReason_permit_listed) != 0 || !glimpsed(passage)) return;
  f->verdict = Verdict::undetermined;
  f->reasons |= kReason_gps_gap;
}

/// Nobody enters a road who waits by the logged speeds: the positions wander.
void weigh_speeds(const Passage& passage, Finding* f) {
  if (!waits_by_speeds(passage)) return;
  f->verdict = Verdict::undetermined;
  f->reasons |= kReason_speed_contradicted;
}

/// A lawful road beside may have been driven, or one that the map does not hold.
void weigh_lawful_roads(const match::Run& run, const Stretch& stretch, const Passage& passage, Finding* f) {
  const Context& c = passage.context;
  const auto lawful = [&](const Leg& other) {
    return access_state(c, other).standing == Standing::open && oneway_state(c, other).against == Truth::no;
  };
  weigh_beside(Beside(c, run, stretch, passage.range).accused(kFewDoIt, lawful), f);
  if (!passage.aside() || !passage.nearer_around()) return;
  f->reasons |= kReason_parallel_road;
  f->verdict = Verdict::undetermined;
}

void judge_stretch(const Context& c, const match::Run& run, const std::vector<Stand>& ends, const Stretch& stretch,
                   Judgement* out) {
  const Settings& s = c.settings;
  const std::vector<uint32_t>& run_fixes = run.fixes;
  const Range range = within(c, run_fixes, stretch.from_m, stretch.to_m);
  if (range.size() == 0) return;
  const Passage passage = {c, run_fixes, range};
  const Speeds speeds = passage.speeds(s.no_entry_min_speed_kmh / 3.6);
  if (stretch.length_m() < kPassed * s.no_entry_min_length_m || speeds.faster == 0) return;
  const Leg& leg = c.trace.legs[stretch.first_leg];
  Finding f;
  f.rule = Rule::no_entry;
  f.source = SourceTag::access;
  locate(c, leg, leg.from_m, &f);
  passage.bracket(&f);
  const AccessState state = access_state(c, leg);
  f.source_detail = static_cast<uint16_t>(state.key << 8 | state.access);
  f.tag_text = state.text;
  f.match = passage.match().mean;
  f.measure(kMeasure_length_m, stretch.length_m());
  f.measure(kMeasure_duration_s, static_cast<double>(f.end_ms - f.start_ms) * 0.001);
  f.measure(kMeasure_mean_kmh, speeds.mean * 3.6);
  f.measure(kMeasure_fixes_in_window, static_cast<double>(range.size()));
  f.observation = static_cast<float>(seen(speeds.faster));
  const bool inside = shut(state) && (ends_inside(ends, stretch) ||
                                      ends_behind(c, run, ends, stretch, thoroughfare_closed(state.access)));
  weigh(c, run, state, inside, stretch, speeds.faster, &f);
  earn_acquittal(passage, &f);
  weigh_unsure(state.unsure, &f);
  if (claims(f)) weigh_speeds(passage, &f);
  if (claims(f)) weigh_lawful_roads(run, stretch, passage, &f);
  const map::Attributes* a = attributes_of(c, leg);
  if (a != nullptr && laid_out_privately(*a)) weigh_private_ground(c, leg, &f);
  ++out->exposure[static_cast<int>(Rule::no_entry)].passed;
  settle(c, f, out);
}

}  // namespace

void judge_no_entry(const Context& c, Judgement* out) {
  for (const match::Run& run : c.trace.runs) {
    const std::vector<uint32_t>& run_fixes = run.fixes;
    if (run_fixes.empty()) continue;
    std::vector<AccessState> states;
    states.reserve(run.leg_count);
    for (uint32_t l = 0; l < run.leg_count; ++l) states.push_back(access_state(c, c.trace.legs[run.first_leg + l]));
    const bool asked = std::any_of(states.begin(), states.end(), [](const AccessState& state) { return shut(state); });
    const std::vector<Stand> ends = asked ? destinations(c, run_fixes) : std::vector<Stand>{};
    const auto state_of = [&](const Leg& leg) -> const AccessState& {
      return states[static_cast<size_t>(&leg - c.trace.legs.data()) - run.first_leg];
    };
    for (const Standing standing : {Standing::closed, Standing::restricted, Standing::uncertain, Standing::open}) {
      for (const bool unsure : {false, true}) {
        // an open road is a place of this rule only where it is closed at other times
        const auto wanted = [&](const Leg& leg) {
          const AccessState& state = state_of(leg);
          return state.standing == standing && state.unsure == unsure &&
                 (standing != Standing::open || state.conditional);
        };
        const bool some = std::any_of(states.begin(), states.end(), [&](const AccessState& state) {
          return state.standing == standing && state.unsure == unsure;
        });
        if (!some) continue;
        for (const Stretch& s : stretches(c, run, kBridge, wanted)) judge_stretch(c, run, ends, s, out);
      }
    }
  }
}

}  // namespace tomare::rules
