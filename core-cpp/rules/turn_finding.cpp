// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_finding.hpp"

#include <algorithm>

#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/turn_force.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// A relation that names several exits: the straightest of them is what its kind says.
bool names_others(const map::Tile& tile, const map::Restriction& r) {
  const auto [begin, end] = restrictions_at(tile, r.via_node);
  return std::any_of(tile.restrictions + begin, tile.restrictions + end, [&](const map::Restriction& o) {
    return o.relation == r.relation && o.from_segment == r.from_segment && o.to_segment != r.to_segment;
  });
}

/// The turn that the restriction speaks of is none of its kind, by the geometry of its roads.
bool contradicted(const map::Restriction& r, const RoadEnd& from, RoadEnd to, bool followed) {
  if (from.tile == nullptr || to.tile == nullptr) return false;
  if (!followed && (r.flags & map::kViaWay) != 0) return false;  // the road that it names was not driven
  if (!followed) to = {from.tile, r.to_segment, from.tile->segments[r.to_segment].from_node == r.via_node};
  const bool at_node = r.turn == map::kTurnStraight && (r.flags & map::kViaWay) == 0 && !names_others(*from.tile, r);
  return contradicts(r.turn, from, to) || (at_node && straighter_beside(from, to, r.via_node));
}

}  // namespace

RoadEnd end_of(const Context& c, const Leg& leg) { return {c.graph.tile(leg.tile), leg.segment, leg.forward}; }

Finding described(const Context& c, const match::Run& run, const map::Restriction& r, const Leg& from, Range around) {
  Finding f;
  f.rule = Rule::turn_ban;
  f.source = (r.flags & map::kRestrictionOverlay) != 0 ? SourceTag::overlay_turn : SourceTag::restriction;
  f.source_detail = static_cast<uint16_t>(r.turn << 8 | ((r.flags & map::kOnly) != 0 ? 1 : 0));
  f.relation = r.relation;
  locate(c, from, from.to_m, &f);
  const Passage passage = {c, run.fixes, around};
  passage.bracket(&f);
  f.match = passage.match().mean;
  return f;
}

void count_fixes(Range before, Range after, Finding* f) {
  f->measure(kMeasure_fixes_before, static_cast<double>(before.size()));
  f->measure(kMeasure_fixes_after, static_cast<double>(after.size()));
}

void weigh_place(const Context& c, const map::Restriction& r, const Leg& from, const Leg& to, bool followed,
                 Finding* f) {
  const RoadEnd ends[] = {end_of(c, from), end_of(c, to)};
  if (ends[0].tile != nullptr && ends[1].tile != nullptr) {
    f->measure(kMeasure_turn_deg, turn_deg(ends[0], ends[1], kTurnReach));
  }
  const auto stuck = [&] { return !some_exit(c, from, r.via_node); };
  if (f->verdict == Verdict::violated && (contradicted(r, ends[0], ends[1], followed) || stuck())) {
    f->verdict = Verdict::undetermined;
    f->reasons |= kReason_map_contradiction;
  }
  weigh_unsure((r.flags & map::kRestrictionUnsure) != 0, f);
  weigh_private_ground(c, from, f);
  weigh_private_ground(c, to, f);
}

void pass(const Context& c, const Finding& f, Judgement* out) {
  ++out->exposure[static_cast<int>(Rule::turn_ban)].passed;
  settle(c, f, out);
}

}  // namespace tomare::rules
