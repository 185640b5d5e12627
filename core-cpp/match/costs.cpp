// SPDX-License-Identifier: MIT
#include "core-cpp/match/costs.hpp"

#include <algorithm>

namespace tomare::match {

using namespace map;  // NOLINT: the format's names, all of them used here

RoadStanding standing(const Attributes& a, Vehicle vehicle, int direction) {
  RoadStanding result;
  if ((a.oneway_against[direction] >> vehicle & 1) != 0 && a.oneway_source != kOnewayUnknown) {
    result.illegal |= kAgainstOneway;
  }
  const Access access = access_in(a, direction, vehicle);
  const bool stated_open = access == kAccessYes || access == kAccessPermissive || access == kAccessDesignated;
  if (access == kAccessNo) {
    result.illegal |= kClosed;
  } else if (access != kAccessUnset && !stated_open) {
    result.illegal |= kRestricted;
  }
  if (closed_class(a.road_class) && access == kAccessUnset) result.illegal |= kClosed;
  result.minor = a.road_class == kService || a.road_class == kTrack;
  result.side = result.minor || a.road_class == kResidential || a.road_class == kLivingStreet;
  return result;
}

namespace {

bool binds(const Restriction& r, uint32_t from_segment, Vehicle vehicle) {
  return r.from_segment == from_segment && (r.vehicles >> vehicle & 1) != 0;
}

}  // namespace

bool turn_banned(const Tile& tile, uint32_t via_node, uint32_t from_segment, uint32_t to_segment, Vehicle vehicle) {
  const Restriction* end = tile.restrictions + tile.count(kRestrictions);
  const Restriction* first = std::lower_bound(tile.restrictions, end, via_node,
                                              [](const Restriction& x, uint32_t node) { return x.via_node < node; });
  bool elsewhere = false, allowed = false;
  for (const Restriction* r = first; r != end && r->via_node == via_node; ++r) {
    if (!binds(*r, from_segment, vehicle)) continue;
    const bool only = (r->flags & kOnly) != 0;
    const bool there = opens_with(tile, *r, to_segment);
    allowed = allowed || (only && there);  // one of several only_* is enough
    if ((r->flags & (kViaWay | kRestrictionConditional)) != 0) continue;
    if (!only && there) return true;
    elsewhere = elsewhere || (only && !there);
  }
  return elsewhere && !allowed;
}

Costs::Costs(const Settings& settings, Vehicle vehicle) : s_(settings), vehicle_(vehicle) {
  for (uint32_t fresh = 0; fresh < 2 * kMinor; ++fresh) {
    double cost = 0;
    const bool against = (fresh & kAgainstOneway) != 0;
    if (against) cost += s_.match_oneway_cost;
    if ((fresh & kClosed) != 0 && !against) cost += s_.match_closed_cost;  // one decision breaks both
    if ((fresh & kRestricted) != 0) cost += s_.match_private_cost;
    if ((fresh & kMinor) != 0) cost += s_.match_minor_road_cost;
    change_[fresh] = static_cast<float>(cost);
  }
}

}  // namespace tomare::match
