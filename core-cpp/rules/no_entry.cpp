// SPDX-License-Identifier: MIT
// No entry: driving on a road that is closed to the vehicle (Road Traffic Act of Japan, article 8).
#include <algorithm>

#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/permits.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// Segments that a yard behind restricted streets has at most.
constexpr size_t kYard = 60;

bool open_to_all(map::Access access) {
  return access == map::kAccessUnset || access == map::kAccessYes || access == map::kAccessPermissive ||
         access == map::kAccessDesignated;
}

/// The end of a trip lies in a yard behind `gate`: roads to which `outside` leads by restricted streets alone.
bool in_yard(const Context& c, const Leg& gate, const Leg& end, const Leg& outside) {
  std::vector<map::ArcRef> seen{{gate.tile, gate.segment, 0}};
  for (size_t i = 0; i < seen.size(); ++i) {
    const map::Tile* tile = c.graph.tile(seen[i].tile);
    if (tile == nullptr || seen.size() > kYard) return false;
    const map::Attributes& a = tile->attributes_of(seen[i].segment);
    const bool open =
        open_to_all(access_in(a, map::kForward, c.vehicle)) || open_to_all(access_in(a, map::kBackward, c.vehicle));
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

/// The trip begins or ends inside the stretch or next to it.
bool ends_inside(const Context& c, const std::vector<uint32_t>& on, const Stretch& s) {
  const double margin = c.settings.no_entry_end_zone_m;
  const double begin = c.trace.fixes[on.front()].path_m, end = c.trace.fixes[on.back()].path_m;
  return begin >= s.from_m - margin || end <= s.to_m + margin;
}

/// The trip begins or ends in a yard behind the stretch.
bool ends_behind(const Context& c, const match::Run& run, const std::vector<uint32_t>& on, const Stretch& s) {
  if (s.first_leg == run.first_leg || s.last_leg + 1 == run.first_leg + run.leg_count) return false;
  const std::vector<Leg>& legs = c.trace.legs;
  const Leg& before = legs[s.first_leg - 1];
  const Leg& after = legs[s.last_leg + 1];
  return in_yard(c, after, legs[c.trace.fixes[on.back()].leg], before) ||
         in_yard(c, before, legs[c.trace.fixes[on.front()].leg], after);
}

bool thoroughfare_closed(map::Access access) {
  return access == map::kAccessDestination || access == map::kAccessDelivery;
}

void weigh_access(map::Access access, bool inside, Finding* f) {
  if (thoroughfare_closed(access) && inside) {
    f->verdict = Verdict::complied;
    f->reasons |= kReason_destination_possible;
  } else if (inside) {
    f->verdict = Verdict::undetermined;
    f->reasons |= kReason_permit_possible;
  } else if (access == map::kAccessDestination) {
    f->verdict = Verdict::violated;
    f->map = 0.9F;
  } else if (access != map::kAccessNo) {
    f->verdict = Verdict::possible;
    f->reasons |= kReason_permit_possible;
  } else {
    f->verdict = Verdict::violated;
  }
}

void weigh(const Context& c, const AccessState& state, bool inside, const Stretch& stretch, uint32_t faster,
           Finding* f) {
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
  const bool claims = f->verdict == Verdict::violated || f->verdict == Verdict::possible;
  if (!claims) return;
  if (stretch.length_m() < s.no_entry_min_length_m) f->reasons |= kReason_short_stretch;
  if (faster < s.no_entry_min_fixes) f->reasons |= kReason_low_speed;
  if ((f->reasons & (kReason_short_stretch | kReason_low_speed)) != 0) f->verdict = Verdict::undetermined;
}

void judge_stretch(const Context& c, const match::Run& run, const std::vector<uint32_t>& on, const Stretch& stretch,
                   Judgement* out) {
  const Settings& s = c.settings;
  const Range range = within(c, on, stretch.from_m, stretch.to_m);
  if (range.size() == 0) return;
  const Speeds speeds = speeds_of(c, on, range, s.no_entry_min_speed_kmh / 3.6);
  if (stretch.length_m() < 0.5 * s.no_entry_min_length_m || speeds.faster == 0) return;
  const Leg& leg = c.trace.legs[stretch.first_leg];
  Finding f;
  f.rule = Rule::no_entry;
  f.source = SourceTag::access;
  locate(c, leg, leg.from_m, &f);
  bracket(c, on, range, &f);
  const AccessState state = access_state(c, leg);
  f.source_detail = static_cast<uint16_t>(state.key << 8 | state.access);
  f.condition_text = state.text;
  f.match = match_of(c, on, range).mean;
  f.measure(kMeasure_length_m, stretch.length_m());
  f.measure(kMeasure_duration_s, static_cast<double>(f.end_ms - f.start_ms) * 0.001);
  f.measure(kMeasure_mean_kmh, speeds.mean * 3.6);
  f.measure(kMeasure_fixes_in_window, static_cast<double>(range.size()));
  f.observation = static_cast<float>(1.0 - 0.3 / (1.0 + speeds.faster));
  const bool inside =
      ends_inside(c, on, stretch) || (thoroughfare_closed(state.access) && ends_behind(c, run, on, stretch));
  weigh(c, state, inside, stretch, speeds.faster, &f);
  ++out->exposure[static_cast<int>(Rule::no_entry)].passed;
  settle(c, f, out);
}

}  // namespace

void judge_no_entry(const Context& c, Judgement* out) {
  for (const match::Run& run : c.trace.runs) {
    const std::vector<uint32_t>& on = run.on;
    if (on.empty()) continue;
    std::vector<AccessState> states;
    for (uint32_t l = 0; l < run.leg_count; ++l) states.push_back(access_state(c, c.trace.legs[run.first_leg + l]));
    const auto state_of = [&](const Leg& leg) -> const AccessState& {
      return states[static_cast<size_t>(&leg - c.trace.legs.data()) - run.first_leg];
    };
    for (const Standing standing : {Standing::closed, Standing::restricted, Standing::uncertain, Standing::open}) {
      // an open road is a place of this rule only where it is closed at other times
      const auto wanted = [&](const Leg& leg) {
        const AccessState& state = state_of(leg);
        return state.standing == standing && (standing != Standing::open || state.conditional);
      };
      for (const Stretch& s : stretches(c, run, 15.0, wanted)) judge_stretch(c, run, on, s, out);
    }
  }
}

}  // namespace tomare::rules
