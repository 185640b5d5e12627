// SPDX-License-Identifier: MIT
// Tags of a road way that hold only under a condition: "…:conditional", its parts in any order.
#include "mapdata/compiler/tags/way_conditions.hpp"

#include <algorithm>

#include "mapdata/compiler/tags/attributes.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

struct ConditionalKey {
  KeyParts parts;
  ConditionTarget target{};
  bool clear = true;       ///< all parts of the key are understood
  bool uncertain = false;  ///< of buses of some kind, or by the number of people: nobody can know
};

/// What a "…:conditional" key speaks of; false for keys outside the rules (parking, overtaking, bicycles …).
bool conditional_key(std::string_view key, ConditionalKey* out) {
  KeyParts& parts = out->parts;
  parts = parts_of(key);
  if (!parts.conditional || parts.no_duty || parts.other_vehicle) return false;
  const bool limit = parts.stem == "maxspeed", oneway = parts.stem == "oneway", hov = parts.stem == "hov";
  const bool access = vehicles_of(parts.stem) != 0 || hov || parts.kind_of_bus;
  if (!limit && !oneway && !access) return false;
  out->target = limit ? kConditionLimit : (oneway ? kConditionOneway : kConditionAccess);
  if (parts.lanes && !limit) return false;  // of a lane: the road itself is as it is
  if (parts.kind_of_bus) parts.vehicles = bit(kBus);
  if (hov) parts.vehicles = kOfManyPeople;
  if (hov || (parts.kind_of_bus && access)) parts.key = hov ? kKeyMotorcar : kKeyBus;
  out->uncertain = hov || parts.kind_of_bus;
  out->clear = !parts.unknown;
  return true;
}

/// What a clause that is not understood may make of the fact: anything.
uint16_t any_value(ConditionTarget target) {
  if (target == kConditionLimit) return kLimitUnparsed;
  return target == kConditionAccess ? static_cast<uint16_t>(kAccessUncertain) : uint16_t{3};
}

uint16_t conditional_value(const ConditionalKey& what, std::string_view value, bool* understood) {
  if (what.target == kConditionAccess) return access_value(value);
  if (what.target == kConditionOneway) {
    const int oneway = oneway_value(value);
    *understood = *understood && oneway >= 0 && oneway < 3;
    return oneway < 0 ? uint16_t{3} : static_cast<uint16_t>(oneway);
  }
  const LimitValue limit = what.parts.lanes ? lane_limits(value) : limit_value(value);
  if (limit.zone != kZoneNone) return static_cast<uint16_t>(kLimitOfZone + limit.zone);
  *understood = *understood && limit.high != kLimitUnparsed;
  return limit.high;
}

/// Who is let in from one end may drive from there, whatever `oneway` says.
ParsedCondition against_arrow(ParsedCondition c) {
  c.understood = c.understood && lets_in(static_cast<Access>(c.value));
  c.target = kConditionOneway;
  c.value = 0;
  return c;
}

/// Behind the limit of the fastest lane, that of the slowest: nobody knows in which lane the car is.
void add_lowest_lane(std::string_view limits, std::vector<ParsedCondition>* out) {
  ParsedCondition c = out->back();
  const uint16_t low = lane_limits(limits).low;
  if (low >= kLimitOfZone || low == c.value) return;
  c.value = low;
  c.terms.push_back(kByPurpose);
  out->push_back(std::move(c));
}

void read_conditions(const Tags& tags, bool arrow, std::vector<ParsedCondition>* out) {
  for (const auto& [key, value] : tags) {
    ConditionalKey what;
    if (!conditional_key(key, &what)) continue;
    for (const Clause& clause : split_clauses(value)) {
      const bool clear = what.clear && clause.clear;
      ParsedCondition c;
      c.target = what.target;
      c.directions = what.parts.directions;
      c.vehicles = what.parts.vehicles;
      c.key = what.parts.key;
      Named whom;
      c.understood = parse_condition(clause.condition, &c.terms, &whom) && clear && !clause.value.empty();
      c.vehicles &= whom.vehicles;
      if (c.vehicles == 0) continue;  // "maxspeed:hgv:conditional=40 @ bus"
      c.key = std::max(c.key, whom.key);
      c.value = clear && !clause.value.empty() ? conditional_value(what, clause.value, &c.understood)
                                               : any_value(what.target);
      if (what.uncertain) c.value = any_value(what.target);
      c.text = tag_text(key, value);
      const uint8_t named = c.target == kConditionAccess ? c.vehicles & named_in(clause.value) : 0;
      out->push_back(c);
      const bool one_end = c.target == kConditionAccess && c.directions != 3;
      if (what.parts.lanes && clear) add_lowest_lane(clause.value, out);
      if (arrow && one_end && c.value != kAccessNo) out->push_back(against_arrow(c));
      if (named == 0 || !clear) continue;
      c.vehicles = named;
      c.value = kAccessDesignated;
      out->push_back(std::move(c));
    }
  }
}

bool general_first(const ParsedCondition& a, const ParsedCondition& b) {
  return a.key != b.key ? a.key<b.key : (a.directions == 3)>(b.directions == 3);
}

void add_before(std::vector<ParsedCondition> more, std::vector<ParsedCondition>* out) {
  out->insert(out->begin(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// A limit that only the country's law knows.
bool is_zone(const ParsedCondition& c) { return c.value > kLimitOfZone && c.value <= kLimitOfZone + kZoneOther; }

bool any_of(const std::vector<ParsedCondition>& all, ConditionTarget target) {
  return std::any_of(all.begin(), all.end(), [target](const ParsedCondition& c) { return c.target == target; });
}

}  // namespace

std::vector<ParsedCondition> way_conditions(const Tags& tags, const Attributes& plain) {
  std::vector<ParsedCondition> found;
  read_conditions(tags, plain.oneway_source != kOnewayNone, &found);
  add_before(doubtful_limits(tags), &found);
  // a lorry's own limit is more specific than a clause for all, and less than a clause for lorries
  std::vector<ParsedCondition> own = own_limits(tags);
  if (any_of(found, kConditionLimit) || std::any_of(own.begin(), own.end(), is_zone)) {
    add_before(limits_beside(tags, own, found), &found);
    add_before(std::move(own), &found);
  }
  if (any_of(found, kConditionOneway)) add_before(own_oneways(tags), &found);
  std::stable_sort(found.begin(), found.end(), general_first);
  for (std::vector<ParsedCondition> more : {way_doubts(tags, plain, found), size_limits(tags)}) {
    found.insert(found.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return found;
}

}  // namespace tomare::compiler
