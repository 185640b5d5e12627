// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_force.hpp"

#include <algorithm>

#include "core-cpp/match/costs.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// Whether the car may drive on it: no arrow and no closure is against that.
Truth open_to(const Context& c, const Leg& road) {
  const AccessState access = access_state(c, road);
  const Truth against = oneway_state(c, road).against;
  const bool closed = access.standing == Standing::closed || access.access == map::kAccessPrivate;
  if (closed || against == Truth::yes) return Truth::no;
  return access.standing == Standing::uncertain || against == Truth::unknown ? Truth::unknown : Truth::yes;
}

/// Restrictions of the approach that are in force bar the exit, or leave only others.
bool barred(const Context& c, const map::Tile& tile, const Leg& from, uint16_t via_node, uint16_t exit) {
  bool others_alone = false, named = false;
  const auto [begin, end] = restrictions_at(tile, via_node);
  for (uint32_t i = begin; i < end; ++i) {
    const map::Restriction& r = tile.restrictions[i];
    const bool asked = r.from_segment == from.segment && (r.vehicles >> c.vehicle & 1) != 0;
    if (!asked || force_of(c, r, from).truth != Truth::yes) continue;
    const bool only = (r.flags & map::kOnly) != 0;
    if (!only && (r.flags & map::kViaWay) == 0 && r.to_segment == exit) return true;
    others_alone = others_alone || only;
    named = named || (only && map::opens_with(tile, r, exit));
  }
  return others_alone && !named;
}

}  // namespace

Restrictions restrictions_at(const map::Tile& tile, uint16_t via_node) {
  struct Before {
    bool operator()(const map::Restriction& r, uint16_t node) const { return r.via_node < node; }
    bool operator()(uint16_t node, const map::Restriction& r) const { return node < r.via_node; }
  };
  const map::Restriction* const all = tile.restrictions;
  const auto [begin, end] = std::equal_range(all, all + tile.count(map::kRestrictions), via_node, Before{});
  return {static_cast<uint32_t>(begin - all), static_cast<uint32_t>(end - all)};
}

Force force_of(const Context& c, const map::Restriction& r, const Leg& from) {
  const map::Tile* tile = c.graph.tile(from.tile);
  Force force;
  if (tile == nullptr || r.condition_count == 0) return force;
  if ((r.flags & map::kRestrictionConditional) == 0) {  // the tag alone
    const map::Condition* const first = tile->conditions + r.first_condition;
    const map::Condition* const own = std::find_if(first, first + r.condition_count, [&](const map::Condition& tag) {
      return (tag.vehicles >> c.vehicle & 1) != 0;
    });
    force.text = (own == first + r.condition_count ? first : own)->text;
    return force;
  }
  Clauses clauses = {map::kConditionRestriction, r.first_condition, r.condition_count, map::kForward, from.segment};
  clauses.base = 1;
  const Values values = values_at(c, *tile, clauses, from.exit_ms);
  bool some = false, all = !values.base;
  for (uint32_t i = 0; i < values.count; ++i) {
    some = some || values.value[i] != 0;
    all = all && values.value[i] != 0;
  }
  force.truth = all && !values.repeated ? Truth::yes : (some ? Truth::unknown : Truth::no);
  force.reasons = force.truth == Truth::unknown ? values.reasons : 0;
  force.text = values.text;
  return force;
}

namespace {

/// Exits that nothing bars; `perhaps`: those too of which nobody knows whether they are closed.
std::vector<map::ArcRef> exits_of(const Context& c, const Leg& from, uint16_t via_node, bool perhaps) {
  std::vector<map::ArcRef> exits;
  const map::Tile* tile = c.graph.tile(from.tile);
  if (tile == nullptr) return exits;
  const map::Node& node = tile->nodes[via_node];
  for (uint32_t i = 0; i < node.arc_count; ++i) {
    const map::Arc arc = tile->arcs[node.first_arc + i];
    Leg exit;
    exit.tile = from.tile;
    exit.segment = static_cast<uint16_t>(arc >> 1);
    exit.forward = (arc & 1) == 0;
    exit.enter_ms = exit.exit_ms = from.exit_ms;
    const map::Attributes& a = tile->attributes_of(exit.segment);
    exit.illegal = match::standing(a, c.vehicle, exit.forward ? map::kForward : map::kBackward).illegal;
    if (exit.segment == from.segment || laid_out_privately(a)) continue;
    const Truth open = open_to(c, exit);
    const bool lawful = open == Truth::yes || (perhaps && open == Truth::unknown);
    if (lawful && !barred(c, *tile, from, via_node, exit.segment))
      exits.push_back({exit.tile, exit.segment, static_cast<uint16_t>(exit.forward ? 0 : 1)});
    tile = c.graph.tile(from.tile);
    if (tile == nullptr) break;
  }
  return exits;
}

}  // namespace

std::vector<map::ArcRef> lawful_exits(const Context& c, const Leg& from, uint16_t via_node) {
  return exits_of(c, from, via_node, true);
}

bool some_exit(const Context& c, const Leg& from, uint16_t via_node) {
  const map::Tile* tile = c.graph.tile(from.tile);
  if (tile == nullptr) return true;
  const map::Node& node = tile->nodes[via_node];
  // a road may be missing here; and a ban between two roads that meet alone is a closure, which contradicts nothing
  if ((node.flags & map::kNodeDataEnd) != 0 || node.arc_count < 3) return true;
  return !exits_of(c, from, via_node, false).empty();
}

}  // namespace tomare::rules
